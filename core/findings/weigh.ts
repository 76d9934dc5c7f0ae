import { createHash } from "node:crypto";
import type { AiAnswer, AiJudgement } from "../change/ai-judgement.ts";
import {
  isByAgent,
  verdicts,
  type Acceptance,
  type Authorship,
  type Verdict,
  type Writer,
} from "../change/authorship.ts";
import type { Finding, LintRule, Place, RawFinding, Severity } from "./finding.ts";
import { severities } from "./finding.ts";
import { ruleOfOtherTool, saysOtherTool } from "./other-tools/weight.ts";

/** What a finding's weight depends on, beside the finding. */
export interface Scales {
  rules: readonly LintRule[];
  /** What a policy makes of the severities of another tool's rule, which is in no list; left out: nothing. */
  given?: (rule: LintRule) => LintRule;
  authorship: Authorship;
  /** The writer of a commit of the change, for findings about a commit. */
  writerOfCommit: (sha: string) => Writer | null;
  /** What counts as AI under the policy. */
  ai: AiJudgement;
}

/**
 * Weighs what was seen by who wrote it: looks up the writer, picks the severity column, says why, and gives every
 * finding a fingerprint that survives moves. Most severe first, then by place; a raw finding of a rule that is not in
 * the list and is no other tool's throws, because it could be neither named nor waived.
 */
export function weighFindings(raw: readonly RawFinding[], scales: Scales): Finding[] {
  const rules = new Map(scales.rules.map((rule) => [rule.id, rule]));
  const occurrences = new Map<string, number>();
  return [...raw]
    .sort(
      (a, b) =>
        compareText(placeKey(a.place), placeKey(b.place)) ||
        compareText(a.rule, b.rule) ||
        compareText(a.identity, b.identity) ||
        compareText(a.message, b.message),
    )
    .map((finding) => {
      const rule = rules.get(finding.rule) ?? otherRule(finding, scales);
      if (rule === null) throw new Error(`no lint rule is called ${finding.rule}`);
      const { writer, column } = weighPlace(finding.place, scales);
      return {
        ...finding,
        severity: rule.severity[column.name],
        severityReason: `${rule.severity[column.name]} because ${column.reason}${saysOtherTool(finding)}`,
        confidence: rule.confidence,
        help: rule.help,
        writer,
        fingerprint: fingerprint(finding, occurrences),
        waivedBy: null,
      };
    })
    .sort((a, b) => compareSeverity(a.severity, b.severity));
}

function otherRule(finding: RawFinding, { given }: Scales): LintRule | null {
  const rule = ruleOfOtherTool(finding);
  return rule === null || given === undefined ? rule : given(rule);
}

/** Negative when `a` is the more severe. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

/** Who is answerable for a place, and the column that follows. */
interface Weight {
  writer: Writer | null;
  column: Column;
}

function weighPlace(place: Place, scales: Scales): Weight {
  switch (place.kind) {
    case "lines":
      return strictest(writersBetween(place.path, place.start, place.end, scales));
    case "file":
      return strictest(writersBetween(place.path, 1, Infinity, scales));
    case "commit": {
      const writer = scales.writerOfCommit(place.sha);
      return writer === null ? nobody : { writer, column: severityColumn(writer, scales.ai.ofCommit(place.sha)) };
    }
    case "change":
      return nobody;
  }
}

function writersBetween(path: string, start: number, end: number, { authorship, ai }: Scales): Answerable[] {
  const stretches = authorship.files.get(path) ?? [];
  return stretches
    .filter((stretch) => stretch.start <= end && stretch.end >= start)
    .map(({ writer }) => ({ writer, column: severityColumn(writer, ai.ofLine(path, writer)) }));
}

interface Answerable extends Weight {
  writer: Writer;
}

/**
 * A function of forty lines with one line by a tool is a function that a tool had a hand in: of several writers the
 * one counts who is weighed most strictly, then the one with the strongest evidence, then the first.
 */
function strictest(writers: readonly Answerable[]): Weight {
  const rank = ({ column }: Answerable) => columns.indexOf(column.name);
  const evidence = ({ writer }: Answerable) => verdicts.indexOf(writer.verdict);
  return writers.toSorted((a, b) => rank(a) - rank(b) || evidence(a) - evidence(b))[0] ?? nobody;
}

const columns: readonly (keyof LintRule["severity"])[] = ["aiAsIs", "aiEdited", "human"];

interface Column {
  name: keyof LintRule["severity"];
  reason: string;
}

const nobody: Weight = { writer: null, column: { name: "human", reason: "no one writer is known" } };

/** Which severity column applies: whether it counts as AI, and how it was taken over. */
export function severityColumn(writer: Writer, answer: AiAnswer): Column {
  const from = writer.agent === null ? "" : ` from ${writer.agent}`;
  if (answer === "left-out") return { name: "human", reason: "the policy leaves the file out of provenance" };
  if (answer === "claim") return { name: "aiAsIs", reason: claimReason(writer.verdict) };
  if (writer.verdict === "suggestion")
    return { name: "aiEdited", reason: `it is an accepted review suggestion${from}` };
  if (answer === "no") return { name: "human", reason: humanReasons[writer.verdict] };
  if (answer === "silence") return { name: "aiAsIs", reason: "nobody declared it, and the area counts silence as AI" };
  if (edited.includes(writer.acceptance))
    return { name: "aiEdited", reason: `a person edited it after taking it${from}` };
  if (!isByAgent(writer.verdict))
    return { name: "aiAsIs", reason: `${humanReasons[writer.verdict]}, which the policy counts as AI` };
  return { name: "aiAsIs", reason: `${asIsReasons[writer.acceptance]}${from}` };
}

/** How a tool's work was taken over is nothing to ask where no tool is known, and nobody's word lowers what silence has. */
function claimReason(verdict: Verdict): string {
  const counts = "and the area counts that as AI like silence";
  if (verdict === "suggestion") return `a tool suggested it, ${counts}`;
  const writer = verdict === "automation" ? "a tool without AI" : "a person";
  return `only its own word says that ${writer} wrote it, ${counts}`;
}

const edited: readonly Acceptance[] = ["edited", "rewritten"];

const asIsReasons: Record<Acceptance, string> = {
  "as-is": "it was accepted as it came",
  partial: "it was accepted in part as it came",
  unstated: "it was written with a tool and nobody says that it was edited",
  edited: "",
  rewritten: "",
};

const humanReasons: Record<Verdict, string> = {
  "agent-authored": "the policy does not count its author as AI",
  "agent-assisted": "the policy does not count its author as AI",
  suggestion: "",
  automation: "automation wrote it",
  human: "a person declares to have written it",
  undeclared: "nobody says who wrote it",
};

/** 32 hex digits over rule, path, identity and the how-many-eth of those: never the line number. */
function fingerprint(finding: RawFinding, occurrences: Map<string, number>): string {
  const path = "path" in finding.place ? finding.place.path : "";
  const key = JSON.stringify([finding.rule, path, finding.identity]);
  const occurrence = (occurrences.get(key) ?? 0) + 1;
  occurrences.set(key, occurrence);
  return createHash("sha256")
    .update(JSON.stringify([key, occurrence]))
    .digest("hex")
    .slice(0, 32);
}

/** Orders places: the change, commits, then files by path and line. */
function placeKey(place: Place): string {
  switch (place.kind) {
    case "change":
      return "0";
    case "commit":
      return `1${place.sha}`;
    case "file":
      return `2${place.path}\0`;
    case "lines":
      return `2${place.path}\0${String(place.start).padStart(10, "0")}${String(place.end).padStart(10, "0")}`;
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
