import { describe, expect, test } from "vitest";
import type { ApprovalRequest } from "../../../core/ownership/approval.ts";
import { fixFor, sayArea } from "../../../core/ownership/area-words.ts";
import { approvalOf, askFor, teams, users, type OwnershipSketch } from "../../ownership-facts.ts";

const write = "Name the owners of auth as `@login` or `@org/team` on the base branch, in place of";
const ann = { user: "ann" };

describe("an owner by e-mail, whose account nobody knows, is told with the next step", () => {
  const docs = "docs@example.com";
  test.each<{ says: string; owners: string; sketch?: OwnershipSketch; is?: string; gap: string; fix: string }>([
    {
      says: "before any review",
      owners: docs,
      gap: `auth has 0 of 1 approvals by ${docs} (the account of ${docs} was not read)`,
      fix: `${write} ${docs}: GitHub tells nobody whose address it is.`,
    },
    {
      says: "after a review that may be theirs",
      owners: docs,
      sketch: { reviews: [ann] },
      gap: `(the account of ${docs} was not read)`,
      fix: `${write} ${docs}: GitHub tells nobody whose address it is.`,
    },
    {
      says: "two of them",
      owners: `${docs} a@x.org`,
      gap: `(the account of a@x.org was not read; the account of ${docs} was not read)`,
      fix: `${write} a@x.org and ${docs}: GitHub tells nobody whose address they are.`,
    },
    {
      says: "beside somebody who can be asked",
      owners: `${docs} @ann`,
      gap: `(the account of ${docs} was not read)`,
      fix: "Ask ann to approve auth.",
    },
    {
      says: "beside somebody who has approved: nothing is left to do",
      owners: `${docs} @ann`,
      sketch: { reviews: [ann] },
      is: "satisfied",
      gap: "auth is approved by ann",
      fix: "null",
    },
    {
      says: "whose account the facts give",
      owners: docs,
      sketch: { accounts: { [docs]: "ann", "dev@example.org": "dev" } },
      gap: `auth has 0 of 1 approvals by ${docs}`,
      fix: "Ask ann to approve auth.",
    },
    {
      says: "whose address holds the login",
      owners: "1234+ann@users.noreply.github.com",
      sketch: { reviews: [ann] },
      is: "satisfied",
      gap: "auth is approved by ann",
      fix: "null",
    },
  ])("$says", ({ owners, sketch = {}, is = "waiting", gap, fix }) => {
    const approval = approvalOf({ ...sketch, codeowners: `* ${owners}` }, { owners: "codeowners" });
    expect(approval.state).toBe(is);
    expect(approval.says).toContain(gap);
    expect(String(approval.fix)).toBe(fix);
  });

  test("named by the policy, the same", () => {
    const approval = approvalOf({}, { owners: users(docs) });
    expect(approval.fix).toBe(`${write} ${docs}: GitHub tells nobody whose address it is.`);
  });
});

interface Row {
  /** What became of it. */
  case: string;
  sketch?: OwnershipSketch;
  request?: Partial<ApprovalRequest>;
  says: string;
  fix: string | null;
}

function check({ sketch = {}, request = {}, says, fix }: Row): void {
  const approval = approvalOf(sketch, request);
  expect({ says: approval.says, fix: approval.fix }).toEqual({ says, fix });
}

const bob = { user: "bob" };
const cat = { user: "cat" };
const login = "src/auth/login.ts";
const [a, b, c] = ["src/auth/a.ts", "src/auth/b.ts", "src/auth/c.ts"] as const;
const code = { owners: "codeowners" } as const;
const writers = ["ann", "bob", "cat", "dev", "eve"];
/** What somebody saw at the commit `old`: the same, or something else. */
const same = { trees: { old: [login] } };
const other = { trees: { old: [{ path: login, blob: "other" }] } };
const before = (user: string) => ({ user, commit: "old" });
const asksForChanges = (user: string) => ({ user, state: "changes_requested" as const });
/** Files `a.ts`, `b.ts` and so on, each of owners of its own. */
const owned = (...owners: string[]): OwnershipSketch => {
  const names = owners.map((_, index) => `${String.fromCharCode(97 + index)}.ts`);
  return {
    writers: [...writers, "fay", "gil"],
    files: names.map((name) => `src/auth/${name}`),
    codeowners: names.map((name, index) => `${name} ${owners[index] ?? ""}`).join("\n"),
  };
};

