import fc from "fast-check";
import { expect, test } from "vitest";
import { pathForms } from "../../../core/untrusted/index.ts";
import { cpuTime } from "../../cpu-time.ts";

test.each([
  { says: "a decomposed accent", path: "src/cafe\u0301.ts", form: "src/café.ts" },
  { says: "upper case", path: "SRC/Auth/Login.ts", form: "src/auth/login.ts" },
  { says: "a Cyrillic letter", path: "src/\u0430uth/login.ts", form: "src/auth/login.ts" },
  { says: "an upper-case Cyrillic letter whose lower case looks different", path: "\u0412uild/x", form: "build/x" },
  { says: "Greek letters", path: "src/\u03b1uth/l\u03bfgin.ts", form: "src/auth/login.ts" },
  { says: "an Armenian letter", path: "src/l\u0585gin.ts", form: "src/login.ts" },
  { says: "full-width letters", path: "src/\uff41\uff55\uff54\uff48/x", form: "src/auth/x" },
  { says: "mathematical letters", path: "src/\u{1d41a}uth/x", form: "src/auth/x" },
  { says: "a full-width slash", path: "src\uff0fauth", form: "src/auth" },
  { says: "a slash of another kind", path: "src\u2215auth", form: "src/auth" },
  { says: "backslashes", path: "src\\auth\\login.ts", form: "src/auth/login.ts" },
  { says: "a zero-width character", path: "src/au\u200bth/x", form: "src/auth/x" },
  { says: "a trailing dot", path: "src/auth./x", form: "src/auth/x" },
  { says: "trailing spaces and dots", path: "src/auth . ./x.ts ", form: "src/auth/x.ts" },
  { says: "a trailing dot that is full-width", path: "src/auth\uff0e/x", form: "src/auth/x" },
  { says: "several tricks at once", path: "SRC\\\u0430u\u200dth.\\X.ts", form: "src/auth/x.ts" },
])("$says is seen through", ({ path, form }) => {
  expect(pathForms(path)).toContain(form);
  expect(pathForms(path)[0]).toBe(path);
});

test("an ordinary path has one form", () => expect(pathForms("src/auth/login.ts")).toEqual(["src/auth/login.ts"]));

test("parts of dots alone stay", () => expect(pathForms("a/../b")).toEqual(["a/../b"]));

test("the path itself is the first form, and none repeats", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 12 }), (path) => {
      const forms = pathForms(path);
      expect(forms[0]).toBe(path);
      expect(new Set(forms).size).toBe(forms.length);
      expect(forms.length).toBeLessThanOrEqual(5);
    }),
  );
});

test("300,000 accents have their forms in two seconds", () => {
  const spent = cpuTime();
  pathForms("\u0301\u0323".repeat(150_000));
  expect(spent()).toBeLessThan(2_000);
});
