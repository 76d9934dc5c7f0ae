import * as z from "zod";
import { verdicts, type Verdict, type WrittenLines } from "../change/authorship.ts";
import { absent, mapEvidence } from "../evidence.ts";
import {
  agentOfIdentity,
  declaredWriter,
  parseIdentity,
  promptsOf,
  ProvenanceRecord,
  recordVersion,
  strengths,
  type CiRun,
  type CommitProvenance,
  type Signal,
  type Trailer,
} from "../provenance/index.ts";
import { jsonText } from "../json-text.ts";
import { inertJson, inertText, isMachineWord, redact, redactDeep } from "../untrusted/index.ts";
import { aiReasonOf, allWritten } from "./ai-counts.ts";
import { repeatableText } from "./claims.ts";
import type { Review } from "./review.ts";
import { aiLines, aiTests } from "./rows.ts";

/** What a door knows of the run that a review does not say. */
export interface RecordSource {
  /** The instant at which the facts were read, ISO 8601. */
  createdAt: string;
  ci: CiRun | null;
}

/**
 * The record of a reviewed change: closed words, numbers, paths and ids. Pure, so the same review gives the same record.
 * Free text of the change is left out, or named by its length and digest.
 */
export function provenanceRecord(given: Review, { createdAt, ci }: RecordSource): ProvenanceRecord {
  const review = redactDeep(given);
  const { change, provenance, decision, coverage } = review;
  return ProvenanceRecord.parse({
    version: recordVersion,
    changeId: repeatableText(change.id),
    evaluationId: repeatableText(decision.evaluationId),
    repository: change.repository,
    branch: word(change.branch),
    base: { name: word(change.base.name), sha: change.base.sha },
    head: { name: word(change.head.name), sha: change.head.sha },
    mergeBase: change.mergeBase,
    complete: change.incomplete.length === 0,
    commits: recordedCommits(review),
    files: recordedFiles(review),
    leftOut: { commits: 0, files: 0, prompts: 0 },
    totals: {
      commits: provenance.totals.commits,
      lines: provenance.totals.lines,
      countsAsAi: review.countsAsAi,
      aiLines: aiLines(review).covered,
    },
    tools: provenance.totals.tools.map((tool) => ({ ...tool, version: modelVersion(tool.model) })),
    prompts: prompts(provenance.commits),
    acceptance: provenance.acceptance,
    acceptanceRate: acceptanceRate(review),
    disagreements: provenance.disagreements.map(({ commit, kind, source, aiLines: byTools, humanLines }) => {
      return { commit, kind, source, aiLines: byTools, humanLines };
    }),
    diff: {
      files: change.files.length,
      addedLines: change.addedLines,
      deletedLines: change.deletedLines,
      folders: topFolders(change.files),
    },
    validated: validated(provenance.commits),
    reviewers: reviewers(provenance.commits),
    ci,
    policy: { source: decision.policy.source, mode: decision.policy.mode, digest: decision.policy.digest },
    decision: {
      state: decision.state,
      enforced: decision.enforced,
      rules: decision.rules.map(({ id, mode, state, floor }) => {
        return {
          id: repeatableText(id),
          mode,
          state,
          ...(floor === null ? {} : { floor: repeatableText(floor) }),
        };
      }),
      ...recordedExceptions(decision),
    },
    coverage: coverageSummary(review, coverage),
    findings: findings(review),
    engine: review.engine,
    createdAt: repeatableText(createdAt),
  });
}

/** The record as the text of a file or a note: keys in the order of the schema, harmless on a terminal, a line break at the end. */
export function renderRecord(record: ProvenanceRecord): string {
  return inertJson(jsonText(ProvenanceRecord.parse(record), 3));
}

/** The JSON Schema of a record, for docs/record.schema.json. */
export function recordJsonSchema(): object {
  const title = "Countersign provenance record";
  const description = "What is known about one change, in small: version 1.";
  return { ...z.toJSONSchema(ProvenanceRecord, { target: "draft-2020-12" }), title, description };
}

/** That an exception let something through is part of what was decided; its reason is free text and is not. */
function recordedExceptions({ waivers, override }: Review["decision"]): Partial<ProvenanceRecord["decision"]> {
  const used = waivers.filter(({ exempts }) => exempts.length > 0);
  const ids = used.map(({ id, expires }) => ({ id: repeatableText(id), expires: repeatableText(expires) }));
  return {
    ...(ids.length === 0 ? {} : { waivers: ids }),
    ...(override === null
      ? {}
      : { override: { by: repeatableText(override.by), until: repeatableText(override.until) } }),
  };
}

function word(text: string | null): string | null {
  return text === null ? null : repeatableText(text);
}

function recordedCommits({ change, provenance }: Review): ProvenanceRecord["commits"] {
  const lines = new Map(change.commits.map(({ sha, addedLines }) => [sha, addedLines]));
  return provenance.commits.map((commit) => ({
    sha: commit.sha,
    verdict: commit.verdict,
    declared: declaredWriter(commit, provenance.signals).verdict,
    strength: strengthOf(commit, provenance.signals),
    acceptance: commit.acceptance,
    agent: commit.agent,
    model: commit.model,
    prompts: promptsOf(commit),
    sessions: commit.sessions.map(repeatableText),
    conflict: commit.conflict,
    lines: lines.get(commit.sha) ?? 0,
  }));
}

function strengthOf({ verdict, signals }: CommitProvenance, ofChange: readonly Signal[]): Signal["strength"] | null {
  const giving = [...signals, ...ofChange].filter((signal) => signal.verdict === verdict);
  return strengths.find((strength) => giving.some((signal) => signal.strength === strength)) ?? null;
}

