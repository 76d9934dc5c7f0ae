import { expect, test } from "vitest";
import { sampleFinding, sampleSha } from "../../../builders.ts";
import { environmentOf, Fields, fileFields, type Value } from "../../../../core/policy/expression/index.ts";
import { showResult } from "../../../../core/policy/expression/explain.ts";
import { judgeChange } from "../../../../core/policy/judge.ts";
import type { Subject } from "../../../../core/policy/index.ts";
import {
  buildCoverage,
  buildPolicy,
  buildSignal,
  buildSubject,
  sampleVocabulary,
  type CommitSketch,
  type SubjectSketch,
} from "../../../subjects.ts";
import type { Acceptance } from "../../../../core/change/authorship.ts";
import { present } from "../../../../core/evidence.ts";

/** Every value that an expression can see, for three changes: one of which much is known, one of which little is, and an empty one. */

const policy = buildPolicy(
  "areas: { auth: { paths: [src/auth/**], tier: 1 } }\nrules: [{ id: r, require: { labels: [reviewed] } }]",
);

function seen(subject: Subject): string[] {
  const change = judgeChange(policy, subject, sampleVocabulary);
  const environment = environmentOf(change);
  return [
    ...environment.names.flatMap((name) => (name === "file" ? [] : leaves(environment.get(name), name))),
    ...change.files.flatMap((file, index) => leaves(fileFields(file, change), `file ${index}`)),
    ...leaves(environment.get("file"), "no file"),
  ];
}

function leaves(value: Value, at: string): string[] {
  if (value instanceof Fields) return value.names.flatMap((name) => leaves(value.get(name), `${at}.${name}`));
  if (Array.isArray(value) && value.some((item) => item instanceof Fields)) {
    if (at === "change.files") return [`${at}: ${value.length}`];
    return value.flatMap((item: Value, index) => leaves(item, `${at}[${index}]`));
  }
  return [`${at}: ${showResult(value)}`];
}

const sketch: SubjectSketch = {
  commits: [
    {
      name: "a",
      verdict: "agent-assisted",
      agent: "codex",
      model: "gpt-5",
      acceptance: "edited",
      conflict: true,
      trailers: [
        { key: "B", value: "2" },
        { key: "A", value: "1" },
        { key: "B", value: "3" },
      ],
      signals: [buildSignal({ agent: "cursor", model: "claude-5" })],
    },
    { name: "b", verdict: "human", parents: ["a", "base"] },
  ],
  files: [
    { path: "src/auth/a.ts", previousPath: "src/b.ts", addedLines: 20, commits: ["a"] },
    { path: "docs/b.test.md", addedLines: 5, status: "added", commits: ["b"] },
  ],
  coverage: buildCoverage({
    files: [{ path: "src/auth/a.ts", covered: [1, 2, 3], uncovered: [4], branches: [1, 2] }],
    delta: -0.25,
    unmeasured: ["docs/b.test.md"],
    silentOn: { functions: ["docs/b.test.md"] },
  }),
  findings: [
    sampleFinding({
      rule: "swallowed-error",
      severity: "error",
      confidence: "medium",
      place: { kind: "lines", path: "src/auth/a.ts", start: 1, end: 1 },
    }),
    sampleFinding({ rule: "other", place: { kind: "commit", sha: sampleSha("a") }, writer: null }),
  ],
  pullRequest: { author: "bob", authorType: "Bot", association: "NONE", draft: true, fork: true, number: 7 },
  labels: ["x", "y"],
  branch: "topic",
  base: "next",
  event: "push",
  uncommitted: "b",
};

const each = (first: number) => {
  const some = { "agent-authored": first, "agent-assisted": first + 1, suggestion: first + 2 };
  return { ...some, automation: first + 3, human: first + 4, undeclared: first + 5 };
};
const ratio = (covered: number, total: number) => ({ covered, total });
const counts = (covered: number) => ({
  lines: ratio(covered, 10),
  branches: ratio(covered, 20),
  functions: ratio(covered, 0),
});

