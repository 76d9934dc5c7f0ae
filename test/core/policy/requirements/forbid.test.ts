import { describe, expect, test } from "vitest";
import { evaluate } from "../../../../core/policy/index.ts";
import { sampleSha } from "../../../builders.ts";
import {
  buildPolicy,
  buildSignal,
  buildSubject,
  firstRule,
  fixes,
  sampleVocabulary,
  sentences,
  type SubjectSketch,
} from "../../../subjects.ts";

const policy = (forbid: string) => `rules: [{ id: r, require: { forbid: ${forbid} } }]`;
const claude: SubjectSketch = { commits: [{ name: "c", verdict: "agent-assisted", agent: "claude-code" }] };
const on = (path: string, rest: SubjectSketch = claude): SubjectSketch => ({ ...rest, files: [{ path }] });

describe("what agents may not propose", () => {
  test.each<{ says: string; forbid: string; sketch: SubjectSketch; is: string }>([
    { says: "a path", forbid: "{ paths: [src/crypto/**] }", sketch: on("src/crypto/a.ts"), is: "unsatisfied" },
    { says: "another path", forbid: "{ paths: [src/crypto/**] }", sketch: on("src/a.ts"), is: "satisfied" },
    {
      says: "a path in another case",
      forbid: "{ paths: [src/crypto/**] }",
      sketch: on("SRC/Crypto/a.ts"),
      is: "unsatisfied",
    },
    {
      says: "a kind",
      forbid: "{ kinds: [workflow, migration] }",
      sketch: on(".github/workflows/ci.yml"),
      is: "unsatisfied",
    },
    { says: "another kind", forbid: "{ kinds: [workflow] }", sketch: on("src/a.ts"), is: "satisfied" },
    {
      says: "path and kind, one of them off",
      forbid: "{ paths: [src/**], kinds: [workflow] }",
      sketch: on(".github/workflows/ci.yml"),
      is: "satisfied",
    },
    { says: "an agent by id", forbid: "{ agents: [claude-code] }", sketch: on("src/a.ts"), is: "unsatisfied" },
    {
      says: "an agent by another spelling",
      forbid: "{ agents: [Claude Code] }",
      sketch: on("src/a.ts"),
      is: "unsatisfied",
    },
    { says: "another agent", forbid: "{ agents: [cursor] }", sketch: on("src/a.ts"), is: "satisfied" },
    { says: "any agent", forbid: "{ agents: [any], paths: [src/**] }", sketch: on("src/a.ts"), is: "unsatisfied" },
    {
      says: "an agent that nothing names, where some are meant",
      forbid: "{ agents: [cursor] }",
      sketch: on("src/a.ts", { commits: [{ name: "c", verdict: "agent-assisted" }] }),
      is: "undecided",
    },
    {
      says: "an agent that nothing names, where any is meant",
      forbid: "{ paths: [src/**] }",
      sketch: on("src/a.ts", { commits: [{ name: "c", verdict: "agent-assisted" }] }),
      is: "unsatisfied",
    },
    {
      says: "a second agent on the same commit",
      forbid: "{ agents: [cursor] }",
      sketch: on("src/a.ts", {
        commits: [
          { name: "c", verdict: "agent-assisted", agent: "claude-code", signals: [buildSignal({ agent: "cursor" })] },
        ],
      }),
      is: "unsatisfied",
    },
    {
      says: "an agent that the whole change claims",
      forbid: "{ agents: [cursor] }",
      sketch: { ...on("src/a.ts"), signals: [buildSignal({ agent: "cursor" })] },
      is: "unsatisfied",
    },
    {
      says: "a person, beside an agent elsewhere",
      forbid: "{ paths: [src/crypto/**] }",
      sketch: {
        commits: [
          { name: "agent", verdict: "agent-authored", agent: "claude-code" },
          { name: "person", verdict: "human" },
        ],
        files: [
          { path: "src/a.ts", commits: ["agent"] },
          { path: "src/crypto/a.ts", commits: ["person"] },
        ],
      },
      is: "satisfied",
    },
    {
      says: "a file that no commit is known to have touched",
      forbid: "{ paths: [src/**] }",
      sketch: { ...claude, files: [{ path: "src/a.ts", commits: [], verdicts: [] }] },
      is: "undecided",
    },
    { says: "the base branch", forbid: "{ branches: [main] }", sketch: on("src/a.ts"), is: "unsatisfied" },
    {
      says: "one base branch without brackets",
      forbid: "{ branches: main }",
      sketch: on("src/a.ts"),
      is: "unsatisfied",
    },
    {
      says: "all but one base branch",
      forbid: '{ branches: ["**", "!main"] }',
      sketch: on("src/a.ts"),
      is: "satisfied",
    },
    { says: "only an exclusion", forbid: '{ branches: ["!release/*"] }', sketch: on("src/a.ts"), is: "unsatisfied" },
    { says: "another base branch", forbid: "{ branches: [release/*] }", sketch: on("src/a.ts"), is: "satisfied" },
    {
      says: "one boundary of several",
      forbid: "[{ branches: [release/*] }, { kinds: [lockfile] }]",
      sketch: on("package-lock.json"),
      is: "unsatisfied",
    },
    { says: "an empty change", forbid: "{ paths: [src/**] }", sketch: { ...claude, files: [] }, is: "satisfied" },
  ])("$says: $is", ({ forbid, sketch, is }) => expect(firstRule(policy(forbid), sketch).state).toBe(is));

  test("a base branch that is not known may be one of them", () => {
    const subject = buildSubject(on("src/a.ts"));
    const change = { ...subject.change, base: { name: null, sha: sampleSha("base") } };
    const state = (forbid: string) =>
      evaluate(buildPolicy(policy(forbid)), { ...subject, change }, sampleVocabulary).rules[0]?.state;
    expect([state("{ branches: [main] }"), state("{ branches: [main], paths: [lib/**] }")]).toEqual([
      "undecided",
      "satisfied",
    ]);
  });

  test("a rule's `when` narrows it", () => {
    const narrowed = "rules: [{ id: r, when: { paths: [lib/**] }, require: { forbid: { agents: [any] } } }]";
    expect(firstRule(narrowed, on("src/a.ts")).state).toBe("not-applicable");
    expect(firstRule(narrowed, on("lib/a.ts")).state).toBe("unsatisfied");
  });

  test("beside `require` it is the same", () => {
    expect(firstRule("rules: [{ id: r, forbid: { kinds: [workflow] } }]", on(".github/workflows/ci.yml")).state).toBe(
      "unsatisfied",
    );
  });

  test("it says which file, which agent, and what to do", () => {
    const rule = firstRule(policy("{ agents: [claude-code], kinds: [workflow] }"), on(".github/workflows/ci.yml"));
    expect(sentences(rule).slice(-2)).toEqual([
      "no: files that agents may not change: 1",
      "no: .github/workflows/ci.yml is a file of kind workflow, was written with claude-code",
    ]);
    expect(fixes(rule)).toEqual([
      "Leave these files to a person: take what an agent wrote out of .github/workflows/ci.yml.",
    ]);
  });
});