describe("an area with nothing left to do", () => {
  test.each<Row>([
    { case: "not touched", sketch: { files: ["docs/a.md"] }, says: "auth is not touched", fix: null },
    { case: "approved", sketch: { reviews: [ann] }, says: "auth is approved by ann", fix: null },
    {
      case: "approved by several",
      sketch: { reviews: [bob, ann] },
      request: { owners: users("ann", "bob"), count: 2 },
      says: "auth is approved by ann and bob",
      fix: null,
    },
    {
      case: "approved, and what was not read is not needed",
      sketch: { reviews: [ann] },
      request: { owners: { users: ["ann"], teams: ["acme/a"] } },
      says: "auth is approved by ann",
      fix: null,
    },
    {
      case: "approved by one who stands in",
      sketch: { author: "ann", reviews: [bob] },
      request: { fallback: users("bob") },
      says: "auth is approved by bob",
      fix: null,
    },
  ])("$case: $says", check);

  test.each([
    { state: "waived", says: "auth is waived" },
    { state: "overridden", says: "auth is overridden" },
    { state: "error", says: "auth could not be judged" },
  ] as const)("$state, by who decides so", ({ state, says }) => {
    const approval = { ...approvalOf({}), state };
    expect(sayArea(askFor(), [], approval)).toBe(says);
    expect(fixFor([], approval)).toBeNull();
  });
});

describe("an area whose name is of many", () => {
  const these = { area: "these files" };
  test.each<Row>([
    { case: "is", sketch: { reviews: [ann] }, request: these, says: "these files are approved by ann", fix: null },
    {
      case: "has",
      request: these,
      says: "these files have 0 of 1 approvals by @ann",
      fix: "Ask ann to approve these files.",
    },
    {
      case: "has, of files in no area",
      request: { area: "files in no area" },
      says: "files in no area have 0 of 1 approvals by @ann",
      fix: "Ask ann to approve files in no area.",
    },
    {
      case: "a verb that is the same",
      sketch: { author: "ann" },
      request: these,
      says: "these files cannot be approved: too few of @ann may approve it",
      fix: "Name another owner, a fallback or default owners for these files; or use break-glass.",
    },
  ])("$case: $says", check);
});

describe("an area that waits", () => {
  const asks = { users: ["ann"], teams: ["acme/a"] };
  const notRead = "Run the check where it can read what is missing for auth";
  test.each<Row>([
    { case: "for one", says: "auth has 0 of 1 approvals by @ann", fix: "Ask ann to approve auth." },
    {
      case: "for one of several who is left",
      sketch: { reviews: [bob] },
      request: { owners: users("ann", "bob", "cat"), count: 2 },
      says: "auth has 1 of 2 approvals by @ann, @bob or @cat",
      fix: "Ask ann or cat to approve auth.",
    },
    {
      case: "where one has approved, in other letters",
      sketch: { reviews: [{ user: "Ann" }] },
      request: { owners: users("ann", "bob"), count: 2 },
      says: "auth has 1 of 2 approvals by @ann or @bob",
      fix: "Ask bob to approve auth.",
    },
    ...(["two", "three", "four", "five", "6"] as const).map((word, index) => ({
      case: `for ${word}`,
      request: { owners: users("a", "b", "c", "d", "e", "f", "g"), count: index + 2 },
      says: `auth has 0 of ${index + 2} approvals by @a, @b, @c, @d, @e or 2 more`,
      fix: `Ask ${word} of a, b, c, d, e or 2 more to approve auth.`,
    })),
    {
      case: "for a team that was not read",
      request: { owners: teams("acme/a") },
      says: "auth has 0 of 1 approvals by @acme/a (the team @acme/a was not read)",
      fix: "Ask somebody of @acme/a to approve auth.",
    },
    {
      case: "for two of one team: whom to ask is one name",
      request: { owners: teams("acme/a"), count: 2 },
      says: "auth has 0 of 2 approvals by @acme/a (the team @acme/a was not read)",
      fix: "Ask somebody of @acme/a to approve auth.",
    },
    {
      case: "for an owner and a team",
      request: { owners: asks, count: 2 },
      says: "auth has 0 of 2 approvals by @acme/a or @ann (the team @acme/a was not read)",
      fix: "Ask two of ann or somebody of @acme/a to approve auth.",
    },
    {
      case: "where somebody approved who may be of the team",
      sketch: { reviews: [ann, { user: "zoe" }] },
      request: { owners: asks, count: 2 },
      says: "auth has 1 of 2 approvals by @acme/a or @ann (the team @acme/a was not read)",
      fix: `${notRead} (the team @acme/a was not read), or supply it with \`--reviews\`.`,
    },
    {
      case: "where somebody asks for changes who may be of the team",
      sketch: { reviews: [ann, asksForChanges("zoe")] },
      request: { owners: asks },
      says: "auth has 1 of 1 approvals by @acme/a or @ann (zoe asks for changes, and the team @acme/a was not read)",
      fix: `${notRead} (zoe asks for changes, and the team @acme/a was not read), or supply it with \`--reviews\`.`,
    },
    {
      case: "where reviews were not read",
      sketch: { reviews: null },
      says: "auth has 0 of 1 approvals by @ann (reviews were not read)",
      fix: "Ask ann to approve auth.",
    },
    {
      case: "where the author was not read",
      sketch: { author: null },
      says: "auth has 0 of 1 approvals by @ann",
      fix: `${notRead} (no pull request was read), or supply it with \`--reviews\`.`,
    },
    {
      case: "where neither was read",
      sketch: { author: null, reviews: null },
      says: "auth has 0 of 1 approvals by @ann (reviews were not read)",
      fix: `${notRead} (reviews were not read), or supply it with \`--reviews\`.`,
    },
    {
      case: "with a name that is not inert",
      request: { owners: users("a\u001b[31mnn") },
      says: "auth has 0 of 1 approvals by @a[31mnn",
      fix: "Ask a[31mnn to approve auth.",
    },
  ])("$case", check);
});

