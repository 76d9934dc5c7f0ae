import { describe, expect, test } from "vitest";
import { compareMode, compareRules } from "../../../core/policy/compare-rules.ts";
import type { Effect } from "../../../core/policy/direction.ts";
import { newWork } from "../../../core/policy/work.ts";
import { buildPolicy } from "../../subjects.ts";
import { differenceTexts } from "./difference-texts.ts";

interface Row {
  says: string;
  before: string;
  after: string;
  is: readonly string[];
  more?: Effect;
}

function expectDifferences({ before, after, is, more = "tightens" }: Row): void {
  const [one, other] = [before, after].map((rules) => buildPolicy(`rules: [${rules}]`).rules);
  expect(differenceTexts(compareRules(one ?? [], other ?? [], more, newWork(Infinity)))).toEqual(is);
}

const plain = "{ id: x, require: { secrets: none } }";
const boundary = (kinds: string) => `{ id: x, require: { forbid: { kinds: [${kinds}] } } }`;

const ofRules: readonly Row[] = [
  { says: "the same", before: plain, after: plain, is: [] },
  {
    says: "another name and title",
    before: plain,
    after: "{ id: z, title: Another, require: { secrets: none } }",
    is: ["changes: rename rule x to z"],
  },
  {
    says: "another rule of another name",
    before: plain,
    after: "{ id: z, require: { trailers: [T], labels: ok } }",
    is: ["loosens: remove rule x, which asks for secrets", "tightens: add rule z, which asks for trailers, labels"],
  },
  {
    says: "a rule more, where more that counts as AI may come to less",
    before: "",
    after: plain,
    more: "changes",
    is: ["tightens: add rule x, which asks for secrets"],
  },
  {
    says: "a boundary more, where more that counts as AI may come to less",
    before: "",
    after: boundary("docs"),
    more: "changes",
    is: ["changes: add rule x, which asks for forbid"],
  },
];
describe("rules", () => test.each(ofRules)("$says", expectDifferences));

const ofRequirements: readonly Row[] = [
  {
    says: "one in place of another",
    before: plain,
    after: "{ id: x, require: { labels: ok } }",
    is: ["loosens: stop requiring secrets in rule x", "tightens: also require labels in rule x"],
  },
  {
    says: "two limits that are lower, and one that is higher",
    before: "{ id: x, require: { size: { max_files: 3, max_commits: 3, max_added_lines: 3 } } }",
    after: "{ id: x, require: { size: { max_files: 2, max_commits: 2, max_added_lines: 4 } } }",
    is: [
      "loosens: require less of size in rule x (max_added_lines 4, which is 3)",
      "tightens: require more of size in rule x (max_files 2, which is 3, max_commits 2, which is 3)",
    ],
  },
  {
    says: "one that has no order",
    before: "{ id: x, require: { attestation: { signers: [a], predicate_type: one } } }",
    after: "{ id: x, require: { attestation: { signers: [a], predicate_type: other } } }",
    is: ["changes: require another attestation in rule x (other, which is one)"],
  },
  {
    says: "a wider boundary",
    before: boundary("docs"),
    after: boundary("docs, test"),
    is: ["tightens: require more of forbid in rule x (with that of docs, test)"],
  },
  {
    says: "a wider boundary, where more that counts as AI may come to less",
    before: boundary("docs"),
    after: boundary("docs, test"),
    more: "changes",
    is: ["changes: require more of forbid in rule x (with that of docs, test)"],
  },
  {
    says: "a narrower boundary, where more that counts as AI may come to less",
    before: boundary("docs, test"),
    after: boundary("docs"),
    more: "changes",
    is: ["loosens: require less of forbid in rule x (without that of docs, test)"],
  },
  {
    says: "a lower limit, where more that counts as AI may come to less",
    before: "{ id: x, require: { size: { max_files: 3 } } }",
    after: "{ id: x, require: { size: { max_files: 2 } } }",
    more: "changes",
    is: ["tightens: require more of size in rule x (max_files 2, which is 3)"],
  },
];
describe("requirements", () => test.each(ofRequirements)("$says", expectDifferences));

