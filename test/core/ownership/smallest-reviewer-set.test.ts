import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AreaApproval } from "../../../core/ownership/approval.ts";
import { smallestReviewerSet } from "../../../core/ownership/smallest-reviewer-set.ts";

interface Open {
  area: string;
  users: readonly string[];
  missing?: number;
}

function open({ area, users, missing = 1 }: Open): AreaApproval {
  return {
    ...{
      area,
      state: "waiting",
      says: "",
      fix: null,
      have: 0,
      need: missing,
      by: [],
      stale: [],
      changesRequestedBy: [],
    },
    ...{ unsatisfiable: null, candidates: { users: [...users], teams: [] }, considered: [] },
    groups: [{ owners: [], have: 0, need: missing, candidates: [...users] }],
  };
}

const load = (loads: Readonly<Record<string, number>>) =>
  Object.entries(loads).map(([login, openReviews]) => ({ login, openReviews }));

describe("who is suggested", () => {
  test.each<{ says: string; areas: Open[]; loads?: Record<string, number>; is: Record<string, string[]> }>([
    {
      says: "nobody of whom it is not known, where others can",
      areas: [
        { area: "a", users: ["dan", "eve"] },
        { area: "b", users: ["bob", "dan"] },
        { area: "c", users: ["cat", "eve"] },
      ],
      loads: { cat: 1, bob: 5, eve: 5 },
      is: { bob: ["b"], eve: ["a", "c"] },
    },
    { says: "nobody, where nothing is open", areas: [], is: {} },
    {
      says: "somebody, as their name is written",
      areas: [{ area: "a", users: ["Ann-Lee"] }],
      is: { "Ann-Lee": ["a"] },
    },
    {
      says: "one person who is written in two ways",
      areas: [
        { area: "a", users: ["mona"] },
        { area: "b", users: ["Mona"] },
      ],
      is: { Mona: ["a", "b"] },
    },
    { says: "nobody, where nobody can", areas: [{ area: "a", users: [] }], is: {} },
    {
      says: "one for all, before one for each",
      areas: [
        { area: "a", users: ["ann", "cat"] },
        { area: "b", users: ["bob", "cat"] },
      ],
      is: { cat: ["a", "b"] },
    },
    {
      says: "even when they have more to do",
      areas: [
        { area: "a", users: ["ann", "cat"] },
        { area: "b", users: ["bob", "cat"] },
      ],
      loads: { ann: 0, bob: 0, cat: 9 },
      is: { cat: ["a", "b"] },
    },
    {
      says: "whoever has less to do, of equals",
      areas: [{ area: "a", users: ["ann", "bob"] }],
      loads: { ann: 5, bob: 1 },
      is: { bob: ["a"] },
    },
    {
      says: "the first by name, of those with as much to do",
      areas: [{ area: "a", users: ["bob", "ann"] }],
      loads: { ann: 1, bob: 1 },
      is: { ann: ["a"] },
    },
    {
      says: "whoever is known to have time, before whoever is not",
      areas: [{ area: "a", users: ["ann", "bob"] }],
      loads: { bob: 9 },
      is: { bob: ["a"] },
    },
    {
      says: "two where two are missing",
      areas: [{ area: "a", users: ["ann", "bob", "cat"], missing: 2 }],
      loads: { ann: 3, bob: 2, cat: 1 },
      is: { bob: ["a"], cat: ["a"] },
    },
    {
      says: "nobody, where fewer are known than are missing",
      areas: [{ area: "a", users: ["ann"], missing: 2 }],
      is: {},
    },
    {
      says: "whoever can settle another area, and not this one",
      areas: [
        { area: "a", users: ["ann"], missing: 2 },
        { area: "b", users: ["ann", "bob"] },
      ],
      loads: { ann: 0, bob: 1 },
      is: { ann: ["b"] },
    },
    {
      says: "the least to do in all",
      areas: [
        { area: "a", users: ["ann", "cat"] },
        { area: "b", users: ["bob", "dan"] },
      ],
      loads: { ann: 4, cat: 1, bob: 2, dan: 7 },
      is: { cat: ["a"], bob: ["b"] },
    },
  ])("$says", ({ areas, loads = {}, is }) => {
    const found = smallestReviewerSet(areas.map(open), load(loads));
    expect(Object.fromEntries(found.map(({ user, areas: of }) => [user, of]))).toEqual(is);
  });

  test.each(["n/a", "satisfied", "waived", "overridden", "unsatisfiable", "blocked", "error"] as const)(
    "nobody for an area that is %s: no approval settles it",
    (state) => {
      expect(smallestReviewerSet([{ ...open({ area: "a", users: ["ann"] }), state }], [])).toEqual([]);
    },
  );

  test("who is known for one group of owners does not settle the area of another", () => {
    const approval = open({ area: "a", users: ["ann"] });
    const groups = [...approval.groups, { owners: [], have: 0, need: 1, candidates: [] }];
    expect(smallestReviewerSet([{ ...approval, groups }], [])).toEqual([]);
  });

  test("an owner group that has its approvals needs nobody", () => {
    const approval = open({ area: "a", users: ["ann"] });
    const groups = [{ owners: [], have: 1, need: 1, candidates: ["bob"] }, ...approval.groups];
    expect(smallestReviewerSet([{ ...approval, groups }], [])).toEqual([{ user: "ann", areas: ["a"] }]);
  });

  test("an approval without groups is one group", () => {
    const approval = { ...open({ area: "a", users: ["ann", "bob"] }), groups: [] };
    expect(smallestReviewerSet([approval], [])).toEqual([{ user: "ann", areas: ["a"] }]);
  });
});

