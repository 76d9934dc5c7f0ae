import { describe, expect, test } from "vitest";
import { buildSignal, firstRule, fixes, sentences, type CommitSketch } from "../../subjects.ts";

const policy = (more: string, require: string) => `
${more}
areas: { auth: { paths: ["src/auth/**"], tier: 1 } }
rules: [{ id: r, when: { ai: true }, require: ${require} }]`;
const approval = "{ second_human: true }";
const countsSilence = "provenance: { counts_as_ai: [agent-assisted, undeclared] }";
const claim = buildSignal({ kind: "declaration", agent: null, verdict: "human", strength: "claim" });
const attested = buildSignal({ kind: "note", agent: null, verdict: "human", strength: "attested", class: "note" });

const generated = {
  verdict: "automation",
  signals: [buildSignal({ kind: "generated-by", agent: "protoc", verdict: "automation" })],
} as const;
const bot = (strength: "claim" | "platform") =>
  ({
    verdict: "automation",
    signals: [
      buildSignal({ kind: "automation", agent: "dependabot", verdict: "automation", class: "identity", strength }),
    ],
  }) as const;
const suggested = { verdict: "suggestion", signals: [buildSignal({ verdict: "suggestion" })] } as const;

const disclosure = "{ disclosure: required }";
const everybody = { require: disclosure, always: true };
const accepting = { ...everybody, more: "accept: [claimed]" };

function judged(
  commit: Omit<CommitSketch, "name">,
  { more = "", path = "src/auth/a.ts", require = approval, always = false } = {},
) {
  const sketch = { commits: [{ name: "c", ...commit }], files: [{ path }] };
  const text = policy(more, require);
  return firstRule(always ? text.replace("when: { ai: true }, ", "") : text, sketch);
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
      says: "one that a record says, which whoever can push can write",
      commit: { verdict: "human", signals: [claim, attested] } as const,
      with: {},
      is: "waiting",
    },
    {
      says: "a record where claims are accepted",
      commit: { verdict: "human", signals: [attested] } as const,
      with: { more: "accept: [claimed]" },
      is: "not-applicable",
    },
    { says: "`Generated-by` a code generator", commit: generated, with: {}, is: "waiting" },
    { says: "the same elsewhere", commit: generated, with: { path: "src/a.ts" }, is: "not-applicable" },
    {
      says: "the same where claims are accepted",
      commit: generated,
      with: { more: "accept: [claimed]" },
      is: "not-applicable",
    },
    {
      says: "a boundary for it",
      commit: generated,
      with: { require: "{ forbid: { paths: [src/**] } }" },
      is: "unsatisfied",
    },
    { says: "a commit in a bot's name", commit: bot("claim"), with: {}, is: "waiting" },
    { says: "a bot that the platform knows", commit: bot("platform"), with: {}, is: "not-applicable" },
    { says: "its name is no disclosure", commit: bot("claim"), with: { require: disclosure }, is: "unsatisfied" },
    { says: "where claims are accepted it is", commit: bot("claim"), with: accepting, is: "satisfied" },
    { says: "the name of one that the platform knows is", commit: bot("platform"), with: everybody, is: "satisfied" },
    { says: "what AI suggested", commit: suggested, with: {}, is: "waiting" },
    { says: "the same elsewhere", commit: suggested, with: { path: "src/a.ts" }, is: "not-applicable" },
    { says: "trailers are not asked of it", commit: word, with: { require: "{ trailers: [T] }" }, is: "satisfied" },
    {
      says: "it has said what disclosure asks for",
      commit: { ...word, trailers: [{ key: "AI-Assisted", value: "no" }] },
      with: { require: "{ disclosure: required }" },
      is: "satisfied",
    },
    {
      says: "a boundary holds for it",
      commit: word,
      with: { require: "{ forbid: { paths: [src/**] } }" },
      is: "unsatisfied",
    },
    {
      says: "a boundary for some agents leaves open whether one of them wrote it",
      commit: word,
      with: { require: "{ forbid: { agents: [cursor], paths: [src/**] } }" },
      is: "undecided",
    },
    {
      says: "`disclosure: forbidden` holds for it",
      commit: word,
      with: { require: "{ disclosure: forbidden }" },
      is: "unsatisfied",
    },
  ])("$says: $is", (row) => {
    expect(judged(row.commit, row.with).state).toBe(row.is);
  });

  test.each([
    {
      says: "where claims are accepted",
      more: "accept: [claimed]",
      path: "src/auth/a.ts",
      commit: word,
      crosses: false,
    },
    { says: "where silence is human", more: "", path: "src/a.ts", commit: word, crosses: false },
    {
      says: "where only a record shows it",
      more: "",
      path: "src/auth/a.ts",
      commit: { verdict: "human", signals: [claim, attested] } as const,
      crosses: true,
    },
    { says: "where nobody says anything", more: "", path: "src/auth/a.ts", commit: {}, crosses: true },
  ])("a boundary by itself, $says", ({ more, path, commit, crosses }) => {
    const areas = "areas: { auth: { paths: [src/auth/**], tier: 1 } }";
    for (const require of ["{ forbid: { paths: [src/**] } }", "{ disclosure: forbidden }"]) {
      const text = `${more}\n${areas}\nrules: [{ id: r, require: ${require} }]`;
      const { state } = firstRule(text, { commits: [{ name: "c", ...commit }], files: [{ path }] });
      expect(state).toBe(crosses ? "unsatisfied" : "satisfied");
    }
  });

  test("a boundary that holds says what would show that a person wrote it", () => {
    expect(fixes(judged(word, { require: "{ forbid: { paths: [src/**] } }" }))).toEqual([
      expect.stringContaining("`accept: [claimed]`"),
    ]);
  });

  test.each([
    { says: "where claims are not accepted, it would not help", more: "", path: "src/auth/a.ts", told: false },
    { says: "where they are", more: "accept: [claimed]", path: "src/auth/a.ts", told: true },
    { says: "where only `undeclared` counts", more: countsSilence, path: "src/a.ts", told: true },
  ])("whoever said nothing is told to claim: $says", ({ more, path, told }) => {
    const [fix] = fixes(judged({}, { more, path, require: "{ disclosure: forbidden }" }));
    expect(fix?.includes("write `AI-Assisted: no`")).toBe(told);
  });

  test("the reason says so", () => {
    expect(sentences(judged(word))).toContain(
      "yes: src/auth/a.ts is claimed human, and the policy does not accept claims in this area",
    );
  });
});
