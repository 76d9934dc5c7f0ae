import { describe, expect, test } from "vitest";
import type { Memo } from "../../../adapters/store/store.ts";
import { authoriseCommands, commitsOfOverrides, memosOfComment, settledMemo } from "../../../app/commands/index.ts";
import { sampleSha } from "../../builders.ts";
import { buildOwnershipFacts, type OwnershipSketch } from "../../ownership-facts.ts";
import { buildPolicy } from "../../subjects.ts";

const policy = buildPolicy(`
policy_owners: { users: [olga], teams: [acme/policy] }
break_glass: { who: { users: [bert], teams: [acme/on-call] }, max_age: 4h }
rules: []
`);
const people: OwnershipSketch = {
  author: "dev",
  commits: [
    { name: "one", author: "dev" },
    { name: "two", author: "eve" },
    { name: "by-olga", author: "olga" },
  ],
  writers: ["ann", "olga"],
  readers: ["reader"],
  teams: { "acme/policy": ["paul"], "acme/on-call": "unread" },
};
const one: string = sampleSha("one");
const two: string = sampleSha("two");
const byOlga: string = sampleSha("by-olga");
const seen = [
  { sha: sampleSha("old"), at: "2026-03-01T09:00:00.000Z" },
  { sha: sampleSha("newer"), at: "2026-03-01T11:00:00.000Z" },
];

/** What stands there was judged before anybody wrote, and nothing since. */
const judgedBefore = [...seen.slice(0, 1), { sha: sampleSha("head"), at: "2026-03-01T09:30:00.000Z" }];

/** A comment by somebody, at ten o'clock unless told otherwise. */
function said(by: string, body: string, more: { at?: string; id?: number; before?: string } = {}): Memo[] {
  const { at = "2026-03-01T10:00:00Z", id = 1, before = null } = more;
  return memosOfComment({ subject: "pull-request/70/3", id, by, body, before, at });
}

function judge(memos: Memo[], sketch: OwnershipSketch = people, by = policy, heads = seen) {
  return authoriseCommands(memos, buildOwnershipFacts(sketch), by, heads);
}

test.each([
  { says: "anybody asks why", by: "stranger", body: "explain", granted: true },
  { says: "the author has it judged again", by: "DEV", body: "recheck", granted: true },
  { says: "a writer too", by: "ann", body: "recheck", granted: true },
  { says: "a reader not", by: "reader", body: "recheck", granted: false },
  { says: "a stranger not", by: "stranger", body: "recheck", granted: false },
  { says: "the author declares", by: "dev", body: `declare ${two} claude`, granted: true },
  { says: "a stranger does not", by: "stranger", body: `declare ${two} claude`, granted: false },
  { says: "no commit of this change", by: "dev", body: "declare abcdef12 claude", granted: false },
  { says: "a policy owner clears", by: "olga", body: `clear ${two.slice(0, 10)} by hand`, granted: true },
  { says: "a member of an owning team clears", by: "paul", body: `clear ${two} by hand`, granted: true },
  { says: "a policy owner clears not what they wrote", by: "olga", body: `clear ${byOlga} by hand`, granted: false },
  { says: "a writer clears nothing", by: "ann", body: `clear ${two} by hand`, granted: false },
  { says: "break-glass", by: "bert", body: "override INC-1", granted: true },
  { says: "of a team that was not read nobody", by: "carl", body: "override INC-1", granted: false },
  { says: "a policy owner is not among them", by: "olga", body: "override INC-1", granted: false },
  { says: "a word that there is not", by: "bert", body: "approve", granted: false },
])("$says", ({ by, body, granted }) => {
  const { replies } = judge(said(by, `/countersign ${body}`), people, policy, judgedBefore);
  expect(replies.map((reply) => reply.granted)).toEqual([granted]);
});

