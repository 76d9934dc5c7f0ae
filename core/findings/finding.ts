import * as z from "zod";
import { Writer } from "../change/authorship.ts";
import { Sha } from "../change/change.ts";

export const severities = ["error", "warning", "notice"] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** Where a finding points. Lines are those of the file at head, from 1. */
export const Place = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("lines"), path: z.string(), start: z.int().positive(), end: z.int().positive() }),
  z.strictObject({ kind: z.literal("file"), path: z.string() }),
  z.strictObject({ kind: z.literal("commit"), sha: Sha }),
  z.strictObject({ kind: z.literal("change") }),
]);
export type Place = z.infer<typeof Place>;

/** What a lint rule saw, before anyone asked who wrote the line. Holds no source text and no secret. */
export const RawFinding = z.strictObject({
  /** The lint rule's id: the pattern found. */
  rule: z.string(),
  place: Place,
  /** What was found, in one sentence for people. Untrusted parts are already inert. */
  message: z.string(),
  /**
   * What stays the same when lines move: the place in words without numbers (a function's name, a path).
   * With rule and path it makes the fingerprint.
   */
  identity: z.string(),
  /** True when the base shows it as well, so that the change did not bring it; left out when it did, or nobody looked. */
  atBase: z.literal(true).optional(),
  /**
   * Of what another tool reported, and of nothing else: how severe that tool says it is. Its rule is in no catalogue and is
   * written `<tool>/<rule>`.
   */
  toolSeverity: Severity.optional(),
  /** The other tools' rules that say the same of this line, as `ruff/S608`, sorted; left out when there are none. */
  alsoReportedBy: z.array(z.string()).optional(),
});
export type RawFinding = z.infer<typeof RawFinding>;

/** What was not looked at, and why. */
export const NotAnalysed = z.strictObject({
  /** A file of the change; else the report of another tool, by its name. */
  path: z.string(),
  reason: z.string(),
  /** True of a tool's report that lacks what it could say of any file; left out elsewhere. */
  anyFile: z.literal(true).optional(),
});
export type NotAnalysed = z.infer<typeof NotAnalysed>;

/** A raw finding, weighed by who wrote the line. The one shape that every report is made from. */
export const Finding = z.strictObject({
  ...RawFinding.shape,
  severity: Severity,
  /** Why it has this severity: "error because accepted as-is from claude-code". */
  severityReason: z.string(),
  confidence: z.enum(["high", "medium", "low"]),
  /** What to do about it. */
  help: z.string(),
  writer: Writer.nullable(),
  /** 32 hex digits, stable when lines move: rule, path, identity and the occurrence of that triple. */
  fingerprint: z.string(),
  /** The id of the policy's waiver that takes it out of what rules count; it stays in every report. */
  waivedBy: z.string().nullable().default(null),
});
export type Finding = z.infer<typeof Finding>;

/** One severity each for lines by a human, lines by a tool that a human edited, and lines taken as they came. */
export interface Severities {
  human: Severity;
  aiEdited: Severity;
  aiAsIs: Severity;
}

/** A lint rule as the catalogue lists it. Detection is elsewhere; this is what people read and policies name. */
export interface LintRule {
  /** The pattern found, in kebab case: "allow uncovered-new-function" must read aloud. */
  id: string;
  title: string;
  /** What to do when it is reported. */
  help: string;
  confidence: "high" | "medium" | "low";
  severity: Severities;
  /** Whether it reports credentials: no waiver takes such a finding out of a count. Left out: it does not. */
  secret?: true;
}
