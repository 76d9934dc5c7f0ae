import { expect, test } from "vitest";
import { sampleSha } from "../../../builders.ts";
import { firstRule, sentences, type SubjectSketch } from "../../../subjects.ts";

const always = "rules: [{ id: r, require: { signatures: verified } }]";
const narrowed = "rules: [{ id: r, when: { paths: [src/**] }, require: { signatures: verified } }]";
const signed = (name: string, verified = true, reason = verified ? "valid" : "unsigned") => ({
  commit: sampleSha(name),
  verified,
  reason,
});

/** `src` was touched by `a` alone, `docs` by `b`. */
const sketch = (signatures: SubjectSketch["signatures"]): SubjectSketch => ({
  commits: [{ name: "a" }, { name: "b" }],
  files: [
    { path: "src/a.ts", commits: ["a"] },
    { path: "docs/b.md", commits: ["b"] },
  ],
  ...(signatures === undefined ? {} : { signatures }),
});

test.each([
  { says: "every commit is signed", policy: always, found: [signed("a"), signed("b")], is: "satisfied" },
  { says: "one is not", policy: always, found: [signed("a"), signed("b", false)], is: "unsatisfied" },
  { says: "one was not read", policy: always, found: [signed("a")], is: "undecided" },
  { says: "one is unsigned and one was not read", policy: always, found: [signed("b", false)], is: "unsatisfied" },
  {
    says: "the rule's commits are signed",
    policy: narrowed,
    found: [signed("a"), signed("b", false)],
    is: "satisfied",
  },
  { says: "the rule's commit is not", policy: narrowed, found: [signed("a", false), signed("b")], is: "unsatisfied" },
  { says: "a commit of another change is signed", policy: always, found: [signed("other")], is: "undecided" },
  {
    says: "two records of one commit differ",
    policy: narrowed,
    found: [signed("a"), signed("a", false)],
    is: "unsatisfied",
  },
  { says: "nobody read them", policy: always, found: undefined, is: "undecided" },
])("$says: $is", ({ policy, found, is }) => expect(firstRule(policy, sketch(found)).state).toBe(is));

test("the platform's reason is said for each commit", () => {
  const result = firstRule(always, sketch([signed("a", false, "unknown_key"), signed("b")]));
  expect(sentences(result).slice(1)).toEqual([
    "no: commits without a verified signature: 1",
    `no: commit ${sampleSha("a").slice(0, 10)}: unknown_key`,
  ]);
});