const onPaths = (paths: string, require: string) => `{ id: x, when: { paths: [${paths}] }, require: { ${require} } }`;
const share = "coverage: { patch_lines: 80 }";
const ofConditions: readonly Row[] = [
  {
    says: "one more",
    before: plain,
    after: onPaths("a/**", "secrets: none"),
    is: ["loosens: apply rule x only under a condition `paths`"],
  },
  {
    says: "one more, of a rule that asks for a share",
    before: `{ id: x, require: { ${share} } }`,
    after: onPaths("a/**", share),
    is: ["loosens: apply rule x only under a condition `paths`"],
  },
  {
    says: "one less",
    before: onPaths("a/**", "secrets: none"),
    after: plain,
    is: ["tightens: apply rule x whatever `paths` says"],
  },
  {
    says: "one less, of a rule that asks for a share no longer",
    before: onPaths("a/**", `${share}, secrets: none`),
    after: plain,
    is: ["loosens: stop requiring coverage in rule x", "changes: apply rule x whatever `paths` says"],
  },
  {
    says: "one that holds for others",
    before: onPaths("a/**", "secrets: none"),
    after: onPaths("b/**", "secrets: none"),
    is: [
      "loosens: apply rule x to less by `paths` (without a/**)",
      "tightens: apply rule x to more by `paths` (with b/**)",
    ],
  },
  {
    says: "one that holds for more, of a rule that asks for a share",
    before: onPaths("a/**", share),
    after: onPaths("'**'", share),
    is: ["changes: apply rule x under another `paths` (with **)"],
  },
];
describe("conditions", () => test.each(ofConditions)("$says", expectDifferences));

describe("modes and days", () => {
  const from = (day: string) => `{ id: x, mode: warn, enforce_after: "${day}", require: { secrets: none } }`;
  const warning = "{ id: x, mode: warn, require: { secrets: none } }";
  const [sooner, later] = ["2027-01-01", "2028-01-01"];
  const rows: readonly Row[] = [
    {
      says: "a weaker mode",
      before: plain,
      after: warning,
      is: ["loosens: set the mode to warn, which is enforce in rule x"],
    },
    {
      says: "a stricter mode",
      before: warning,
      after: plain,
      is: ["tightens: set the mode to enforce, which is warn in rule x"],
    },
    {
      says: "a stricter mode in place of a day",
      before: from(sooner),
      after: plain,
      is: ["tightens: set the mode to enforce, which is warn in rule x"],
    },
    { says: "the same day", before: from(sooner), after: from(sooner), is: [] },
    { says: "a day", before: warning, after: from(sooner), is: ["tightens: enforce rule x from 2027-01-01 on"] },
    {
      says: "an earlier day",
      before: from(later),
      after: from(sooner),
      is: ["tightens: enforce rule x from 2027-01-01 on, not from 2028-01-01"],
    },
    {
      says: "a later day",
      before: from(sooner),
      after: from(later),
      is: ["loosens: enforce rule x from 2028-01-01 on, not from 2027-01-01"],
    },
    {
      says: "no day any more",
      before: from(sooner),
      after: warning,
      is: ["loosens: no longer enforce rule x from 2027-01-01 on"],
    },
    {
      says: "a day in place of being enforced",
      before: plain,
      after: from(sooner),
      is: [
        "loosens: set the mode to warn, which is enforce in rule x",
        "loosens: enforce rule x only from 2027-01-01 on",
      ],
    },
  ];
  test.each(rows)("$says", expectDifferences);

  test.each([
    { before: "observe", after: "observe", is: [] },
    { before: "observe", after: "warn", is: [["tightens", "set the mode to warn, which is observe"]] },
    { before: "warn", after: "observe", is: [["loosens", "set the mode to observe, which is warn"]] },
  ] as const)("$before, then $after", ({ before, after, is }) => expect(compareMode(before, after)).toEqual(is));
});
