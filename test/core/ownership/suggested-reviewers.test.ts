import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { present } from "../../../core/evidence.ts";
import type { ApprovalRequest, AreaApproval } from "../../../core/ownership/approval.ts";
import { approvalsOf, type OwnershipFacts } from "../../../core/ownership/approvals.ts";
import type { People } from "../../../core/ownership/people.ts";
import {
  askFor,
  buildOwnershipFacts,
  buildReviews,
  liesIn,
  teams,
  users,
  type OwnershipSketch,
  type ReviewSketch,
} from "../../ownership-facts.ts";

/** Who is suggested, held against what the machine says once they have approved. */

const login = "src/auth/login.ts";
const ann = { user: "ann" };
const bob = { user: "bob" };
const both = { owners: users("ann", "bob") };

function suggested(sketch: OwnershipSketch, ...asked: Partial<ApprovalRequest>[]) {
  const approvals = approvalsOf(buildOwnershipFacts(sketch));
  const found = approvals.smallestSet((asked.length === 0 ? [{}] : asked).map((one) => approvals.of(askFor(one))));
  return Object.fromEntries(found.map(({ user, areas }) => [user, areas]));
}

describe("who is suggested", () => {
  test.each<{
    says: string;
    sketch: OwnershipSketch;
    request?: Partial<ApprovalRequest>;
    is: Record<string, string[]>;
  }>([
    { says: "an owner", sketch: {}, is: { ann: ["auth"] } },
    {
      says: "an owner whose approval is stale",
      sketch: { reviews: [{ ...ann, commit: "old" }] },
      is: { ann: ["auth"] },
    },
    { says: "an owner, where reviews were not read", sketch: { reviews: null }, is: { ann: ["auth"] } },
    {
      says: "an owner, where nothing was read",
      sketch: { reviews: null, accounts: null, author: null },
      is: { ann: ["auth"] },
    },
    {
      says: "an owner, where neither people nor reviews were read",
      sketch: { reviews: null, writers: null },
      is: { ann: ["auth"] },
    },
    {
      says: "nobody beside an owner who asks for changes",
      sketch: { reviews: [{ ...bob, state: "changes_requested" }] },
      request: both,
      is: {},
    },
    {
      says: "nobody, where somebody asks for changes who may be an owner",
      sketch: { reviews: [{ user: "cat", state: "changes_requested" }], teams: { "acme/identity": "unread" } },
      request: { owners: { users: ["ann"], teams: ["acme/identity"] } },
      is: {},
    },
    {
      says: "not somebody who approved, and of whom nobody knows whether they can push",
      sketch: { writers: ["bob"], reviews: [ann] },
      request: both,
      is: { bob: ["auth"] },
    },
    {
      says: "nobody, where nobody knows who wrote it",
      sketch: { accounts: null, reviews: [ann] },
      request: both,
      is: {},
    },
    { says: "nobody, where nobody knows who opened it", sketch: { author: null }, is: {} },
    { says: "nobody, where too few are known", sketch: {}, request: { ...both, count: 3 }, is: {} },
    { says: "nobody of a team that was not read", sketch: {}, request: { owners: teams("acme/other") }, is: {} },
    { says: "no bot", sketch: {}, request: { owners: users("a-robot[bot]", "bob") }, is: { bob: ["auth"] } },
  ])("$says", ({ sketch, request = {}, is }) => {
    expect(suggested(sketch, request)).toEqual(is);
  });

  test("nobody is a candidate either of what no approval settles now", () => {
    const unread = { teams: { "acme/identity": "unread" as const }, accounts: null };
    const approval = approvalsOf(buildOwnershipFacts(unread)).of(
      askFor({ owners: { users: ["ann"], teams: ["acme/identity"] } }),
    );
    expect(approval).toMatchObject({ candidates: { users: [], teams: [] }, groups: [{ candidates: [] }] });
  });

  test("one for two areas, and nobody for the blocked one", () => {
    const sketch: OwnershipSketch = {
      files: [login, "docs/a.md", "lib/b.ts"],
      reviews: [{ ...bob, state: "changes_requested" }],
    };
    const asked = [
      { area: "auth", owners: users("ann", "cat") },
      { area: "docs", belongs: liesIn("docs/"), owners: users("ann") },
      { area: "lib", belongs: liesIn("lib/"), owners: users("ann", "bob") },
    ];
    expect(suggested(sketch, ...asked)).toEqual({ ann: ["auth", "docs"] });
  });
});

const logins = ["ann", "bob", "cat", "dev", "eve"];
const person = fc.constantFrom(...logins);
const paths = ["src/auth/a.ts", "src/auth/b.sql", "docs/c.md"];
const states = ["approved", "approved", "changes_requested", "commented", "dismissed"] as const;

const review: fc.Arbitrary<ReviewSketch> = fc.record({
  user: person,
  state: fc.constantFrom(...states),
  commit: fc.constantFrom("head", "old", null),
  at: fc.integer({ min: 0, max: 5 }),
});

const base = {
  files: fc.constant(paths),
  author: person,
  agentRequesters: fc.subarray(logins, { maxLength: 1 }),
  commits: person.map((author) => [{ name: "c", author }]),
  reviews: fc.array(review, { maxLength: 3 }),
  trees: fc.constantFrom<OwnershipSketch["trees"] & {}>(
    { old: paths },
    { old: ["src/auth/a.ts", { path: "docs/c.md", blob: "other" }] },
  ),
  codeowners: fc.constantFrom(null, "* @ann @eve\n*.sql @bob @cat", "src/ @acme/identity\n*.sql", "* @bob"),
  teams: fc.constantFrom<OwnershipSketch["teams"] & {}>(
    { "acme/identity": ["ann", "cat"] },
    { "acme/identity": "unread" },
    { "acme/identity": "missing" },
  ),
};