describe("an area that waits for whoever can push, or for those who stand in", () => {
  const few = "too few of its owners can approve it, so";
  const both = { ...owned("@ann", "@eve"), author: "ann", commits: [{ name: "x", author: "eve", signed: true }] };
  test.each<Row>([
    {
      case: "all of whom are known",
      sketch: { everyWriter: true },
      request: { owners: "anyone" },
      says: "auth has 0 of 1 approvals by anybody who can push",
      fix: "Ask ann or bob to approve auth.",
    },
    {
      case: "of whom nobody is known",
      sketch: { writers: ["dev"] },
      request: { owners: "anyone" },
      says: "auth has 0 of 1 approvals by anybody who can push (who else can push was not read)",
      fix: "Ask somebody else who can push to approve auth.",
    },
    {
      case: "of whom too few are known",
      sketch: { writers: ["dev", "ann"] },
      request: { owners: "anyone", count: 2 },
      says: "auth has 0 of 2 approvals by anybody who can push (who else can push was not read)",
      fix: "Ask two of ann or somebody else who can push to approve auth.",
    },
    {
      case: "the fallback",
      sketch: { author: "ann" },
      request: { fallback: users("bob") },
      says: `auth has 0 of 1 approvals by @ann or @bob (${few} its fallback may too)`,
      fix: "Ask bob to approve auth.",
    },
    {
      case: "the default owners",
      sketch: { author: "ann" },
      request: { defaultOwners: users("bob") },
      says: `auth has 0 of 1 approvals by @ann or @bob (${few} the default owners may too)`,
      fix: "Ask bob to approve auth.",
    },
    {
      case: "the owners of a broader pattern",
      sketch: { author: "ann", codeowners: "* @bob\nsrc/auth/ @ann" },
      request: code,
      says: `auth has 0 of 1 approvals by @ann or @bob (${few} the owners of a broader pattern may too)`,
      fix: "Ask bob to approve auth.",
    },
    {
      case: "whoever can push",
      sketch: { author: "ann", writers: ["ann", "bob"] },
      request: { orAnyone: true },
      says: `auth has 0 of 1 approvals by @ann or anybody who can push (${few} anybody who can push may too)`,
      fix: "Ask bob to approve auth.",
    },
    {
      case: "whoever can push, for two groups of owners: one who is known is enough for each",
      sketch: { ...both, writers: ["ann", "eve", "bob"] },
      request: { ...code, orAnyone: true },
      says: `auth has 0 of 1 approvals by @ann or anybody who can push, and 0 of 1 approvals by @eve or anybody who can push (${few} anybody who can push may too)`,
      fix: "Ask bob to approve auth.",
    },
  ])("$case", check);
});