/** Built anew for each test: what is worked out of a subject is kept as long as it is. */
function much(): Subject {
  const built = buildSubject(sketch);
  return {
    ...built,
    change: {
      ...built.change,
      repository: { host: "github.com", owner: "acme", name: "shop" },
      files: built.change.files.map((file, index) => ({ ...file, deletedLines: index + 3 })),
    },
    files: built.files.map((one, index) => ({ ...one, file: { ...one.file, deletedLines: index + 3 } })),
    coverage: {
      ...built.coverage,
      byGroup: { ...built.coverage.byGroup, ai: counts(1), human: counts(2), undeclared: counts(3) },
      project: {
        ...built.coverage.project,
        before: present(counts(4)),
        after: present({ ...counts(5), branches: ratio(0, 0) }),
      },
    },
    provenance: {
      ...built.provenance,
      acceptance: "partial",
      totals: { commits: each(1), lines: each(11), tools: [] },
      disagreements: (["attested-not-declared", "denied-but-attested"] as const).map((kind) => ({
        ...{ commit: sampleSha("a"), kind, source: "git-ai", aiLines: 3, humanLines: 0, agent: null, model: null },
      })),
    },
  };
}

test.each([
  {
    says: "much is known",
    subject: much,
    is: [
      'change.id: "local@base..head"',
      'change.event: "push"',
      'change.repository: "acme/shop"',
      'change.base: "next"',
      'change.branch: "topic"',
      'change.author: "bob"',
      "change.uncommitted: true",
      "change.size.files: 2",
      "change.size.commits: 1",
      "change.size.added_lines: 25",
      "change.size.deleted_lines: 7",
      "change.files: 2",
      'change.commits[0].sha: "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"',
      'change.commits[0].verdict: "agent-assisted"',
      'change.commits[0].acceptance: "edited"',
      'change.commits[0].tool: "codex"',
      'change.commits[0].model: "gpt-5"',
      "change.commits[0].conflict: true",
      "change.commits[0].merge: false",
      'change.commits[0].trailers: ["A", "B"]',
      'change.commits[1].sha: "e9d71f5ee7c92d6dc9e92ffdad17b8bd49418f98"',
      'change.commits[1].verdict: "human"',
      'change.commits[1].acceptance: "unstated"',
      "change.commits[1].tool: unknown: the commit names no known tool",
      "change.commits[1].model: unknown: the commit names no model",
      "change.commits[1].conflict: false",
      "change.commits[1].merge: true",
      "change.commits[1].trailers: []",
      'change.provenance.verdict: "agent-assisted"',
      'change.provenance.verdicts: ["agent-assisted", "human"]',
      'change.provenance.acceptance: "partial"',
      "change.provenance.conflict: true",
      'change.provenance.tools: ["codex", "cursor"]',
      'change.provenance.models: ["claude-5", "gpt-5"]',
      "change.provenance.commits.total: 21",
      "change.provenance.commits.ai: 1",
      "change.provenance.commits.agent_authored: 1",
      "change.provenance.commits.agent_assisted: 2",
      "change.provenance.commits.suggestion: 3",
      "change.provenance.commits.automation: 4",
      "change.provenance.commits.human: 5",
      "change.provenance.commits.undeclared: 6",
      "change.provenance.lines.total: 81",
      "change.provenance.lines.ai: 20",
      "change.provenance.lines.agent_authored: 11",
      "change.provenance.lines.agent_assisted: 12",
      "change.provenance.lines.suggestion: 13",
      "change.provenance.lines.automation: 14",
      "change.provenance.lines.human: 15",
      "change.provenance.lines.undeclared: 16",
      "change.provenance.disagreements: 1",
      "coverage.patch.lines.covered: 3",
      "coverage.patch.lines.total: 4",
      "coverage.patch.lines.ratio: 0.75",
      "coverage.patch.branches.covered: 1",
      "coverage.patch.branches.total: 2",
      "coverage.patch.branches.ratio: 0.5",
      "coverage.patch.functions: unknown: the coverage report names no functions",
      "coverage.ai.lines.covered: 1",
      "coverage.ai.lines.total: 10",
      "coverage.ai.lines.ratio: 0.1",
      "coverage.ai.branches.covered: 1",
      "coverage.ai.branches.total: 20",
      "coverage.ai.branches.ratio: 0.05",
      "coverage.ai.functions: unknown: the coverage report names no functions",
      "coverage.human.lines.covered: 2",
      "coverage.human.lines.total: 10",
      "coverage.human.lines.ratio: 0.2",
      "coverage.human.branches.covered: 2",
      "coverage.human.branches.total: 20",
      "coverage.human.branches.ratio: 0.1",
      "coverage.human.functions: unknown: the coverage report names no functions",
      "coverage.undeclared.lines.covered: 3",
      "coverage.undeclared.lines.total: 10",
      "coverage.undeclared.lines.ratio: 0.3",
      "coverage.undeclared.branches.covered: 3",
      "coverage.undeclared.branches.total: 20",
      "coverage.undeclared.branches.ratio: 0.15",
      "coverage.undeclared.functions: unknown: the coverage report names no functions",
      "coverage.project.before.lines.covered: 4",
      "coverage.project.before.lines.total: 10",
      "coverage.project.before.lines.ratio: 0.4",
      "coverage.project.before.branches.covered: 4",
      "coverage.project.before.branches.total: 20",
      "coverage.project.before.branches.ratio: 0.2",
      "coverage.project.before.functions: unknown: the coverage report names no functions",
      "coverage.project.after.lines.covered: 5",
      "coverage.project.after.lines.total: 10",
      "coverage.project.after.lines.ratio: 0.5",
      "coverage.project.after.branches: unknown: the coverage report names no branches",
      "coverage.project.after.functions: unknown: the coverage report names no functions",
      "coverage.project.delta.lines: -0.25",
      "coverage.project.delta.branches: unknown: one side has no branches",
      "coverage.unmeasured: 1",
      'findings[0].rule: "swallowed-error"',
      'findings[0].severity: "error"',
      'findings[0].confidence: "medium"',
      'findings[0].path: "src/auth/a.ts"',
      'findings[0].verdict: "agent-assisted"',
      'findings[1].rule: "other"',
      'findings[1].severity: "error"',
      'findings[1].confidence: "high"',
      "findings[1].path: unknown: the finding is about no file",
      "findings[1].verdict: unknown: nobody knows who wrote the line",
      "pull_request.number: 7",
      'pull_request.author: "bob"',
      'pull_request.author_type: "Bot"',
      'pull_request.association: "NONE"',
      "pull_request.draft: true",
      "pull_request.fork: true",
      'pull_request.labels: ["x", "y"]',
      'file 0.path: "src/auth/a.ts"',
      'file 0.previous_path: "src/b.ts"',
      'file 0.status: "renamed"',
      'file 0.type: "text"',
      "file 0.kinds: []",
      'file 0.areas: ["auth"]',
      "file 0.sensitive: true",
      "file 0.ai: true",
      'file 0.verdict: "agent-assisted"',
      'file 0.verdicts: ["agent-assisted"]',
      'file 0.acceptance: "edited"',
      'file 0.tools: ["codex", "cursor"]',
      'file 0.models: ["claude-5", "gpt-5"]',
      "file 0.added_lines: 20",
      "file 0.deleted_lines: 3",
      "file 0.coverage.lines.covered: 3",
      "file 0.coverage.lines.total: 4",
      "file 0.coverage.lines.ratio: 0.75",
      "file 0.coverage.branches.covered: 1",
      "file 0.coverage.branches.total: 2",
      "file 0.coverage.branches.ratio: 0.5",
      "file 0.coverage.functions.covered: 0",
      "file 0.coverage.functions.total: 0",
      "file 0.coverage.functions.ratio: unknown: there are no functions",
      'file 1.path: "docs/b.test.md"',
      "file 1.previous_path: unknown: docs/b.test.md was not renamed",
      'file 1.status: "added"',
      'file 1.type: "text"',
      'file 1.kinds: ["test", "docs"]',
      "file 1.areas: []",
      "file 1.sensitive: false",
      "file 1.ai: false",
      'file 1.verdict: "human"',
      'file 1.verdicts: ["human"]',
      "file 1.acceptance: unknown: no commit of docs/b.test.md counts as AI",
      "file 1.tools: []",
      "file 1.models: []",
      "file 1.added_lines: 5",
      "file 1.deleted_lines: 4",
      "file 1.coverage: unknown: no report measures docs/b.test.md",
      "no file: unknown: no file is changed",
    ],
  },
  {
    says: "one undeclared commit, and nothing else was read",
    subject: () => buildSubject(),
    is: [
      'change.id: "local@base..head"',
      'change.event: "local"',
      "change.repository: unknown: the repository has no remote",
      'change.base: "main"',
      "change.branch: unknown: no branch",
      "change.author: unknown: no pull request was read",
      "change.uncommitted: false",
      "change.size.files: 1",
      "change.size.commits: 1",
      "change.size.added_lines: 10",
      "change.size.deleted_lines: 0",
      "change.files: 1",
      'change.commits[0].sha: "e0996a37c13d44c3b06074939d43fa3759bd32c1"',
      'change.commits[0].verdict: "undeclared"',
      'change.commits[0].acceptance: "unstated"',
      "change.commits[0].tool: unknown: the commit names no known tool",
      "change.commits[0].model: unknown: the commit names no model",
      "change.commits[0].conflict: false",
      "change.commits[0].merge: false",
      "change.commits[0].trailers: []",
      'change.provenance.verdict: "undeclared"',
      'change.provenance.verdicts: ["undeclared"]',
      'change.provenance.acceptance: "unstated"',
      "change.provenance.conflict: false",
      "change.provenance.tools: []",
      "change.provenance.models: []",
      "change.provenance.commits.total: 0",
      "change.provenance.commits.ai: 0",
      "change.provenance.commits.agent_authored: 0",
      "change.provenance.commits.agent_assisted: 0",
      "change.provenance.commits.suggestion: 0",
      "change.provenance.commits.automation: 0",
      "change.provenance.commits.human: 0",
      "change.provenance.commits.undeclared: 0",
      "change.provenance.lines.total: 0",
      "change.provenance.lines.ai: 0",
      "change.provenance.lines.agent_authored: 0",
      "change.provenance.lines.agent_assisted: 0",
      "change.provenance.lines.suggestion: 0",
      "change.provenance.lines.automation: 0",
      "change.provenance.lines.human: 0",
      "change.provenance.lines.undeclared: 0",
      "change.provenance.disagreements: 0",
      "coverage.patch: unknown: no coverage report was given",
      "coverage.ai: unknown: no coverage report was given",
      "coverage.human: unknown: no coverage report was given",
      "coverage.undeclared: unknown: no coverage report was given",
      "coverage.project.before: unknown: no coverage report was given",
      "coverage.project.after: unknown: no coverage report was given",
      "coverage.project.delta: unknown: no coverage report was given",
      "coverage.unmeasured: unknown: no coverage report was given",
      "findings: []",
      "pull_request: unknown: no pull request was read",
      'file 0.path: "src/a.ts"',
      "file 0.previous_path: unknown: src/a.ts was not renamed",
      'file 0.status: "modified"',
      'file 0.type: "text"',
      "file 0.kinds: []",
      "file 0.areas: []",
      "file 0.sensitive: false",
      "file 0.ai: false",
      'file 0.verdict: "undeclared"',
      'file 0.verdicts: ["undeclared"]',
      "file 0.acceptance: unknown: no commit of src/a.ts counts as AI",
      "file 0.tools: []",
      "file 0.models: []",
      "file 0.added_lines: 10",
      "file 0.deleted_lines: 0",
      "file 0.coverage: unknown: no report measures src/a.ts",
      "no file: unknown: no file is changed",
    ],
  },
  {
    says: "nothing is changed",
    subject: () => buildSubject({ commits: [], files: [], base: null }),
    is: [
      'change.id: "local@base..head"',
      'change.event: "local"',
      "change.repository: unknown: the repository has no remote",
      "change.base: unknown: the base branch has no name",
      "change.branch: unknown: no branch",
      "change.author: unknown: no pull request was read",
      "change.uncommitted: false",
      "change.size.files: 0",
      "change.size.commits: 0",
      "change.size.added_lines: 0",
      "change.size.deleted_lines: 0",
      "change.files: []",
      "change.commits: []",
      "change.provenance.verdict: unknown: the change has no commits",
      "change.provenance.verdicts: []",
      'change.provenance.acceptance: "unstated"',
      "change.provenance.conflict: false",
      "change.provenance.tools: unknown: the change has no commits",
      "change.provenance.models: unknown: the change has no commits",
      "change.provenance.commits.total: 0",
      "change.provenance.commits.ai: 0",
      "change.provenance.commits.agent_authored: 0",
      "change.provenance.commits.agent_assisted: 0",
      "change.provenance.commits.suggestion: 0",
      "change.provenance.commits.automation: 0",
      "change.provenance.commits.human: 0",
      "change.provenance.commits.undeclared: 0",
      "change.provenance.lines.total: 0",
      "change.provenance.lines.ai: 0",
      "change.provenance.lines.agent_authored: 0",
      "change.provenance.lines.agent_assisted: 0",
      "change.provenance.lines.suggestion: 0",
      "change.provenance.lines.automation: 0",
      "change.provenance.lines.human: 0",
      "change.provenance.lines.undeclared: 0",
      "change.provenance.disagreements: 0",
      "coverage.patch: unknown: no coverage report was given",
      "coverage.ai: unknown: no coverage report was given",
      "coverage.human: unknown: no coverage report was given",
      "coverage.undeclared: unknown: no coverage report was given",
      "coverage.project.before: unknown: no coverage report was given",
      "coverage.project.after: unknown: no coverage report was given",
      "coverage.project.delta: unknown: no coverage report was given",
      "coverage.unmeasured: unknown: no coverage report was given",
      "findings: []",
      "pull_request: unknown: no pull request was read",
      "no file: unknown: no file is changed",
    ],
  },
])("$says", ({ subject, is }) => expect(seen(subject())).toEqual(is));

