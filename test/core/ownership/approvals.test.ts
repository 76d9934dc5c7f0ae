import { describe, expect, test } from "vitest";
import type { ApprovalRequest, AreaApproval } from "../../../core/ownership/approval.ts";
import { approvalsOf } from "../../../core/ownership/approvals.ts";
import { absent, present } from "../../../core/evidence.ts";
import { teamsOwning } from "../../../core/ownership/owners-of-files.ts";
import { codeownersNotAFile, codeownersTooLarge } from "../../../core/ownership/codeowners-reasons.ts";
import { sampleSha } from "../../builders.ts";
import {
  approvalOf,
  askFor,
  buildOwnershipFacts,
  liesIn,
  teams,
  treeFile,
  users,
  type OwnershipSketch,
} from "../../ownership-facts.ts";

interface Row {
  says: string;
  sketch: OwnershipSketch;
  request?: Partial<ApprovalRequest>;
  is: AreaApproval["state"];
  /** Parts of the result that the row is about. */
  with?: Partial<AreaApproval>;
}

function expectRow({ sketch, request, is, with: parts = {} }: Row): void {
  const approval = approvalOf(sketch, request);
  expect({ state: approval.state, says: approval.says }).toEqual({ state: is, says: expect.any(String) as string });
  expect(approval).toMatchObject(parts);
}

const login = "src/auth/login.ts";
const edited = { path: login, blob: "edited" };
const ann = { user: "ann" };
const bob = { user: "bob" };

describe("a change is opened", () => {
  test.each<Row>([
    { says: "waits", sketch: {}, is: "waiting", with: { have: 0, need: 1, candidates: { users: ["ann"], teams: [] } } },
    { says: "does not touch the area", sketch: { files: ["docs/a.md"] }, is: "n/a", with: { fix: null } },
    { says: "is a draft: the same", sketch: { draft: true }, is: "waiting" },
    { says: "is a draft, approved: the same", sketch: { draft: true, reviews: [ann] }, is: "satisfied" },
    {
      says: "has an author who owns it alone",
      sketch: { author: "ann" },
      is: "unsatisfiable",
      with: { unsatisfiable: "no-eligible-owner" },
    },
    {
      says: "was not read whole: nothing is said",
      sketch: { incomplete: ["250 of 312 commits were read"], reviews: [ann] },
      is: "error",
    },
  ])("$says", expectRow);
});

test("of a change that was not read whole nothing is said, but why", () => {
  const incomplete = ["250 of 312 commits were read", "2 files were not read"];
  expect(approvalOf({ incomplete, reviews: [{ user: "ann" }] }, { count: 2 })).toEqual({
    ...{ area: "auth", state: "error", unsatisfiable: null, have: 0, need: 2, by: [], stale: [] },
    ...{ changesRequestedBy: [], candidates: { users: [], teams: [] }, groups: [], considered: [] },
    says: "auth could not be judged: 250 of 312 commits were read",
    fix: "Read the change again.",
  });
});

describe("an approval is submitted", () => {
  test.each<Row>([
    {
      says: "by an owner on the head",
      sketch: { reviews: [ann] },
      is: "satisfied",
      with: { by: ["ann"], have: 1, candidates: { users: [], teams: [] }, fix: null },
    },
    { says: "by an owner in another case", sketch: { reviews: [{ user: "ANN" }] }, is: "satisfied" },
    {
      says: "by a member of a team",
      sketch: { reviews: [bob], teams: { "acme/identity": ["bob"] } },
      request: { owners: teams("identity") },
      is: "satisfied",
    },
    {
      says: "by the first of two",
      sketch: { reviews: [ann] },
      request: { count: 2, owners: users("ann", "bob") },
      is: "waiting",
      with: { have: 1, need: 2, candidates: { users: ["bob"], teams: [] } },
    },
    {
      says: "twice by one of two",
      sketch: { reviews: [ann, ann] },
      request: { count: 2, owners: users("ann", "bob") },
      is: "waiting",
      with: { have: 1 },
    },
    {
      says: "by both of two",
      sketch: { reviews: [ann, bob] },
      request: { count: 2, owners: users("ann", "bob") },
      is: "satisfied",
    },
    {
      says: "by whoever can push, where that is enough",
      sketch: { reviews: [bob] },
      request: { owners: "anyone" },
      is: "satisfied",
    },
    {
      says: "and a comment later changes nothing",
      sketch: { reviews: [ann, { ...ann, state: "commented" }] },
      is: "satisfied",
    },
    {
      says: "before the owner asked for changes",
      sketch: { reviews: [ann, { ...ann, state: "changes_requested" }] },
      is: "blocked",
      with: { changesRequestedBy: ["ann"] },
    },
    {
      says: "after the owner asked for changes",
      sketch: { reviews: [{ ...ann, state: "changes_requested" }, ann] },
      is: "satisfied",
    },
    {
      says: "listed in another order",
      sketch: {
        reviews: [
          { ...ann, at: 9 },
          { ...ann, state: "changes_requested", at: 1 },
        ],
      },
      is: "satisfied",
    },
    {
      says: "at the same instant, then the later id counts",
      sketch: {
        reviews: [
          { ...ann, at: 1, id: "10" },
          { ...ann, at: 1, id: "9", state: "changes_requested" },
        ],
      },
      is: "satisfied",
    },
  ])("$says", expectRow);
});

