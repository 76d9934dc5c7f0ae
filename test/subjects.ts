import { verdicts, type Acceptance, type Authorship, type Verdict } from "../core/change/authorship.ts";
import type { Change, ChangedFile, Commit } from "../core/change/change.ts";
import type { Counts, CoverageReview, FileCoverageChange } from "../core/coverage/coverage-review.ts";
import type { Ratio } from "../core/coverage/report.ts";
import { absent, present } from "../core/evidence.ts";
import type { PullRequest } from "../core/facts.ts";
import type { Finding } from "../core/findings/finding.ts";
import type { Approvals } from "../core/ownership/index.ts";
import type { RuleResult } from "../core/policy/decision.ts";
import {
  fileForms,
  evaluate,
  loadPolicy,
  type Policy,
  type Subject,
  type SubjectFile,
  type Vocabulary,
} from "../core/policy/index.ts";
import type { CommitProvenance, Signal, Trailer } from "../core/provenance/provenance.ts";
import { sampleSha } from "./builders.ts";

/** Sketches of a change, filled up to what the policy is shown. Every part that a sketch leaves out is the plainest one. */

export interface CommitSketch {
  /** Its id is `sampleSha(name)`. */
  name: string;
  verdict?: Verdict;
  trailers?: readonly Trailer[];
  /** Trailers that a later commit declares for it. */
  declared?: readonly Trailer[];
  signals?: readonly Signal[];
  conflict?: boolean;
  agent?: string;
  model?: string;
  acceptance?: Acceptance;
  /** Names of commits; the commit before it unless given. */
  parents?: readonly string[];
}

export interface FileSketch {
  path: string;
  previousPath?: string;
  kind?: ChangedFile["kind"];
  /** Modified unless given. */
  status?: ChangedFile["status"];
  symlinkTarget?: string;
  validUtf8?: boolean;
  /** How many lines it adds, from line 1 on, all by the first commit that touched it. 10 unless given. */
  addedLines?: number;
  /** Names of the commits that touched it; all unless given. */
  commits?: readonly string[];
  /** The verdicts of those commits unless given. */
  verdicts?: readonly Verdict[];
}

export interface SubjectSketch {
  commits?: readonly CommitSketch[];
  files?: readonly FileSketch[];
  coverage?: CoverageReview;
  findings?: readonly Finding[];
  notAnalysed?: Subject["notAnalysed"];
  labels?: readonly string[];
  /** Parts of a pull request; absent unless given. */
  pullRequest?: Partial<PullRequest>;
  /** The head branch's name; absent unless given. */
  branch?: string;
  /** The base branch's name; `main` unless given. */
  base?: string | null;
  event?: Change["event"];
  /** Signals about the change as a whole. */
  signals?: readonly Signal[];
  incomplete?: string[];
  uncommitted?: string;
  /** What became of the approvals; unless given, that nothing of it was read. */
  approvals?: Approvals;
  /** Where the policy stands; null unless given. */
  policyPath?: string;
  checks?: ValueOf<"checks">;
  signatures?: ValueOf<"signatures">;
  statements?: ValueOf<"statements">;
}

/** What a part of the subject holds when it was read. */
type ValueOf<K extends "checks" | "signatures" | "statements"> = Extract<Subject[K], { state: "present" }>["value"];

