import { afterAll, expect, test } from "vitest";
import { treeFileOf } from "../../core/change/tree-file.ts";
import { present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { inOrder } from "../../core/facts-order.ts";
import { reviewChange } from "../../core/review-change.ts";
import { exampleFacts } from "../example-facts.ts";
import { removeRepositories } from "../git-repository.ts";

afterAll(removeRepositories);
const example = await exampleFacts();
const head = example.change.head.sha;
const review = (id: string, user: string, submittedAt: string) => {
  return { id, user, userType: "User", state: "approved" as const, commit: head, submittedAt };
};

const facts: Facts = {
  ...example,
  reviews: present([
    review("1", "ann", "2026-11-20T10:00:00Z"),
    review("2", "bob", "2026-11-20T11:00:00Z"),
    review("3", "ann", "2026-11-20T12:00:00Z"),
  ]),
  people: present({
    writers: [
      { login: "ann", canPush: true },
      { login: "bob", canPush: false },
    ],
    teams: [
      { name: "acme/a", canPush: true, members: present(["ann", "bob"]), missing: false },
      { name: "acme/b", canPush: true, members: present(["cy"]), missing: false },
    ],
    accounts: present([
      { email: "ann@example.com", login: "ann" },
      { email: "bob@example.com", login: "bob" },
    ]),
    load: [
      { login: "ann", openReviews: 3 },
      { login: "bob", openReviews: 1 },
    ],
  }),
  checks: present([
    { name: "build", app: "ci", status: "completed", conclusion: "success" },
    { name: "test", app: "ci", status: "completed", conclusion: "success" },
  ]),
  signatures: present(example.change.commits.map(({ sha }) => ({ commit: sha, verified: false, reason: "unsigned" }))),
  gateWorkflows: [".github/workflows/a.yml", ".github/workflows/b.yml"],
};

/** Every list without an order of its own, the other way round. */
function reversed(given: Facts): Facts {
  const turn = <T>(items: readonly T[]) => items.toReversed();
  const evidence = <T>(found: { state: "present"; value: T[] } | { state: "absent"; reason: string }) =>
    found.state === "present" ? present(turn(found.value)) : found;
  return {
    ...given,
    reviews: evidence(given.reviews),
    checks: evidence(given.checks),
    signatures: evidence(given.signatures),
    people:
      given.people.state === "absent"
        ? given.people
        : present({
            ...given.people.value,
            writers: turn(given.people.value.writers),
            teams: turn(given.people.value.teams).map((team) => ({ ...team, members: evidence(team.members) })),
            accounts: evidence(given.people.value.accounts),
            load: turn(given.people.value.load),
          }),
    gateWorkflows: turn(given.gateWorkflows),
  };
}

test("two readings in another order give the same review, to the byte", () => {
  expect(JSON.stringify(reviewChange(reversed(facts)))).toBe(JSON.stringify(reviewChange(facts)));
  expect(reversed(facts)).not.toEqual(facts);
});

test("labels, requesters, what was not analysed, and a group's members have no order either", () => {
  const member = (number: number) => ({
    number,
    author: "ann",
    authorType: "User",
    agentRequesters: ["bob", "cy"],
    head,
    retargetedAt: null,
    files: example.change.files.map(treeFileOf),
    reviews: [review("1", "ann", "2026-11-20T10:00:00Z"), review("2", "bob", "2026-11-20T11:00:00Z")],
  });
  const pullRequest = {
    ...{ number: 1, author: "ann", authorType: "User", association: "MEMBER", title: "", body: "" },
    ...{ draft: false, fork: false, labels: ["a", "b"], agentRequesters: ["bob", "cy"] },
  };
  const given: Facts = {
    ...facts,
    pullRequest: present(pullRequest),
    notAnalysed: [
      { path: "a", reason: "x" },
      { path: "a", reason: "y" },
      { path: "b", reason: "x" },
    ],
    mergeGroup: present([member(1), member(2), member(10)]),
  };
  const turned: Facts = {
    ...given,
    pullRequest: present({ ...pullRequest, labels: ["b", "a"], agentRequesters: ["cy", "bob"] }),
    notAnalysed: given.notAnalysed.toReversed(),
    mergeGroup: present(
      [member(10), member(2), member(1)].map((one) => ({
        ...one,
        agentRequesters: one.agentRequesters.toReversed(),
        files: one.files.toReversed(),
        reviews: one.reviews.toReversed(),
      })),
    ),
  };
  expect(inOrder(turned)).toEqual(inOrder(given));
  expect(JSON.stringify(reviewChange(turned))).toBe(JSON.stringify(reviewChange(given)));
});

test("a fact more is another id", () => {
  const more = { ...facts, gateWorkflows: [...facts.gateWorkflows, ".github/workflows/c.yml"] };
  expect(reviewChange(more).decision.evaluationId).not.toBe(reviewChange(facts).decision.evaluationId);
});

test("of two records with one id the later stays the later", () => {
  const twice = [
    { ...review("1", "ann", "2026-11-20T12:00:00Z"), state: "dismissed" as const },
    review("0", "bob", "2026-11-20T10:00:00Z"),
    review("1", "ann", "2026-11-20T09:00:00Z"),
  ];
  const { reviews } = inOrder({ ...facts, reviews: present(twice) });
  expect(reviews.state === "present" ? reviews.value.map(({ id, state }) => `${id} ${state}`) : []).toEqual([
    "0 approved",
    "1 dismissed",
    "1 approved",
  ]);
});

test("the decision does not depend on the change's own policy", () => {
  const own = (text: string): Facts => ({
    ...facts,
    proposedPolicy: present({ path: ".github/countersign.yml", commit: head, text }),
  });
  const verdict = (given: Facts) => {
    const { factsDigest, evaluationId, ...decision } = reviewChange(given).decision;
    expect([factsDigest, evaluationId].every((digest) => /^[0-9a-f]{64}$/.test(digest))).toBe(true);
    return decision;
  };
  for (const text of [
    "version: 1\nmode: observe",
    "version: 1\nbreak_glass: { who: { users: [eve] }, max_age: 4h }",
    "not a policy",
  ])
    expect(verdict(own(text))).toEqual(verdict(facts));
});

test.each([true, false, undefined])(
  "whether everybody who can push was read stays with the facts: %s",
  (everyWriter) => {
    const { people } = facts;
    if (people.state === "absent") throw new Error("people are there");
    const given = { ...people.value, ...(everyWriter === undefined ? {} : { everyWriter }) };
    const kept = inOrder({ ...facts, people: present(given) }).people;
    expect(kept).toEqual(present(given));
  },
);