describe("why an approval does not count", () => {
  const excluded: (Row & { reason: string; sentence: string })[] = [
    {
      says: "a stranger who wrote some of it",
      sketch: { commits: [{ name: "a", author: "bob" }], reviews: [bob] },
      is: "waiting",
      reason: "not-an-owner",
      sentence: "bob is not among @ann",
    },
    {
      says: "the author",
      sketch: { author: "bob", reviews: [bob] },
      request: { owners: users("ann", "bob") },
      is: "waiting",
      reason: "author",
      sentence: "bob is the author of the pull request",
    },
    {
      says: "the author, who is no owner",
      sketch: { author: "bob", reviews: [bob] },
      is: "waiting",
      reason: "author",
      sentence: "bob is the author of the pull request",
    },
    {
      says: "the author, even where the policy left them out",
      sketch: { author: "bob", reviews: [bob] },
      request: { owners: users("ann", "bob"), exclude: [] },
      is: "waiting",
      reason: "author",
      sentence: "bob is the author of the pull request",
    },
    {
      says: "nobody knows who the author is",
      sketch: { author: null, reviews: [ann] },
      is: "waiting",
      reason: "author-not-read",
      sentence: "ann may be the author: no pull request was read",
    },
    {
      says: "an author of commits",
      sketch: {
        commits: [
          { name: "a", author: "ann" },
          { name: "b", author: "ann" },
        ],
        reviews: [ann],
      },
      request: { owners: users("ann", "bob") },
      is: "waiting",
      reason: "committer",
      sentence: "ann wrote, committed or co-wrote 2 of the commits",
    },
    {
      says: "a committer",
      sketch: { commits: [{ name: "a", committer: "ann" }], reviews: [ann] },
      request: { owners: users("ann", "bob") },
      is: "waiting",
      reason: "committer",
      sentence: "ann wrote, committed or co-wrote 1 of the commits",
    },
    {
      says: "a co-author",
      sketch: { commits: [{ name: "a", message: "x\n\nco-authored-BY: A <ann@example.org>" }], reviews: [ann] },
      request: { owners: users("ann", "bob") },
      is: "waiting",
      reason: "committer",
      sentence: "ann wrote, committed or co-wrote 1 of the commits",
    },
    {
      says: "a co-author by a private address",
      sketch: {
        accounts: { "dev@example.org": "dev" },
        commits: [{ name: "a", message: "Co-authored-by: A <7+ann@users.noreply.github.com>" }],
        reviews: [ann],
      },
      request: { owners: users("ann", "bob") },
      is: "waiting",
      reason: "committer",
      sentence: "ann wrote, committed or co-wrote 1 of the commits",
    },
    {
      says: "accounts were not read",
      sketch: { accounts: null, reviews: [ann] },
      is: "waiting",
      reason: "committers-not-read",
      sentence: "ann may have written some of it: the accounts behind the commits' e-mail addresses were not read",
    },
    {
      says: "nobody knows the commits of the file",
      sketch: { commits: [], reviews: [ann] },
      is: "waiting",
      reason: "committers-not-read",
      sentence: "ann may have written some of it: which commits touched these files is not known",
    },
    {
      says: "somebody, where nobody asked whose a co-author's address is",
      sketch: {
        accounts: { "dev@example.org": "dev" },
        commits: [{ name: "a", message: "x\n\nCo-authored-by: Ann <ann@home.example>" }],
        reviews: [ann],
      },
      is: "waiting",
      reason: "committers-not-read",
      sentence: "ann may have written some of it: the accounts behind the commits' e-mail addresses were not read",
    },
    {
      says: "whoever asked the agent for it",
      sketch: { agentRequesters: ["Bob"], reviews: [bob] },
      request: { owners: users("ann", "bob") },
      is: "waiting",
      reason: "agent-requester",
      sentence: "bob asked the agent for it",
    },
    {
      says: "a bot",
      sketch: { reviews: [{ ...ann, userType: "Bot" }] },
      is: "waiting",
      reason: "not-a-person",
      sentence: "ann is not a person (Bot)",
    },
    {
      says: "a stranger",
      sketch: { reviews: [bob] },
      is: "waiting",
      reason: "not-an-owner",
      sentence: "bob is not among @ann",
    },
    {
      says: "a reader",
      sketch: { writers: ["bob"], readers: ["ann"], reviews: [ann] },
      request: { owners: users("ann", "bob") },
      is: "waiting",
      reason: "cannot-push",
      sentence: "ann cannot push to the repository",
    },
    {
      says: "nobody knows whether they can push",
      sketch: { writers: [], reviews: [ann] },
      is: "waiting",
      reason: "push-right-not-read",
      sentence: "ann may or may not push: the platform was not asked about them",
    },
    {
      says: "nobody knows whether a member of a team can push, nor whether the team can",
      sketch: { writers: [], teams: { "acme/identity": ["ann"] }, teamPush: null, reviews: [ann] },
      request: { owners: teams("acme/identity") },
      is: "waiting",
      reason: "push-right-not-read",
      sentence: "ann may or may not push: the platform was not asked about them",
    },
    {
      says: "a member of a team that can push, where nobody knows of the member",
      sketch: { writers: [], teams: { "acme/identity": ["ann"] }, reviews: [ann] },
      request: { owners: teams("acme/identity") },
      is: "waiting",
      reason: "push-right-not-read",
      sentence: "ann may or may not push: the platform was not asked about them",
    },
    {
      says: "a member who can push, of a team of which nobody knows it",
      sketch: { teams: { "acme/identity": ["ann"] }, teamPush: null, reviews: [ann] },
      request: { owners: teams("acme/identity") },
      is: "satisfied",
      reason: "counts",
      sentence: "ann approved what stands there now",
    },
    {
      says: "a team was not read",
      sketch: { teams: { "acme/identity": "unread" }, reviews: [ann] },
      request: { owners: teams("acme/identity") },
      is: "waiting",
      reason: "team-not-read",
      sentence: "ann may or may not be an owner: the members of acme/identity were not read",
    },
    {
      says: "a team that nobody asked about",
      sketch: { reviews: [ann] },
      request: { owners: teams("acme/identity") },
      is: "waiting",
      reason: "team-not-read",
      sentence: "ann may or may not be an owner: the team @acme/identity was not read",
    },
    {
      says: "an owner's address whose account is not known",
      sketch: { reviews: [ann], codeowners: "* owner@example.net" },
      request: { owners: "codeowners" },
      is: "waiting",
      reason: "owner-not-read",
      sentence: "ann may or may not be an owner: the account of owner@example.net was not read",
    },
    {
      says: "what they saw is gone",
      sketch: { reviews: [{ ...ann, commit: null }] },
      is: "stale",
      reason: "commit-unknown",
      sentence: "ann approved a commit that is gone or was not read",
    },
    {
      says: "what they saw was not read",
      sketch: { reviews: [{ ...ann, commit: "old" }] },
      is: "stale",
      reason: "commit-unknown",
      sentence: "ann approved a commit that is gone or was not read",
    },
    {
      says: "what they saw is not what stands there",
      sketch: { files: [edited], reviews: [{ ...ann, commit: "old" }], trees: { old: [login] } },
      is: "stale",
      reason: "stale",
      sentence: "ann approved something else: src/auth/login.ts",
    },
    {
      says: "a comment",
      sketch: { reviews: [{ ...ann, state: "commented" }] },
      is: "waiting",
      reason: "not-an-approval",
      sentence: "ann commented",
    },
    {
      says: "dismissed",
      sketch: { reviews: [{ ...ann, state: "dismissed" }] },
      is: "waiting",
      reason: "dismissed",
      sentence: "ann approved or asked for changes, and the review was dismissed",
    },
    {
      says: "said something else since",
      sketch: { reviews: [ann, { ...ann, state: "changes_requested" }] },
      is: "blocked",
      reason: "superseded",
      sentence: "ann has said something else since",
    },
    {
      says: "asks for changes",
      sketch: { reviews: [{ ...ann, state: "changes_requested" }] },
      is: "blocked",
      reason: "changes-requested",
      sentence: "ann asks for changes",
    },
    {
      says: "nothing: it counts",
      sketch: { reviews: [ann] },
      is: "satisfied",
      reason: "counts",
      sentence: "ann approved what stands there now",
    },
  ];
  test.each(excluded)("$says", (row) => {
    expectRow(row);
    const [first] = approvalOf(row.sketch, row.request).considered;
    expect({ reason: first?.reason, says: first?.says }).toEqual({ reason: row.reason, says: row.sentence });
  });

  test("an address that belongs to nobody excludes nobody", () => {
    const commits = [{ name: "a", author: "someone@example.net", committer: "noreply@github.com" }];
    expect(approvalOf({ commits, reviews: [ann] }).state).toBe("satisfied");
  });

  test("a commit that is not among those of the change may be anybody's", () => {
    const facts = buildOwnershipFacts({ reviews: [ann] });
    const commitsOfFile = new Map([[login, [sampleSha("first"), sampleSha("elsewhere")]]]);
    expect(approvalsOf({ ...facts, commitsOfFile }).of(askFor()).considered[0]?.reason).toBe("committers-not-read");
  });

  test("who touched only other files may approve", () => {
    const sketch: OwnershipSketch = {
      files: [login, "docs/a.md"],
      commits: [
        { name: "a", touches: [login] },
        { name: "b", author: "ann", touches: ["docs/a.md"] },
      ],
      reviews: [ann],
    };
    expect(approvalOf(sketch).state).toBe("satisfied");
  });
});

