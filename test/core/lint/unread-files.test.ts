import { expect, test } from "vitest";
import type { ChangedFile } from "../../../core/change/change.ts";
import { unreadFiles } from "../../../core/lint/index.ts";

const file = (path: string, rest: Partial<ChangedFile> = {}): ChangedFile => ({
  path,
  previousPath: null,
  status: "added",
  kind: "binary",
  oldMode: null,
  newMode: "100644",
  oldBlob: null,
  newBlob: "b".repeat(40),
  symlinkTarget: null,
  validUtf8: true,
  hunks: [],
  addedLines: 0,
  deletedLines: 0,
  ...rest,
});

test.each([
  { says: "63: source that holds a NUL byte is named", files: [file("src/auth/k.ts")], named: ["src/auth/k.ts"] },
  { says: "so is a file without an ending", files: [file("bin/run")], named: ["bin/run"] },
  { says: "and a hidden one", files: [file(".env")], named: [".env"] },
  { says: "a picture is not", files: [file("docs/logo.PNG")], named: [] },
  { says: "nor text, which was read", files: [file("src/a.ts", { kind: "text" })], named: [] },
  { says: "nor what is gone", files: [file("src/a.ts", { status: "deleted" })], named: [] },
])("$says", ({ files, named }) => {
  expect(unreadFiles({ files }).map(({ path }) => path)).toEqual(named);
});
