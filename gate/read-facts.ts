import { fetchNotes, notesBudget } from "../adapters/git/fetch-notes.ts";
import { findRecordRefs, type RecordRefs } from "../adapters/git/note-refs.ts";
import type { Remote } from "../adapters/git/remote.ts";
import { readCoverageFiles } from "../adapters/workspace/read-coverage-files.ts";
import { readChange, readLineMap } from "../adapters/git/read-change.ts";
import { readGateWorkflows } from "../adapters/git/read-gate-workflows.ts";
import { readAttributions } from "../adapters/git/read-notes.ts";
import { readRecords } from "../adapters/git/read-records.ts";
import { listPaths } from "../adapters/git/read-tree.ts";
import { resolveCommit, resolveRange, type Range, type RangeRequest } from "../adapters/git/resolve-range.ts";
import { openRepository, type GitRepository } from "../adapters/git/run-git.ts";
import type { Change, Repository } from "../core/change/change.ts";
import type { LineMap } from "../core/change/line-map.ts";
import type { CoverageReport } from "../core/coverage/report.ts";
import { absent, present, type Evidence } from "../core/evidence.ts";
import { tracedCommit, type EarlierVerdict } from "../core/provenance/index.ts";
import { factsVersion, type Facts, type PullRequest } from "../core/facts.ts";
import { unreadFiles } from "../core/lint/index.ts";
import { secretScanner, type SecretScan, type SecretScanner } from "../core/secrets/index.ts";
import type { Stage } from "../core/stage.ts";
import { engine } from "./engine.ts";
import { lintEngineDigest } from "./lint-engine.ts";
import { readLint, type LintedChange } from "./read-lint.ts";
import { readOtherTools, type FindingsInput, type OtherTools } from "./read-other-tools.ts";
import { readEarlier, type EarlierSource } from "./read-earlier.ts";
import { readPolicy, type PolicySource } from "./read-policy.ts";
import { readApprovals, type ApprovalSources } from "./read-approvals.ts";
import { noFloors, readFloors, type FloorSource } from "./read-floors.ts";
import { redactFacts } from "./redact-facts.ts";

/** What a door asks the gate to look at. */
export interface GateInput extends ApprovalSources {
  /** The clone to read, or any folder of it. */
  clone: GitRepository | string;
  range: RangeRequest;
  /** Where the repository lives, when the door knows; else it is read from the remote `origin`. */
  repository: Repository | null;
  pullRequest: Evidence<PullRequest>;
  /** The head branch's name; absent lets the gate ask git. */
  branch: Evidence<string>;
  policy: PolicySource;
  coverage: CoverageInput;
  /** Reports of other tools, of the same runs and in the same folder as the coverage; left out: none was asked for. */
  findings?: FindingsInput;
  /** The server to ask for notes that the clone lacks; left out: nothing is fetched. */
  notesFrom?: Remote;
  /** An earlier reading of the same change, or what one remembers of it; null: none was given. */
  earlier: EarlierSource | Evidence<EarlierVerdict[]> | null;
  /** Recorded decisions of people about verdicts; whoever gives them has checked who may. Left out: none were given. */
  rulings?: Facts["rulings"];
  /** Where policies of other repositories may be taken from; left out: nowhere but from the repository itself. */
  floors?: FloorSource;
}

/** Which report files to read. Patterns are the user's own; they are resolved in `folder`. */
export interface CoverageInput {
  folder: string;
  /** Null: none was asked for. */
  head: readonly string[] | null;
  base: readonly string[] | null;
  /** The commit whose tree was tested; null: the head. In a workflow it is often the merge of head and base. */
  tested: string | null;
  /** The commit at which the base report was made; null: the merge base. */
  baseline: string | null;
}

/** What a door lends the gate: the clock, and how stages are traced. */
export interface GatePorts {
  now: () => Date;
  stage: Stage;
}

/** Reads everything from outside, once. What leaves here holds no secret: free text is redacted before it enters. */
export async function readFacts(input: GateInput, ports: GatePorts): Promise<Facts> {
  const { stage } = ports;
  const opened = typeof input.clone === "string" ? await openRepository(input.clone) : input.clone;
  const range = await stage("resolve range", () => resolveRange(opened, input.range));
  const scan = secretScanner();
  const change = await stage("read change", () => readScannedChange(range, input, scan));
  const refs = await findRecordRefs(range.repository);
  const fetched = await stage("fetch notes", () => fetchLacking(range, input.notesFrom, change, refs));
  const attributions = await stage("read notes", () =>
    readAttributions(
      range.repository,
      change.commits.map((commit) => ({ ...tracedCommit(commit), message: commit.message })),
      range.head.sha,
      fetched,
      refs,
    ),
  );
  const { records, unread } = await stage("read records", () =>
    readRecords(range.repository, change.commits, fetched, refs),
  );
  const policy = await stage("read policy", () => readPolicy(range, input.policy, change));
  const floors = await stage("read floors", () =>
    readFloors(policy.policy, range.repository, change.repository, input.floors ?? noFloors),
  );
  const linted = await stage("lint", () => readLint(range.repository, change));
  const gateWorkflows = await readGateWorkflows(range.repository, range.base.sha, fullName(change.repository));
  const runs = await commitsOfRuns(range, input.coverage, input.range.workTree);
  const coverage = await stage("read coverage", () => readCoverage(range, input.coverage, runs));
  const others = await readFindings(range, change, input, runs, stage);
  const facts: Facts = {
    version: factsVersion,
    asOf: ports.now().toISOString(),
    engine,
    change,
    branch: branchOf(input, range),
    pullRequest: input.pullRequest,
    ...policy,
    ...coverage,
    ...analyses(scan.result(), change, linted, others),
    functions: linted.functions,
    lintEngine: lintEngineDigest(),
    attributions,
    earlier: await earlierOf(input.earlier, change),
    records,
    ...(unread.length === 0 ? {} : { unreadRecords: unread }),
    rulings: input.rulings ?? absent("no decision of a person about a verdict was given"),
    agentRuns: absent("no record of a coding-agent run was read"),
    ...(await readApprovals(input, range, change, { ...policy, floors, gateWorkflows }, stage)),
    floors,
    gateWorkflows,
  };
  return stage("redact", () => redactFacts(facts));
}