describe("of sets of one size", () => {
  test.each<{ says: string; areas: Open[]; loads: Record<string, number>; is: Record<string, string[]> }>([
    {
      says: "the one with the least to do in all, though the other has the one with the least",
      areas: [
        { area: "1", users: ["ann", "bob"] },
        { area: "2", users: ["cat", "dan"] },
        { area: "3", users: ["bob", "dan"] },
      ],
      loads: { ann: 0, bob: 1, cat: 1, dan: 9 },
      is: { bob: ["1", "3"], cat: ["2"] },
    },
    {
      says: "the first by the names of all, of those with as much to do",
      areas: [
        { area: "1", users: ["a", "aa"] },
        { area: "2", users: ["b", "z"] },
        { area: "3", users: ["a", "b"] },
      ],
      loads: { aa: 1, a: 2, z: 2, b: 3 },
      is: { a: ["1", "3"], z: ["2"] },
    },
  ])("$says", ({ areas, loads, is }) => {
    const found = smallestReviewerSet(areas.map(open), load(loads));
    expect(Object.fromEntries(found.map(({ user, areas: of }) => [user, of]))).toEqual(is);
  });
});

test("an area of two groups that cannot be settled leaves another one to be", () => {
  const both = open({ area: "a", users: ["ann"] });
  const groups = [...both.groups, { owners: [], have: 0, need: 1, candidates: [] }];
  const areas = [{ ...both, groups }, open({ area: "b", users: ["bob"] })];
  expect(smallestReviewerSet(areas, [])).toEqual([{ user: "bob", areas: ["b"] }]);
});

test("whoever could approve for a group that has its approvals is not told so", () => {
  const half = open({ area: "a", users: ["bob"] });
  const groups = [{ owners: [], have: 1, need: 1, candidates: ["ann"] }, ...half.groups];
  const areas = [{ ...half, groups }, open({ area: "b", users: ["ann"] })];
  expect(smallestReviewerSet(areas, [])).toEqual([
    { user: "ann", areas: ["b"] },
    { user: "bob", areas: ["a"] },
  ]);
});

test("people who can approve the same do not stand for others whose areas have like numbers", () => {
  // Of 24 areas one can the second, third and fourth, and another the second and the last.
  const areas = Array.from({ length: 24 }, (_, index): Open => ({ area: `a${index}`, users: ["sam"] }));
  const also = (indexes: readonly number[], user: string) => {
    for (const index of indexes) areas[index] = { area: `a${index}`, users: [...(areas[index]?.users ?? []), user] };
  };
  also([1, 2, 3], "ann");
  also([1, 23], "bob");
  areas[23] = { area: "a23", users: ["bob"] };
  expect(smallestReviewerSet(areas.map(open), []).map(({ user }) => user)).toEqual(["bob", "sam"]);
});

