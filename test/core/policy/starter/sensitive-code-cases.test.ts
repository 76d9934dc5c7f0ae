import { expect, test } from "vitest";
import { sensitiveCodeCases } from "../../../../core/policy/starter/sensitive-code-cases.ts";
import { writtenPolicy } from "./written-policy.ts";

const id = "sensitive-ai-code-is-tested";
const policy = (area: string) =>
  writtenPolicy(`
areas: { pay: { paths: ["pay/**", "till/**"] }, auth: { paths: ["**/auth/**"] } }
rules:
  - { id: other, when: { area: auth }, require: { secrets: none } }
  - { id: ${id}, when: { area: ${area} }, require: { coverage: { ai_lines: 90 } } }
`);

const enough = (area: string) => `tests run 90 of an agent's 100 lines in ${area} and 70 branches, which is enough`;
const together = "where people wrote lines too, tests run 80 of 100 in all";

test.each([
  {
    says: "the first pattern of the first area that the rule names",
    area: "[pay, auth]",
    of: "pay",
    path: "pay/example",
  },
  { says: "an area alone", area: "auth", of: "auth", path: "src/auth/example" },
])("$says is what tests are asked for", ({ area, of, path }) => {
  const coverage = (lines: number, branches: number) =>
    `{ files: { ${path}: { lines: ${lines}/100, branches: ${branches}/100 } } }`;
  expect(sensitiveCodeCases(policy(area)).map(({ name, given, rules }) => [name, given, rules])).toEqual([
    [
      enough(of),
      {
        change: `{ files: [{ path: ${path}, additions: 100 }], commits: [{ verdict: agent-assisted }] }`,
        coverage: coverage(90, 70),
      },
      { [id]: "satisfied" },
    ],
    ["one line less is too little there", { like: enough(of), coverage: coverage(89, 70) }, { [id]: "unmet" }],
    ["one branch less is too little there", { like: enough(of), coverage: coverage(90, 69) }, { [id]: "unmet" }],
    [
      together,
      {
        like: enough(of),
        change: "{ commits: [{ verdict: agent-assisted }, { verdict: human }] }",
        coverage: coverage(80, 70),
      },
      { [id]: "satisfied" },
    ],
    ["one line less of those is too little too", { like: together, coverage: coverage(79, 70) }, { [id]: "unmet" }],
    [
      "of a person's own lines there no tests are asked",
      { like: enough(of), change: "{ commits: [{ verdict: human }] }" },
      { [id]: "not-applicable" },
    ],
  ]);
});

test.each([
  { says: "without the rule", policy: writtenPolicy() },
  { says: "of a rule for every change", policy: writtenPolicy(`rules: [{ id: ${id}, require: { secrets: none } }]`) },
  {
    says: "of a rule for no area",
    policy: writtenPolicy(`rules: [{ id: ${id}, when: { ai: true }, require: { secrets: none } }]`),
  },
  {
    says: "of an area whose patterns a preset has",
    policy: writtenPolicy(
      `areas: { a: { tier: 1 } }\nrules: [{ id: ${id}, when: { area: a }, require: { secrets: none } }]`,
    ),
  },
])("$says they are about the rule all the same, and left out of the text where there is none", ({ policy }) =>
  expect(sensitiveCodeCases(policy).map(({ about }) => about)).toEqual(Array.from({ length: 6 }, () => id)),
);
