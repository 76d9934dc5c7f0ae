import { describe, expect, test } from "vitest";
import { areasOf } from "../../../../core/policy/index.ts";
import { buildPolicy, buildSubject, firstRule, sentences } from "../../../subjects.ts";

const areas =
  "areas: { auth: { paths: [src/auth/**] }, web: { paths: [web/**, '!web/gen/**'] }, all: { paths: ['**/*.ts'] } }";
const policy = (area: string) => `${areas}\nrules: [{ id: r, when: { area: ${area} }, require: { secrets: none } }]`;

describe("which files lie in an area", () => {
  test.each([
    { says: "one inside", area: "auth", file: { path: "src/auth/a.go" }, is: "satisfied" },
    { says: "one outside", area: "auth", file: { path: "src/a.go" }, is: "not-applicable" },
    { says: "one in the second of two areas", area: "[auth, web]", file: { path: "web/a.go" }, is: "satisfied" },
    {
      says: "one that left it (fault 34)",
      area: "auth",
      file: { path: "docs/a.go", previousPath: "src/auth/a.go" },
      is: "satisfied",
    },
    { says: "one that the area excludes", area: "web", file: { path: "web/gen/a.go" }, is: "not-applicable" },
    { says: "one in another case (fault 36)", area: "auth", file: { path: "SRC/AUTH/a.go" }, is: "satisfied" },
  ])("$says", ({ area, file, is }) => expect(firstRule(policy(area), { files: [file] }).state).toBe(is));
});

test("a file lies in every area that matches, by name", () => {
  const subject = buildSubject({ files: [{ path: "web/a.ts" }, { path: "README.md" }] });
  expect(subject.files.map((file) => areasOf(buildPolicy(areas), file))).toEqual([["all", "web"], []]);
});

test("the reason says which area", () => {
  const result = firstRule(policy("[auth, web]"), { files: [{ path: "web/a.go" }, { path: "x.go" }] });
  expect(sentences(result).slice(0, 3)).toEqual([
    "yes: the rule applies to 1 of 2 files: web/a.go",
    "yes: 1 of 2 files: lies in area auth or web",
    "yes: web/a.go lies in area web",
  ]);
});
