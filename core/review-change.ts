import type { AiAnswer, AiJudgement, NotByVerdict } from "./change/ai-judgement.ts";
import { verdicts, type Authorship, type Verdict } from "./change/authorship.ts";
import type { Change, Commit } from "./change/change.ts";
import { addedByCommit, addedLinesByCommit, linesByCommit, ownLinesByMerge } from "./change/commit-lines.ts";
import { commitsByFile } from "./change/commits-by-file.ts";
import { lineOrigins, type LineOrigins } from "./change/line-origins.ts";
import { linkedFiles } from "./change/linked-files.ts";
import { findCoverage, reviewCoverage } from "./coverage/index.ts";
import { mapEvidence } from "./evidence.ts";
import type { Facts } from "./facts.ts";
import { inOrder } from "./facts-order.ts";
import type { FilterMode } from "./findings/index.ts";
import { findOddPaths } from "./lint/index.ts";
import { approvalsOf, commitSigners, commitsOfMember } from "./ownership/index.ts";
import {
  areasOf,
  decide,
  digestOf,
  fileForms,
  judgeAi,
  markedFindings,
  usePolicy,
  type Decision,
  type Policy,
  type Subject,
  type SubjectFile,
  type UsedPolicy,
} from "./policy/index.ts";
import {
  authorship as authorshipOf,
  changeProvenance,
  findProvenance,
  provenanceTotals,
  type ChangeProvenance,
  type KnownLines,
} from "./provenance/index.ts";
import { headPlaces, reviewVersion, type LintReport, type Review } from "./report/index.ts";
import { reviewNotes } from "./review-notes.ts";
import { allLintRules, allToolNames } from "./rules.ts";
import { countedFindings, isCodeRule, vocabulary } from "./vocabulary.ts";

/**
 * From facts to everything that was found and decided. Synchronous and pure: the same facts give the same review, to
 * the byte. It wires the rooms and does not think. Throws a `Problem` when the policy cannot be used.
 * `engine` is what decides: another one than what read the facts when old facts are replayed. `loaded` is the policy of
 * these facts, for whoever decides on many facts under the same one; loading takes longer than deciding.
 */
export function reviewChange(given: Facts, engine: Facts["engine"] = given.engine, loaded?: UsedPolicy): Review {
  const facts = inOrder(given);
  const used = loaded ?? usePolicy(facts, allLintRules, allToolNames);
  const origins = lineOrigins(facts.change);
  const linesOf = linesByCommit(origins);
  const subject = buildSubject(facts, origins, used.policy);
  const decision = decide({
    policy: used.policy,
    source: used.source,
    subject,
    vocabulary,
    factsDigest: factsDigest(facts),
    engine,
  });
  return {
    version: reviewVersion,
    engine,
    change: reviewedChange(facts, subject, linesOf, used.policy),
    provenance: subject.provenance,
    countsAsAi: verdicts.filter((verdict) => used.policy.provenance.countsAsAi.includes(verdict)),
    coverage: subject.coverage,
    findings: markedFindings(used.policy, subject, vocabulary),
    notAnalysed: facts.notAnalysed,
    decision,
    notes: [...used.notes, ...reviewNotes(facts, { policy: used.policy, decision, subject, vocabulary })],
  };
}

/**
 * The decision alone, for whoever tries many policies on the same facts. It has no id of its own: the digest of the facts
 * takes longer than deciding.
 */
export function tryDecision(given: Facts, { policy, source }: UsedPolicy): Decision {
  const facts = inOrder(given);
  const subject = buildSubject(facts, lineOrigins(facts.change), policy);
  return decide({ policy, source, subject, vocabulary, factsDigest: "", engine: facts.engine });
}

/**
 * What a policy is asked about, of these facts, and the policy: for whoever explains a decision rather than makes one.
 * Throws as `reviewChange` does.
 */
export function subjectOf(given: Facts): { subject: Subject; policy: Policy } {
  const facts = inOrder(given);
  const { policy } = usePolicy(facts, allLintRules, allToolNames);
  return { policy, subject: buildSubject(facts, lineOrigins(facts.change), policy) };
}

/**
 * What the patterns saw of these facts, weighed under their policy, and no other signal: for whoever asks for findings
 * alone. `filter` says which count, in place of the policy's.
 */
export function lintReport(given: Facts, filter: FilterMode | null): LintReport {
  const facts = inOrder(given);
  const { policy } = usePolicy(facts, allLintRules, allToolNames);
  const subject = buildSubject(facts, lineOrigins(facts.change), policy, filter);
  const { change } = facts;
  const ai = judgeAi(policy, subject);
  const files = subject.files.map((file) => reviewedFile(file, subject.authorship, policy, ai));
  return {
    engine: facts.engine,
    findings: markedFindings(policy, subject, vocabulary).filter(({ rule }) => isCodeRule(rule)),
    notAnalysed: facts.notAnalysed,
    change: {
      repository: change.repository,
      head: change.head.sha,
      places: headPlaces({ change: { files } }),
      incomplete: change.incomplete,
    },
  };
}

