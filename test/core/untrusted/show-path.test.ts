import fc from "fast-check";
import { expect, test } from "vitest";
import { showPath } from "../../../core/untrusted/index.ts";
import { cpuTime } from "../../cpu-time.ts";

test.each([
  { says: "a plain path", path: "src/auth/login.ts", shown: "src/auth/login.ts" },
  { says: "spaces inside", path: "My Files/a b.md", shown: "My Files/a b.md" },
  { says: "other scripts", path: "docs/日本語/Кириллица/café.md", shown: "docs/日本語/Кириллица/café.md" },
])("$says stays as it is", ({ path, shown }) => expect(showPath(path)).toBe(shown));

test.each([
  { says: "a line break", path: "a\n::error::x", shown: String.raw`"a\n::error::x"` },
  { says: "a tab and a carriage return", path: "a\tb\r", shown: String.raw`"a\tb\r"` },
  { says: "a control character", path: "a\x1b[31m", shown: String.raw`"a\u{1b}[31m"` },
  { says: "a quote", path: 'a"b', shown: String.raw`"a\"b"` },
  { says: "a backslash", path: "a\\nb", shown: String.raw`"a\\nb"` },
  { says: "text direction", path: "a\u202etxt.exe", shown: String.raw`"a\u{202e}txt.exe"` },
  { says: "an invisible character", path: ".git\u200c/x", shown: String.raw`".git\u{200c}/x"` },
  { says: "a tag character", path: "a\u{e0041}", shown: String.raw`"a\u{e0041}"` },
  { says: "half a surrogate pair", path: "a\ud800", shown: String.raw`"a\u{d800}"` },
  { says: "an accent that is not composed", path: "cafe\u0301.ts", shown: String.raw`"cafe\u{301}.ts"` },
  { says: "a character that composes to another", path: "\u212b", shown: String.raw`"\u{212b}"` },
  {
    says: "decomposed Hangul, beside a composed name",
    path: "é/\u1112\u1161",
    shown: String.raw`"é/\u{1112}\u{1161}"`,
  },
  { says: "an accent that would land on an escape", path: "a\u200d\u0336b", shown: String.raw`"a\u{200d}\u{336}b"` },
  { says: "an accent on nothing", path: "\u0336b", shown: String.raw`"\u{336}b"` },
  { says: "a space at the end", path: "a ", shown: '"a "' },
  { says: "a space that is not the plain one", path: "a\u00a0b", shown: String.raw`"a\u{a0}b"` },
  { says: "a workflow command", path: "::error::x", shown: '"::error::x"' },
  { says: "an older workflow command", path: "a##[error]x", shown: String.raw`"a##\u{5b}error]x"` },
  { says: "an empty path", path: "", shown: '""' },
])("$says is quoted and escaped", ({ path, shown }) => expect(showPath(path)).toBe(shown));

test("bytes that are not UTF-8 read as they were given", () => {
  expect(showPath("a\\xff\\x0a\\n", { validUtf8: false })).toBe(String.raw`"a\xff\x0a\\n"`);
});

const odd = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "a",
        "e\u0301",
        "é",
        "\u0301",
        "\\",
        '"',
        "\\u{301}",
        "\\n",
        "\n",
        " ",
        "##[",
        "\\x41",
        "\ud800",
        "\u1112",
        "\u1161",
      ),
      fc.string({ unit: "binary", maxLength: 2 }),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(""));

test("two different paths never give the same text", () => {
  fc.assert(
    fc.property(odd, odd, (one, other) => {
      expect(showPath(one) === showPath(other)).toBe(one === other);
    }),
    { numRuns: 1_000 },
  );
});

/** Reads the escapes back: only possible when nothing was lost. */
function read(shown: string): string {
  if (!shown.startsWith('"')) return shown;
  const names: Record<string, string> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
  return shown.slice(1, -1).replace(/\\(?:u\{([0-9a-f]+)\}|(.))/gs, (_, code: string | undefined, name: string) => {
    return code === undefined ? (names[name] ?? "?") : String.fromCodePoint(parseInt(code, 16));
  });
}

test("every path can be read back, stands on one line and is no workflow command", () => {
  fc.assert(
    fc.property(odd, (path) => {
      const shown = showPath(path);
      expect(read(shown)).toBe(path);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|^\s|\s$|^::|##\[/u);
      expect(shown.normalize("NFC")).toBe(shown);
    }),
    { numRuns: 1_000 },
  );
});

test("300,000 accents are shown in less than two seconds", () => {
  const spent = cpuTime();
  showPath(`a${"\u0301\u0323".repeat(150_000)}`);
  expect(spent()).toBeLessThan(2_000);
});