describe("a push comes after the approval", () => {
  const since = (then: OwnershipSketch["files"], now: OwnershipSketch["files"]): OwnershipSketch => ({
    files: now ?? [],
    reviews: [{ ...ann, commit: "old" }],
    trees: { old: then ?? [] },
  });
  const rename = { path: "docs/login.ts", previousPath: login, blob: login };
  test.each<Row>([
    {
      says: "that says where a file came from",
      sketch: since([login], [{ path: login, previousPath: "docs/login.ts" }]),
      is: "stale",
    },
    {
      says: "that moves a file within the area",
      sketch: since([login], [{ path: "src/auth/moved.ts", blob: login }]),
      is: "stale",
    },
    {
      says: "to a file of the same code owners outside the area",
      sketch: { ...since([login], [login, "docs/a.md"]), codeowners: "* @ann" },
      request: { owners: "codeowners" },
      is: "satisfied",
    },
    { says: "outside the area, or a rebase: it stays", sketch: since([login], [login, "docs/a.md"]), is: "satisfied" },
    {
      says: "inside the area",
      sketch: since([login], [edited]),
      is: "stale",
      with: { stale: ["ann"], have: 0, fix: "Ask ann to look at auth again." },
    },
    { says: "that adds a file to the area", sketch: since([login], [login, "src/auth/b.ts"]), is: "stale" },
    { says: "that takes a file out of the change", sketch: since([login, "src/auth/b.ts"], [login]), is: "stale" },
    { says: "that moves a file out of the area", sketch: since([login], [rename]), is: "stale" },
    {
      says: "that moves a file into the area",
      sketch: since([], [{ path: login, previousPath: "docs/login.ts" }]),
      is: "stale",
    },
    {
      says: "after which the change takes back what the base did meanwhile",
      sketch: since([login], [{ path: login, oldBlob: "a fix on the base" }]),
      is: "stale",
    },
    {
      says: "after which the change takes back a mode that the base gave meanwhile",
      sketch: since([login], [{ path: login, oldMode: "100755" }]),
      is: "stale",
    },
    {
      says: "on a base that changed other files: it stays",
      sketch: since(
        [login, { path: "docs/a.md", oldBlob: "before" }],
        [login, { path: "docs/a.md", oldBlob: "after" }],
      ),
      is: "satisfied",
    },
    { says: "that changes a mode", sketch: since([login], [{ path: login, mode: "100755" }]), is: "stale" },
    {
      says: "that changes a binary",
      sketch: since(
        [{ path: "src/auth/a.png", kind: "binary" }],
        [{ path: "src/auth/a.png", kind: "binary", blob: "b" }],
      ),
      is: "stale",
    },
    {
      says: "that moves a submodule",
      sketch: since(
        [{ path: "src/auth/lib", kind: "submodule" }],
        [{ path: "src/auth/lib", kind: "submodule", blob: "b" }],
      ),
      is: "stale",
    },
    {
      says: "that turns a file into a link",
      sketch: since([login], [{ path: login, kind: "symlink", symlinkTarget: "x", blob: login }]),
      is: "stale",
    },
    {
      says: "that adds a link into the area",
      sketch: since([login], [login, { path: "docs/in", kind: "symlink", symlinkTarget: "../src/auth" }]),
      is: "stale",
    },
    {
      says: "that swaps what an approved link leads to",
      sketch: since(
        [{ path: login, kind: "symlink", symlinkTarget: "../shared/k.ts" }],
        [{ path: login, kind: "symlink", symlinkTarget: "../shared/k.ts" }, "src/shared/k.ts"],
      ),
      is: "stale",
    },
    { says: "that deletes a file", sketch: since([login], [{ path: login, deleted: true }]), is: "stale" },
    { says: "that brings back what was approved", sketch: since([login], [login]), is: "satisfied" },
    {
      says: "anywhere, where every push ends it",
      sketch: since([login], [login, "docs/a.md"]),
      request: { staleWhen: "push" },
      is: "stale",
    },
    {
      says: "inside, where none ends it",
      sketch: since([login], [edited]),
      request: { staleWhen: "never" },
      is: "satisfied",
    },
    {
      says: "and the owner looked again",
      sketch: { ...since([login], [edited]), reviews: [{ ...ann, commit: "old" }, ann] },
      is: "satisfied",
    },
    {
      says: "and another owner approved",
      sketch: { ...since([login], [edited]), reviews: [{ ...ann, commit: "old" }, bob] },
      request: { owners: users("ann", "bob") },
      is: "satisfied",
      with: { by: ["bob"], stale: ["ann"] },
    },
  ])("$says", expectRow);

  test("only the owners of what changed are asked again", () => {
    const sketch: OwnershipSketch = {
      codeowners: "src/auth/a/ @ann\nsrc/auth/b/ @bob",
      files: ["src/auth/a/x.ts", { path: "src/auth/b/y.ts", blob: "edited" }],
      trees: { old: ["src/auth/a/x.ts", "src/auth/b/y.ts"] },
      reviews: [
        { user: "ann", commit: "old" },
        { user: "bob", commit: "old" },
      ],
    };
    expect(approvalOf(sketch, { owners: "codeowners" })).toMatchObject({
      ...{ state: "stale", by: ["ann"], stale: ["bob"], have: 1, need: 2 },
      groups: [
        { owners: ["@ann"], have: 1 },
        { owners: ["@bob"], have: 0, candidates: ["bob"] },
      ],
    });
  });
});

describe("changes are requested", () => {
  const asks = (user: string, state: "changes_requested" | "dismissed" = "changes_requested") => ({ user, state });
  test.each<Row>([
    {
      says: "by one who may be an owner, beside an older approval that is stale",
      sketch: { reviews: [{ ...bob, commit: "old" }, ann, asks("cat")], teams: { "acme/identity": "unread" } },
      request: { owners: { users: ["ann", "bob"], teams: ["acme/identity"] } },
      is: "waiting",
    },
    {
      says: "by an owner, beside the approval of another",
      sketch: { reviews: [ann, asks("bob")] },
      request: { owners: users("ann", "bob") },
      is: "blocked",
    },
    { says: "by somebody who owns nothing", sketch: { reviews: [ann, asks("bob")] }, is: "satisfied" },
    {
      says: "by a bot",
      sketch: { reviews: [ann, { ...asks("bob"), userType: "Bot" }] },
      request: { owners: users("ann", "bob") },
      is: "satisfied",
    },
    {
      says: "and dismissed",
      sketch: { reviews: [bob, asks("ann", "dismissed")] },
      request: { owners: users("ann", "bob") },
      is: "satisfied",
    },
    {
      says: "by one who owned it, and no longer does",
      sketch: { reviews: [ann, asks("bob")], teams: { "acme/identity": ["ann"] } },
      request: { owners: teams("acme/identity") },
      is: "satisfied",
    },
    {
      says: "by one who may be an owner: it does not pass",
      sketch: { reviews: [ann, asks("bob")], teams: { "acme/identity": "unread" } },
      request: { owners: { users: ["ann"], teams: ["acme/identity"] } },
      is: "waiting",
    },
    {
      says: "by one who can push, where anyone may approve",
      sketch: { reviews: [ann, asks("bob")] },
      request: { owners: "anyone" },
      is: "blocked",
    },
    {
      says: "by one who may be able to push, where anyone may approve",
      sketch: { reviews: [ann, asks("cat")] },
      request: { owners: "anyone" },
      is: "waiting",
    },
    {
      says: "by one who cannot push, where anyone may approve",
      sketch: { reviews: [ann, asks("cat")], readers: ["cat"] },
      request: { owners: "anyone" },
      is: "satisfied",
    },
  ])("$says", expectRow);
});

describe("a review is dismissed", () => {
  test.each<Row>([
    { says: "the approval", sketch: { reviews: [{ ...ann, state: "dismissed" }] }, is: "waiting" },
    {
      says: "the last: an older approval does not come back",
      sketch: { reviews: [ann, { ...ann, state: "dismissed" }] },
      is: "waiting",
    },
    {
      says: "an older one than the approval",
      sketch: { reviews: [{ ...ann, state: "dismissed" }, ann] },
      is: "satisfied",
    },
    {
      says: "and told twice, the stale record last",
      sketch: {
        reviews: [
          { ...ann, id: "7", state: "dismissed" },
          { ...ann, id: "7" },
        ],
      },
      is: "waiting",
    },
  ])("$says", expectRow);
});

