import { expect, test } from "vitest";
import { unmeasuredFiles } from "../../../core/coverage/unmeasured-files.ts";
import { changed, file, report } from "./samples.ts";

const measured = report([file("src/a.ts", { 1: 1 }), file("lib/x.coffee", { 1: 1 })]);

test.each([
  { says: "code that no report has", path: "src/new.ts", is: true },
  { says: "code in a language that the report has nothing of", path: "tools/deploy.py", is: true },
  { says: "an ending that the report measures, known or not", path: "src/new.coffee", is: true },
  { says: "a file that the report has", path: "src/a.ts", is: false },
  { says: "a document", path: "docs/read.md", is: false },
  { says: "data", path: "src/data.json", is: false },
  { says: "a file without an ending", path: "Makefile", is: false },
  { says: "a declaration of types", path: "src/types.d.ts", is: false },
  { says: "a tool's configuration", path: "vitest.config.ts", is: false },
  { says: "a hidden file", path: ".eslintrc.js", is: false },
  { says: "a module that is called config", path: "src/config.ts", is: true },
  { says: "a test beside the code", path: "src/a.test.ts", is: false },
  { says: "a spec", path: "src/a.spec.js", is: false },
  { says: "a folder of tests", path: "packages/x/Tests/a.ts", is: false },
  { says: "jest's folder", path: "src/__tests__/a.ts", is: false },
  { says: "Go's test", path: "pkg/a_test.go", is: false },
  { says: "pytest's test", path: "app/test_a.py", is: false },
  { says: "JUnit's test", path: "src/main/OrderTest.java", is: false },
  { says: "a module whose name ends in test", path: "src/latest.ts", is: true },
  { says: "a module named after a contest", path: "src/Contest.ts", is: true },
])("$says: $path", ({ path, is }) => {
  expect(unmeasuredFiles([changed(path, ["@@ -1 +1,3 @@"])], measured)).toEqual(is ? [path] : []);
});

test.each([
  { says: "deleted", rest: { status: "deleted", addedLines: 0 } },
  { says: "only moved", rest: { status: "renamed", previousPath: "src/old.ts", addedLines: 0 } },
  { says: "only shortened", rest: { addedLines: 0 } },
  { says: "a symbolic link", rest: { kind: "symlink" } },
] as const)("a file that is $says has nothing to measure", ({ rest }) => {
  expect(unmeasuredFiles([changed("src/new.ts", ["@@ -1 +1,3 @@"], rest)], measured)).toEqual([]);
});

test.each([
  { says: "source with one NUL byte, which git takes for binary", path: "src/new.ts", unmeasured: ["src/new.ts"] },
  { says: "a picture", path: "src/logo.png", unmeasured: [] },
])("$says", ({ path, unmeasured }) => {
  expect(unmeasuredFiles([changed(path, [], { kind: "binary", addedLines: 0 })], measured)).toEqual(unmeasured);
});

test.each([
  { says: "a tool's configuration at the root", path: "vitest.config.ts", unmeasured: [] },
  {
    says: "the same name in a source folder is code",
    path: "src/auth/session.config.ts",
    unmeasured: ["src/auth/session.config.ts"],
  },
])("$says", ({ path, unmeasured }) => {
  expect(unmeasuredFiles([changed(path, ["@@ -0,0 +1,3 @@"])], measured)).toEqual(unmeasured);
});
