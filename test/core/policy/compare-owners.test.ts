import { describe, expect, test } from "vitest";
import type { Owners } from "../../../core/ownership/approval.ts";
import { areAmong, compareOwners, effectOf } from "../../../core/policy/compare-owners.ts";
import type { Area } from "../../../core/policy/policy.ts";

type Named = Owners | "codeowners" | null;
const owners = (users: readonly string[], teams: readonly string[] = []): Owners => ({
  users: [...users],
  teams: [...teams],
});

describe("whether all of these are named among the others", () => {
  const rows: readonly { says: string; one: Named; other: Named; is: boolean }[] = [
    { says: "nobody among nobody", one: null, other: null, is: true },
    { says: "nobody among people", one: null, other: owners(["ann"]), is: false },
    { says: "people among nobody", one: owners(["ann"]), other: null, is: false },
    { says: "CODEOWNERS among itself", one: "codeowners", other: "codeowners", is: true },
    { says: "CODEOWNERS among people", one: "codeowners", other: owners(["ann"]), is: false },
    { says: "people among CODEOWNERS", one: owners(["ann"]), other: "codeowners", is: false },
    { says: "CODEOWNERS among nobody", one: "codeowners", other: null, is: false },
    { says: "one of two people", one: owners(["ann"]), other: owners(["ann", "eve"]), is: true },
    { says: "two people, of whom one is named", one: owners(["ann", "eve"]), other: owners(["ann"]), is: false },
    { says: "one of two teams", one: owners([], ["a"]), other: owners([], ["a", "b"]), is: true },
    { says: "two teams, of which one is named", one: owners([], ["a", "b"]), other: owners([], ["a"]), is: false },
    { says: "a person among teams", one: owners(["ann"]), other: owners([], ["ann"]), is: false },
  ];
  test.each(rows)("$says: $is", ({ one, other, is }) => expect(areAmong(one, other)).toBe(is));
});

describe("what it does that others may approve", () => {
  const rows: readonly { says: string; before: Named; after: Named; is: string | null }[] = [
    { says: "the same people in another order", before: owners(["a", "b"]), after: owners(["b", "a"]), is: null },
    { says: "somebody more", before: owners(["a"]), after: owners(["a", "b"]), is: "loosens" },
    { says: "somebody less", before: owners(["a", "b"]), after: owners(["a"]), is: "changes" },
    { says: "somebody in place of CODEOWNERS", before: "codeowners", after: owners(["a"]), is: "changes" },
    { says: "nobody any more", before: owners(["a"]), after: null, is: "changes" },
  ];
  test.each(rows)("$says: $is", ({ before, after, is }) => expect(effectOf(before, after)).toBe(is));

  const area: Area = {
    name: "a",
    paths: ["a/**"],
    tier: 2,
    undeclaredCountsAsAi: false,
    owners: owners(["a"]),
    fallback: owners(["x"]),
  };
  test.each([
    { says: "nobody else", after: {}, is: [] },
    { says: "an owner more", after: { owners: owners(["a", "b"]) }, is: ["loosens"] },
    { says: "a stand-in more", after: { fallback: owners(["x", "y"]) }, is: ["loosens"] },
    {
      says: "an owner and a stand-in more",
      after: { owners: owners(["a", "b"]), fallback: owners(["x", "y"]) },
      is: ["loosens"],
    },
    { says: "an owner more and no stand-in", after: { owners: owners(["a", "b"]), fallback: null }, is: ["changes"] },
  ])("of an area, $says", ({ after, is }) => expect(compareOwners(area, { ...area, ...after })).toEqual(is));
});