describe("the base or its files are others", () => {
  test("after a retarget the owners of the new base count", () => {
    const sketch: OwnershipSketch = { reviews: [ann], codeowners: "src/ @ann" };
    expect(approvalOf(sketch, { owners: "codeowners" }).state).toBe("satisfied");
    expect(approvalOf({ ...sketch, codeowners: "src/ @bob" }, { owners: "codeowners" }).state).toBe("waiting");
  });
  const late = { ...ann, at: 10 };
  test.each<Row>([
    {
      says: "after it was approved: what was approved was another change, though the head is the same",
      sketch: { reviews: [late], retargetedAt: 11 },
      is: "stale",
      with: {
        stale: ["ann"],
        says: "auth has 0 of 1 approvals by @ann: the base branch was changed after ann approved",
        fix: "Ask ann to look at auth again.",
      },
    },
    { says: "in the same second: the same", sketch: { reviews: [late], retargetedAt: 10 }, is: "stale" },
    { says: "before: it stands", sketch: { reviews: [late], retargetedAt: 9 }, is: "satisfied" },
    {
      says: "and approved again",
      sketch: { reviews: [late, { ...ann, at: 12 }], retargetedAt: 11 },
      is: "satisfied",
    },
    {
      says: "where approvals never end: it stands",
      sketch: { reviews: [late], retargetedAt: 11 },
      request: { staleWhen: "never" },
      is: "satisfied",
    },
    {
      says: "in a pull request of a merge group: the same",
      sketch: {
        event: "merge_group",
        members: [{ number: 1, files: [login], reviews: [late], retargetedAt: 11 }],
      },
      is: "stale",
    },
  ])("the base is changed $says", expectRow);
  test("after a retarget what is approved is the new difference", () => {
    const sketch: OwnershipSketch = { reviews: [{ ...ann, commit: "old" }], trees: { old: [login] } };
    expect(approvalOf(sketch).state).toBe("satisfied");
    expect(approvalOf({ ...sketch, files: [login, "src/auth/more.ts"] }).state).toBe("stale");
  });
});

describe("owners that a trick with names would leave out", () => {
  const code = { owners: "codeowners", belongs: () => true } as const;
  const at = (codeowners: string, ...files: NonNullable<OwnershipSketch["files"]>): OwnershipSketch => ({
    ...{ files, codeowners, reviews: [bob] },
  });
  const cleared = "* @bob\n/src/auth/";
  const broken = { unsatisfiable: "configuration" } as const;
  test.each<Row>([
    {
      says: "a link in the place of a folder",
      sketch: at("* @bob\n/vendor/ @ann", { path: "vendor", kind: "symlink", symlinkTarget: "docs" }),
      request: code,
      is: "waiting",
    },
    {
      says: "a submodule in the place of a folder",
      sketch: at("* @bob\n/vendor/ @ann", { path: "vendor", kind: "submodule" }),
      request: code,
      is: "waiting",
    },
    {
      says: "a link that becomes a file again",
      sketch: at("* @bob\n/vendor/ @ann", { path: "vendor", oldMode: "120000" }),
      request: code,
      is: "waiting",
    },
    {
      says: "a link to a folder above theirs",
      sketch: at("* @bob\n/src/auth/ @ann", { path: "docs/l", kind: "symlink", symlinkTarget: "../src" }),
      request: code,
      is: "waiting",
    },
    {
      says: "the short name of their folder",
      sketch: at("* @bob\n/src/authentication/ @ann", "src/AUTHEN~1/s.ts"),
      request: code,
      is: "waiting",
    },
    {
      says: "not the short name of another folder",
      sketch: at("* @bob\n/src/authentication/ @ann", "src/OTHER~1/s.ts"),
      request: code,
      is: "satisfied",
    },
    {
      says: "the short name of what nobody owns on purpose",
      sketch: at("* @bob\n/src/authentication/", "src/AUTHEN~1/s.ts"),
      request: code,
      is: "unsatisfiable",
    },
    {
      says: "a link to the root",
      sketch: at("* @bob\n/src/auth/ @ann", { path: "docs/l", kind: "symlink", symlinkTarget: ".." }),
      request: code,
      is: "waiting",
    },
    {
      says: "a link out of the repository, which may lead in again",
      sketch: at("* @bob\n/src/auth/ @ann", { path: "docs/l", kind: "symlink", symlinkTarget: "/shop/src/auth" }),
      request: code,
      is: "waiting",
    },
    {
      says: "a file that a link in their folder leads to",
      sketch: at(
        "* @bob\n/src/auth/ @ann",
        { path: "src/auth/a.ts", kind: "symlink", symlinkTarget: "../../x", oldBlob: null },
        "x/k.ts",
      ),
      request: { ...code, belongs: ({ path }) => path === "x/k.ts" },
      is: "waiting",
    },
    {
      says: "not a link to a folder beside theirs",
      sketch: at("* @bob\n/src/auth/ @ann", { path: "docs/l", kind: "symlink", symlinkTarget: "../lib" }),
      request: code,
      is: "satisfied",
    },
    {
      says: "a rename out of what nobody owns on purpose",
      sketch: at(cleared, { path: "lib/s.ts", previousPath: "src/auth/s.ts" }),
      request: code,
      is: "unsatisfiable",
    },
    {
      says: "a name in another case in what nobody owns on purpose",
      sketch: at(cleared, "src/Auth/s.ts"),
      request: code,
      is: "unsatisfiable",
    },
    {
      says: "an owner of another case of what nobody owns",
      sketch: at("/src/auth/\n/SRC/ @bob", "src/auth/s.ts"),
      request: code,
      is: "unsatisfiable",
    },
    {
      says: "an invalid line for a path in another case",
      sketch: at("* @bob\n/src/auth/ @a@b", "src/Auth/s.ts"),
      request: code,
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "an invalid line for where a link leads",
      sketch: at("* @bob\n/src/auth/ @a@b", { path: "l", kind: "symlink", symlinkTarget: "src/auth" }),
      request: code,
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "a line with a blank that was not escaped",
      sketch: at("* @bob\n/src/my auth/ @ann", "src/my auth/s.ts"),
      request: code,
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "a line with a blank, in quotes",
      sketch: at('* @bob\n"/src/my auth/" @ann', "src/my auth/s.ts"),
      request: code,
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "a line in quotes",
      sketch: at('* @bob\n"/src/auth/" @ann', "src/auth/s.ts"),
      request: code,
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "and no other path than that in quotes",
      sketch: at('* @bob\n"/src/auth/" @ann', "src/b.ts"),
      request: code,
      is: "satisfied",
    },
    {
      says: "a line in quotes that a later one overrides",
      sketch: at('"/src/auth/" @ann\n* @bob', "src/auth/s.ts"),
      request: code,
      is: "satisfied",
    },
    ...["\u200b", "\u00a0", "\ufeff", "\u00ad", "\u202e"].map((unseen): Row => ({
      ...{
        says: `a line behind ${JSON.stringify(unseen)} (U+${unseen.codePointAt(0)?.toString(16)})`,
        request: code,
        is: "unsatisfiable",
        with: broken,
      },
      sketch: at(`* @bob\n${unseen}/src/auth/ @ann`, "src/auth/s.ts"),
    })),
    {
      says: "a broader line that is not valid",
      sketch: { ...at("* @bob\n/src/ @a@b\n/src/auth/ @ann", "src/auth/s.ts"), author: "ann" },
      request: code,
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "a broader line that is not valid, with nobody above it",
      sketch: { ...at("/src/ @a@b\n/src/auth/ @ann", "src/auth/s.ts"), author: "ann" },
      request: { ...code, defaultOwners: users("bob") },
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "not a line above the broader one that counts",
      sketch: { ...at("/src/ @a@b\n* @bob\n/src/auth/ @ann", "src/auth/s.ts"), author: "ann" },
      request: code,
      is: "satisfied",
    },
  ])("$says", expectRow);
});