/** What stands in a commit's trailers, and in those of later commits that speak for it. */
function valuesOf({ trailers, remediations }: CommitProvenance, key: string): string[] {
  const all: Trailer[] = [...trailers, ...remediations.flatMap((remediation) => remediation.trailers)];
  return all.filter((trailer) => trailer.key.toLowerCase() === key).map(({ value }) => value.trim());
}

function prompts(commits: readonly CommitProvenance[]): ProvenanceRecord["prompts"] {
  const counts = new Map<string, number>();
  for (const commit of commits)
    for (const fingerprint of promptsOf(commit)) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return [...counts].map(([fingerprint, count]) => ({ fingerprint, commits: count }));
}

function recordedFiles({ change }: Review): ProvenanceRecord["files"] {
  return change.files.map(({ path, addedLines, deletedLines, written }) => ({
    path,
    addedLines,
    deletedLines,
    lines: linesOf(written),
  }));
}

function linesOf(written: readonly WrittenLines[]): ProvenanceRecord["files"][number]["lines"] {
  const lines: ProvenanceRecord["files"][number]["lines"] = {};
  for (const verdict of verdicts) {
    const ranges = rangesOf(written, verdict);
    if (ranges !== "") lines[verdict] = ranges;
  }
  return lines;
}

/** `3-5,9`: neighbours that differ only in their commit are one range. */
function rangesOf(written: readonly WrittenLines[], verdict: Verdict): string {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end, writer } of written) {
    if (writer.verdict !== verdict) continue;
    const last = ranges.at(-1);
    if (last?.end === start - 1) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges.map(({ start, end }) => (start === end ? `${start}` : `${start}-${end}`)).join(",");
}

/**
 * The version in a model's name: `4-5` of `claude-opus-4-5`, `5.3` of `gpt-5.3-codex`. Null when there is none: the tool's
 * own version is in no evidence that we read.
 */
export function modelVersion(model: string | null): string | null {
  const words = (model ?? "").split(/[ /-]/);
  const from = words.findIndex((part) => /^v?\d/i.test(part));
  if (from === -1) return null;
  const after = words.slice(from + 1).findIndex((part) => !/^\d{1,2}$/.test(part));
  const version = words.slice(from, after === -1 ? undefined : from + 1 + after).join("-");
  return isMachineWord(version) ? version : null;
}

/** Of the lines that count as AI: how many state how they were taken over, and how many were taken whole (as-is or edited). */
function acceptanceRate(review: Review): ProvenanceRecord["acceptanceRate"] {
  const counts = { aiLines: 0, stated: 0, accepted: 0 };
  for (const stretch of allWritten(review)) {
    const { start, end, writer } = stretch;
    if (aiReasonOf(review, stretch) === null) continue;
    const lines = end - start + 1;
    counts.aiLines += lines;
    if (writer.acceptance !== "unstated") counts.stated += lines;
    if (writer.acceptance === "as-is" || writer.acceptance === "edited") counts.accepted += lines;
  }
  const rate = counts.stated === 0 ? null : Math.round((counts.accepted / counts.stated) * 10_000) / 10_000;
  return { ...counts, rate };
}

const mostFolders = 10;

function topFolders(files: Review["change"]["files"]): ProvenanceRecord["diff"]["folders"] {
  const groups = Map.groupBy(files, ({ path }) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "."));
  const folders = [...groups].map(([path, within]) => ({
    path,
    files: within.length,
    addedLines: within.reduce((sum, file) => sum + file.addedLines, 0),
    deletedLines: within.reduce((sum, file) => sum + file.deletedLines, 0),
  }));
  const lines = (folder: (typeof folders)[number]) => folder.addedLines + folder.deletedLines;
  return folders.sort((a, b) => lines(b) - lines(a) || (a.path < b.path ? -1 : 1)).slice(0, mostFolders);
}

const validations = ["lint", "manual", "security", "tests", "types"] as const;

/** What stands before the `;`; what follows is free text. */
function validated(commits: readonly CommitProvenance[]): ProvenanceRecord["validated"] {
  const values = commits.flatMap((commit) => valuesOf(commit, "ai-validated"));
  const said = new Set(
    values.flatMap((value) => (value.split(";")[0] ?? "").toLowerCase().split(",")).map((each) => each.trim()),
  );
  return validations.filter((each) => said.has(each));
}

/** More reviewers than these is a message made to flood. */
const mostReviewers = 100;

/** By mailbox, which is one word; a tool is no reviewer, and what is no mailbox is not repeated. */
function reviewers(commits: readonly CommitProvenance[]): string[] {
  const people = commits
    .flatMap((commit) => valuesOf(commit, "reviewed-by"))
    .filter((value) => agentOfIdentity(value) === null);
  const mailboxes = people
    .map((value) => parseIdentity(value).email.toLowerCase())
    .filter((mail) => mail.includes("@") && isMachineWord(mail) && redact(mail) === mail);
  return [...new Set(mailboxes)].sort().slice(0, mostReviewers);
}

function coverageSummary(review: Review, { patch }: Review["coverage"]): ProvenanceRecord["coverage"] {
  if (patch.state === "absent") {
    // A reason is a sentence of ours and may hold a path of the change.
    const none = absent(inertText(patch.reason, { maxGraphemes: 300 }));
    return { patch: none, aiLines: none };
  }
  const tests = aiTests(review);
  return {
    patch: mapEvidence(patch, ({ lines, branches }) => ({ lines, branches })),
    aiLines:
      tests === null ? absent("no report measures a line that counts as AI") : { state: "present", value: tests },
  };
}

function findings(review: Review): ProvenanceRecord["findings"] {
  const counts = new Map<string, ProvenanceRecord["findings"][number]>();
  for (const { rule, severity } of review.findings) {
    const key = `${rule} ${severity}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { rule: repeatableText(rule), severity, count: 1 });
    else known.count += 1;
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}
