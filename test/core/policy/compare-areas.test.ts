import { expect, test } from "vitest";
import { compareAreas } from "../../../core/policy/compare-areas.ts";
import type { Effect } from "../../../core/policy/direction.ts";
import { newWork } from "../../../core/policy/work.ts";
import { buildPolicy } from "../../subjects.ts";
import { differenceTexts } from "./difference-texts.ts";

interface Row {
  says: string;
  before: string;
  after: string;
  is: readonly string[];
  rules?: string;
  more?: Effect;
}

const approved = "{ id: x, require: { owner_approval: {} } }";
const plain = "{ id: x, require: { secrets: none } }";
const inTiers = (...tiers: readonly number[]) =>
  `{ id: t, when: { tier: [${tiers.join(", ")}] }, require: { secrets: none } }`;
const silent = "provenance: { sensitive_undeclared: human }";

const rows: readonly Row[] = [
  { says: "nothing", before: "areas: { a: { paths: [a] } }", after: "areas: { a: { paths: [a] } }", is: [] },
  {
    says: "an area that the owners in CODEOWNERS approve",
    before: "mode: enforce",
    after: "areas: { a: { paths: [a/**] } }",
    rules: approved,
    is: ["tightens: add area a"],
  },
  {
    says: "an area that others approve",
    before: "mode: enforce",
    after: "areas: { a: { paths: [a/**], owners: { users: [ann] } } }",
    rules: approved,
    is: ["changes: add area a"],
  },
  {
    says: "an area for whose owners others may stand in",
    before: "mode: enforce",
    after: "areas: { a: { paths: [a/**], fallback: { users: [ann] } } }",
    rules: approved,
    is: ["changes: add area a"],
  },
  {
    says: "an area that others approve by one of two rules",
    before: "mode: enforce",
    after: "areas: { a: { paths: [a/**], owners: { users: [ann] } } }",
    rules: `${approved}, { id: other, require: { secrets: none } }`,
    is: ["changes: add area a"],
  },
  {
    says: "an area that is drawn otherwise, beside one that stays",
    before: "areas: { a: { paths: [a/**] }, b: { paths: [b/**] } }",
    after: "areas: { a: { paths: [c/**] }, b: { paths: [b/**] } }",
    is: ["loosens: draw area a smaller (without a/**)", "tightens: draw area a larger (with c/**)"],
  },
  {
    says: "an area with owners whom no rule asks",
    before: "mode: enforce",
    after: "areas: { a: { paths: [a/**], owners: { users: [ann] } } }",
    rules: plain,
    is: ["tightens: add area a"],
  },
  {
    says: "an area more, where more in an area may come to less",
    before: "mode: enforce",
    after: "areas: { a: { paths: [a/**] } }",
    more: "changes",
    is: ["changes: add area a"],
  },
  {
    says: "an area less",
    before: "areas: { a: { paths: [a/**] } }",
    after: "mode: enforce",
    is: ["loosens: remove area a"],
  },
  {
    says: "a stricter tier, in which silence counts as AI",
    before: "areas: { a: { paths: [a] } }",
    after: "areas: { a: { paths: [a], tier: 1 } }",
    rules: plain,
    is: ["tightens: set area a to tier 1, which is 2", "tightens: take silence for AI in area a"],
  },
  {
    says: "a stricter tier, where more in an area may come to less",
    before: `${silent}\nareas: { a: { paths: [a] } }`,
    after: `${silent}\nareas: { a: { paths: [a], tier: 1 } }`,
    more: "changes",
    is: ["changes: set area a to tier 1, which is 2"],
  },
  {
    says: "a stricter tier beside rules for others",
    before: "areas: { a: { paths: [a], tier: 3 } }",
    after: "areas: { a: { paths: [a], tier: 2 } }",
    rules: `${plain}, ${inTiers(1)}`,
    is: ["tightens: set area a to tier 2, which is 3"],
  },
  {
    says: "a stricter tier within one rule",
    before: "areas: { a: { paths: [a], tier: 3 } }",
    after: "areas: { a: { paths: [a], tier: 2 } }",
    rules: inTiers(2, 3),
    is: ["tightens: set area a to tier 2, which is 3"],
  },
  {
    says: "a stricter tier that one of two rules no longer names",
    before: "areas: { a: { paths: [a], tier: 3 } }",
    after: "areas: { a: { paths: [a], tier: 2 } }",
    rules: `${plain}, ${inTiers(3)}`,
    is: ["loosens: set area a to tier 2, which is 3"],
  },
  {
    says: "a less strict tier",
    before: "areas: { a: { paths: [a], tier: 2 } }",
    after: "areas: { a: { paths: [a], tier: 3 } }",
    is: ["loosens: set area a to tier 3, which is 2"],
  },
  {
    says: "silence, which is no longer taken for AI",
    before: "areas: { a: { paths: [a], tier: 1 } }",
    after: `${silent}\nareas: { a: { paths: [a], tier: 1 } }`,
    is: ["loosens: no longer take silence for AI in area a"],
  },
  {
    says: "other paths",
    before: "areas: { a: { paths: [a/**, b/**] } }",
    after: "areas: { a: { paths: [a/**, c/**] } }",
    is: ["loosens: draw area a smaller (without b/**)", "tightens: draw area a larger (with c/**)"],
  },
  {
    says: "paths more of an area that others approve",
    before: "areas: { a: { paths: [a/**], owners: { users: [ann] } } }",
    after: "areas: { a: { paths: [a/**, c/**], owners: { users: [ann] } } }",
    rules: approved,
    is: ["changes: draw area a larger (with c/**)"],
  },
  {
    says: "another owner",
    before: "areas: { a: { paths: [a], owners: { users: [ann] } } }",
    after: "areas: { a: { paths: [a], owners: { users: [ann, eve] } } }",
    is: ["loosens: name other owners of area a"],
  },
];

test.each(rows)("$says", ({ before, after, rules = "", more = "tightens", is }) => {
  const [one, other] = [before, after].map((text) => buildPolicy(`${text}\nrules: [${rules}]`));
  const about = { rules: one?.rules ?? [], more };
  const found = compareAreas(one?.areas ?? [], other?.areas ?? [], about, newWork(Infinity));
  expect(differenceTexts(found)).toEqual(is);
  expect(found.filter(({ area, rule }) => area !== "a" || rule !== null)).toEqual([]);
});
