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
    { path: auth, commits: ["silent", "human"] },
    { path: code, commits: ["silent", "human", "agent", "both"] },
    { path: docs, commits: ["documents", "both"] },
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
});