describe("logins and teams compare without regard to case", () => {
  const loud = { user: "ANN" };
  const two = { owners: users("ann", "bob") };
  const counted: [says: string, sketch: OwnershipSketch, request?: Partial<ApprovalRequest>][] = [
    ["an owner of the policy", { reviews: [loud] }],
    ["an owner of the policy, written so", { reviews: [ann] }, { owners: users("@Ann") }],
    ["a code owner", { reviews: [loud], codeowners: "* @aNN" }, { owners: "codeowners" }],
    [
      "a member of a team",
      { reviews: [loud], teams: { "Acme/Identity": ["aNn"] } },
      { owners: teams("acme/IDENTITY") },
    ],
    [
      "a team of CODEOWNERS",
      { reviews: [loud], codeowners: "* @ACME/Identity", teams: { "acme/identity": ["ann"] } },
      { owners: "codeowners" },
    ],
    ["a fallback", { author: "bob", reviews: [loud] }, { owners: users("bob"), fallback: users("aNN") }],
    ["a default owner", { author: "bob", reviews: [loud] }, { owners: users("bob"), defaultOwners: users("aNN") }],
    ["an owner's address", { reviews: [loud], codeowners: "* Ann@Example.org" }, { owners: "codeowners" }],
    ["whoever can push", { reviews: [{ user: "BOB" }] }, { owners: "anyone" }],
  ];
  test.each(counted)("%s counts", (_says, sketch, request) => {
    expect(approvalOf(sketch, request)).toMatchObject({ state: "satisfied", have: 1 });
  });

  const excluded: [says: string, sketch: OwnershipSketch, reason: string][] = [
    ["the author", { author: "aNN", reviews: [loud] }, "author"],
    ["who asked the agent", { agentRequesters: ["aNN"], reviews: [loud] }, "agent-requester"],
    ["an author of a commit", { commits: [{ name: "c", author: "aNN" }], reviews: [loud] }, "committer"],
    [
      "a co-author",
      { commits: [{ name: "c", message: "x\n\nCo-authored-by: A <1+aNN@users.noreply.github.com>" }], reviews: [loud] },
      "committer",
    ],
    ["who cannot push", { writers: ["bob"], readers: ["aNN"], reviews: [loud] }, "cannot-push"],
    ["who said something else since", { reviews: [loud, { ...ann, state: "changes_requested" }] }, "superseded"],
  ];
  test.each(excluded)("%s is excluded", (_says, sketch, reason) => {
    const approval = approvalOf(sketch, two);
    expect(approval.state).not.toBe("satisfied");
    expect(approval.considered[0]?.reason).toBe(reason);
  });

  test("one person in two cases is one person", () => {
    expect(approvalOf({ reviews: [ann, loud] }, { ...two, count: 2 })).toMatchObject({ state: "waiting", have: 1 });
  });

  test("somebody who uses break-glass", () => {
    const known = approvalsOf(buildOwnershipFacts({ teams: { "acme/identity": ["cAt"] } }));
    expect(known.isAmong("aNN", users("Ann"))).toBe("yes");
    expect(known.isAmong("CAT", teams("ACME/identity"))).toBe("yes");
  });

  test("somebody who is suggested, with what they have to do", () => {
    const known = approvalsOf(
      buildOwnershipFacts({
        load: [
          { login: "ANN", openReviews: 9 },
          { login: "BOB", openReviews: 1 },
        ],
      }),
    );
    expect(known.smallestSet([known.of(askFor(two))])).toEqual([{ user: "bob", areas: ["auth"] }]);
  });
});

describe("membership changes", () => {
  const request = { owners: teams("acme/identity") };
  test.each<Row>([
    {
      says: "the approver left the team",
      sketch: { reviews: [ann], teams: { "acme/identity": ["bob"] } },
      request,
      is: "waiting",
    },
    {
      says: "the approver joined the team",
      sketch: { reviews: [ann], teams: { "acme/identity": ["bob", "ann"] } },
      request,
      is: "satisfied",
    },
    {
      says: "the approver may no longer push",
      sketch: { reviews: [ann], writers: ["bob"], readers: ["ann"], teams: { "acme/identity": ["bob", "ann"] } },
      request,
      is: "waiting",
    },
  ])("$says", expectRow);
});

describe("nobody of the owners can approve", () => {
  const mine = { author: "ann", reviews: [bob] };
  const code = { owners: "codeowners" } as const;
  test.each<Row>([
    {
      says: "and nobody else is named",
      sketch: mine,
      is: "unsatisfiable",
      with: { unsatisfiable: "no-eligible-owner", have: 0 },
    },
    {
      says: "then the fallback",
      sketch: mine,
      request: { fallback: users("bob"), defaultOwners: users("cat") },
      is: "satisfied",
    },
    { says: "then the default owners", sketch: mine, request: { defaultOwners: users("bob") }, is: "satisfied" },
    {
      says: "and not the default owners before the fallback",
      sketch: mine,
      request: { fallback: users("cat"), defaultOwners: users("bob") },
      is: "waiting",
      with: { candidates: { users: ["cat"], teams: [] } },
    },
    {
      says: "and nobody where an owner is only said to have asked an agent for it",
      sketch: { agentRequesters: ["ann"], reviews: [bob] },
      request: { fallback: users("bob"), defaultOwners: users("bob") },
      is: "unsatisfiable",
      with: {
        unsatisfiable: "no-eligible-owner",
        says: "auth cannot be approved: ann is said to have asked an agent for it, and nobody else is left",
      },
    },
    { says: "nor the fallback", sketch: mine, request: { fallback: users("ann") }, is: "unsatisfiable" },
    {
      says: "then the owners of a broader pattern",
      sketch: { ...mine, codeowners: "* @bob\nsrc/auth/ @ann" },
      request: code,
      is: "satisfied",
    },
    {
      says: "and the fallback comes before a broader pattern",
      sketch: { ...mine, codeowners: "* @bob\nsrc/auth/ @ann" },
      request: { ...code, fallback: users("cat") },
      is: "waiting",
    },
    {
      says: "and a broader pattern before the default owners",
      sketch: { ...mine, codeowners: "* @cat\nsrc/auth/ @ann" },
      request: { ...code, defaultOwners: users("bob") },
      is: "waiting",
    },
    {
      says: "through two broader patterns",
      sketch: {
        ...mine,
        codeowners: "* @bob\nsrc/ @dev @ann\nsrc/auth/ @ann",
        writers: ["ann", "bob"],
        readers: ["dev"],
      },
      request: code,
      is: "satisfied",
    },
    {
      says: "and no broader pattern where a line took the owners away",
      sketch: { reviews: [bob], codeowners: "* @bob\nsrc/auth/" },
      request: code,
      is: "unsatisfiable",
      with: { unsatisfiable: "no-eligible-owner" },
    },
    {
      says: "where a line took the owners away: default owners",
      sketch: { reviews: [bob], codeowners: "* @cat\nsrc/auth/" },
      request: { ...code, defaultOwners: users("bob") },
      is: "satisfied",
    },
    {
      says: "unowned: default owners",
      sketch: { reviews: [bob], codeowners: "docs/ @cat" },
      request: { ...code, defaultOwners: users("bob") },
      is: "satisfied",
    },
    { says: "unowned", sketch: { reviews: [bob], codeowners: "docs/ @cat" }, request: code, is: "unsatisfiable" },
    {
      says: "no CODEOWNERS",
      sketch: { reviews: [bob] },
      request: code,
      is: "unsatisfiable",
      with: { unsatisfiable: "no-eligible-owner" },
    },
    {
      says: "no CODEOWNERS: the fallback",
      sketch: { reviews: [bob] },
      request: { ...code, fallback: users("bob") },
      is: "satisfied",
    },
    {
      says: "then anyone, where the request says so",
      sketch: { reviews: [bob] },
      request: { ...code, orAnyone: true },
      is: "satisfied",
    },
    {
      says: "anyone: but not the author",
      sketch: { reviews: [{ user: "dev" }] },
      request: { ...code, orAnyone: true },
      is: "waiting",
    },
    {
      says: "too few for two: the fallback joins them",
      sketch: { reviews: [ann, bob] },
      request: { count: 2, fallback: users("bob") },
      is: "satisfied",
    },
    { says: "too few for two", sketch: { reviews: [ann] }, request: { count: 2 }, is: "unsatisfiable" },
    {
      says: "because they cannot push",
      sketch: { writers: ["bob"], readers: ["ann"], reviews: [bob] },
      request: { fallback: users("bob") },
      is: "satisfied",
    },
    {
      says: "a team that was not read hands nothing on",
      sketch: { reviews: [bob], teams: { "acme/identity": "unread" } },
      request: { owners: teams("acme/identity"), fallback: users("bob") },
      is: "waiting",
    },
    {
      says: "a signed commit names the only owner: the fallback",
      sketch: { reviews: [bob], commits: [{ name: "a", author: "ann", signed: true }] },
      request: { fallback: users("bob") },
      is: "satisfied",
    },
    {
      says: "an unsigned commit that names the only owner hands nothing on",
      sketch: { reviews: [bob], commits: [{ name: "a", author: "ann" }] },
      request: { fallback: users("bob") },
      is: "unsatisfiable",
    },
    {
      says: "a signature speaks for the committer, not for a co-author",
      sketch: {
        reviews: [bob],
        commits: [{ name: "a", message: "Co-authored-by: A <ann@example.org>", signed: true }],
      },
      request: { fallback: users("bob") },
      is: "unsatisfiable",
    },
    {
      says: "a commit made on the web speaks for its author",
      sketch: {
        reviews: [bob],
        commits: [{ name: "a", author: "ann", committer: "noreply@github.com", signed: true }],
      },
      request: { fallback: users("bob") },
      is: "satisfied",
    },
  ])("$says", expectRow);
});

