import { describe, expect, test } from "vitest";
import { buildSignal, firstRule, sentences, type CommitSketch } from "../../subjects.ts";

const policy = (more: string, require: string) => `
${more}
areas: { auth: { paths: ["src/auth/**"], tier: 1 } }
rules: [{ id: r, when: { ai: true }, require: ${require} }]`;
const approval = "{ second_human: true }";
const claim = buildSignal({ kind: "declaration", agent: null, verdict: "human", strength: "claim" });
const attested = buildSignal({ kind: "note", agent: null, verdict: "human", strength: "attested", class: "note" });

function judged(commit: Omit<CommitSketch, "name">, { more = "", path = "src/auth/a.ts", require = approval } = {}) {
  const sketch = { commits: [{ name: "c", ...commit }], files: [{ path }] };
  return firstRule(policy(more, require), sketch);
}

describe("a commit that is human by nothing but its own word counts as silence", () => {
  const word = { verdict: "human", signals: [claim] } as const;

  test.each([
    { says: "where silence counts as AI", commit: word, with: {}, is: "waiting" },
    { says: "not elsewhere", commit: word, with: { path: "src/a.ts" }, is: "not-applicable" },
    { says: "not where claims are accepted", commit: word, with: { more: "accept: [claimed]" }, is: "not-applicable" },
    { says: "with an empty list of what is accepted", commit: word, with: { more: "accept: []" }, is: "waiting" },
    {
      says: "not where silence is human",
      commit: word,
      with: { more: "provenance: { sensitive_undeclared: human }" },
      is: "not-applicable",
    },
    {
      says: "not one that a record shows too",
      commit: { verdict: "human", signals: [claim, attested] } as const,
      with: {},
      is: "not-applicable",
    },
    { says: "trailers are not asked of it", commit: word, with: { require: "{ trailers: [T] }" }, is: "satisfied" },
    {
      says: "it has said what disclosure asks for",
      commit: { ...word, trailers: [{ key: "AI-Assisted", value: "no" }] },
      with: { require: "{ disclosure: required }" },
      is: "satisfied",
    },
    {
      says: "it crosses no boundary",
      commit: word,
      with: { require: "{ forbid: { paths: [src/**] } }" },
      is: "satisfied",
    },
  ])("$says: $is", (row) => {
    expect(judged(row.commit, row.with).state).toBe(row.is);
  });

  test("the reason says so", () => {
    expect(sentences(judged(word))).toContain(
      "yes: src/auth/a.ts is claimed human, and the policy does not accept claims in this area",
    );
  });
});