/** The subject of a sketch: one undeclared commit that adds ten lines to `src/a.ts`, unless told otherwise. */
export function buildSubject(sketch: SubjectSketch = {}): Subject {
  const commits = sketch.commits ?? [{ name: "first" }];
  const files = (sketch.files ?? [{ path: "src/a.ts" }]).map((file) => buildFile(file, commits));
  return {
    change: buildChange(
      sketch,
      commits,
      files.map(({ file }) => file),
    ),
    asOf: "2026-11-21T00:00:00.000Z",
    branch: sketch.branch === undefined ? absent("no branch") : present(sketch.branch),
    pullRequest:
      sketch.pullRequest === undefined ? absent("no pull request was read") : present(buildPullRequest(sketch)),
    approvals: sketch.approvals ?? noApprovals,
    overrides: absent("uses of break-glass were not read"),
    checks: sketch.checks === undefined ? absent("checks were not read") : present(sketch.checks),
    signatures:
      sketch.signatures === undefined ? absent("signatures of commits were not read") : present(sketch.signatures),
    statements:
      sketch.statements === undefined ? absent("signed statements were not read") : present(sketch.statements),
    gateWorkflows: [],
    policyPath: sketch.policyPath ?? null,
    labels:
      sketch.labels === undefined && sketch.pullRequest === undefined
        ? absent("no pull request was read")
        : present(sketch.labels ?? []),
    provenance: {
      commits: commits.map(buildProvenance),
      signals: [...(sketch.signals ?? [])],
      totals: { commits: eachVerdict(() => 0), lines: eachVerdict(() => 0), tools: [] },
      disagreements: [],
      acceptance: "unstated",
    },
    authorship: buildAuthorship(sketch.files ?? [{ path: "src/a.ts" }], commits),
    coverage: sketch.coverage ?? noCoverage("no coverage report was given"),
    coverageByWriter: [],
    findings: sketch.findings ?? [],
    seen: sketch.findings ?? [],
    functions: [],
    notAnalysed: sketch.notAnalysed ?? [],
    files,
  };
}

/** The answers where no review and no person was read. */
export const noApprovals: Approvals = {
  of: ({ area, count }) => ({
    area,
    state: "waiting",
    says: "reviews were not read",
    fix: null,
    have: 0,
    need: count,
    by: [],
    stale: [],
    changesRequestedBy: [],
    unsatisfiable: null,
    candidates: { users: [], teams: [] },
    groups: [],
    considered: [],
  }),
  isAmong: () => "unknown",
  sameContentAt: () => "unknown",
  accountsOf: () => null,
  smallestSet: () => [],
};

/** One signal; by default an `Assisted-by` trailer of a known tool. */
export function buildSignal(rest: Partial<Signal> = {}): Signal {
  return {
    kind: "assisted-by",
    source: "vocabulary",
    agent: "Claude Code",
    model: null,
    class: "trailer",
    strength: "claim",
    verdict: "agent-assisted",
    place: { commit: null, field: "message", line: 3 },
    raw: "Assisted-by: Claude Code",
    ...rest,
  };
}

export interface CoverageSketch {
  files: readonly {
    path: string;
    covered?: readonly number[];
    uncovered?: readonly number[];
    branches?: readonly [covered: number, total: number];
    /** Lines with a branch point of which no arm was taken. */
    open?: readonly number[];
    lost?: readonly number[];
    functions?: FileCoverageChange["functions"];
  }[];
  /** Of the project's lines, -1 to 1; absent unless given. */
  delta?: number | null;
  unmeasured?: readonly string[];
  silentOn?: Partial<CoverageReview["silentOn"]>;
}

/** A coverage review that adds up. */
export function buildCoverage(sketch: CoverageSketch): CoverageReview {
  const files = sketch.files.map((file): FileCoverageChange => {
    const covered = [...(file.covered ?? [])];
    const uncovered = [...(file.uncovered ?? [])];
    const [taken, total] = file.branches ?? [0, 0];
    const lines = { covered: covered.length, total: covered.length + uncovered.length };
    return {
      path: file.path,
      previousPath: null,
      before: absent("the file is new"),
      after: present(counts(lines, { covered: taken, total })),
      patch: counts(lines, { covered: taken, total }),
      coveredAddedLines: covered,
      uncoveredAddedLines: uncovered,
      lostLines: [...(file.lost ?? [])],
      uncoveredAddedBranches: (file.open ?? []).map((line) => ({ line, taken: 0, total: 1 })),
      functions: [...(file.functions ?? [])],
    };
  });
  const none = noCoverage("");
  const delta =
    sketch.delta === undefined ? absent("no report of the base") : present({ lines: sketch.delta, branches: null });
  return {
    ...none,
    patch: present(counts(sum(files.map(({ patch }) => patch.lines)), sum(files.map(({ patch }) => patch.branches)))),
    files,
    project: { ...none.project, delta },
    unmeasured: [...(sketch.unmeasured ?? [])],
    silentOn: { ...none.silentOn, ...sketch.silentOn },
  };
}

