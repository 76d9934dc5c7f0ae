import { describe, expect, test } from "vitest";
import type { AiAnswer } from "../../../core/change/ai-judgement.ts";
import type { Verdict, Writer } from "../../../core/change/authorship.ts";
import { aiInFile, claimsOf, judgeAi } from "../../../core/policy/ai-judgement.ts";
import type { Subject } from "../../../core/policy/index.ts";
import { newWork } from "../../../core/policy/work.ts";
import type { Signal } from "../../../core/provenance/provenance.ts";
import { sampleSha } from "../../builders.ts";
import { buildPolicy, buildSignal, buildSubject, type SubjectSketch } from "../../subjects.ts";

const tier1 = "areas: { auth: { paths: [src/auth/**], tier: 1 } }";
const accepting = `${tier1}\naccept: [claimed]`;
const countingSilence = `${tier1}\nprovenance: { counts_as_ai: [agent-assisted, undeclared] }`;
const leavingOut = `${tier1}\nprovenance: { exclude: [src/auth/**], counts_as_code: { tests: false } }`;

/** What a commit says of itself, what the platform knows, and a record beside the history. */
const word = (verdict: Verdict) => buildSignal({ kind: "declaration", agent: null, verdict });
const known = (verdict: Verdict) =>
  buildSignal({ kind: "automation", agent: null, class: "identity", strength: "platform", verdict });
const remembered = (verdict: Verdict) =>
  buildSignal({ kind: "earlier", agent: null, class: "note", strength: "platform", verdict });

/** A sketched change in which somebody ruled on the named commits. */
function subjectOf(sketch: SubjectSketch, ruled: readonly string[] = []): Subject {
  const subject = buildSubject(sketch);
  const shas = ruled.map(sampleSha);
  const commits = subject.provenance.commits.map((commit) =>
    shas.includes(commit.sha)
      ? {
          ...commit,
          ruling: { commit: commit.sha, verdict: commit.verdict, by: "ann", reason: "seen", at: subject.asOf },
        }
      : commit,
  );
  return { ...subject, provenance: { ...subject.provenance, commits } };
}

interface LineRow {
  says: string;
  by: Partial<Writer> & { verdict: Verdict };
  policy?: string;
  path?: string;
  /** Of the commit, and of the change as a whole. */
  signals?: readonly Signal[];
  ofChange?: readonly Signal[];
  ruled?: readonly string[];
  is: AiAnswer;
}

