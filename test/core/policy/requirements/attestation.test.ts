import { expect, test } from "vitest";
import { sampleSha } from "../../../builders.ts";
import { firstRule, sentences, type SubjectSketch } from "../../../subjects.ts";

const policy = (attestation: string) => `rules: [{ id: r, require: { attestation: ${attestation} } }]`;
const slsa = "https://slsa.dev/provenance/v1";
const statement = (signer: string, name = "first", predicateType = slsa) => ({
  commit: sampleSha(name),
  predicateType,
  signer,
});
const sketch = (statements: SubjectSketch["statements"]): SubjectSketch =>
  statements === undefined ? {} : { statements };

test.each([
  { says: "one by a signer", asked: "{ signers: [key] }", found: [statement("key")], is: "satisfied" },
  { says: "one by another", asked: "{ signers: [key] }", found: [statement("other")], is: "unsatisfied" },
  {
    says: "one by either",
    asked: "{ signers: [x, key] }",
    found: [statement("other"), statement("key")],
    is: "satisfied",
  },
  { says: "one in another case", asked: "{ signers: [key] }", found: [statement("KEY")], is: "unsatisfied" },
  {
    says: "one about an older commit",
    asked: "{ signers: [key] }",
    found: [statement("key", "older")],
    is: "unsatisfied",
  },
  { says: "none", asked: "{ signers: [key] }", found: [], is: "unsatisfied" },
  { says: "nobody read them", asked: "{ signers: [key] }", found: undefined, is: "undecided" },
  {
    says: "the type that is asked for",
    asked: `{ signers: [key], predicate_type: "${slsa}" }`,
    found: [statement("key")],
    is: "satisfied",
  },
  {
    says: "another type",
    asked: `{ signers: [key], predicate_type: "${slsa}" }`,
    found: [statement("key", "first", "https://example.org/other")],
    is: "unsatisfied",
  },
  {
    says: "the type by one and the signer of another",
    asked: `{ signers: [key], predicate_type: "${slsa}" }`,
    found: [statement("other"), statement("key", "first", "https://example.org/other")],
    is: "unsatisfied",
  },
])("$says: $is", ({ asked, found, is }) => expect(firstRule(policy(asked), sketch(found)).state).toBe(is));

test("what there is instead is said", () => {
  const result = firstRule(policy("{ signers: [key] }"), sketch([statement("other")]));
  expect(sentences(result).slice(1)).toEqual([
    `no: no verified statement about ${sampleSha("first").slice(0, 10)} is signed by key`,
    `no: there is one of type ${slsa} by other`,
  ]);
});
