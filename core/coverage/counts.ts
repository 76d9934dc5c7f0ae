import { isAi, type AiAnswer, type AiJudgement } from "../change/ai-judgement.ts";
import { isByAgent, type Verdict, type Writer } from "../change/authorship.ts";
import type { Counts, CoverageReview, WriterGroup } from "./coverage-review.ts";
import type { FileCoverage, Ratio } from "./report.ts";

export function noCounts(): Counts {
  return { lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 }, functions: { covered: 0, total: 0 } };
}

/** Of a whole file. A branch arm whose line never ran counts as not taken. */
export function countsOf(file: FileCoverage): Counts {
  const counts = noCounts();
  for (const hits of file.lines.hits) count(counts.lines, hits);
  for (const { hits } of file.branches) count(counts.branches, hits);
  for (const { hits } of file.functions) count(counts.functions, hits);
  return counts;
}

export function sumOf(counts: Iterable<Counts>): Counts {
  const sum = noCounts();
  for (const { lines, branches, functions } of counts) {
    add(sum.lines, lines);
    add(sum.branches, branches);
    add(sum.functions, functions);
  }
  return sum;
}

/** Counts one point: a line, a branch arm or a function. */
export function count(ratio: Ratio, hits: number | null): void {
  ratio.total += 1;
  if (hits !== null && hits > 0) ratio.covered += 1;
}

export function sameCounts(first: Counts, second: Counts): boolean {
  const kinds = ["lines", "branches", "functions"] as const;
  return kinds.every(
    (kind) => first[kind].covered === second[kind].covered && first[kind].total === second[kind].total,
  );
}

/** From 0 to 1, or null when there was nothing to measure. */
export function share({ covered, total }: Ratio): number | null {
  return total === 0 ? null : covered / total;
}

/** What tests reached of the added lines of one writer in one file. */
export interface WriterCounts {
  path: string;
  writer: Writer;
  counts: Counts;
}

/** Every verdict has its own counts, so that no writer is missing where nothing of his was measured. */
export function countsByVerdict(written: readonly WriterCounts[]): Record<Verdict, Counts> {
  const groups = Map.groupBy(written, ({ writer }) => writer.verdict);
  const of = (verdict: Verdict) => sumOf((groups.get(verdict) ?? []).map(({ counts }) => counts));
  return {
    "agent-authored": of("agent-authored"),
    "agent-assisted": of("agent-assisted"),
    suggestion: of("suggestion"),
    automation: of("automation"),
    human: of("human"),
    undeclared: of("undeclared"),
  };
}

/** Sums them by what counts as AI, and the rest by verdict. What an agent wrote and does not count is in no group. */
export function countsByGroup(written: readonly WriterCounts[], ai: AiJudgement): CoverageReview["byGroup"] {
  const groups = Map.groupBy(written, ({ path, writer }) => groupOf(writer.verdict, ai.ofLine(path, writer)));
  const of = (group: WriterGroup) => sumOf((groups.get(group) ?? []).map(({ counts }) => counts));
  return {
    ai: of("ai"),
    suggestion: of("suggestion"),
    human: of("human"),
    undeclared: of("undeclared"),
    automation: of("automation"),
  };
}

function groupOf(verdict: Verdict, answer: AiAnswer): WriterGroup | null {
  if (isAi(answer)) return "ai";
  return isByAgent(verdict) ? null : verdict;
}

function add(sum: Ratio, more: Ratio): void {
  sum.covered += more.covered;
  sum.total += more.total;
}