const ai = (name: string, acceptance?: Acceptance): CommitSketch => ({
  name,
  verdict: "agent-assisted",
  agent: "codex",
  model: "gpt-5",
  ...(acceptance === undefined ? {} : { acceptance }),
});

test.each<{ says: string; commits: CommitSketch[]; is: string }>([
  { says: "nothing is said", commits: [ai("a"), ai("b", "unstated")], is: '"unstated"' },
  { says: "silence beside an edit weighs as taken as it came", commits: [ai("a"), ai("b", "edited")], is: '"as-is"' },
  { says: "the strictest of two", commits: [ai("a", "rewritten"), ai("b", "edited")], is: '"edited"' },
  { says: "a person's counts for nothing", commits: [{ name: "a" }, ai("b", "rewritten")], is: '"rewritten"' },
  { says: "all that is said", commits: [ai("a", "rewritten")], is: '"rewritten"' },
])("how a file's AI was accepted: $says", ({ commits, is }) => expect(ofFile("acceptance", { commits })).toBe(is));

test.each<{ says: string; field: string; sketch: SubjectSketch; is: string }>([
  { says: "each tool", field: "tools", sketch: { commits: [ai("a"), ai("b")] }, is: '["codex"]' },
  {
    says: "a commit without a tool",
    field: "tools",
    sketch: { commits: [ai("a"), { name: "b", verdict: "agent-assisted" }] },
    is: "unknown: a part of a tool's work names no tool",
  },
  {
    says: "a commit without a model",
    field: "models",
    sketch: { commits: [ai("a"), { name: "b", verdict: "agent-assisted", agent: "codex" }] },
    is: "unknown: a part of a tool's work names no model",
  },
  {
    says: "a mark without a tool says nothing",
    field: "tools",
    sketch: { commits: [{ ...ai("a"), signals: [buildSignal({ agent: null })] }] },
    is: '["codex"]',
  },
  {
    says: "a commit that is not among those of the change",
    field: "tools",
    sketch: {
      commits: [ai("a")],
      files: [{ path: "src/a.ts", commits: ["a", "gone"], verdicts: ["agent-assisted"] }],
    },
    is: '["codex"]',
  },
  ...["verdict", "verdicts", "tools", "models"].map((field) => ({
    says: "a file that no commit touched",
    field,
    sketch: { files: [{ path: "src/a.ts", commits: [], verdicts: [] }] },
    is: "unknown: no commit is known to have touched src/a.ts",
  })),
])("$field of a file: $says", ({ field, sketch: changed, is }) => expect(ofFile(field, changed)).toBe(is));