/** The values of all signals for one change, findings weighed by who wrote the line. */
function buildSubject(facts: Facts, origins: LineOrigins, policy: Policy, filter: FilterMode | null = null): Subject {
  const { change } = facts;
  const { provenance, authorship } = whoWrote(facts, origins);
  const files = subjectFiles(change, authorship, provenance);
  const ai = judgeAi(policy, { files, provenance });
  const { review: coverage, byWriter: coverageByWriter } = reviewCoverage({
    change,
    coverage: facts.coverage,
    lineMaps: facts.lineMaps,
    authorship,
    ai,
  });
  const seen = [
    ...facts.rawFindings,
    ...findOddPaths(change),
    ...findProvenance(change, provenance),
    ...findCoverage(coverage, change),
  ];
  const { functions } = facts;
  const lint = filter === null ? policy.lint : { ...policy.lint, filter };
  const findings = countedFindings({ seen, functions, change, authorship, provenance }, ai, lint);
  const labels = mapEvidence(facts.pullRequest, (pullRequest) => pullRequest.labels);
  return {
    change,
    asOf: facts.asOf,
    branch: facts.branch,
    pullRequest: facts.pullRequest,
    labels,
    provenance,
    authorship,
    coverage,
    coverageByWriter,
    findings,
    seen,
    functions,
    files,
    notAnalysed: facts.notAnalysed,
    approvals: approvalsOf({ ...facts, commitsOfFile: commitsByFile(change) }),
    overrides: facts.overrides,
    checks: facts.checks,
    signatures: facts.signatures,
    statements: facts.statements,
    gateWorkflows: facts.gateWorkflows,
    policyPath: facts.policy.state === "present" ? facts.policy.value.path : null,
  };
}

/** The verdict per commit and per line; lines are counted by who wrote each one. */
function whoWrote(facts: Facts, origins: LineOrigins): { provenance: ChangeProvenance; authorship: Authorship } {
  const { change, branch, pullRequest, attributions, earlier, rulings } = facts;
  const records = attributions.state === "present" ? attributions.value : [];
  const read = changeProvenance({
    commits: change.commits,
    branch,
    pullRequest,
    members: membersOf(facts),
    signersOf: commitSigners(facts),
    attributions,
    earlier,
    records: facts.records,
    rulings,
    linesByCommit: linesByCommit(origins),
    ...(records.length === 0 ? {} : knownLines(change.commits, origins)),
  });
  const authorship = authorshipOf(origins, read, records);
  return { provenance: { ...read, totals: provenanceTotals(read.commits, authorship) }, authorship };
}

function membersOf({ mergeGroup, change }: Facts) {
  const members = mergeGroup.state === "present" ? mergeGroup.value : [];
  return members.map((member) => ({ ...member, commits: commitsOfMember(member.head, change.commits) }));
}

function knownLines(commits: readonly Commit[], origins: LineOrigins): KnownLines {
  return {
    addedLinesByCommit: addedLinesByCommit(commits),
    addedByCommit: addedByCommit(commits),
    ownLinesByMerge: ownLinesByMerge(commits, origins),
  };
}

function subjectFiles(change: Change, authorship: Authorship, provenance: ChangeProvenance): SubjectFile[] {
  const touching = commitsByFile(change);
  const verdictOf = new Map(provenance.commits.map(({ sha, verdict }) => [sha, verdict]));
  return linkedFiles(change.files).map((file) => {
    const commits = touching.get(file.path) ?? [];
    const ofCommits = commits.flatMap((sha) => verdictOf.get(sha) ?? []);
    const ofLines = (authorship.files.get(file.path) ?? []).map(({ writer }) => writer.verdict);
    const present = new Set([...ofCommits, ...ofLines]);
    return {
      file,
      pathForms: fileForms(file),
      verdicts: verdicts.filter((verdict) => present.has(verdict)),
      commits,
    };
  });
}

function reviewedChange(
  facts: Facts,
  subject: Subject,
  lines: ReadonlyMap<string | null, number>,
  policy: Policy,
): Review["change"] {
  const { change } = facts;
  const ai = judgeAi(policy, subject);
  return {
    id: change.id,
    event: change.event,
    repository: change.repository,
    base: change.base,
    head: change.head,
    mergeBase: change.mergeBase,
    branch: facts.branch.state === "present" ? facts.branch.value : null,
    uncommitted: change.uncommitted,
    commits: change.commits.map(({ sha, message, author, authoredAt }) => ({
      sha,
      subject: message.split("\n", 1)[0] ?? "",
      author,
      authoredAt,
      addedLines: lines.get(sha) ?? 0,
      ...beyondVerdict(ai.ofCommit(sha)),
    })),
    files: subject.files.map((file) => reviewedFile(file, subject.authorship, policy, ai)),
    addedLines: sum(change.files.map((file) => file.addedLines)),
    deletedLines: sum(change.files.map((file) => file.deletedLines)),
    incomplete: change.incomplete,
  };
}

function reviewedFile(
  subjectFile: SubjectFile,
  authorship: Authorship,
  policy: Policy,
  ai: AiJudgement,
): Review["change"]["files"][number] {
  const { path, previousPath, status, kind, addedLines, deletedLines } = subjectFile.file;
  const written = (authorship.files.get(path) ?? []).map((stretch) => ({
    ...stretch,
    ...beyondVerdict(ai.ofLine(path, stretch.writer)),
  }));
  const linesOf = (verdict: Verdict) =>
    sum(written.filter(({ writer }) => writer.verdict === verdict).map(({ start, end }) => end - start + 1));
  return {
    path,
    previousPath,
    status,
    kind,
    addedLines,
    deletedLines,
    linesByVerdict: {
      "agent-authored": linesOf("agent-authored"),
      "agent-assisted": linesOf("agent-assisted"),
      suggestion: linesOf("suggestion"),
      automation: linesOf("automation"),
      human: linesOf("human"),
      undeclared: linesOf("undeclared"),
    },
    written,
    areas: areasOf(policy, subjectFile),
  };
}

/** A report says what the list of verdicts that count does not say by itself. */
function beyondVerdict(answer: AiAnswer): { ai?: NotByVerdict } {
  return answer === "verdict" || answer === "no" ? {} : { ai: answer };
}

/** sha256 of the facts without the instant of reading, so that reading again gives the same id. */
function factsDigest(facts: Facts): string {
  return digestOf({ ...facts, asOf: null });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