describe("what it comes to", () => {
  test("a declaration raises by a claim", () => {
    const { declarations, rulings, overrides } = judge(
      said("dev", `/countersign declare ${one.slice(0, 8)} claude:opus`),
    );
    expect(declarations).toMatchObject([{ commit: one, verdict: "agent-assisted", strength: "claim" }]);
    expect([rulings, overrides]).toEqual([[], []]);
  });

  test("a ruling is of one commit, by name, with a reason", () => {
    expect(judge(said("olga", `/countersign clear ${two} typed by eve`)).rulings).toEqual([
      { commit: two, verdict: "human", by: "olga", reason: "typed by eve", at: "2026-03-01T10:00:00Z" },
    ]);
  });

  test("an override is for the head that could be seen then, not for what came after", () => {
    const memos = said("bert", "/countersign override INC-1");
    const override = {
      id: "comment-1",
      by: "bert",
      reason: "INC-1",
      at: "2026-03-01T10:00:00Z",
      commit: sampleSha("old"),
    };
    expect(judge(memos).overrides).toEqual([override]);
    expect(commitsOfOverrides(memos, seen)).toEqual([sampleSha("old")]);
  });

  test("before anything was judged there is nothing to override", () => {
    const memos = said("bert", "/countersign override INC-1", { at: "2026-03-01T08:00:00Z" });
    expect(judge(memos)).toMatchObject({ overrides: [], replies: [{ granted: false }] });
    expect(commitsOfOverrides(memos, seen)).toEqual([]);
  });

  test("whoever opened it clears nothing of it", () => {
    const { rulings } = judge(said("olga", `/countersign clear ${two} by hand`), { ...people, author: "olga" });
    expect(rulings).toEqual([]);
  });

  test("an agent's requester clears nothing of it", () => {
    const { rulings } = judge(said("olga", `/countersign clear ${two} x`), { ...people, agentRequesters: ["Olga"] });
    expect(rulings).toEqual([]);
  });

  test.each([
    { says: "people were not read", sketch: { ...people, writers: null }, body: `clear ${two} x` },
    { says: "the pull request was not read", sketch: { ...people, author: null }, body: `clear ${two} x` },
  ])("nobody is authorised by what was not read: $says", ({ sketch, body }) => {
    expect(judge(said("olga", `/countersign ${body}`), sketch).rulings).toEqual([]);
  });

  test("without a policy nobody clears or overrides", () => {
    const memos = [
      ...said("olga", `/countersign clear ${two} x`),
      ...said("bert", "/countersign override x", { id: 2 }),
    ];
    const { rulings, overrides, replies } = authoriseCommands(memos, buildOwnershipFacts(people), null, seen);
    expect([rulings, overrides, replies.map(({ granted }) => granted)]).toEqual([[], [], [false, false]]);
  });

  test("a policy that names no owners lets nobody clear", () => {
    const open = buildPolicy("rules: []");
    expect(judge(said("olga", `/countersign clear ${two} x`), people, open).rulings).toEqual([]);
  });
});

describe("comments that were edited", () => {
  const later = "2026-03-01T10:05:00Z";
  const first = said("bert", "/countersign override INC-1");

  test.each([
    {
      says: "the command is gone",
      memos: said("bert", "sorry", { at: later, before: "/countersign override INC-1" }),
      reasons: [],
    },
    { says: "it is another", memos: said("bert", "/countersign override INC-2", { at: later }), reasons: ["INC-2"] },
    { says: "it is another verb", memos: said("bert", "/countersign explain", { at: later }), reasons: [] },
  ])("$says, in whatever order it was heard of", ({ memos, reasons }) => {
    for (const order of [
      [...first, ...memos],
      [...memos, ...first],
    ]) {
      expect(judge(order).overrides.map(({ reason }) => reason)).toEqual(reasons);
    }
  });

  test("what was declared stays declared", () => {
    const before = `/countersign declare ${one} claude`;
    const memos = [...said("dev", before), ...said("dev", "no", { at: later, before })];
    expect(judge(memos).declarations).toHaveLength(1);
  });

  test("an edit without a command, of a comment without one, leaves nothing", () => {
    expect(said("ann", "hello", { before: "helo" })).toEqual([]);
  });
});

test("memos that no version of ours wrote are nobody's word", () => {
  const value = ["{", "null", '{"command":{"verb":"override","reason":"x"},"by":"bert"}', JSON.stringify({ at: 1 })];
  const memos = value.map((text, index): Memo => {
    return { subject: "s", kind: "override", id: String(index), value: text, at: "2026-03-01T10:00:00Z" };
  });
  expect(judge(memos)).toEqual({ rulings: [], overrides: [], declarations: [], replies: [], settled: [] });
});