test("a part of the change that names no tool or model leaves all of it open", () => {
  const subject = buildSubject({ commits: [ai("a"), { name: "b", verdict: "agent-assisted" }] });
  const found = seen(subject).filter((line) => line.includes("names no"));
  expect(found).toEqual(
    expect.arrayContaining([
      "change.provenance.tools: unknown: a part of a tool's work names no tool",
      "change.provenance.models: unknown: a part of a tool's work names no model",
    ]),
  );
});

test("lines count too, and only those of tools", () => {
  const subject = buildSubject({ commits: [ai("a"), { name: "p", verdict: "human" }] });
  const [stretch] = subject.authorship.files.get("src/a.ts") ?? [];
  if (stretch === undefined) throw new Error("nobody wrote the file");
  const byCursor = { ...stretch, writer: { ...stretch.writer, agent: "cursor" } };
  const tools = (files: Subject["authorship"]["files"]) => {
    const judged = judgeChange(policy, { ...subject, authorship: { files } }, sampleVocabulary);
    return judged.files.map((file) => showResult(fileFields(file, judged).get("tools")));
  };
  expect(tools(new Map([["src/a.ts", [byCursor]]]))).toEqual(['["codex", "cursor"]']);
  expect(tools(new Map())).toEqual(['["codex"]']);
});

