import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../core/change/change.ts";
import { fileKinds, isWholly, kindsOf } from "../../../core/policy/file-kinds.ts";
import { buildSubject, type FileSketch } from "../../subjects.ts";

const subjectFile = (sketch: FileSketch) => buildSubject({ files: [sketch] }).files[0]!;
const kinds = (path: string, more: Partial<FileSketch> = {}) => kindsOf(subjectFile({ path, ...more }));

describe("what a path tells", () => {
  test.each([
    { path: "src/auth/session.ts", is: [] },
    { path: "src/latest.java", is: [] },
    { path: "src/contest.py", is: [] },
    { path: "src/documents/list.ts", is: [] },
    { path: "test/a.ts", is: ["test"] },
    { path: "src/a.test.ts", is: ["test"] },
    { path: "src/a.spec.tsx", is: ["test"] },
    { path: "pkg/a_test.go", is: ["test"] },
    { path: "tests/test_a.py", is: ["test"] },
    { path: "src/main/FooTest.java", is: ["test"] },
    { path: "test.ts", is: [] },
    { path: "src/test", is: [] },
    { path: "README.md", is: ["docs"] },
    { path: "docs/logo.svg", is: ["docs"] },
    { path: "LICENSE", is: ["docs"] },
    { path: ".github/workflows/ci.yml", is: ["workflow", "config"] },
    { path: "tools/lint/action.yml", is: ["workflow", "config"] },
    { path: ".gitlab-ci.yml", is: ["workflow", "config"] },
    { path: "db/migrations/0001_users.sql", is: ["migration"] },
    { path: "db/schema/users.sql", is: ["migration"] },
    { path: "src/db/schema/users.sql", is: ["migration"] },
    { path: "db/users.sql", is: [] },
    { path: "db/old/schema/users.sql", is: [] },
    { path: "src/schema/users.sql", is: [] },
    { path: "package-lock.json", is: ["lockfile"] },
    { path: "go.sum", is: ["lockfile"] },
    { path: "go.mod", is: ["manifest"] },
    { path: "api/pyproject.toml", is: ["manifest", "config"] },
    { path: "requirements-dev.txt", is: ["docs", "manifest"] },
    { path: "infra/main.tf", is: ["iac"] },
    { path: "Dockerfile", is: ["iac"] },
    { path: "deploy/app.yaml", is: ["iac", "config"] },
    { path: "api/user.pb.go", is: ["generated"] },
    { path: "src/generated/client.ts", is: ["generated"] },
    { path: ".env.local", is: ["config"] },
    { path: "vite.config.ts", is: ["config"] },
  ])("$path: $is", ({ path, is }) => expect(kinds(path)).toEqual(is));
});

test.each(["binary", "symlink", "submodule"] as const)("git says that it is a %s", (kind) => {
  expect(kinds("a", { kind })).toEqual([kind]);
});

test("every kind is met in the tables or comes from git", () => {
  const met = [
    ...["a.test.ts", "a.md", ".travis.yml", "migrations/a", "yarn.lock", "go.mod", "a.tf", "a.min.js", "a.ini"],
  ].flatMap((path) => kinds(path));
  expect(new Set([...met, "binary", "symlink", "submodule"])).toEqual(new Set(fileKinds));
});

describe("a trick with names adds a kind and never takes one away", () => {
  test.each([
    { says: "another case", file: { path: "Package-Lock.JSON" }, kind: "lockfile" },
    { says: "a look-alike letter", file: { path: "p\u0430ckage.json" }, kind: "manifest" },
    { says: "a trailing dot", file: { path: "yarn.lock." }, kind: "lockfile" },
    {
      says: "the old side of a rename",
      file: { path: "ci.txt", previousPath: ".github/workflows/ci.yml" },
      kind: "workflow",
    },
  ])("$says", ({ file, kind }) => expect(kindsOf(subjectFile(file))).toContain(kind));

  test("what a link leads to is one of its forms", () => {
    const { file } = subjectFile({ path: "x", kind: "symlink" });
    expect(kindsOf({ file, pathForms: ["x", ".github/workflows/ci.yml"] })).toEqual(["workflow", "config", "symlink"]);
  });
});

describe("whether a file is wholly of a kind", () => {
  const file = (path: string, more: Partial<ChangedFile> = {}): ChangedFile => ({
    ...subjectFile({ path }).file,
    ...more,
  });
  test.each([
    { says: "its only path", file: file("test/a.ts"), is: true },
    { says: "both paths of a rename", file: file("test/a.ts", { previousPath: "test/b.ts" }), is: true },
    { says: "not code that becomes a test", file: file("test/a.ts", { previousPath: "src/a.ts" }), is: false },
    { says: "not by a look-alike", file: file("t\u0435st/a.ts"), is: false },
    { says: "not a link in a folder of tests", file: file("test/a.ts", { kind: "symlink" }), is: false },
    { says: "not a submodule there", file: file("test/a", { kind: "submodule" }), is: false },
    { says: "not a name that is no UTF-8", file: file("test/a.ts", { validUtf8: false }), is: false },
  ])("$says", ({ file: changed, is }) => expect(isWholly("test", changed)).toBe(is));

  test.each(["symlink", "submodule"] as const)("a %s is wholly one", (kind) => {
    expect(isWholly(kind, file("x", { kind }))).toBe(true);
  });
});
