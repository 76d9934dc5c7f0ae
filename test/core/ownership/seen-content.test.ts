import { describe, expect, test } from "vitest";
import { changedSince, outdatedBy, seenContent, type SeenContent } from "../../../core/ownership/seen-content.ts";
import { liesIn, treeFile } from "../../ownership-facts.ts";

const files = ["src/auth/a.ts", "docs/a.md"].map((path) => treeFile(path));
const at = (hour: number) => `2026-11-21T0${hour}:00:00Z`;
const look = (commit: string | null, hour = 5) => ({ commit, at: at(hour) });
const content = (retargetedAt: string | null = null): SeenContent =>
  seenContent(
    "head",
    files,
    [
      { commit: "same", files: [treeFile("src/auth/a.ts")] },
      { commit: "other", files: [treeFile({ path: "src/auth/a.ts", blob: "x" })] },
      { commit: "same", files: [] },
    ],
    retargetedAt,
  );
const auth = liesIn("src/auth/");
const changed = { why: "content", files: ["src/auth/a.ts"] };
const pushed = { why: "push", files: [] };
const retargeted = { why: "retarget", files: [] };

describe("whether what somebody saw stands there", () => {
  test.each([
    { says: "the head itself", seen: look("head"), is: null, push: null },
    { says: "the same content of another commit", seen: look("same"), is: null, push: pushed },
    { says: "other content", seen: look("other"), is: changed, push: changed },
    { says: "a commit that was not read", seen: look("gone"), is: "unknown", push: "unknown" },
    { says: "a commit that is gone", seen: look(null), is: "unknown", push: "unknown" },
  ])("$says", ({ seen, is, push }) => {
    expect(changedSince(seen, auth, content())).toEqual(is);
    expect(outdatedBy("owned_diff_changes", auth, content())(seen)).toEqual(is);
    expect(outdatedBy("push", auth, content())(seen)).toEqual(push);
    expect(outdatedBy("never", auth, content())(seen)).toBeNull();
  });

  test.each([
    { says: "before the base was changed", hour: 5, is: retargeted },
    { says: "in the same second", hour: 6, is: retargeted },
    { says: "afterwards", hour: 7, is: null },
  ])("$says", ({ hour, is }) => {
    const { head } = content();
    expect(changedSince(look(head, hour), auth, content(at(6)))).toEqual(is);
    expect(outdatedBy("owned_diff_changes", auth, content(at(6)))(look(head, hour))).toEqual(is);
    expect(outdatedBy("never", auth, content(at(6)))(look(head, hour))).toBeNull();
  });
});

test("a commit is compared once, however many looked at it", () => {
  let asked = 0;
  const outdated = outdatedBy("owned_diff_changes", () => (asked += 1) > 0, content());
  const first = outdated(look("other"));
  const once = asked;
  expect(outdated(look("other", 6))).toEqual(first);
  expect(asked).toBe(once);
});