describe("an area of several groups of owners", () => {
  const of = (count: number) => (owner: string) => `${count} of 1 approvals by @${owner}`;
  test.each<Row>([
    {
      case: "of whom one has approved: the others of that group are not asked",
      sketch: { ...owned("@ann", "@bob @cat"), reviews: [bob] },
      request: code,
      says: "auth has 0 of 1 approvals by @ann, and 1 of 1 approvals by @bob or @cat",
      fix: "Ask ann to approve auth.",
    },
    {
      case: "of each of whom two must",
      sketch: { ...owned("@ann @bob", "@cat @dan @eve"), reviews: [ann, cat, { user: "eve" }] },
      request: { ...code, count: 2 },
      says: "auth has 1 of 2 approvals by @ann or @bob, and 2 of 2 approvals by @cat, @dan or @eve",
      fix: "Ask bob to approve auth.",
    },
    {
      case: "whose addresses nobody knows: only of those who have not approved",
      sketch: { ...owned("@ann a@x.org", "b@x.org"), reviews: [ann] },
      request: code,
      says: "auth has 1 of 1 approvals by @ann or a@x.org, and 0 of 1 approvals by b@x.org (the account of b@x.org was not read)",
      fix: `${write} b@x.org: GitHub tells nobody whose address it is.`,
    },
    {
      case: "five of them",
      sketch: { ...owned("@ann", "@bob", "@cat", "@eve", "@fay"), reviews: [bob] },
      request: code,
      says: `auth has ${[of(0)("ann"), of(1)("bob"), ...["cat", "eve", "fay"].map(of(0))].join(", and ")}`,
      fix: "Ask ann, and cat, and eve, and fay to approve auth.",
    },
    {
      case: "six of them",
      sketch: owned("@ann", "@bob", "@cat", "@eve", "@fay", "@gil"),
      request: code,
      says: `auth has ${["ann", "bob", "cat", "eve", "fay"].map(of(0)).join(", and ")} and 1 more group of owners`,
      fix: "Ask ann, and bob, and cat, and eve, and fay, and gil to approve auth.",
    },
    {
      case: "seven of them",
      sketch: owned("@ann", "@bob", "@cat", "@eve", "@fay", "@gil", "@gil @ann"),
      request: code,
      says: `auth has ${["ann", "ann or @gil", "bob", "cat", "eve"].map(of(0)).join(", and ")} and 2 more groups of owners`,
      fix: "Ask ann, and ann or gil, and bob, and cat, and eve, and fay, and gil to approve auth.",
    },
  ])("$case", check);
});