function earlierOf(earlier: GateInput["earlier"], { id }: Change): Promise<Facts["earlier"]> | Facts["earlier"] {
  return earlier !== null && "state" in earlier ? earlier : readEarlier(earlier, id);
}

function fullName(repository: Repository | null): string | null {
  return repository === null ? null : `${repository.owner}/${repository.name}`;
}

async function fetchLacking(range: Range, remote: Remote | undefined, { commits }: Change, refs: RecordRefs) {
  return remote === undefined ? null : fetchNotes(range.repository, remote, commits, range.head.sha, notesBudget, refs);
}

function readScannedChange(range: Range, input: GateInput, scan: SecretScanner): Promise<Change> {
  const number = input.pullRequest.state === "present" ? { number: input.pullRequest.value.number } : {};
  return readChange(range, {
    ...number,
    ...(input.repository === null ? {} : { repository: input.repository }),
    onAddedLine: (path, line, text) => scan.addLine(path, line, text.toString("utf8")),
    onCommitLine: (commit, path, line, text) => scan.addCommitLine(commit, path, line, text.toString("utf8")),
  });
}

function branchOf(input: GateInput, range: Range): Evidence<string> {
  if (input.branch.state === "present") return input.branch;
  return range.branch === null ? input.branch : present(range.branch);
}

function analyses(
  scan: SecretScan,
  change: Change,
  linted: LintedChange,
  others: OtherTools,
): Pick<Facts, "rawFindings" | "notAnalysed"> {
  return {
    rawFindings: [...scan.findings, ...linted.findings, ...others.findings],
    notAnalysed: [...scan.notAnalysed, ...unreadFiles(change), ...linted.notAnalysed, ...others.notAnalysed],
  };
}

async function readFindings(
  range: Range,
  change: Change,
  { findings, coverage: { folder } }: GateInput,
  runs: RunCommits,
  stage: Stage,
): Promise<OtherTools> {
  if (findings === undefined || (findings.head ?? findings.base) === null) return { findings: [], notAnalysed: [] };
  return stage("read other tools", () => readOtherTools(range, change, findings, { folder, ...runs }));
}

/** The commits at which tests and tools ran. */
interface RunCommits {
  tested: string;
  baseline: string;
  /** The commit whose files lie in the working folder: what it tracks is no report of a run. */
  checkedOut: string;
}

async function commitsOfRuns({ repository, ...range }: Range, input: CoverageInput, workTree: boolean) {
  const tested =
    input.tested === null ? range.head.sha : await resolveCommit(repository, input.tested, "tested commit");
  const baseline =
    input.baseline === null
      ? range.mergeBase
      : await resolveCommit(repository, input.baseline, "--base-coverage-commit");
  // Uncommitted work holds what the tests have just written; what is committed is at HEAD.
  const checkedOut = workTree ? await resolveCommit(repository, "HEAD", "HEAD") : tested;
  return { tested, baseline, checkedOut };
}

async function readCoverage(
  range: Range,
  input: CoverageInput,
  { tested, baseline, checkedOut }: RunCommits,
): Promise<Pick<Facts, "coverage" | "lineMaps">> {
  const { repository } = range;
  const read = (side: "head" | "base", tree: string, without: string) =>
    readReport(repository, input, { side, tree, checkedOut, without });
  const head = await read("head", tested, "no coverage report was given");
  const base = await read("base", baseline, "no coverage report of the base was given");
  const lineMaps: LineMap[] = [];
  const headRef = { name: "head", sha: range.head.sha };
  if (head.state === "present" && tested !== range.head.sha)
    lineMaps.push(await readLineMap(repository, { name: "tested", sha: tested }, headRef));
  if (base.state === "present" && baseline !== range.mergeBase)
    lineMaps.push(await readLineMap(repository, { name: "baseline", sha: baseline }, headRef));
  return { coverage: { head, base }, lineMaps };
}

interface ReportRequest {
  side: "head" | "base";
  /** The commit that the report is of. */
  tree: string;
  /** The commit whose files lie in the working folder: what it tracks is no report of a run. */
  checkedOut: string;
  /** Why there is no report when none was named. */
  without: string;
}

async function readReport(
  repository: GitRepository,
  input: CoverageInput,
  { side, tree, checkedOut, without }: ReportRequest,
): Promise<Evidence<CoverageReport>> {
  const patterns = input[side];
  if (patterns === null) return absent(without);
  const pathsAt = (commit: string) => listPaths(repository, commit);
  return readCoverageFiles({
    patterns,
    cwd: input.folder,
    repositoryRoot: repository.workTree ?? input.folder,
    treePaths: await pathsAt(tree),
    tree,
    ...(repository.workTree === null ? {} : { tracked: { side, paths: await pathsAt(checkedOut) } }),
  });
}