test("a field that is not there is unknown", () => expect(ofFile("size", {})).toBe("unknown: there is no `size`"));

test("commits that tools and people disagree about are counted, each once", () => {
  const built = buildSubject({ commits: [ai("a"), ai("b")] });
  const disagreements = ["a", "b", "b"].map((name) => ({
    ...{ commit: sampleSha(name), kind: "attested-not-declared" as const, source: "git-ai" as const },
    ...{ aiLines: 3, humanLines: 0, agent: null, model: null },
  }));
  expect(seen({ ...built, provenance: { ...built.provenance, disagreements } })).toContain(
    "change.provenance.disagreements: 2",
  );
});

test("what a report has nothing of is unknown, and told by its name", () => {
  const built = buildSubject({ coverage: buildCoverage({ files: [{ path: "src/a.ts" }], delta: null }) });
  const after = present({ ...counts(5), functions: ratio(1, 2) });
  const project = { ...built.coverage.project, after };
  expect(seen({ ...built, coverage: { ...built.coverage, project } })).toEqual(
    expect.arrayContaining([
      "coverage.project.delta.lines: unknown: one side has no lines that can run",
      "coverage.patch.lines.ratio: unknown: there are no lines that can run",
      "coverage.project.after.functions.ratio: 0.5",
    ]),
  );
});

function ofFile(field: string, changed: SubjectSketch): string {
  const change = judgeChange(policy, buildSubject(changed), sampleVocabulary);
  const [file] = change.files;
  if (file === undefined) throw new Error("the change has no file");
  return showResult(fileFields(file, change).get(field));
}