describe("an area whose approval no longer counts", () => {
  const again = "Ask ann to look at auth again.";
  const changed = "what ann approved is not what stands there now";
  const first = { reviews: [before("ann")], trees: { old: [{ path: a, blob: "other" }, b, c] } };
  test.each<Row>([
    {
      case: "for what changed",
      sketch: { reviews: [before("ann")], ...other },
      says: `auth has 0 of 1 approvals by @ann: ${changed}`,
      fix: again,
    },
    {
      case: "for a commit that is gone",
      sketch: { reviews: [{ user: "ann", commit: null }] },
      request: { staleWhen: "push" },
      says: `auth has 0 of 1 approvals by @ann: ${changed}`,
      fix: again,
    },
    {
      case: "for a push",
      sketch: { reviews: [before("ann")], ...same },
      request: { staleWhen: "push" },
      says: "auth has 0 of 1 approvals by @ann: a push came after ann approved, and the policy asks anew after each",
      fix: again,
    },
    {
      case: "for a push of one and for what changed of another",
      sketch: {
        reviews: [before("ann"), { user: "bob", commit: "older" }],
        trees: { ...same.trees, older: other.trees.old },
      },
      request: { owners: users("ann", "bob"), count: 2, staleWhen: "push" },
      says: "auth has 0 of 2 approvals by @ann or @bob: what ann and bob approved is not what stands there now",
      fix: "Ask ann and bob to look at auth again.",
    },
    {
      case: "for another base branch",
      sketch: { reviews: [ann], retargetedAt: 5 },
      says: "auth has 0 of 1 approvals by @ann: the base branch was changed after ann approved",
      fix: again,
    },
    {
      case: "where another owner could as well",
      sketch: { reviews: [before("Ann")], ...other },
      request: { owners: users("ann", "bob") },
      says: "auth has 0 of 1 approvals by @ann or @bob: what Ann approved is not what stands there now",
      fix: "Ask Ann to look at auth again.",
    },
    {
      case: "where another owner must, too",
      sketch: { reviews: [before("Ann")], ...other },
      request: { owners: users("ann", "bob"), count: 2 },
      says: "auth has 0 of 2 approvals by @ann or @bob: what Ann approved is not what stands there now",
      fix: "Ask Ann to look at auth again. Ask bob to approve auth.",
    },
    {
      case: "where two others must, too",
      sketch: { reviews: [before("ann")], ...other },
      request: { owners: users("ann", "bob", "cat", "eve"), count: 3 },
      says: `auth has 0 of 3 approvals by @ann, @bob, @cat or @eve: ${changed}`,
      fix: `${again} Ask two of bob, cat or eve to approve auth.`,
    },
    {
      case: "of one group, where the other has approved",
      sketch: { ...owned("@ann", "@bob @cat"), ...first, reviews: [before("ann"), bob] },
      request: code,
      says: `auth has 0 of 1 approvals by @ann, and 1 of 1 approvals by @bob or @cat: ${changed}`,
      fix: again,
    },
    {
      case: "of one group, where nobody of the others has",
      sketch: { ...owned("@ann", "@bob", "@cat"), ...first },
      request: code,
      says: `auth has 0 of 1 approvals by @ann, and 0 of 1 approvals by @bob, and 0 of 1 approvals by @cat: ${changed}`,
      fix: `${again} Ask bob, and cat to approve auth.`,
    },
    {
      case: "of one group: the others of that group are not asked",
      sketch: { ...owned("@ann @eve", "@bob"), ...first },
      request: code,
      says: `auth has 0 of 1 approvals by @ann or @eve, and 0 of 1 approvals by @bob: ${changed}`,
      fix: `${again} Ask bob to approve auth.`,
    },
  ])("$case", check);
});

describe("an area whose owners ask for changes", () => {
  const clears = "their approval, or a dismissal of their review, clears it.";
  test.each<Row>([
    {
      case: "one",
      sketch: { reviews: [asksForChanges("ann")] },
      says: "auth is blocked: ann asked for changes",
      fix: `Settle it with ann: ${clears}`,
    },
    {
      case: "two, and a team was not read",
      sketch: { reviews: [asksForChanges("bob"), asksForChanges("ann")] },
      request: { owners: { users: ["ann", "bob"], teams: ["acme/a"] } },
      says: "auth is blocked: ann and bob asked for changes (the team @acme/a was not read)",
      fix: `Settle it with ann and bob: ${clears}`,
    },
  ])("$case", check);
});

describe("an area whose configuration is wrong", () => {
  const fix = "Correct the configuration on the base branch.";
  const gone = "the team @acme/a does not exist or is not visible";
  test.each<Row>([
    {
      case: "a team is gone, and another one was not read",
      sketch: { teams: { "acme/a": "missing" } },
      request: { owners: teams("acme/a", "acme/b") },
      says: `auth cannot be approved: ${gone}`,
      fix,
    },
    {
      case: "three things are",
      sketch: { teams: { "acme/a": "missing", "acme/b": [], "acme/c": "no-push" } },
      request: { owners: teams("acme/a", "acme/b", "acme/c") },
      says: `auth cannot be approved: ${gone}, and 2 more`,
      fix,
    },
    {
      case: "the same for two groups of owners",
      sketch: { ...owned("@ann @acme/a", "@bob @acme/a"), teams: { "acme/a": "missing" } },
      request: code,
      says: `auth cannot be approved: ${gone}`,
      fix,
    },
  ])("$case", check);

  test("and nobody says why", () => {
    const approval = { ...approvalOf({}), state: "unsatisfiable", unsatisfiable: "configuration" } as const;
    expect(sayArea(askFor(), [], approval)).toBe("auth cannot be approved: the configuration is broken");
  });
});