const lines: readonly LineRow[] = [
  { says: "an agent helped", by: { verdict: "agent-assisted" }, is: "verdict" },
  { says: "nobody says anything", by: { verdict: "undeclared" }, is: "silence" },
  { says: "AI suggested it", by: { verdict: "suggestion" }, is: "claim" },
  { says: "human by its own word", by: { verdict: "human" }, signals: [word("human")], is: "claim" },
  { says: "a bot's by its own word", by: { verdict: "automation" }, signals: [word("automation")], is: "claim" },
  { says: "human by the platform's word", by: { verdict: "human" }, signals: [known("human")], is: "no" },
  {
    says: "human by its own word and the platform's",
    by: { verdict: "human" },
    signals: [word("human"), known("human")],
    is: "no",
  },
  {
    says: "human by an earlier reading of the platform's word",
    by: { verdict: "human" },
    signals: [remembered("human")],
    is: "claim",
  },
  {
    says: "human by its own word, while the platform knows of something else",
    by: { verdict: "human" },
    signals: [word("human"), known("automation")],
    is: "claim",
  },
  { says: "human by nothing that was read", by: { verdict: "human" }, is: "no" },
  {
    says: "human by a word on the change as a whole",
    by: { verdict: "human" },
    ofChange: [word("human")],
    is: "claim",
  },
  {
    says: "human by its own word, on which somebody ruled",
    by: { verdict: "human" },
    signals: [word("human")],
    ruled: ["c"],
    is: "no",
  },
  {
    says: "human by its own word, where claims are accepted",
    by: { verdict: "human" },
    policy: accepting,
    signals: [word("human")],
    is: "no",
  },
  {
    says: "AI suggested it, where claims are accepted",
    by: { verdict: "suggestion" },
    policy: accepting,
    is: "claim",
  },
  {
    says: "of no commit, human by a word on the change",
    by: { verdict: "human", commit: null, evidence: "change" },
    ofChange: [word("human")],
    is: "claim",
  },
  {
    says: "of no commit, a bot's by a word on the change",
    by: { verdict: "automation", commit: null, evidence: "change" },
    ofChange: [word("automation")],
    is: "claim",
  },
  {
    says: "of no commit, human by the platform's word on the change",
    by: { verdict: "human", commit: null, evidence: "change" },
    ofChange: [known("human")],
    is: "no",
  },
  {
    says: "of no commit, and nothing was read on the change",
    by: { verdict: "human", commit: null, evidence: "change" },
    is: "no",
  },
  {
    says: "of no commit and by no evidence",
    by: { verdict: "human", commit: null, evidence: "none" },
    is: "no",
  },
  { says: "human by a record, which nobody signs", by: { verdict: "human", evidence: "git-ai" }, is: "claim" },
  {
    says: "human by a record of no commit",
    by: { verdict: "human", evidence: "agent-trace", commit: null },
    is: "claim",
  },
  {
    says: "human by a record, where claims are accepted",
    by: { verdict: "human", evidence: "git-ai" },
    policy: accepting,
    is: "no",
  },
  {
    says: "human by a record, in a commit on which somebody ruled",
    by: { verdict: "human", evidence: "git-ai" },
    ruled: ["c"],
    is: "no",
  },
  {
    says: "human by a record, and the ruling is on another commit",
    by: { verdict: "human", evidence: "git-ai" },
    ruled: ["d"],
    is: "claim",
  },
  {
    says: "human by a record of no commit, whatever somebody ruled on",
    by: { verdict: "human", evidence: "git-ai", commit: null },
    ruled: ["c", "d"],
    is: "claim",
  },
  { says: "silence in no area", by: { verdict: "undeclared" }, path: "src/b.ts", is: "no" },
  { says: "an agent helped in no area", by: { verdict: "agent-assisted" }, path: "src/b.ts", is: "verdict" },
  { says: "silence where the list counts it", by: { verdict: "undeclared" }, policy: countingSilence, is: "verdict" },
  {
    says: "silence in a file that is none of the change's",
    by: { verdict: "undeclared" },
    path: "src/auth/z.ts",
    is: "no",
  },
  {
    says: "an agent helped in a file that is none of the change's",
    by: { verdict: "agent-assisted" },
    path: "src/auth/z.ts",
    is: "verdict",
  },
  { says: "in a file that is excluded", by: { verdict: "agent-assisted" }, policy: leavingOut, is: "left-out" },
  {
    says: "in a test, where tests do not count as code",
    by: { verdict: "agent-assisted" },
    policy: leavingOut,
    path: "test/a.test.ts",
    is: "left-out",
  },
  {
    says: "elsewhere under the same policy",
    by: { verdict: "agent-assisted" },
    policy: leavingOut,
    path: "src/b.ts",
    is: "verdict",
  },
];

describe("whether a line counts as AI, and why", () => {
  test.each(lines)("$says: $is", ({ by, policy = tier1, path = "src/auth/a.ts", is, ...row }) => {
    const { signals = [], ofChange = [], ruled = [] } = row;
    const commits = [{ name: "c", verdict: by.verdict, signals }, { name: "d" }];
    const files = ["src/auth/a.ts", "src/b.ts", "test/a.test.ts"].map((each) => ({ path: each }));
    const writer: Writer = {
      ...{
        acceptance: "unstated",
        agent: null,
        model: null,
        commit: sampleSha("c"),
        evidence: "commit",
        session: null,
      },
      ...by,
    };
    const subject = subjectOf({ commits, files, signals: ofChange }, ruled);
    expect(judgeAi(buildPolicy(policy), subject).ofLine(path, writer)).toBe(is);
  });
});