describe("whoever can push may approve, and the author works alone", () => {
  const alone: OwnershipSketch = { author: "dev", writers: ["dev"], everyWriter: true };
  const anyone = { owners: "anyone", area: "the change" } as const;
  const stuck = {
    unsatisfiable: "no-eligible-owner",
    says: "the change cannot be approved: no eligible owner: too few of those who can push neither wrote it nor asked for it",
    fix: "Give another person the right to push; or use break-glass.",
  } as const;
  const unread = {
    says: "the change has 0 of 1 approvals by anybody who can push (who else can push was not read)",
    fix: "Ask somebody else who can push to approve the change.",
  };
  test.each<Row>([
    { says: "nobody else can push", sketch: alone, request: anyone, is: "unsatisfiable", with: stuck },
    {
      says: "nor does a stranger's approval count",
      sketch: { ...alone, reviews: [bob] },
      request: anyone,
      is: "unsatisfiable",
      with: { ...stuck, considered: [expect.objectContaining({ reason: "cannot-push" }) as never] },
    },
    {
      says: "nor the author's own",
      sketch: { ...alone, reviews: [{ user: "dev" }] },
      request: anyone,
      is: "unsatisfiable",
      with: stuck,
    },
    {
      says: "the other one who can push wrote some of it, as a signature says",
      sketch: {
        ...{ ...alone, writers: ["dev", "ann"], reviews: [ann] },
        commits: [{ name: "a", author: "ann", signed: true }],
      },
      request: anyone,
      is: "unsatisfiable",
      with: stuck,
    },
    {
      says: "two are asked for, and one other can push",
      sketch: { ...alone, writers: ["dev", "ann"], reviews: [ann] },
      request: { ...anyone, count: 2 },
      is: "unsatisfiable",
      with: { ...stuck, have: 1, need: 2 },
    },
    {
      says: "one other can push",
      sketch: { ...alone, writers: ["dev", "ann"] },
      request: anyone,
      is: "waiting",
      with: {
        says: "the change has 0 of 1 approvals by anybody who can push",
        fix: "Ask ann to approve the change.",
        candidates: { users: ["ann"], teams: [] },
      },
    },
    {
      says: "who else can push was not read",
      sketch: { author: "dev", writers: ["dev"] },
      request: anyone,
      is: "waiting",
      with: unread,
    },
    {
      says: "nobody was read",
      sketch: { author: "dev", writers: null, accounts: {}, reviews: [ann] },
      request: { ...anyone, exclude: [] },
      is: "waiting",
      with: {
        says: unread.says,
        fix: "Run the check where it can read what is missing for the change (people were not read), or supply it with `--reviews`.",
        considered: [
          expect.objectContaining({
            reason: "push-right-not-read",
            says: "ann may or may not push: people were not read",
          }) as never,
        ],
      },
    },
    {
      says: "owners are named, and none of them can push",
      sketch: { ...alone, reviews: [ann] },
      is: "unsatisfiable",
      with: { fix: "Name another owner, a fallback or default owners for auth; or use break-glass." },
    },
    {
      says: "in the place of owners who cannot approve",
      sketch: { ...alone, codeowners: "* @dev" },
      request: { owners: "codeowners", orAnyone: true, area: "the policy" },
      is: "unsatisfiable",
      with: { says: stuck.says.replace("the change", "the policy"), fix: stuck.fix },
    },
    {
      says: "in the place of owners, where who else can push was not read",
      sketch: { author: "dev", writers: ["dev"], codeowners: "* @dev" },
      request: { owners: "codeowners", orAnyone: true, area: "the policy" },
      is: "waiting",
      with: {
        says: "the policy has 0 of 1 approvals by @dev or anybody who can push (too few of its owners can approve it, so anybody who can push may too; who else can push was not read)",
        fix: "Ask somebody else who can push to approve the policy.",
      },
    },
  ])("$says", expectRow);
});

test.each([
  { says: "the fallback", request: { fallback: users("bob") }, who: "its fallback" },
  { says: "default owners", request: { defaultOwners: users("bob") }, who: "the default owners" },
  { says: "anyone", request: { orAnyone: true }, who: "anybody who can push" },
])("$says in the owners' place: the sentence says so", ({ request, who }) => {
  expect(approvalOf({ author: "ann" }, request).says).toContain(
    `(too few of its owners can approve it, so ${who} may too)`,
  );
});

describe("the configuration is broken", () => {
  const code = { owners: "codeowners" } as const;
  const broken = { unsatisfiable: "configuration" } as const;
  test.each<Row>([
    {
      says: "for some files, while others are blocked",
      sketch: {
        files: ["src/auth/a.ts", "src/auth/b.sql"],
        codeowners: "*.ts @ann\n*.sql @acme/gone",
        teams: { "acme/gone": "missing" },
        reviews: [{ ...ann, state: "changes_requested" }],
      },
      request: code,
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "nobody else is suggested in the place of a broken team",
      sketch: { teams: { "acme/empty": [] } },
      request: { owners: teams("acme/empty"), fallback: users("ann") },
      is: "unsatisfiable",
      with: { candidates: { users: [], teams: [] } },
    },
    {
      says: "a team that does not exist or is not visible",
      sketch: { teams: { "acme/gone": "missing" } },
      request: { owners: teams("acme/gone") },
      is: "unsatisfiable",
      with: { ...broken, says: "auth cannot be approved: the team @acme/gone does not exist or is not visible" },
    },
    {
      says: "such a team beside an owner who approved",
      sketch: { reviews: [ann], teams: { "acme/gone": "missing" } },
      request: { owners: { users: ["ann"], teams: ["acme/gone"] } },
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "an empty team",
      sketch: { teams: { "acme/empty": [] } },
      request: { owners: teams("acme/empty") },
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "a team without the right to push",
      sketch: { teams: { "acme/readers": "no-push" } },
      request: { owners: teams("acme/readers") },
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "an empty team does not hand on to the fallback",
      sketch: { reviews: [ann], teams: { "acme/empty": [] } },
      request: { owners: teams("acme/empty"), fallback: users("ann") },
      is: "unsatisfiable",
      with: broken,
    },
    {
      says: "an invalid line that could decide",
      sketch: { reviews: [ann], codeowners: "* @ann\nsrc/auth/ ann" },
      request: code,
      is: "unsatisfiable",
      with: {
        ...broken,
        says: "auth cannot be approved: line 2 of .github/CODEOWNERS is not valid and could decide who owns src/auth/login.ts",
      },
    },
    {
      says: "some invalid lines that could decide: each is told",
      sketch: { reviews: [ann], codeowners: `* @ann${"\nsrc/ ann".repeat(4)}` },
      request: code,
      is: "unsatisfiable",
      with: {
        ...broken,
        says: "auth cannot be approved: line 2 of .github/CODEOWNERS is not valid and could decide who owns src/auth/login.ts, and 3 more",
      },
    },
    {
      says: "thousands of invalid lines that could decide for many files: a few are told",
      sketch: {
        ...{ reviews: [ann], codeowners: `* @ann${"\nsrc/ ann".repeat(3_000)}` },
        files: Array.from({ length: 500 }, (_, index) => `src/auth/${index}.ts`),
      },
      request: code,
      is: "unsatisfiable",
      with: {
        ...broken,
        says: "auth cannot be approved: line 2 of .github/CODEOWNERS is not valid and could decide who owns src/auth/0.ts, and at least 19 more",
      },
    },
    {
      says: "an invalid line above the one that decides",
      sketch: { reviews: [ann], codeowners: "src/auth/ ann\nsrc/auth/ @ann" },
      request: code,
      is: "satisfied",
    },
    {
      says: "an invalid line for other files",
      sketch: { reviews: [ann], codeowners: "* @ann\ndocs/ ann" },
      request: code,
      is: "satisfied",
    },
    {
      says: "an invalid line, where owners are named by the policy",
      sketch: { reviews: [ann], codeowners: "src/auth/ ann" },
      is: "satisfied",
    },
    {
      says: "a CODEOWNERS of 3 MB",
      sketch: { reviews: [ann], codeowners: `* @ann\n${"#".repeat(3 * 1024 * 1024)}` },
      request: code,
      is: "unsatisfiable",
      with: {
        ...broken,
        says: "auth cannot be approved: .github/CODEOWNERS has 3 MB or more, so GitHub does not load it and nothing has an owner",
      },
    },
    {
      says: "and changes are requested: still broken",
      sketch: { reviews: [{ ...ann, state: "changes_requested" }], codeowners: "* @ann\nsrc/auth/ ann" },
      request: code,
      is: "unsatisfiable",
      with: broken,
    },
  ])("$says", expectRow);
});

