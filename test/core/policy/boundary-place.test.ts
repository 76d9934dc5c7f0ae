import { expect, test } from "vitest";
import { isInPlace } from "../../../core/policy/boundary-place.ts";
import type { Boundary } from "../../../core/policy/policy.ts";
import type { SubjectFile } from "../../../core/policy/subject.ts";
import { newWork } from "../../../core/policy/work.ts";
import { buildSubject } from "../../subjects.ts";

const anywhere: Boundary = { agents: [], branches: [], paths: [], kinds: [] };
const workflow = ".github/workflows/ci.yml";

function fileAt(path: string): SubjectFile {
  const [file] = buildSubject({ files: [{ path }] }).files;
  if (file === undefined) throw new Error("the change has no file");
  return file;
}

test.each([
  { says: "anywhere", boundary: {}, path: "src/a.ts", is: true },
  { says: "on its paths", boundary: { paths: ["src/**"] }, path: "src/a.ts", is: true },
  { says: "beside its paths", boundary: { paths: ["src/**"] }, path: "lib/a.ts", is: false },
  { says: "of its kind", boundary: { kinds: ["docs"] }, path: "docs/a.md", is: true },
  { says: "of one of its kinds", boundary: { kinds: ["docs", "config"] }, path: workflow, is: true },
  { says: "of another kind", boundary: { kinds: ["docs"] }, path: "src/a.ts", is: false },
  { says: "on its paths, of its kind", boundary: { paths: ["docs/**"], kinds: ["docs"] }, path: "docs/a.md", is: true },
  { says: "on its paths, of another", boundary: { paths: ["src/**"], kinds: ["docs"] }, path: "src/a.ts", is: false },
  { says: "beside its paths, of its kind", boundary: { paths: ["src/**"], kinds: ["docs"] }, path: "a.md", is: false },
])("a file $says: $is", ({ boundary, path, is }) =>
  expect(isInPlace({ ...anywhere, ...boundary }, fileAt(path))).toBe(is),
);

test("looking at one boundary counts as work", () => {
  const work = newWork(Infinity);
  expect(isInPlace(anywhere, fileAt("src/a.ts"), work)).toBe(true);
  expect(work.spent).toBe(100);
});
