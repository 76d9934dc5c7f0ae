import { describe, expect, test } from "vitest";
import { differingFiles, fingerprint, shownFile } from "../../../core/ownership/fingerprint.ts";
import { treeFile, type FileAt } from "../../ownership-facts.ts";

const trees = (files: readonly FileAt[]) => files.map(treeFile);

describe("two changes beside each other", () => {
  test.each<{ says: string; now: FileAt[]; then: FileAt[]; differ: string[] }>([
    { says: "nothing in both", now: [], then: [], differ: [] },
    { says: "the same in another order", now: ["b", "a"], then: ["a", "b"], differ: [] },
    { says: "the same, one of them twice", now: ["a", "a"], then: ["a"], differ: [] },
    { says: "a file more", now: ["a", "b"], then: ["a"], differ: ["b"] },
    { says: "a file less", now: ["a"], then: ["b", "a"], differ: ["b"] },
    { says: "other content", now: [{ path: "a", blob: "x" }], then: ["a"], differ: ["a"] },
    { says: "other content of the base", now: [{ path: "a", oldBlob: "x" }], then: ["a"], differ: ["a"] },
    { says: "another mode", now: [{ path: "a", mode: "100755" }], then: ["a"], differ: ["a"] },
    { says: "another mode of the base", now: [{ path: "a", oldMode: "100755" }], then: ["a"], differ: ["a"] },
    { says: "from another path", now: [{ path: "a", previousPath: "b" }], then: ["a"], differ: ["a"] },
    { says: "several, in order", now: ["d", "b"], then: ["c", "a"], differ: ["a", "b", "c", "d"] },
  ])("$says", ({ now, then, differ }) => {
    expect(differingFiles(trees(now), trees(then))).toEqual(differ);
    expect(fingerprint(trees(now)) === fingerprint(trees(then))).toBe(differ.length === 0);
  });
});

test("a fingerprint is a sha256 in hex", () => expect(fingerprint([])).toMatch(/^[0-9a-f]{64}$/));

test.each([
  { says: "as it is", path: "src/a.ts", shown: "src/a.ts" },
  { says: "without what would turn or end a line", path: "a\u202e\nb", shown: String.raw`"a\u{202e}\nb"` },
  { says: "up to 200 letters", path: "a".repeat(200), shown: "a".repeat(200) },
  { says: "and no more", path: "a".repeat(201), shown: `${"a".repeat(199)}…` },
])("a path on one line: $says", ({ path, shown }) => expect(shownFile({ path, validUtf8: true })).toBe(shown));
