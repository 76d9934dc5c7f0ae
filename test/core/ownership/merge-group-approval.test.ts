import { describe, expect, test } from "vitest";
import type { ApprovalRequest, AreaApproval } from "../../../core/ownership/approval.ts";
import { approvalOf, users, type OwnershipSketch } from "../../ownership-facts.ts";

interface Row {
  says: string;
  members: OwnershipSketch["members"];
  sketch?: OwnershipSketch;
  request?: Partial<ApprovalRequest>;
  is: Partial<AreaApproval>;
}

const [a, b, c] = ["src/auth/a.ts", "src/auth/b.ts", "src/auth/c.ts"] as const;
const edited = (path: string) => ({ path, blob: "edited" });
const ann = { user: "ann" };
const bob = { user: "bob" };
const asksForChanges = { user: "ann", state: "changes_requested" } as const;
const again = "Bring the pull request up to date with its base, have it approved again and queue it anew.";

function check({ members = null, sketch = {}, request = {}, is }: Row): void {
  const files = sketch.files ?? (members ?? []).flatMap((member) => member.files);
  expect(approvalOf({ event: "merge_group", members, ...sketch, files }, request)).toMatchObject(is);
}

describe("a merge group that brings what nobody approved", () => {
  const error = { state: "error", unsatisfiable: null, fix: again } as const;
  test.each<Row>([
    {
      says: "no pull request touches the area",
      members: [],
      sketch: { files: [a] },
      is: { ...error, says: `auth could not be judged: no pull request of the group brings ${a}`, have: 0, need: 1 },
    },
    {
      says: "one of two brings something else than was approved",
      members: [
        { number: 3, files: [a, b], reviews: [ann] },
        { number: 4, files: [c], reviews: [ann] },
      ],
      sketch: { files: [edited(a), b, c] },
      is: {
        ...{ ...error, have: 2, need: 2, by: ["ann"] },
        says: `auth could not be judged: what the group brings is not what was approved in #3: ${a}`,
      },
    },
    {
      says: "both do",
      members: [
        { number: 4, files: [c], reviews: [ann] },
        { number: 3, files: [a], reviews: [ann] },
      ],
      sketch: { files: [edited(a), edited(c)] },
      is: {
        ...error,
        says: `auth could not be judged: what the group brings is not what was approved in #3 and #4: ${a} and ${c}`,
      },
    },
    {
      says: "a file that none of them has",
      members: [
        { number: 3, files: [a], reviews: [ann] },
        { number: 5, files: ["docs/a.md"] },
      ],
      sketch: { files: [a, b, "docs/a.md"] },
      is: {
        ...{ ...error, have: 1, need: 1 },
        says: `auth could not be judged: what the group brings is not what was approved in #3: ${b}`,
      },
    },
    {
      says: "and what it brings elsewhere does not matter",
      members: [{ number: 3, files: [a], reviews: [ann] }],
      sketch: { files: [a, "docs/a.md"] },
      is: { state: "satisfied" },
    },
  ])("$says", check);

  test("its pull requests were not read", () =>
    check({
      ...{ says: "", members: null, request: { count: 2 } },
      is: {
        ...{ area: "auth", state: "error", have: 0, need: 2, by: [], stale: [], changesRequestedBy: [] },
        ...{ unsatisfiable: null, candidates: { users: [], teams: [] }, groups: [], considered: [] },
        says: "auth could not be judged: the pull requests of the merge group were not read",
        fix: "Let the check read the pull requests of the merge group: they were not read.",
      },
    }));
});

describe("a merge group by its pull requests", () => {
  const gone = "the team @acme/gone does not exist or is not visible";
  const two = (...of: NonNullable<OwnershipSketch["members"]>) => of;
  test.each<Row>([
    {
      says: "none touches the area",
      members: [{ number: 1, files: ["docs/a.md"] }],
      is: { state: "n/a", says: "auth is not touched", fix: null, unsatisfiable: null, have: 0, need: 1 },
    },
    {
      says: "each is approved",
      members: two({ number: 1, files: [a], reviews: [bob] }, { number: 2, files: [b], reviews: [ann] }),
      request: { owners: users("ann", "bob") },
      is: {
        state: "satisfied",
        says: "auth is approved by ann and bob",
        fix: null,
        have: 2,
        need: 2,
        by: ["ann", "bob"],
      },
    },
    {
      says: "one is approved, and the other is none of the area's",
      members: two({ number: 1, files: [a], reviews: [ann] }, { number: 2, files: ["docs/a.md"] }),
      is: { state: "satisfied", have: 1, need: 1 },
    },
    {
      says: "each waits: the first is told, and all that is open stands there",
      members: two({ number: 2, files: [b] }, { number: 1, files: [a] }),
      request: { owners: { users: ["ann"], teams: ["acme/b"] } },
      is: {
        state: "waiting",
        says: "#1: auth has 0 of 1 approvals by @acme/b or @ann (the team @acme/b was not read)",
        fix: "Ask ann or somebody of @acme/b to approve auth.",
        ...{ have: 0, need: 2, candidates: { users: ["ann"], teams: ["acme/b"] } },
        groups: [1, 2].map(() => ({ owners: ["@acme/b", "@ann"], have: 0, need: 1, candidates: ["ann"] })),
      },
    },
    {
      says: "one is stale, and one waits",
      members: two({ number: 1, files: [b] }, { number: 2, files: [a], reviews: [{ ...ann, commit: "old" }] }),
      is: {
        ...{ state: "stale", stale: ["ann"], fix: "Ask ann to look at auth again.", have: 0, need: 2 },
        says: "#2: auth has 0 of 1 approvals by @ann: what ann approved is not what stands there now",
        considered: [expect.objectContaining({ user: "ann", reason: "commit-unknown" }) as never],
      },
    },
    {
      says: "one is blocked, and one waits",
      members: two({ number: 1, files: [b] }, { number: 2, files: [a], reviews: [asksForChanges] }),
      is: { state: "blocked", changesRequestedBy: ["ann"], says: "#2: auth is blocked: ann asked for changes" },
    },
    {
      says: "one is blocked, and of one the configuration is wrong",
      members: two({ number: 1, files: [a], reviews: [asksForChanges] }, { number: 2, files: [b] }),
      sketch: { codeowners: "a.ts @ann\nb.ts @acme/gone", teams: { "acme/gone": "missing" } },
      request: { owners: "codeowners" },
      is: { state: "unsatisfiable", unsatisfiable: "configuration", says: `#2: auth cannot be approved: ${gone}` },
    },
    {
      says: "one is blocked, and nobody can approve one",
      members: two(
        { number: 1, files: [a], author: "bob", reviews: [asksForChanges] },
        { number: 2, files: [b], author: "bob" },
      ),
      sketch: { codeowners: "a.ts @ann\nb.ts @bob" },
      request: { owners: "codeowners" },
      is: { state: "blocked", unsatisfiable: null },
    },
    {
      says: "the author of one does not approve it",
      members: [{ number: 1, author: "ann", files: [a], reviews: [ann] }],
      request: { owners: users("ann", "bob") },
      is: {
        state: "waiting",
        considered: [
          expect.objectContaining({ reason: "author", says: "ann is the author of the pull request" }) as never,
        ],
      },
    },
    {
      says: "a file comes from a path that no commit of its own is known to have touched",
      members: [{ number: 1, head: "first", files: [{ path: a, previousPath: b }], reviews: [ann] }],
      is: { state: "satisfied", by: ["ann"] },
    },
  ])("$says", check);
});
