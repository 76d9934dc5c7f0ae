import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import type { ApprovalRequest, AreaApproval } from "../../../core/ownership/approval.ts";
import { approvalsOf, type OwnershipFacts } from "../../../core/ownership/approvals.ts";
import type { PullRequestReview } from "../../../core/ownership/review.ts";
import { approvalOutcome } from "../../../core/policy/approval-outcome.ts";
import {
  askFor,
  buildOwnershipFacts,
  buildReviews,
  teams,
  users,
  type FileAt,
  type OwnershipSketch,
  type ReviewSketch,
} from "../../ownership-facts.ts";

const logins = ["ann", "bob", "cat", "dev"];
const person = fc.constantFrom(...logins);
const path = fc.constantFrom("src/auth/a.ts", "src/auth/b.sql", "docs/c.md");
const file: fc.Arbitrary<FileAt> = fc.record({ path, blob: fc.constantFrom("one", "two") });
const files = fc.uniqueArray(file, { selector: (at) => (typeof at === "string" ? at : at.path), maxLength: 3 });

const review: fc.Arbitrary<ReviewSketch> = fc.record({
  user: person,
  state: fc.constantFrom(
    "approved" as const,
    "approved" as const,
    "changes_requested" as const,
    "commented" as const,
    "dismissed" as const,
  ),
  commit: fc.constantFrom("head", "old", "gone", null),
  userType: fc.constantFrom("User", "User", "User", "Bot"),
  at: fc.integer({ min: 0, max: 5 }),
});

const sketch: fc.Arbitrary<OwnershipSketch> = fc.record({
  files,
  author: person,
  commits: fc
    .array(person, { minLength: 1, maxLength: 2 })
    .map((authors) => authors.map((author, index) => ({ name: `c${index}`, author }))),
  reviews: fc.array(review, { maxLength: 6 }),
  trees: files.map((old) => ({ old })),
  codeowners: fc.constantFrom(
    null,
    "* @ann",
    "* @ann\n*.sql @bob @cat",
    "src/ @acme/identity\n*.sql",
    "src/auth/ ann",
    "* @bob\nsrc/auth/ @acme/identity",
  ),
  writers: fc.subarray(logins, { minLength: 2 }),
  readers: fc.subarray(logins, { maxLength: 1 }),
  teams: fc.constantFrom<OwnershipSketch["teams"] & {}>(
    { "acme/identity": ["ann", "cat"] },
    { "acme/identity": [] },
    { "acme/identity": "unread" },
    { "acme/identity": "missing" },
    { "acme/identity": "no-push" },
  ),
});

const owners: fc.Arbitrary<ApprovalRequest["owners"]> = fc.constantFrom<ApprovalRequest["owners"]>(
  "codeowners",
  "anyone",
  users("ann", "bob"),
  teams("acme/identity"),
  ["codeowners", users("cat")],
);
const request: fc.Arbitrary<Partial<ApprovalRequest>> = fc.record({
  owners,
  count: fc.constantFrom(1, 1, 2),
  fallback: fc.constantFrom(null, users("cat"), teams("acme/identity")),
  defaultOwners: fc.constantFrom(null, users("dev", "bob")),
  orAnyone: fc.boolean(),
  staleWhen: fc.constantFrom("owned_diff_changes", "push", "never"),
});

const judge = (facts: OwnershipFacts, asked: Partial<ApprovalRequest>): AreaApproval =>
  approvalsOf(facts).of(askFor(asked));

const runs = { numRuns: 200 };

test("the order of reviews, and whether they are told twice, makes no difference", () => {
  fc.assert(
    fc.property(
      sketch.chain((one) => {
        const reviews = buildReviews(one.reviews ?? []);
        return fc.record({
          one: fc.constant(one),
          shuffled: fc.shuffledSubarray([...reviews, ...reviews], { minLength: reviews.length * 2 }),
        });
      }),
      request,
      ({ one, shuffled }, asked) => {
        const facts = buildOwnershipFacts(one);
        expect(judge({ ...facts, reviews: present(shuffled) }, asked)).toEqual(judge(facts, asked));
      },
    ),
    runs,
  );
});

test("somebody who owns nothing changes nothing", () => {
  fc.assert(
    fc.property(sketch, request, review, (one, asked, said) => {
      // Where anybody may approve, nobody is a stranger; where a team was not read, nobody is known to be one.
      const owned = { ...asked, owners: asked.owners === "anyone" ? users("ann") : asked.owners!, orAnyone: false };
      const known = { ...one, teams: { "acme/identity": ["ann", "cat"] }, writers: [...one.writers!, "eve"] };
      const before = judge(buildOwnershipFacts(known), owned);
      const reviews = [...known.reviews!, { ...said, user: "eve" }];
      const after = judge(buildOwnershipFacts({ ...known, reviews }), owned);
      expect({ ...after, considered: [] }).toEqual({ ...before, considered: [] });
    }),
    runs,
  );
});