describe("whether a commit counts as AI, and why", () => {
  const inside = { path: "src/auth/a.ts", commits: ["c"] };
  const outside = { path: "src/b.ts", commits: ["c"] };
  const others = { path: "src/auth/b.ts", commits: ["d"] };
  const human = { verdict: "human", signals: [word("human")] } as const;
  test.each<{
    says: string;
    commit?: { verdict?: Verdict; signals?: readonly Signal[] };
    policy?: string;
    files: NonNullable<SubjectSketch["files"]>;
    of?: string;
    is: AiAnswer;
  }>([
    { says: "one file of an area is enough for silence", files: [inside, outside], is: "silence" },
    { says: "whichever file comes first", files: [outside, inside], is: "silence" },
    { says: "silence in no area", files: [outside], is: "no" },
    { says: "silence, while others wrote in the area", files: [outside, others], is: "no" },
    { says: "an agent helped", commit: { verdict: "agent-assisted" }, files: [inside, outside], is: "verdict" },
    { says: "its own word in an area", commit: human, files: [outside, inside], is: "claim" },
    { says: "its own word in no area", commit: human, files: [outside], is: "no" },
    {
      says: "its own word where claims are accepted",
      commit: human,
      policy: accepting,
      files: [inside],
      is: "no",
    },
    { says: "all of its files are left out", policy: leavingOut, files: [inside], is: "left-out" },
    { says: "only one of its files is left out", policy: leavingOut, files: [inside, outside], is: "no" },
    { says: "no file is left of it, and nobody says anything", files: [others], is: "no" },
    {
      says: "no file is left of it, and an agent helped",
      commit: { verdict: "agent-assisted" },
      files: [others],
      is: "verdict",
    },
    { says: "one that is none of the change's", files: [inside], of: "elsewhere", is: "no" },
    {
      says: "one that is none of the change's, where the list counts silence",
      policy: countingSilence,
      files: [inside],
      of: "elsewhere",
      is: "verdict",
    },
  ])("$says: $is", ({ commit = {}, policy = tier1, files, of = "c", is }) => {
    const subject = subjectOf({ commits: [{ name: "c", ...commit }, { name: "d" }], files });
    expect(judgeAi(buildPolicy(policy), subject).ofCommit(sampleSha(of))).toBe(is);
  });
});

describe("which commits are no AI's by nothing but a claim", () => {
  const commits = [
    { name: "word", verdict: "human", signals: [word("human")] },
    { name: "bot", verdict: "automation", signals: [word("automation")] },
    { name: "known", verdict: "automation", signals: [known("automation")] },
    { name: "agent", verdict: "agent-assisted", signals: [word("agent-assisted")] },
    { name: "silent", verdict: "undeclared", signals: [] },
  ] as const;
  test.each<{ says: string; policy?: string; signals?: readonly Signal[]; ruled?: string[]; is: (string | null)[] }>([
    { says: "those of which only they themselves say so", is: ["word", "bot"] },
    { says: "none on which somebody ruled", ruled: ["word"], is: ["bot"] },
    { says: "lines of no commit too, by a word on the change", signals: [word("human")], is: ["word", "bot", null] },
    {
      says: "not those by a word on the change that an agent helped",
      signals: [word("agent-assisted")],
      is: ["word", "bot"],
    },
    { says: "not those of which the platform knows it of the change", signals: [known("human")], is: ["bot"] },
    { says: "none where claims are accepted", policy: accepting, signals: [word("human")], is: [] },
  ])("$says", ({ policy = tier1, signals = [], ruled = [], is }) => {
    const { provenance } = subjectOf({ commits, signals }, ruled);
    expect([...claimsOf(buildPolicy(policy), provenance)]).toEqual(
      is.map((name) => (name === null ? null : sampleSha(name))),
    );
  });
});

test("a policy looks at a file once: asked again, it takes no work", () => {
  const policy = buildPolicy(`${tier1}\nprovenance: { exclude: ["docs/*.md"] }`);
  const file = buildSubject().files[0]!;
  const work = newWork();
  const first = aiInFile(policy, file, work);
  const { spent } = work;
  expect(spent).toBeGreaterThan(0);
  expect(aiInFile(policy, file, work)).toBe(first);
  expect(work.spent).toBe(spent);
});