/** Of everybody it is known whether they can push. */
const known: fc.Arbitrary<OwnershipSketch> = fc.subarray(logins).chain((readers) =>
  fc.record({
    ...base,
    readers: fc.constant(readers),
    writers: fc.constant(logins.filter((one) => !readers.includes(one))),
  }),
);
/** Of some it is not, and other parts were not read either. Without reviews nothing else is missing: they come with the approvals. */
const partly: fc.Arbitrary<OwnershipSketch> = fc.oneof(
  fc.record({ ...base, reviews: fc.constant(null), writers: fc.subarray(logins) }),
  fc.record({ ...base, author: fc.constant(null), writers: fc.subarray(logins) }),
  fc.record({ ...base, accounts: fc.constant(null), writers: fc.subarray(logins) }),
  fc.record({ ...base, writers: fc.subarray(logins) }),
);

const places = ["src/auth/", "docs/", ""];
const requests: fc.Arbitrary<ApprovalRequest[]> = fc
  .array(
    fc.record({
      belongs: fc.constantFrom(...places).map((place) => (place === "" ? () => true : liesIn(place))),
      owners: fc.constantFrom<ApprovalRequest["owners"]>(
        ...["codeowners" as const, "anyone" as const, users("ann", "bob"), users("cat", "bob")],
        { users: ["eve"], teams: ["acme/identity"] },
      ),
      count: fc.constantFrom(1, 1, 2),
      fallback: fc.constantFrom(null, users("cat")),
      staleWhen: fc.constantFrom("owned_diff_changes" as const, "push" as const),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) => list.map((one, index) => askFor({ ...one, area: `a${index}` })));

/** The facts once these people have approved the head; whoever is named turns out to be able to push, unless it is known not. */
function afterApproval(facts: OwnershipFacts, by: readonly string[]): OwnershipFacts {
  const reviews = facts.reviews.state === "present" ? facts.reviews.value : [];
  const more = buildReviews(by.map((user, index) => ({ user, id: String(900 + index), at: 60 + index })));
  return { ...facts, reviews: present([...reviews, ...more]), people: withRights(facts.people, by) };
}

function withRights(people: OwnershipFacts["people"], by: readonly string[]): OwnershipFacts["people"] {
  if (people.state === "absent") return people;
  const listed = people.value.writers.map(({ login: one }) => one);
  const fresh: People["writers"] = by
    .filter((user) => !listed.includes(user))
    .map((user) => ({ login: user, canPush: true }));
  return present({ ...people.value, writers: [...people.value.writers, ...fresh] });
}

function judged(sketch: OwnershipSketch, asked: readonly ApprovalRequest[]) {
  const facts = buildOwnershipFacts(sketch);
  const approvals = approvalsOf(facts);
  const areas = asked.map((request) => ({ request, approval: approvals.of(request) }));
  const set = approvals.smallestSet(areas.map(({ approval }) => approval));
  const named = new Set(set.flatMap((one) => one.areas));
  const covered = areas.filter(({ request }) => named.has(request.area)).map(({ request }) => request);
  return { facts, areas, covered, people: set.map(({ user }) => user) };
}

const settles = (facts: OwnershipFacts, by: readonly string[], asked: readonly ApprovalRequest[]): boolean => {
  const approvals = approvalsOf(afterApproval(facts, by));
  return asked.every((request) => approvals.of(request).state === "satisfied");
};

const everySet = Array.from({ length: 2 ** logins.length }, (_none, bits) =>
  logins.filter((_login, index) => (bits >> index) % 2 === 1),
);
const isOpen = ({ state }: AreaApproval) => !["n/a", "satisfied"].includes(state);

test("once everybody who is named has approved, every area that they are named for is satisfied", () => {
  fc.assert(
    fc.property(fc.oneof(known, partly), requests, (sketch, asked) => {
      const { facts, covered, people } = judged(sketch, asked);
      expect(settles(facts, people, covered)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("no smaller set settles them, and nothing else is settled but by whoever asks for changes", () => {
  fc.assert(
    fc.property(known, requests, (sketch, asked) => {
      const { facts, areas, covered, people } = judged(sketch, asked);
      for (const set of everySet.filter((one) => one.length < people.length)) {
        expect(settles(facts, set, covered)).toBe(false);
      }
      const asking = (sketch.reviews ?? [])
        .filter(({ state }) => state === "changes_requested")
        .map(({ user }) => user);
      const others = everySet.filter((set) => !set.some((user) => asking.includes(user)));
      for (const { request } of areas.filter((one) => isOpen(one.approval) && !covered.includes(one.request))) {
        expect(others.some((set) => settles(facts, set, [request]))).toBe(false);
      }
    }),
    { numRuns: 150 },
  );
});

test("a blocked area is settled by nobody without whoever blocks it", () => {
  fc.assert(
    fc.property(known, requests, (sketch, asked) => {
      const { facts, areas, covered } = judged(sketch, asked);
      for (const { request, approval } of areas.filter((one) => one.approval.state === "blocked")) {
        expect(covered).not.toContain(request);
        for (const set of everySet.filter((one) => approval.changesRequestedBy.some((who) => !one.includes(who)))) {
          expect(settles(facts, set, [request])).toBe(false);
        }
      }
    }),
    { numRuns: 100 },
  );
});