describe("up to sixteen people who differ in what they can approve", () => {
  // Whoever fills most comes first: `c`, then `d`, then `e`, where `a` and `b` are enough.
  const fills: Record<string, number[]> = {
    ...{ a: [1, 2, 3, 4, 5, 6, 7], b: [8, 9, 10, 11, 12, 13, 14] },
    ...{ c: [1, 2, 3, 4, 8, 9, 10, 11], d: [5, 6, 12, 13], e: [7, 14] },
  };
  const areasOf = (people: Readonly<Record<string, readonly number[]>>, missing = 1) =>
    Array.from({ length: 14 }, (_, index) => {
      const users = Object.keys(people).filter((user) => people[user]?.includes(index + 1));
      return open({ area: `area ${index + 1}`, users, missing });
    });
  const chosen = (people: Readonly<Record<string, readonly number[]>>, missing = 1, loads = {}) =>
    smallestReviewerSet(areasOf(people, missing), load(loads)).map(({ user }) => user);
  const others = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, [index + 1]]));
  /** Each of them and as many others who can do the same. */
  const times = (count: number, people: Readonly<Record<string, readonly number[]>>) =>
    Object.fromEntries(
      Object.entries(people).flatMap(([user, of]) =>
        Array.from({ length: count }, (_, index) => [`${user}${index === 0 ? "" : index}`, of] as const),
      ),
    );

  test.each([
    { says: "the fewest", people: fills, is: ["a", "b"] },
    { says: "the fewest of sixteen", people: { ...fills, ...others(11) }, is: ["a", "b"] },
    { says: "of seventeen those who fill most", people: { ...fills, ...others(12) }, is: ["c", "d", "e"] },
    { says: "the fewest where many can do the same", people: times(4, fills), is: ["a", "b"] },
    { says: "the same for more kinds of people", people: times(2, { ...fills, ...others(4) }), is: ["a", "b"] },
    {
      says: "of those who fill as much the first",
      people: { ...fills, ...others(12), f: [1, 7, 14] },
      is: ["c", "d", "e"],
    },
  ])("$says", ({ people, is }) => expect(chosen(people)).toEqual(is));

  test("nobody is counted twice where two must approve", () => {
    const people = times(2, { ...fills, ...others(12) });
    expect(chosen(people, 2)).toEqual(["c", "c1", "d", "d1", "e", "e1"]);
  });

  test("they are told by what they have to do", () => {
    expect(chosen({ ...fills, ...others(12) }, 1, { c: 3, d: 2, e: 1 })).toEqual(["e", "d", "c"]);
  });
});

const logins = ["ann", "bob", "cat", "dan", "eve", "fay", "gus"];
const openAreas = fc
  .array(fc.tuple(fc.subarray(logins), fc.integer({ min: 1, max: 3 })), { maxLength: 5 })
  .map((list) => list.map(([users, missing], index): Open => ({ area: `a${index}`, users, missing })));
const someLoads = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: logins.length, maxLength: logins.length });

function covers(set: readonly string[], areas: readonly Open[]): boolean {
  const coverable = areas.filter(({ users, missing = 1 }) => users.length >= missing);
  return coverable.every(({ users, missing = 1 }) => users.filter((user) => set.includes(user)).length >= missing);
}

/** Every subset, the best first: few people, little to do, then by name. */
function bestByHand(areas: readonly Open[], loads: Readonly<Record<string, number>>): string[] {
  const sets = Array.from({ length: 2 ** logins.length }, (_none, bits) =>
    logins.filter((_login, index) => (bits >> index) % 2 === 1),
  );
  const total = (set: readonly string[]) => set.reduce((sum, login) => sum + loads[login]!, 0);
  const key = (set: readonly string[]) => set.join(" ");
  return sets
    .filter((set) => covers(set, areas))
    .sort((a, b) => a.length - b.length || total(a) - total(b) || (key(a) < key(b) ? -1 : 1))[0]!;
}

test("it is the smallest there is, and of those the one with the least to do", () => {
  fc.assert(
    fc.property(openAreas, someLoads, (areas, numbers) => {
      const loads = Object.fromEntries(logins.map((login, index) => [login, numbers[index]!]));
      const found = smallestReviewerSet(areas.map(open), load(loads)).map(({ user }) => user);
      expect(found.toSorted()).toEqual(bestByHand(areas, loads));
    }),
  );
});

test("in whatever order the areas come", () => {
  fc.assert(
    fc.property(openAreas, (areas) => {
      const there = smallestReviewerSet(areas.map(open), []);
      expect(smallestReviewerSet(areas.toReversed().map(open), []).toSorted(byUser)).toEqual(there.toSorted(byUser));
    }),
  );
});

test("beyond what can be tried out, everybody that is needed is still there", () => {
  const many = Array.from({ length: 60 }, (_none, index) => `u${index}`);
  const pairs = many.flatMap((user, index): Open[] => [
    { area: `a${index}`, users: [user, many[(index + 1) % many.length]!, many[(index + 7) % many.length]!] },
  ]);
  const found = smallestReviewerSet(pairs.map(open), []).map(({ user }) => user);
  expect(covers(found, pairs)).toBe(true);
  expect(found.length).toBeLessThan(35);
});

function byUser(a: { user: string }, b: { user: string }): number {
  return a.user < b.user ? -1 : 1;
}