test("what cannot be satisfied does not pass", () => {
  fc.assert(
    fc.property(sketch, request, (one, asked) => {
      const approval = judge(buildOwnershipFacts(one), asked);
      const { state } = approvalOutcome([approval], "nothing");
      expect(approval.state === "satisfied" || approval.state === "n/a").toBe(state === "satisfied");
      if (approval.state === "satisfied") expect(approval.have).toBe(approval.need);
      expect(approval.state === "unsatisfiable").toBe(approval.unsatisfiable !== null);
      for (const { have, need } of approval.groups) expect(have).toBeLessThanOrEqual(need);
    }),
    runs,
  );
});

test("nobody approves what they wrote, and nobody who cannot push approves", () => {
  fc.assert(
    fc.property(sketch, request, (one, asked) => {
      const { by } = judge(buildOwnershipFacts(one), asked);
      const authors = (one.commits ?? []).map(({ author }) => author);
      for (const login of by) {
        expect(login).not.toBe(one.author);
        expect(authors).not.toContain(login);
        expect(one.writers).toContain(login);
        expect(one.readers).not.toContain(login);
      }
    }),
    runs,
  );
});

/** Facts with some part not read. */
const losses: Readonly<Record<string, (facts: OwnershipFacts) => OwnershipFacts>> = {
  reviews: (facts) => ({ ...facts, reviews: absent("not read") }),
  "what reviewers saw": (facts) => ({ ...facts, reviewedTrees: [] }),
  people: (facts) => ({ ...facts, people: absent("not read") }),
  "the pull request": (facts) => ({ ...facts, pullRequest: absent("not read") }),
  "the commits of files": (facts) => ({ ...facts, commitsOfFile: new Map() }),
  accounts: (facts) => withPeople(facts, (people) => ({ ...people, accounts: absent("not read") })),
  "who can push": (facts) => withPeople(facts, (people) => ({ ...people, writers: [] })),
  "members of teams": (facts) =>
    withPeople(facts, (people) => ({
      ...people,
      teams: people.teams.map((team) => ({ ...team, members: absent("not read") })),
    })),
  teams: (facts) => withPeople(facts, (people) => ({ ...people, teams: [] })),
  "part of the change": (facts) => ({ ...facts, change: { ...facts.change, incomplete: ["not read"] } }),
};

type ReadPeople = Extract<OwnershipFacts["people"], { state: "present" }>["value"];

function withPeople(facts: OwnershipFacts, change: (people: ReadPeople) => ReadPeople): OwnershipFacts {
  return facts.people.state === "absent" ? facts : { ...facts, people: present(change(facts.people.value)) };
}

/** Approved by enough who may; where only the configuration is broken, whoever does not read what is wrong there sees just that. */
function isEnough({ state, unsatisfiable, groups }: AreaApproval): boolean {
  const isHeldUp = unsatisfiable === "configuration" && groups.every(({ have, need }) => have >= need);
  return state === "satisfied" || state === "n/a" || isHeldUp;
}

describe("what was not read never helps", () => {
  test.each(Object.entries(losses))("%s", (_says, lose) => {
    fc.assert(
      fc.property(sketch, request, (one, asked) => {
        const facts = buildOwnershipFacts(one);
        const before = judge(facts, asked);
        const after = judge(lose(facts), asked).state;
        if (!isEnough(before)) expect(["satisfied", "n/a"]).not.toContain(after);
      }),
      { numRuns: 100 },
    );
  });

  test("an approval that is taken back", () => {
    fc.assert(
      fc.property(sketch, request, fc.nat({ max: 5 }), (one, asked, index) => {
        const reviews: ReviewSketch[] = [...(one.reviews ?? [])];
        const last = reviews[index];
        fc.pre(last?.state === "approved");
        const dismissed = reviews.with(index, { ...last, state: "dismissed" });
        const before = judge(buildOwnershipFacts(one), asked).state;
        const after = judge(buildOwnershipFacts({ ...one, reviews: dismissed }), asked).state;
        if (before !== "satisfied" && before !== "n/a" && before !== "blocked") expect(after).not.toBe("satisfied");
      }),
      { numRuns: 100 },
    );
  });
});

test("every review is told with one reason, in order", () => {
  fc.assert(
    fc.property(sketch, request, (one, asked) => {
      const facts = buildOwnershipFacts(one);
      const { considered, state } = judge(facts, asked);
      const all: PullRequestReview[] = facts.reviews.state === "present" ? [...facts.reviews.value] : [];
      expect(considered.map(({ review: id }) => id).toSorted()).toEqual(
        state === "n/a" ? [] : all.map(({ id }) => id).toSorted(),
      );
    }),
    runs,
  );
});
