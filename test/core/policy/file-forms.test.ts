import { expect, test } from "vitest";
import { fileForms } from "../../../core/policy/file-forms.ts";
import { buildSubject } from "../../subjects.ts";

/** One list for conditions and for areas: what one of them knows a file by, the other does too. */
test.each([
  { says: "its path", file: { path: "src/a.ts" }, has: ["src/a.ts"] },
  { says: "both sides of a rename", file: { path: "b.ts", previousPath: "a.ts" }, has: ["a.ts", "b.ts"] },
  { says: "without case", file: { path: "SRC/A.ts" }, has: ["SRC/A.ts", "src/a.ts"] },
  {
    says: "where a link leads",
    file: { path: "docs/link", symlinkTarget: "../src/auth" },
    has: ["docs/link", "src/auth"],
  },
  {
    says: "where a link led, or leads in the end",
    file: { path: "docs/link", symlinkTarget: "../x", alsoAt: ["src/auth"] },
    has: ["docs/link", "x", "src/auth"],
  },
])("a file is known by $says", ({ file, has }) => {
  const changed = { ...buildSubject({ files: [file] }).files[0]!.file, ...file };
  expect(fileForms(changed)).toEqual(expect.arrayContaining(has));
  expect(new Set(fileForms(changed)).size).toBe(fileForms(changed).length);
  // Answers are remembered by the list.
  expect(fileForms(changed)).toBe(fileForms(changed));
});