test.each([
  { says: "was too large to be kept", reason: codeownersTooLarge },
  { says: "is a link", reason: codeownersNotAFile("CODEOWNERS") },
])("a CODEOWNERS that $says is a broken configuration", ({ reason }) => {
  const facts = { ...buildOwnershipFacts({ reviews: [ann] }), codeowners: absent(reason) };
  const approval = approvalsOf(facts).of(askFor({ owners: "codeowners", defaultOwners: users("ann") }));
  expect(approval).toMatchObject({ state: "unsatisfiable", unsatisfiable: "configuration" });
});

describe("files have different owners", () => {
  const code = { owners: "codeowners" } as const;
  const two: OwnershipSketch = { files: ["src/auth/a.ts", "src/auth/b.sql"], codeowners: "* @ann\n*.sql @bob" };
  test.each<Row>([
    {
      says: "two of one group, none of the other",
      sketch: { ...two, codeowners: "* @ann @bob\n*.sql @cat", reviews: [ann, bob] },
      request: code,
      is: "waiting",
      with: { have: 1, need: 2 },
    },
    {
      says: "owners are shown as they are written",
      sketch: { codeowners: "* @Ann" },
      request: code,
      is: "waiting",
      with: { groups: [{ owners: ["@Ann"], have: 0, need: 1, candidates: ["Ann"] }] },
    },
    {
      says: "one of two",
      sketch: { ...two, reviews: [ann] },
      request: code,
      is: "waiting",
      with: { have: 1, need: 2, by: ["ann"] },
    },
    {
      says: "both",
      sketch: { ...two, reviews: [ann, bob] },
      request: code,
      is: "satisfied",
      with: { have: 2, need: 2 },
    },
    {
      says: "one of them asks for changes",
      sketch: { ...two, reviews: [ann, { ...bob, state: "changes_requested" }] },
      request: code,
      is: "blocked",
    },
    {
      says: "one owner of anything is enough, where the request says so",
      sketch: { ...two, reviews: [bob] },
      request: { owners: ["codeowners"] },
      is: "satisfied",
      with: { need: 1 },
    },
    {
      says: "one owner of a list",
      sketch: { reviews: [bob] },
      request: { owners: [users("ann"), users("bob")] },
      is: "satisfied",
    },
    {
      says: "both paths of a rename",
      sketch: {
        files: [{ path: "docs/a.md", previousPath: login }],
        codeowners: "docs/ @bob\nsrc/ @ann",
        reviews: [bob],
      },
      request: code,
      is: "waiting",
      with: { have: 1, need: 2 },
    },
    {
      says: "an owned file moves to where nobody owns",
      sketch: { files: [{ path: "docs/a.md", previousPath: login }], codeowners: "src/ @ann", reviews: [ann] },
      request: code,
      is: "satisfied",
    },
    {
      says: "a link and what it leads to",
      sketch: {
        files: [{ path: "docs/in", kind: "symlink", symlinkTarget: "../src/auth" }],
        codeowners: "docs/ @bob\nsrc/auth/ @ann",
        reviews: [bob],
      },
      request: code,
      is: "waiting",
      with: { need: 2 },
    },
    {
      says: "a path that passes for another",
      sketch: { files: ["SRC/auth/a.ts"], codeowners: "* @bob\nsrc/auth/ @ann", reviews: [bob] },
      request: { ...code, belongs: () => true },
      is: "waiting",
      with: { need: 2 },
    },
    {
      says: "look-alike letters",
      sketch: { files: ["src/\u0430uth/a.ts"], codeowners: "* @bob\nsrc/auth/ @ann", reviews: [bob] },
      request: { ...code, belongs: () => true },
      is: "waiting",
      with: { need: 2 },
    },
    {
      says: "capitals alone make no other owner",
      sketch: { files: ["src/Auth/Login.ts"], codeowners: "* @bob\nsrc/Auth/ @ann", reviews: [ann] },
      request: { ...code, belongs: () => true },
      is: "satisfied",
      with: { need: 1 },
    },
  ])("$says", expectRow);
});

describe("a merge group", () => {
  const group = (members: OwnershipSketch["members"], rest: OwnershipSketch = {}): OwnershipSketch => ({
    event: "merge_group",
    members: members ?? null,
    ...rest,
  });
  const other = "src/auth/other.ts";
  test.each<Row>([
    {
      says: "every pull request is approved",
      sketch: group([{ number: 1, files: [login], reviews: [ann] }]),
      is: "satisfied",
      with: { by: ["ann"] },
    },
    {
      says: "of two, both are",
      sketch: group(
        [
          { number: 1, files: [login], reviews: [ann] },
          { number: 2, files: [other], reviews: [ann] },
        ],
        { files: [login, other] },
      ),
      is: "satisfied",
      with: { need: 2 },
    },
    {
      says: "of two, one waits",
      sketch: group(
        [
          { number: 1, files: [login], reviews: [ann] },
          { number: 2, files: [other] },
        ],
        { files: [login, other] },
      ),
      is: "waiting",
      with: { says: "#2: auth has 0 of 1 approvals by @ann" },
    },
    {
      says: "one that touches something else needs nothing",
      sketch: group(
        [
          { number: 1, files: [login], reviews: [ann] },
          { number: 2, files: ["docs/a.md"] },
        ],
        { files: [login, "docs/a.md"] },
      ),
      is: "satisfied",
    },
    {
      says: "none touches the area",
      sketch: group([{ number: 2, files: ["docs/a.md"] }], { files: ["docs/a.md"] }),
      is: "n/a",
    },
    {
      says: "the queue joined what nobody saw",
      sketch: group([{ number: 3, files: [login], reviews: [ann] }], { files: [edited] }),
      is: "error",
      with: {
        says: "auth could not be judged: what the group brings is not what was approved in #3: src/auth/login.ts",
      },
    },
    { says: "the group brings a file that no pull request has", sketch: group([], { files: [login] }), is: "error" },
    {
      says: "a pull request has a file that the group lacks",
      sketch: group([{ number: 1, files: [login, other], reviews: [ann] }]),
      is: "error",
    },
    { says: "its pull requests were not read", sketch: group(null), is: "error" },
    {
      says: "an approval of an older head of one",
      sketch: group([{ number: 1, files: [login], reviews: [{ ...ann, commit: "old" }] }], {
        trees: { old: [edited] },
      }),
      is: "stale",
    },
    {
      says: "one is blocked",
      sketch: group([{ number: 1, files: [login], reviews: [{ ...ann, state: "changes_requested" }] }]),
      is: "blocked",
    },
    {
      says: "an owner approves another's and wrote their own",
      sketch: group(
        [
          { number: 1, author: "bob", files: [login], reviews: [ann] },
          { number: 2, author: "ann", files: [other], reviews: [bob] },
        ],
        {
          files: [login, other],
          commits: [
            { name: "pr1", author: "bob", touches: [login] },
            { name: "pr2", author: "ann", touches: [other] },
          ],
        },
      ),
      request: { owners: users("ann", "bob") },
      is: "satisfied",
    },
    {
      says: "commits of another pull request are not this one's",
      sketch: group([{ number: 1, author: "bob", files: [login], reviews: [ann] }], {
        commits: [
          { name: "pr1", author: "bob" },
          { name: "pr2", author: "ann" },
        ],
      }),
      request: { owners: users("ann", "bob") },
      is: "satisfied",
    },
    {
      says: "but a queue that rewrites commits leaves that open",
      sketch: group([{ number: 1, author: "bob", files: [login], reviews: [ann] }], {
        commits: [
          { name: "squashed1", author: "bob" },
          { name: "squashed2", author: "ann" },
        ],
      }),
      request: { owners: users("ann", "bob") },
      is: "unsatisfiable",
    },
  ])("$says", expectRow);
});

