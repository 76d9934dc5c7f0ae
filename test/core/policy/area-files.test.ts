import { expect, test } from "vitest";
import { belongsToArea, belongsToNone } from "../../../core/policy/area-files.ts";
import { fileForms } from "../../../core/policy/file-forms.ts";
import { touchedAreas } from "../../../core/policy/touched-areas.ts";
import { treeFile } from "../../ownership-facts.ts";
import { buildPolicy, buildSubject } from "../../subjects.ts";

/** What a rule asks of a file and what an approver must have seen are one area. */
test.each([
  { says: "a file of the area", file: { path: "src/auth/a.ts" }, is: true },
  { says: "a file beside it", file: { path: "src/a.ts" }, is: false },
  { says: "a link into it", file: { path: "l", kind: "symlink", symlinkTarget: "src/auth/a.ts" }, is: true },
  { says: "a link beside it", file: { path: "l", kind: "symlink", symlinkTarget: "src/a.ts" }, is: false },
  { says: "a link that led into it", file: { path: "l", kind: "symlink", alsoAt: ["src/auth/a.ts"] }, is: true },
  { says: "a file under the name of a link in it", file: { path: "x/k.ts", alsoAt: ["src/auth/k.ts"] }, is: true },
  { says: "a link out of the repository", file: { path: "l", kind: "symlink", symlinkTarget: "../x" }, is: true },
  { says: "a link that led out of it", file: { path: "l", kind: "symlink", alsoAt: [".."] }, is: true },
] as const)("$says: $is", ({ file: sketch, is }) => {
  const policy = buildPolicy("version: 1\nareas:\n  auth: { paths: [src/auth/**] }");
  const area = policy.areas[0]!;
  const file = { ...treeFile(sketch), ...("alsoAt" in sketch ? { alsoAt: [...sketch.alsoAt] } : {}) };
  expect(belongsToArea(area)(file)).toBe(is);
  expect(belongsToNone([area])(file)).toBe(!is);
  const changed = buildSubject().files[0]!;
  const subject = { ...changed, file: { ...changed.file, ...file }, pathForms: fileForms(file) };
  expect(touchedAreas(policy, subject)).toEqual(is ? [area] : []);
});
