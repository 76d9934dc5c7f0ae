import { describe, expect, test } from "vitest";
import { ChangedFile, isSha, Sha, touchedPaths } from "../../../core/change/change.ts";

describe("a git object id", () => {
  test.each([
    { says: "SHA-1", text: "0123456789abcdef".repeat(3).slice(0, 40), is: true },
    { says: "SHA-256", text: "0123456789abcdef".repeat(4), is: true },
    { says: "capitals", text: "A".repeat(40), is: false },
    { says: "a letter beyond f", text: "g".repeat(40), is: false },
    { says: "too short", text: "a".repeat(39), is: false },
    { says: "between the two lengths", text: "a".repeat(41), is: false },
    { says: "a newline behind it", text: `${"a".repeat(40)}\n`, is: false },
    { says: "nothing", text: "", is: false },
  ])("$says", ({ text, is }) => {
    expect(isSha(text)).toBe(is);
    expect(Sha.safeParse(text).success).toBe(is);
  });
});

const file: ChangedFile = {
  path: "src/new.ts",
  previousPath: null,
  status: "modified",
  kind: "text",
  oldMode: "100644",
  newMode: "100644",
  oldBlob: "a".repeat(40),
  newBlob: "b".repeat(40),
  symlinkTarget: null,
  validUtf8: true,
  hunks: [],
  addedLines: 0,
  deletedLines: 0,
};

test.each([
  { says: "a file that stays has one path", previousPath: null, paths: ["src/new.ts"] },
  { says: "a renamed file has both", previousPath: "src/auth/old.ts", paths: ["src/new.ts", "src/auth/old.ts"] },
])("$says", ({ previousPath, paths }) => expect(touchedPaths({ ...file, previousPath })).toEqual(paths));