test("the pull requests of a merge group have no order", () => {
  const members = [
    { number: 1, files: [login], reviews: [ann] },
    { number: 2, files: ["src/auth/other.ts"], reviews: [{ ...ann, state: "dismissed" as const }] },
    { number: 3, files: ["docs/a.md"] },
  ];
  const files = [login, "src/auth/other.ts", "docs/a.md"];
  const judged = (order: readonly number[]) =>
    approvalOf({ event: "merge_group", files, members: order.map((index) => members[index]!) });
  const first = judged([0, 1, 2]);
  expect(first.says).toBe("#2: auth has 0 of 1 approvals by @ann");
  for (const order of [
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])
    expect(judged(order)).toEqual(first);
});

describe("nothing was read", () => {
  test.each<Row>([
    {
      says: "reviews",
      sketch: { reviews: null },
      is: "waiting",
      with: { says: "auth has 0 of 1 approvals by @ann (reviews were not read)" },
    },
    { says: "people", sketch: { writers: null, reviews: [ann] }, is: "waiting" },
    {
      says: "a team",
      sketch: { teams: { "acme/identity": "unread" } },
      request: { owners: teams("acme/identity") },
      is: "waiting",
      with: {
        candidates: { users: [], teams: ["acme/identity"] },
        fix: "Ask somebody of @acme/identity to approve auth.",
      },
    },
  ])("$says", expectRow);
});

describe("other questions", () => {
  const approvals = (sketch: OwnershipSketch) => approvalsOf(buildOwnershipFacts(sketch));
  test.each([
    { says: "a login", login: "Ann", owners: users("ann"), is: "yes" },
    { says: "another", login: "bob", owners: users("ann"), is: "no" },
    { says: "a member, the organisation left out", login: "cat", owners: teams("identity"), is: "yes" },
    { says: "no member", login: "ann", owners: teams("acme/identity"), is: "no" },
    { says: "a team that was not read", login: "ann", owners: teams("acme/other"), is: "unknown" },
    { says: "a team that cannot be seen", login: "ann", owners: teams("acme/gone"), is: "unknown" },
    {
      says: "named beside a team that was not read",
      login: "ann",
      owners: { users: ["ann"], teams: ["acme/other"] },
      is: "yes",
    },
  ])("is among: $says", ({ login: who, owners, is }) => {
    const known = { teams: { "acme/identity": ["cat"], "acme/gone": "missing" as const } };
    expect(approvals(known).isAmong(who, owners)).toBe(is);
  });

  test.each([
    { says: "the head", commit: "head", is: "yes" },
    { says: "the same files", commit: "same", is: "yes" },
    { says: "other files", commit: "other", is: "no" },
    { says: "a commit that was not read", commit: "gone", is: "unknown" },
  ])("same content: $says", ({ commit, is }) => {
    const trees = { same: [login, "docs/a.md"], other: [edited] };
    expect(
      approvals({ trees }).sameContentAt(
        { commit: sampleSha(commit), at: "2026-11-21T00:00:00Z" },
        liesIn("src/auth/"),
      ),
    ).toBe(is);
  });

  test.each([
    { says: "author and committer", commit: { name: "c", author: "Bob", committer: "ann" }, is: ["ann", "bob"] },
    {
      says: "a co-author",
      commit: { name: "c", message: "x\nCo-authored-by: B <bob@example.org>" },
      is: ["bob", "dev"],
    },
    { says: "GitHub itself is nobody", commit: { name: "c", committer: "noreply@github.com" }, is: ["dev"] },
    {
      says: "a private address without accounts",
      commit: { name: "c", author: "1+Ann@users.noreply.github.com" },
      accounts: null,
      is: ["ann"],
    },
    { says: "another address without accounts", commit: { name: "c" }, accounts: null, is: null },
  ])("accounts: $says", ({ commit, is, accounts }) => {
    const sketch = { commits: [commit], ...(accounts === undefined ? {} : { accounts }) };
    expect(approvals(sketch).accountsOf(sampleSha("c"))).toEqual(is);
  });

  test("a commit of another change has no accounts", () => {
    expect(approvals({}).accountsOf(sampleSha("elsewhere"))).toBeNull();
  });
});

test("names and paths from outside are inert in every sentence", () => {
  const sketch: OwnershipSketch = {
    files: [{ path: "src/auth/\u202ea\n::error::x", blob: "new" }],
    trees: { old: ["src/auth/\u202ea\n::error::x"] },
    reviews: [{ user: "ann", commit: "old" }, { user: "b\u001b[31m\nb" }],
  };
  const shown = JSON.stringify(approvalOf(sketch));
  const { says, fix, considered } = approvalOf(sketch);
  const sentences = [says, fix ?? "", ...considered.flatMap((one) => [one.says, ...one.files])];
  expect(shown).toContain("::error::x");
  for (const sentence of sentences) expect(sentence).not.toMatch(/[\n\u202e\u001b]/u);
});

test.each([
  { says: "the deciding line", file: "src/a.ts", is: ["acme/src"] },
  { says: "broader patterns, all of them", file: "src/auth/a.ts", is: ["acme/auth", "acme/src"] },
  {
    says: "both paths of a rename",
    file: { path: "docs/a.md", previousPath: "src/a.ts" },
    is: ["acme/docs", "acme/src"],
  },
  {
    says: "what a link leads to",
    file: { path: "x", kind: "symlink" as const, symlinkTarget: "docs" },
    is: ["acme/docs"],
  },
  { says: "nobody", file: "x", is: [] },
])("teams to read: $says", ({ file, is }) => {
  const text = "docs/ @acme/docs @ann\nsrc/ @acme/SRC\nsrc/auth/ @acme/auth\nsrc/auth/a.ts @bob";
  expect(teamsOwning([treeFile(file)], present({ path: "CODEOWNERS", text }))).toEqual(is);
});

describe("what is told", () => {
  const two = { files: ["src/auth/a.ts", "src/auth/b.ts"], codeowners: "* @bob\nsrc/auth/b.ts @ann" };
  test.each<Row>([
    {
      says: "of each group of owners its own",
      sketch: { ...two, reviews: [bob] },
      request: { owners: "codeowners" },
      is: "waiting",
      with: {
        says: "auth has 0 of 1 approvals by @ann, and 1 of 1 approvals by @bob",
        fix: "Ask ann to approve auth.",
      },
    },
    {
      says: "that two are to be asked",
      sketch: {},
      request: { owners: users("ann", "bob"), count: 2 },
      is: "waiting",
      with: { fix: "Ask two of ann or bob to approve auth." },
    },
    {
      says: "of several files in the plural",
      sketch: { reviews: [ann] },
      request: { area: "these files" },
      is: "satisfied",
      with: { says: "these files are approved by ann" },
    },
    {
      says: "that a push came, and not that the content is another",
      sketch: { reviews: [{ ...ann, commit: "old" }], trees: { old: [login] } },
      request: { staleWhen: "push" },
      is: "stale",
      with: {
        says: "auth has 0 of 1 approvals by @ann: a push came after ann approved, and the policy asks anew after each",
      },
    },
  ])("$says", expectRow);
});