describe("which agents wrote in a file", () => {
  const ai = { name: "a", verdict: "agent-assisted" as const };
  const mark = (agent: string | null) => buildSignal({ agent });
  test.each<{ says: string; sketch: SubjectSketch; agents: string; is: string }>([
    {
      says: "a commit's agent beside a mark of another",
      sketch: { commits: [{ ...ai, agent: "codex" }], signals: [mark("aider")] },
      agents: "codex",
      is: "unsatisfied",
    },
    {
      says: "a commit's agent beside a mark of another, where a person wrote the lines",
      sketch: {
        commits: [
          { name: "p", verdict: "human" },
          { ...ai, agent: "codex" },
        ],
        signals: [mark("aider")],
      },
      agents: "codex",
      is: "unsatisfied",
    },
    {
      says: "nobody knows, where a mark names a commit's agent, and nothing its lines'",
      sketch: {
        commits: [
          { ...ai, signals: [mark("cursor")] },
          { name: "p", verdict: "human" },
        ],
      },
      agents: "codex",
      is: "undecided",
    },
    {
      says: "the mark's alone, where the lines are another commit's",
      sketch: {
        commits: [
          { ...ai, agent: "cursor" },
          { ...ai, name: "b", signals: [mark("aider")] },
        ],
      },
      agents: "codex",
      is: "satisfied",
    },
    {
      says: "nobody knows, where a commit has neither agent nor mark",
      sketch: {
        commits: [
          { ...ai, agent: "cursor" },
          { ...ai, name: "b" },
        ],
      },
      agents: "codex",
      is: "undecided",
    },
    {
      says: "a mark without a name is none beside a name",
      sketch: { commits: [{ ...ai, agent: "cursor", signals: [mark(null)] }] },
      agents: "codex",
      is: "satisfied",
    },
    {
      says: "a person's lines are no agent's",
      sketch: {
        commits: [
          { name: "p", verdict: "human" },
          { ...ai, agent: "cursor" },
        ],
      },
      agents: "codex",
      is: "satisfied",
    },
    {
      says: "nobody knows, where no commit is known to have touched what counts as AI",
      sketch: { commits: [], files: [{ path: "src/a.ts", commits: [], verdicts: ["agent-assisted"] }] },
      agents: "codex",
      is: "undecided",
    },
  ])("$says: $is", ({ sketch, agents, is }) =>
    expect(firstRule(policy(`{ paths: [src/**], agents: [${agents}] }`), sketch).state).toBe(is),
  );

  test("those of its lines too, whoever committed them", () => {
    const subject = buildSubject({ commits: [{ ...ai, agent: "codex" }] });
    const [found] = subject.authorship.files.get("src/a.ts") ?? [];
    if (found === undefined) throw new Error("nobody wrote the file");
    const byCursor = { ...found, writer: { ...found.writer, agent: "cursor" } };
    const lines = { ...subject, authorship: { files: new Map([["src/a.ts", [byCursor]]]) } };
    const nobodys = { ...subject, authorship: { files: new Map() } };
    const state = (judged: typeof subject) =>
      evaluate(buildPolicy(policy("{ agents: [cursor] }")), judged, sampleVocabulary).rules[0]?.state;
    expect([state(subject), state(lines), state(nobodys)]).toEqual(["satisfied", "unsatisfied", "satisfied"]);
  });
});

