import { expect, test } from "vitest";
import { oddPath } from "../../../core/untrusted/index.ts";
import { cpuTime } from "../../cpu-time.ts";

test.each([
  ...[
    "src/auth/login.ts",
    "README.md",
    ".gitignore",
    "docs/.gitattributes",
    ".github/workflows/ci.yml",
    "a b/c (1).txt",
  ],
  ...[
    "日本語.md",
    "資料１.md",
    "ＡＢＣ.md",
    "한국어.md",
    "हिन्दी.md",
    "عربى.md",
    "עברית.md",
    "ελληνικά.md",
    "Հայերեն.md",
  ],
  ...["naïve-café.md", "Ünïcode.txt", "Übergröße/ß.txt", "Кириллица.md", "привет-world.md", "тест_test.md", "роса.md"],
  ...[
    "10µs.md",
    "Ωmega.md",
    "ﬁle.md",
    "e‑mail.md",
    "می\u200cخواهم.md",
    "👩\u200d👩\u200d👧.md",
    "❤\ufe0f.md",
    "console.ts",
    "com10.ts",
  ],
])("%s is ordinary", (path) => expect(oddPath(path)).toEqual([]));

test.each([
  { path: "a\nb", odd: ["a line break"] },
  { path: "a\u2028b", odd: ["a line break"] },
  { path: "a\tb\x1b", odd: ["a control character"] },
  { path: "a\u202etxt.exe", odd: ["a character that changes the text direction"] },
  { path: "src/au\u200bth.ts", odd: ["an invisible character"] },
  { path: "a\u{e0041}", odd: ["an invisible character"] },
  { path: "a\u200db", odd: ["an invisible character"] },
  { path: "cafe\u0301.ts", odd: ["accents that are not composed (not NFC)"] },
  { path: "src/\u0430uth/x.ts", odd: ["letters of another script that look like ASCII ones"] },
  { path: "src/\uff41uth/x.ts", odd: ["letters of another script that look like ASCII ones"] },
  { path: "pa\u0441\u043aage.json", odd: ["letters of another script that look like ASCII ones"] },
  { path: "auth./x", odd: ["a part that ends with a dot or a space"] },
  { path: "auth /x", odd: ["a part that ends with a dot or a space"] },
  { path: "src\\auth", odd: ["a backslash, which Windows takes for a separator"] },
  { path: "src/aux.ts", odd: ["a name that Windows reserves"] },
  { path: "NUL", odd: ["a name that Windows reserves"] },
  { path: "COM¹.txt", odd: ["a name that Windows reserves"] },
  { path: "AUTH~1/x.ts", odd: ["a short Windows name"] },
  { path: ".GIT/config", odd: ["a look-alike of a .git file"] },
  { path: "sub/.git/hooks/x", odd: ["a look-alike of a .git file"] },
  { path: ".git::$DATA", odd: ["a look-alike of a .git file"] },
  { path: ".GitModules", odd: ["a look-alike of a .git file"] },
  { path: "git~1/config", odd: ["a short Windows name", "a look-alike of a .git file"] },
  { path: ".g\u200cit/x", odd: ["an invisible character", "a look-alike of a .git file"] },
  {
    path: ".g\u0456\uff54",
    odd: ["letters of another script that look like ASCII ones", "a look-alike of a .git file"],
  },
  { path: "é".repeat(2049), odd: ["more than 4,096 bytes"] },
  { path: "a\ud800", odd: ["bytes that are not UTF-8"] },
])("row 36: $path is odd: $odd", ({ path, odd }) => expect(oddPath(path)).toEqual(odd));

test("escaped bytes are named once, and their backslashes are not", () => {
  expect(oddPath("a\\xff", { validUtf8: false })).toEqual(["bytes that are not UTF-8"]);
  expect(oddPath("a\\xff")).toEqual(["a backslash, which Windows takes for a separator"]);
});

test.each(["\u0301\u0323", "~1", "a.", "\u0430a", "::", "\u200b", "/.git "])(
  "300,000 characters of %j are judged in two seconds",
  (piece) => {
    const path = piece.repeat(300_000 / piece.length);
    const spent = cpuTime();
    expect(oddPath(path)).toContain("more than 4,096 bytes");
    expect(spent()).toBeLessThan(2_000);
  },
);
