import { describe, expect, test } from "vitest";
import { areasOf, judgeChange, scopeOf } from "../../../core/policy/judge.ts";
import { sampleSha } from "../../builders.ts";
import { buildPolicy, buildSignal, buildSubject, sampleVocabulary, type SubjectSketch } from "../../subjects.ts";

const yaml = `provenance: { exclude: ["docs/**"] }
areas: { auth: { paths: [src/auth/**], tier: 1 }, all: { paths: [src/**], tier: 2 } }`;
const word = [buildSignal({ kind: "declaration", agent: null, verdict: "human" })];
const [auth, code, docs] = ["src/auth/a.ts", "src/b.ts", "docs/c.md"];

const sketch: SubjectSketch = {
  commits: [
    { name: "silent" },
    { name: "agent", verdict: "agent-assisted" },
    { name: "human", verdict: "human", signals: word },
    { name: "both", verdict: "agent-assisted" },
    { name: "documents", verdict: "agent-assisted" },
    { name: "empty", verdict: "agent-assisted" },
    { name: "nothing" },
    { name: "merge", parents: ["nothing", "elsewhere"] },
  ],
  files: [
    { path: docs, commits: ["documents", "both"] },
    { path: auth, commits: ["silent", "human"] },
    { path: code, commits: ["silent", "human", "agent", "both"] },
  ],
};

function judged() {
  return judgeChange(buildPolicy(yaml), buildSubject(sketch), sampleVocabulary);
}

/** What a rule about these files sees of each commit that it asks about. */
function commitsFor(paths: readonly string[], narrowed: boolean): string[] {
  const change = judged();
  const files = change.files.filter(({ shown }) => paths.includes(shown));
  const names = new Map((sketch.commits ?? []).map(({ name }) => [sampleSha(name), name]));
  return scopeOf(change, files, narrowed).commits.map(({ commit, exempt, countsAsAi, countsByClaim }) =>
    [
      ...[names.get(commit.sha), countsAsAi ? "is AI" : null],
      ...[countsByClaim ? "is claimed" : null, exempt ? "is exempt" : null],
    ]
      .filter((part) => part !== null)
      .join(" "),
  );
}

describe("which commits a rule asks about, and what they are to it", () => {
  const touchingNone = ["empty is AI", "nothing", "merge is exempt"];
  test.each([
    {
      says: "all of them, about the whole change",
      paths: [auth, code, docs],
      narrowed: false,
      is: ["silent is AI", "agent is AI", "human is claimed", "both is AI", "documents is exempt", ...touchingNone],
    },
    {
      says: "those that touched a file, by that file alone",
      paths: [code],
      narrowed: true,
      is: ["silent", "agent is AI", "human", "both is AI"],
    },
    { says: "in an area that counts silence", paths: [auth], narrowed: true, is: ["silent is AI", "human is claimed"] },
    {
      says: "in a file that is left out",
      paths: [docs],
      narrowed: true,
      is: ["both is exempt", "documents is exempt"],
    },
    { says: "none, about no file", paths: [], narrowed: true, is: [] },
  ])("$says", ({ paths, narrowed, is }) => {
    expect(commitsFor(paths, narrowed)).toEqual(is);
  });

  test("none of which nothing was read", () => {
    const { subject, ...change } = judged();
    const provenance = { ...subject.provenance, commits: subject.provenance.commits.slice(1, 2) };
    const { commits } = scopeOf({ ...change, subject: { ...subject, provenance } }, change.files, false);
    expect(commits.map(({ commit }) => commit.sha)).toEqual([sampleSha("agent")]);
  });

  test("each is counted: files, commits, and each commit that touched a file", () => {
    const change = judged();
    const before = change.work.spent;
    scopeOf(change, change.files, false);
    expect(change.work.spent - before).toBe(200 * (3 + 8) + 20 * (2 + 4 + 2));
  });
});