test("a boundary that nobody knows of weighs more than one that is not crossed", () => {
  const unnamed = on("src/a.ts", { commits: [{ name: "c", verdict: "agent-assisted" }] });
  const boundaries = "[{ paths: [lib/**] }, { paths: [src/**], agents: [cursor] }]";
  expect(firstRule(policy(boundaries), unnamed).state).toBe("undecided");
});

test("what is long is cut, and each kind of a file is told", () => {
  const base = "b".repeat(120);
  const agent = "a".repeat(220);
  const sketch = on(".github/workflows/ci.yml", {
    commits: [{ name: "c", verdict: "agent-assisted", agent }],
    base,
  });
  expect(sentences(firstRule(policy("{ branches: ['b*'], kinds: [workflow, config] }"), sketch)).at(-1)).toBe(
    `no: .github/workflows/ci.yml goes to ${"b".repeat(99)}…, is a file of kind workflow, config, counts as AI-assisted (${"a".repeat(199)}…)`,
  );
});

test("what nobody knows of tools and of claims has the advice for tools", () => {
  const areas = "areas: { src: { paths: [src/**], tier: 1 } }\n";
  const claim = buildSignal({ kind: "declaration", verdict: "human" });
  const result = firstRule(areas + policy("{ paths: [src/**], agents: [codex] }"), {
    commits: [
      { name: "claimed", verdict: "human", signals: [claim] },
      { name: "unnamed", verdict: "agent-assisted" },
    ],
    files: [
      { path: "src/a.ts", commits: ["claimed"] },
      { path: "src/b.ts", commits: ["unnamed"] },
    ],
  });
  expect(fixes(result)).toEqual(["Name the tool in the commits' trailers: `Assisted-by: <agent>:<model>`."]);
});