/** What a review says when no report was given. */
export function noCoverage(reason: string): CoverageReview {
  const nothing = counts(zero, zero);
  return {
    patch: absent(reason),
    byVerdict: eachVerdict(() => nothing),
    byGroup: { ai: nothing, suggestion: nothing, human: nothing, undeclared: nothing, automation: nothing },
    files: [],
    project: { before: absent(reason), after: absent(reason), delta: absent(reason) },
    baseline: { quality: "missing", reason },
    unmeasured: [],
    silentOn: { branches: [], functions: [] },
    unmatched: [],
  };
}

/** A policy from the text of its rules and areas; throws when it does not load. */
export function buildPolicy(yaml: string): Policy {
  const loaded = loadPolicy(yaml.startsWith("version") ? yaml : `version: 1\n${yaml}`, {
    file: "policy.yml",
    lintRules: sampleLintRules,
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
  return loaded.policy;
}

/** What the first rule of a policy comes to for a sketched change. */
export function firstRule(yaml: string, sketch: SubjectSketch): RuleResult {
  const result = evaluate(buildPolicy(yaml), buildSubject(sketch), sampleVocabulary).rules[0];
  if (result === undefined) throw new Error("the policy has no rule");
  return result;
}

/** Every sentence of a rule's reasons, in their order, with `yes`, `no` or `unknown` in front. */
export function sentences({ reasons }: Pick<RuleResult, "reasons">): string[] {
  return reasons.flatMap((reason) => [`${reason.state}: ${reason.says}`, ...sentences(reason)]);
}

/** Every fix in a rule's reasons, in their order. */
export function fixes({ reasons }: Pick<RuleResult, "reasons">): string[] {
  return reasons.flatMap((reason) => [...(reason.fix === null ? [] : [reason.fix]), ...fixes(reason)]);
}

/** Two lint rules for policies to name. */
export const sampleLintRules = ["swallowed-error", "secret-shaped-text"].map((id) => ({
  id,
  title: id,
  help: "Mend it.",
  confidence: "high" as const,
  severity: { human: "notice" as const, aiEdited: "warning" as const, aiAsIs: "error" as const },
  ...(id === "secret-shaped-text" ? { secret: true as const } : {}),
}));

/** Values that say `malformed` are malformed; `noreply@agent.example` is an agent's address. */
export const sampleVocabulary: Vocabulary = {
  trailerProblem: (_key, value) => (value.includes("malformed") ? "its value is malformed" : null),
  agentIdentity: (identity) => (identity.includes("noreply@agent.example") ? "Agent" : null),
  isSecretRule: (rule) => rule === "secret-shaped-text",
  sameAgent: (name, other) => name.toLowerCase().replaceAll(" ", "-") === other.toLowerCase().replaceAll(" ", "-"),
  weighedBy: (subject) => subject,
};

function buildFile(sketch: FileSketch, commits: readonly CommitSketch[]): SubjectFile {
  const names = sketch.commits ?? commits.map(({ name }) => name);
  const found = new Set(
    commits.filter(({ name }) => names.includes(name)).map(({ verdict }) => verdict ?? "undeclared"),
  );
  const file: ChangedFile = {
    path: sketch.path,
    previousPath: sketch.previousPath ?? null,
    status: sketch.status ?? (sketch.previousPath === undefined ? "modified" : "renamed"),
    kind: sketch.kind ?? "text",
    oldMode: "100644",
    newMode: "100644",
    oldBlob: sampleSha(`old ${sketch.path}`),
    newBlob: sampleSha(`new ${sketch.path}`),
    symlinkTarget: sketch.symlinkTarget ?? null,
    validUtf8: sketch.validUtf8 ?? true,
    hunks: [],
    addedLines: sketch.addedLines ?? 10,
    deletedLines: 0,
  };
  return {
    file,
    pathForms: fileForms(file),
    verdicts: sketch.verdicts ?? verdicts.filter((verdict) => found.has(verdict)),
    commits: names.map(sampleSha),
  };
}

function buildPullRequest({ pullRequest, labels }: SubjectSketch): PullRequest {
  return {
    number: 41,
    author: "ann",
    authorType: "User",
    association: "MEMBER",
    title: "Add a session store",
    body: "",
    draft: false,
    fork: false,
    labels: [...(labels ?? [])],
    agentRequesters: [],
    ...pullRequest,
  };
}

function buildChange(sketch: SubjectSketch, commits: readonly CommitSketch[], files: ChangedFile[]): Change {
  const last = commits.at(-1)?.name ?? "base";
  return {
    id: "local@base..head",
    event: sketch.event ?? "local",
    repository: null,
    base: { name: sketch.base === undefined ? "main" : sketch.base, sha: sampleSha("base") },
    head: { name: null, sha: sampleSha(last) },
    mergeBase: sampleSha("base"),
    uncommitted: sketch.uncommitted === undefined ? null : sampleSha(sketch.uncommitted),
    commits: commits.map((commit, index) => buildCommit(commit, commits[index - 1]?.name ?? "base")),
    files,
    incomplete: sketch.incomplete ?? [],
  };
}

function buildCommit({ name, parents }: CommitSketch, before: string): Commit {
  const person = { name: "Ann", email: "ann@example.com" };
  const at = "2026-11-02T10:00:00+01:00";
  return {
    sha: sampleSha(name),
    parents: (parents ?? [before]).map(sampleSha),
    author: person,
    committer: person,
    authoredAt: at,
    committedAt: at,
    message: name,
    messageProblems: [],
    diffs: [],
    moves: [],
  };
}

function buildProvenance(sketch: CommitSketch): CommitProvenance {
  return {
    sha: sampleSha(sketch.name),
    verdict: sketch.verdict ?? "undeclared",
    acceptance: sketch.acceptance ?? "unstated",
    agent: sketch.agent ?? null,
    model: sketch.model ?? null,
    conflict: sketch.conflict ?? false,
    trailers: [...(sketch.trailers ?? [])],
    signals: [...(sketch.signals ?? [])],
    remediations:
      sketch.declared === undefined ? [] : [{ commit: sampleSha("declaring"), trailers: [...sketch.declared] }],
    sessions: [],
    ruling: null,
  };
}

function buildAuthorship(files: readonly FileSketch[], commits: readonly CommitSketch[]): Authorship {
  const entries = files.map((file) => {
    const names = file.commits ?? commits.map(({ name }) => name);
    const first = commits.find(({ name }) => names.includes(name));
    const end = file.addedLines ?? 10;
    const writer = {
      verdict: first?.verdict ?? "undeclared",
      acceptance: "unstated" as const,
      agent: first?.agent ?? null,
      model: first?.model ?? null,
      commit: first === undefined ? null : sampleSha(first.name),
      evidence: "commit" as const,
      session: null,
    };
    return [file.path, end === 0 ? [] : [{ start: 1, end, writer }]] as const;
  });
  return { files: new Map(entries) };
}

function eachVerdict<T>(value: () => T): Record<Verdict, T> {
  return {
    "agent-authored": value(),
    "agent-assisted": value(),
    suggestion: value(),
    automation: value(),
    human: value(),
    undeclared: value(),
  };
}

const zero: Ratio = { covered: 0, total: 0 };

function counts(lines: Ratio, branches: Ratio): Counts {
  return { lines, branches, functions: zero };
}

function sum(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce(
    (all, { covered, total }) => ({ covered: all.covered + covered, total: all.total + total }),
    zero,
  );
}