describe("what a policy makes of a file", () => {
  test.each([
    { path: auth, areas: ["all", "auth"], sensitive: true, excluded: false, aiByClaim: false },
    { path: code, areas: ["all"], sensitive: false, excluded: false, aiByClaim: false },
    { path: docs, areas: [], sensitive: false, excluded: true, aiByClaim: false },
  ])("$path", ({ path, ...is }) => {
    const file = judged().files.find(({ shown }) => shown === path)!;
    expect(file).toMatchObject(is);
    expect(areasOf(buildPolicy(yaml), file.subject)).toEqual(is.areas);
  });

  test("it counts by claim where claims alone make it no AI's", () => {
    const commits = [{ name: "human", verdict: "human" as const, signals: word }];
    const files = [{ path: auth }, { path: code }];
    const change = judgeChange(buildPolicy(yaml), buildSubject({ commits, files }), sampleVocabulary);
    expect(change.files.map(({ aiByClaim, ai }) => [aiByClaim, ai])).toEqual([
      [
        true,
        {
          state: "yes",
          says: "src/auth/a.ts is claimed human, and the policy does not accept claims in this area",
        },
      ],
      [false, { state: "no", says: "src/b.ts is human" }],
    ]);
  });

  test.each<{ says: string; more?: string; sketch: SubjectSketch; is: [state: string, says: string] }>([
    {
      says: "what provenance excludes",
      sketch: { commits: [{ name: "a", verdict: "agent-assisted" }], files: [{ path: docs }] },
      is: ["no", "docs/c.md is excluded from provenance by the policy"],
    },
    {
      says: "a kind that does not count as code",
      more: "counts_as_code: { tests: false }",
      sketch: { commits: [{ name: "a", verdict: "agent-assisted" }], files: [{ path: "test/d.ts" }] },
      is: ["no", "test/d.ts is of the kind test, which does not count as code, by the policy"],
    },
    {
      says: "a file of no commit",
      sketch: { files: [{ path: code, commits: [] }] },
      is: ["unknown", "no commit is known to have touched src/b.ts"],
    },
    {
      says: "people and silence",
      sketch: { commits: [{ name: "a", verdict: "human" }, { name: "b" }], files: [{ path: code }] },
      is: ["no", "src/b.ts is human, undeclared"],
    },
    {
      says: "what an agent and people wrote, by what counts",
      sketch: {
        commits: [
          { name: "a", verdict: "agent-assisted" },
          { name: "b", verdict: "agent-authored" },
          { name: "c", verdict: "human" },
        ],
        files: [{ path: code }],
      },
      is: ["yes", "src/b.ts is agent-authored, agent-assisted"],
    },
    {
      says: "silence, where that counts",
      sketch: { files: [{ path: auth }] },
      is: ["yes", "src/auth/a.ts is undeclared, which counts as AI in this area"],
    },
    {
      says: "suggestions, where silence counts",
      sketch: { commits: [{ name: "a", verdict: "suggestion" }], files: [{ path: auth }] },
      is: ["yes", "src/auth/a.ts is suggestion, which counts as AI in this area"],
    },
    {
      says: "suggestions and silence, both of which count only there",
      sketch: { commits: [{ name: "a", verdict: "suggestion" }, { name: "b" }], files: [{ path: auth }] },
      is: ["yes", "src/auth/a.ts is suggestion, undeclared, which counts as AI in this area"],
    },
    {
      says: "an agent's, which counts in every area",
      sketch: { commits: [{ name: "a", verdict: "agent-authored" }], files: [{ path: auth }] },
      is: ["yes", "src/auth/a.ts is agent-authored"],
    },
    {
      says: "silence beside an agent",
      sketch: { commits: [{ name: "a", verdict: "agent-assisted" }, { name: "b" }], files: [{ path: auth }] },
      is: ["yes", "src/auth/a.ts is agent-assisted, undeclared"],
    },
    {
      says: "claims of people and of tools",
      sketch: {
        commits: [
          { name: "a", verdict: "human", signals: word },
          { name: "b", verdict: "automation", signals: [buildSignal({ agent: "bot", verdict: "automation" })] },
        ],
        files: [{ path: auth }],
      },
      is: ["yes", "src/auth/a.ts is claimed automation, human, and the policy does not accept claims in this area"],
    },
    {
      says: "the claim alone, where an agent's verdict does not count",
      more: "counts_as_ai: [agent-assisted]",
      sketch: {
        commits: [
          { name: "a", verdict: "human", signals: word },
          { name: "b", verdict: "agent-authored" },
        ],
        files: [{ path: auth }],
      },
      is: ["yes", "src/auth/a.ts is claimed human, and the policy does not accept claims in this area"],
    },
    {
      says: "a name that is not UTF-8, with its bytes",
      sketch: { files: [{ path: "a\\xff.ts", validUtf8: false }] },
      is: ["no", '"a\\xff.ts" is undeclared'],
    },
  ])("whether it counts as AI, and why: $says", ({ more = "", sketch: given, is }) => {
    const policy = buildPolicy(yaml.replace('exclude: ["docs/**"]', `exclude: ["docs/**"], ${more}`));
    const [file] = judgeChange(policy, buildSubject(given), sampleVocabulary).files;
    expect([file?.ai.state, file?.ai.says]).toEqual(is);
  });

  test("what the change as a whole claims speaks for each commit, and for no line of none", () => {
    const given = { commits: [{ name: "a", verdict: "human" as const }], files: [{ path: auth }], signals: word };
    const [file] = judgeChange(buildPolicy(yaml), buildSubject(given), sampleVocabulary).files;
    expect([file?.countsAsAi("human", sampleSha("a")), file?.countsAsAi("human")]).toEqual([true, false]);
  });

  test("its path is shown inert, and not at any length", () => {
    const files = [{ path: `a\u001b/${"b".repeat(300)}` }];
    const [file] = judgeChange(buildPolicy(yaml), buildSubject({ files }), sampleVocabulary).files;
    expect(file?.shown).not.toContain("\u001b");
    expect(file?.shown).toHaveLength(200);
  });
});

test.each([
  { accept: "accept: [claimed]", is: true },
  { accept: "accept: []", is: false },
])("a policy with $accept takes claims: $is", ({ accept, is }) => {
  expect(judgeChange(buildPolicy(accept), buildSubject(), sampleVocabulary).acceptsClaims).toBe(is);
});
