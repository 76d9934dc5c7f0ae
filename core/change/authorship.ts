import * as z from "zod";
import { Sha } from "./change.ts";

/**
 * What the evidence says about who or what wrote something, strongest first: signals only raise.
 * `human` is used only when declared or attested; silence is `undeclared`, never `human`.
 */
export const verdicts = [
  "agent-authored",
  "agent-assisted",
  "suggestion",
  "automation",
  "human",
  "undeclared",
] as const;
export const Verdict = z.enum(verdicts);
export type Verdict = z.infer<typeof Verdict>;

/** True when an agent wrote it or helped with it. A review suggestion that a person accepted is not among these. */
export function isByAgent(verdict: Verdict): verdict is "agent-authored" | "agent-assisted" {
  return verdict === "agent-authored" || verdict === "agent-assisted";
}

/** True when a tool wrote it, helped with it or suggested it. */
export function isByTool(verdict: Verdict): boolean {
  return verdicts.indexOf(verdict) <= verdicts.indexOf("suggestion");
}

/** Nothing counted yet. A new object each time: it is there to be added to. */
export function noneOfEach(): Record<Verdict, number> {
  return { "agent-authored": 0, "agent-assisted": 0, suggestion: 0, automation: 0, human: 0, undeclared: 0 };
}

/** How a human took over what a tool wrote, strictest for a reviewer first. */
export const acceptances = ["as-is", "partial", "edited", "rewritten", "unstated"] as const;
export const Acceptance = z.enum(acceptances);
export type Acceptance = z.infer<typeof Acceptance>;

/** The tools' own records that attribute lines, as `Attribution.source` names them. */
export const attributionSources = ["git-ai", "agent-trace", "entire", "whogitit", "qwen-code"] as const;

/** Those that say which lines; the others count lines of a commit without naming them. */
export const lineSources = [
  "git-ai",
  "agent-trace",
  "whogitit",
] as const satisfies (typeof attributionSources)[number][];
export type LineSource = (typeof lineSources)[number];

/**
 * What says who wrote a line: a record that attributes it, the provenance of the commit that brought it, of the change
 * as a whole, or nothing.
 */
export const lineEvidences = [...lineSources, "commit", "change", "none"] as const;

/** Who wrote a stretch of lines, and how we know. */
export const Writer = z.strictObject({
  verdict: Verdict,
  acceptance: Acceptance,
  /** The tool's id in the table of known tools, when known. */
  agent: z.string().nullable(),
  model: z.string().nullable(),
  /** The commit that brought the lines; null when no commit of the change did. */
  commit: Sha.nullable(),
  evidence: z.enum(lineEvidences),
  /** The tool's own id or address of the session that wrote them, when a record or trailer of a known shape gives it. */
  session: z.string().nullable(),
});
export type Writer = z.infer<typeof Writer>;

/** Lines `start` to `end` (inclusive, from 1) of a file at head, and their writer. */
export const WrittenLines = z.strictObject({ start: z.int().positive(), end: z.int().positive(), writer: Writer });
export type WrittenLines = z.infer<typeof WrittenLines>;

/** Who wrote each added line. Filled by provenance; coverage and the weighing of findings read it. */
export interface Authorship {
  /** By path at head. Ascending, not overlapping; together they are exactly the added lines of the file. */
  files: ReadonlyMap<string, readonly WrittenLines[]>;
}

/** The writer of one added line, or null when the change did not add that line. */
export function writerOf(authorship: Authorship, path: string, line: number): Writer | null {
  const stretches = authorship.files.get(path) ?? [];
  let low = 0;
  let high = stretches.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const stretch = stretches[middle]!;
    if (line < stretch.start) high = middle - 1;
    else if (line > stretch.end) low = middle + 1;
    else return stretch.writer;
  }
  return null;
}