describe("what was decided once", () => {
  const cleared = said("olga", `/countersign clear ${two.slice(0, 7)} by hand`);
  const declared = said("ann", `/countersign declare ${two.slice(0, 7)} claude`, { id: 2 });
  const twin = two.slice(0, 7) + one.slice(7);
  /** The same change after a push that put another commit with the same first digits in the place of `two`. */
  const swapped = (sketch: OwnershipSketch = people) => {
    const facts = buildOwnershipFacts(sketch);
    const commits = facts.change.commits.map((each) => (each.sha === two ? { ...each, sha: twin } : each));
    return { ...facts, change: { ...facts.change, commits } };
  };
  /** Judges, and gives the memos with what that settled. */
  const judgedFirst = (memos: Memo[], sketch = people, by: typeof policy | null = policy): Memo[] => {
    const { settled } = authoriseCommands(memos, buildOwnershipFacts(sketch), by, judgedBefore);
    return [...memos, ...settled.map((each) => settledMemo("pull-request/70/3", each, each.at))];
  };

  test.each([
    { says: "a ruling", memos: cleared },
    { says: "a declaration", memos: declared },
  ])("$says is about the commit that its digits named then, and about no other that has them", ({ memos }) => {
    expect(judge(memos, people, policy, judgedBefore)).not.toMatchObject({ rulings: [], declarations: [] });
    const { rulings, declarations, replies } = authoriseCommands(judgedFirst(memos), swapped(), policy, seen);
    expect([rulings, declarations]).toEqual([[], []]);
    // What was granted is still what was granted: it names the commit that is gone.
    expect(replies.map(({ granted, text }) => [granted, text.includes(two.slice(0, 12))])).toEqual([[true, true]]);
  });

  test("holds for its commit, and is settled once", () => {
    const again = judge(judgedFirst([...cleared, ...declared]));
    expect(again.rulings).toMatchObject([{ commit: two }]);
    expect(again.declarations).toMatchObject([{ commit: two }]);
    expect(again.settled).toEqual([]);
  });

  const owners = { ...people, teams: { "acme/policy": ["paul", "ann", "reader"] } };
  test.each([
    { says: "its author was no policy owner", memos: said("ann", `/countersign clear ${two} x`), sketch: people },
    { says: "its author wrote it", memos: said("olga", `/countersign clear ${byOlga} x`), sketch: people },
    { says: "no commit began so", memos: said("olga", "/countersign clear abcdef1 x"), sketch: people },
    {
      says: "nobody read whose it was",
      memos: said("olga", `/countersign clear ${two} x`),
      sketch: { ...people, author: null },
    },
    {
      says: "its team was not read",
      memos: said("reader", `/countersign clear ${two} x`),
      sketch: { ...people, teams: { "acme/policy": "unread" as const } },
    },
  ])("a refused `clear` stays refused, with the same words: $says", ({ memos, sketch }) => {
    const before = authoriseCommands(memos, buildOwnershipFacts(sketch), policy, judgedBefore);
    expect(before.replies).toMatchObject([{ granted: false }]);
    const later = buildOwnershipFacts(owners);
    const renamed = later.change.commits.map((each) => ({
      ...each,
      sha: each.sha === byOlga ? `abcdef1${byOlga.slice(7)}` : each.sha,
    }));
    const asLater = { ...later, change: { ...later.change, commits: renamed } };
    const after = authoriseCommands(judgedFirst(memos, sketch), asLater, policy, judgedBefore);
    expect([after.rulings, after.settled, after.replies]).toEqual([[], [], before.replies]);
  });

  test("a `clear` is refused for good under a policy that does not load, too", () => {
    expect(judge(judgedFirst(cleared, people, null)).rulings).toEqual([]);
  });

  const another = { sha: sampleSha("another"), at: "2026-03-01T09:45:00.000Z" };
  test.each([
    { says: "that was judged before", digits: 7, heads: judgedBefore, granted: true },
    { says: "that was judged afterwards", digits: 39, heads: seen, granted: false },
    { says: "that was judged before another one", digits: 12, heads: [...judgedBefore, another], granted: false },
    { says: "of any time, with all of the id", digits: 40, heads: [], granted: true },
  ])("$digits digits clear a commit at a head $says: $granted", ({ digits, heads, granted }) => {
    const memos = said("olga", `/countersign clear ${two.slice(0, digits)} by hand`);
    const { replies, rulings } = judge(memos, people, policy, heads);
    expect([replies.map((each) => each.granted), rulings.length]).toEqual([[granted], granted ? 1 : 0]);
  });

  test("written again, it is decided again", () => {
    const memos = judgedFirst(said("ann", `/countersign clear ${two} x`));
    const anew = said("ann", `/countersign clear ${two} x`, { id: 9, at: "2026-03-01T10:30:00Z" });
    expect(judge([...memos, ...anew], owners).rulings).toMatchObject([{ commit: two, by: "ann" }]);
  });

  test.each([
    {
      says: "is no owner any more",
      sketch: people,
      by: buildPolicy("policy_owners: { users: [paul] }\nrules: []\n"),
      back: false,
    },
    { says: "cannot be read for now", sketch: { ...people, author: null }, by: policy, back: true },
  ])("who cleared $says: it does not count now, and counts afterwards: $back", ({ sketch, by, back }) => {
    const memos = judgedFirst(cleared);
    const facts = buildOwnershipFacts(sketch);
    expect(authoriseCommands(memos, facts, by, seen).rulings).toEqual([]);
    expect(judge(judgedFirst(memos, sketch, by)).rulings).toHaveLength(back ? 1 : 0);
  });

  test.each([
    { says: "a reader", sketch: people, by: "reader", settled: true },
    { says: "somebody of whom it was not read", sketch: people, by: "stranger", settled: false },
    { says: "anybody, where people were not read", sketch: { ...people, writers: null }, by: "ann", settled: false },
    { says: "somebody who is not among all who can push", sketch: { ...people, everyWriter: true }, by: "stranger" },
  ])("a declaration that is refused to $says", ({ sketch, by, settled = true }) => {
    const memos = judgedFirst(said(by, `/countersign declare ${two} claude`), sketch);
    const writers = { ...people, writers: ["ann", "olga", "stranger", "reader"], readers: [] };
    expect(judge(memos, writers).declarations).toHaveLength(settled ? 0 : 1);
  });

  test("a declaration stays when its author cannot push any more", () => {
    const memos = judgedFirst(declared);
    expect(judge(memos, { ...people, writers: ["olga"], readers: ["ann"] }).declarations).toHaveLength(1);
  });
});

test("a reply is inert, whoever wrote the command", () => {
  const { replies } = judge(said("@acme/everyone <img src=x>", "/countersign override ![x](http://x)"));
  expect(replies[0]?.text).not.toMatch(/@acme|<img|http:/);
});
