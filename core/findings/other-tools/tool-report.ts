import type { Severity } from "../finding.ts";

/** One result of another tool, as its file has it: every text is hostile, and the path may lie anywhere. */
export interface ToolFinding {
  /** What the tool calls itself. */
  tool: string;
  /** Null where the tool names none. */
  rule: string | null;
  path: string;
  /** Lines of the file that the tool saw, from 1; null where it speaks of the file as a whole. */
  lines: { start: number; end: number } | null;
  message: string;
  severity: Severity;
}

/** What one file holds. */
export interface ToolReport {
  findings: ToolFinding[];
  gaps: Gap[];
}

/** What a file lacks, in a sentence without a full stop: the tool failed, results stand elsewhere. */
export interface Gap {
  reason: string;
  /** Whether nobody knows what the tool found in any of the files that it was to look at. */
  anyFile: boolean;
}

/** Why a file is not read, and what to do. Quotes nothing of the file: it can hold anything. */
export interface Refusal {
  what: string;
  fix: string;
}

/** A mistake in a report is expected: it is returned, never thrown. */
export type ReadReport = { ok: true; report: ToolReport } | { ok: false; refusal: Refusal };

export function refuse(what: string, fix = "Let the tool write it again."): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { what, fix } };
}

/** Of one file no more results than these are read. */
export const mostResults = 100_000;

/** Longer texts are cut before anybody looks at them. */
const longestText = 4_000;

/** Takes the results of one file: as many as are read of one, and a gap for the rest. */
export class ResultList {
  readonly #findings: ToolFinding[] = [];
  readonly #gaps = new Map<string, Gap>();
  #more = 0;
  #placeless = 0;

  /** Takes one result. Without a path it stands in no file. */
  add({ path, message, ...rest }: Omit<ToolFinding, "path"> & { path: string | null }): void {
    if (path === null) this.#placeless += 1;
    else if (this.#findings.length >= mostResults) this.#more += 1;
    else this.#findings.push({ ...rest, path, message: message.slice(0, longestText) });
  }

  addGap(reason: string, { anyFile } = { anyFile: true }): void {
    this.#gaps.set(reason, { reason, anyFile });
  }

  done(): ReadReport {
    const most = mostResults.toLocaleString("en-US");
    if (this.#more > 0) this.addGap(`it has ${this.#more} results more than the ${most} that are read of a file`);
    if (this.#placeless > 0)
      this.addGap(`${this.#placeless} of its results name no file, so they are left out`, { anyFile: false });
    return { ok: true, report: { findings: this.#findings, gaps: [...this.#gaps.values()] } };
  }
}

/** No file has more lines. */
export const largestLine = 10_000_000;

/** The lines that a result names; null: none (0 is how some tools say that); undefined: no tool writes such a line. */
export function linesOf(start: unknown, end: unknown): ToolFinding["lines"] | undefined {
  const [first, last] = [lineOf(start), lineOf(end)];
  if (first === undefined || last === undefined) return undefined;
  return first === null ? null : { start: first, end: Math.max(first, last ?? first) };
}

function lineOf(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === 0) return null;
  const isLine = typeof value === "number" && Number.isInteger(value) && value > 0 && value <= largestLine;
  return isLine ? value : undefined;
}

export const badLine = "a line number is not a whole number from 1 to 10,000,000";