describe("an area that nobody can approve", () => {
  const name = "Name another owner, a fallback or default owners for auth";
  const sign = ", or sign the commits that name them";
  const glass = "; or use break-glass.";
  const by = (author: string, touches?: readonly string[]) => ({
    ...{ name: `by ${author}`, author },
    ...(touches === undefined ? {} : { touches }),
  });
  const noOwner = "nobody owns it: neither CODEOWNERS nor the policy names anybody";
  const noWriter = "no eligible owner: too few of those who can push neither wrote it nor asked for it";
  test.each<Row>([
    {
      case: "its only owner is the author",
      sketch: { author: "ann" },
      says: "auth cannot be approved: too few of @ann may approve it",
      fix: `${name}${glass}`,
    },
    {
      case: "its owners are the author and one who wrote it",
      sketch: { author: "ann", commits: [{ ...by("bob"), signed: true }] },
      request: { owners: users("ann", "bob") },
      says: "auth cannot be approved: too few of @ann or @bob may approve it",
      fix: `${name}${glass}`,
    },
    {
      case: "one of two groups: only that one is named",
      sketch: { ...owned("@ann", "@bob"), author: "ann" },
      request: code,
      says: "auth cannot be approved: too few of @ann may approve it",
      fix: `${name}${glass}`,
    },
    {
      case: "one of two groups, and unsigned commits name one of the other: that is not why",
      sketch: { ...owned("@ann", "@bob @cat"), author: "ann", commits: [by("cat", [b]), by("eve", [a])] },
      request: code,
      says: "auth cannot be approved: too few of @ann may approve it",
      fix: `${name}${glass}`,
    },
    {
      case: "nobody is named",
      request: code,
      says: `auth cannot be approved: ${noOwner}`,
      fix: "Name owners of auth: in CODEOWNERS, or in the policy as the area's `owners` or as `default_owners`. They count from the base branch on.",
    },
    {
      case: "nobody is named for one of two groups",
      sketch: owned("@ann", ""),
      request: code,
      says: `auth cannot be approved: ${noOwner}`,
      fix: `${name}${glass}`,
    },
    {
      case: "its owner is said to have asked an agent",
      sketch: { agentRequesters: ["ann"] },
      says: "auth cannot be approved: ann is said to have asked an agent for it, and nobody else is left",
      fix: `${name}${glass}`,
    },
    {
      case: "its owners are",
      sketch: { agentRequesters: ["ann", "bob"] },
      request: { owners: users("ann", "bob") },
      says: "auth cannot be approved: ann and bob are said to have asked an agent for it, and nobody else is left",
      fix: `${name}${glass}`,
    },
    {
      case: "commits name its owner, unsigned",
      sketch: { commits: [by("ann")] },
      says: "auth cannot be approved: commits that nobody verified name ann, and nobody else is left",
      fix: `${name}${sign}${glass}`,
    },
    {
      case: "commits name the owner of one of two groups",
      sketch: { ...owned("@ann", "@bob"), commits: [by("ann")] },
      request: code,
      says: "auth cannot be approved: commits that nobody verified name ann, and nobody else is left",
      fix: `${name}${sign}${glass}`,
    },
    {
      case: "the same, where the owner of the other is the author",
      sketch: { ...owned("@ann", "@bob"), author: "bob", commits: [by("ann")] },
      request: code,
      says: "auth cannot be approved: commits that nobody verified name ann, and nobody else is left",
      fix: `${name}${sign}${glass}`,
    },
    {
      case: "the same, where whoever can push may approve the other, and can",
      sketch: { ...owned("@ann", "@eve"), author: "eve", commits: [by("ann", [a]), by("dev", [b])] },
      request: { ...code, orAnyone: true },
      says: "auth cannot be approved: commits that nobody verified name ann, and nobody else is left",
      fix: `${name}${sign}${glass}`,
    },
    {
      case: "whoever can push wrote it",
      sketch: { writers: ["dev"], everyWriter: true },
      request: { owners: "anyone" },
      says: `auth cannot be approved: ${noWriter}`,
      fix: `Give another person the right to push${glass}`,
    },
    {
      case: "whoever can push is named by commits, unsigned",
      sketch: { writers: ["dev", "ann"], everyWriter: true, commits: [by("ann")] },
      request: { owners: "anyone" },
      says: "auth cannot be approved: commits that nobody verified name ann, and nobody else is left",
      fix: `Give another person the right to push, or sign the commits that name those who have it${glass}`,
    },
    {
      case: "whoever can push wrote the files of one of two groups",
      sketch: {
        ...owned("@ann", "@bob"),
        ...{ author: "ann", writers: ["ann", "bob"], everyWriter: true },
        commits: [{ ...by("bob", [a]), signed: true }, by("ann", [b])],
      },
      request: { ...code, orAnyone: true },
      says: `auth cannot be approved: ${noWriter}`,
      fix: `Give another person the right to push${glass}`,
    },
  ])("$case", check);
});

describe("what became of a review", () => {
  test.each<{
    case: string;
    sketch: OwnershipSketch;
    request?: Partial<ApprovalRequest>;
    says: readonly string[];
    files?: readonly string[];
  }>([
    { case: "it counts", sketch: { reviews: [ann] }, says: ["ann approved what stands there now"] },
    {
      case: "one after the other",
      sketch: { reviews: [{ ...ann, state: "commented" }, ann, asksForChanges("ann")] },
      says: ["ann commented", "ann has said something else since", "ann asks for changes"],
    },
    {
      case: "dismissed",
      sketch: { reviews: [{ ...ann, state: "dismissed" }] },
      says: ["ann approved or asked for changes, and the review was dismissed"],
    },
    { case: "of an App", sketch: { reviews: [{ ...ann, userType: "Bot" }] }, says: ["ann is not a person (Bot)"] },
    {
      case: "of those who made it",
      sketch: {
        ...{ reviews: [{ user: "dev" }, bob, ann], agentRequesters: ["bob"] },
        commits: ["x", "y"].map((name) => ({ name, author: "ann" })),
      },
      says: [
        "dev is the author of the pull request",
        "bob asked the agent for it",
        "ann wrote, committed or co-wrote 2 of the commits",
      ],
    },
    {
      case: "of one who cannot push",
      sketch: { writers: [], readers: ["ann"], reviews: [ann] },
      says: ["ann cannot push to the repository"],
    },
    {
      case: "of one whose rights were not read",
      sketch: { writers: [], reviews: [ann] },
      says: ["ann may or may not push: the platform was not asked about them"],
    },
    {
      case: "where the author was not read",
      sketch: { author: null, reviews: [ann] },
      says: ["ann may be the author: no pull request was read"],
    },
    {
      case: "where the accounts were not read",
      sketch: { accounts: null, reviews: [ann] },
      says: ["ann may have written some of it: the accounts behind the commits' e-mail addresses were not read"],
    },
    {
      case: "of one who is no owner",
      sketch: { reviews: [bob] },
      request: { owners: users("ann", "cat") },
      says: ["bob is not among @ann or @cat"],
    },
    {
      case: "where nobody is",
      sketch: { reviews: [bob] },
      request: code,
      says: ["bob owns none of it: nobody is named as its owner"],
    },
    {
      case: "of one who may be of a team",
      sketch: { reviews: [bob] },
      request: { owners: teams("acme/a") },
      says: ["bob may or may not be an owner: the team @acme/a was not read"],
    },
    {
      case: "of one whose address it may be",
      sketch: { reviews: [bob] },
      request: { owners: users("a@x.org") },
      says: ["bob may or may not be an owner: the account of a@x.org was not read"],
    },
    {
      case: "of a commit that is gone",
      sketch: { reviews: [{ user: "ann", commit: null }] },
      says: ["ann approved a commit that is gone or was not read"],
    },
    {
      case: "of something else",
      sketch: { reviews: [before("ann")], ...other },
      says: [`ann approved something else: ${login}`],
      files: [login],
    },
    {
      case: "before a push",
      sketch: { reviews: [before("ann")], ...same },
      request: { staleWhen: "push" },
      says: ["ann approved it before the last push, and the policy asks anew after each"],
    },
    {
      case: "before the base branch was changed",
      sketch: { reviews: [ann], retargetedAt: 5 },
      says: ["ann approved it before the base branch was changed"],
    },
    {
      case: "of the owners of each of two groups: it says what became of it where it came furthest",
      sketch: { ...owned("@ann", "@bob"), reviews: [ann, bob] },
      request: code,
      says: ["ann approved what stands there now", "bob approved what stands there now"],
    },
  ])("$case", ({ sketch, request, says, files = [] }) => {
    const { considered } = approvalOf(sketch, request);
    expect(considered.map((review) => review.says)).toEqual(says);
    expect(considered.flatMap((review) => review.files)).toEqual(files);
  });
});
