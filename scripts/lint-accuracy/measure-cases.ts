import type { RawFinding } from "../../core/findings/finding.ts";
import { lintFile, patterns, type Parse } from "../../core/lint/index.ts";
import { fileKind, type Language } from "../../core/syntax/index.ts";
import type { LabelledCase } from "./cases.ts";
import { mapping, type Mapped } from "./mapping.ts";

/** What a rule found of what is labelled. */
export interface Count {
  cases: number;
  found: number;
  missed: number;
  extra: number;
}

/** A case in which the rule says something else than its label. */
export interface Difference extends Omit<Count, "cases"> {
  place: string;
  theirs: string;
  lines: readonly number[];
  text: string;
}

/** One rule of ours on the cases of one rule of theirs. */
export interface Measured extends Count {
  suite: string;
  theirs: string;
  ours: string;
  language: Language;
}

/** The lines from 1 on which a rule reports in a case, as spans; of a case with several files, of all of them. */
export type Look = (one: LabelledCase, mapped: Mapped) => readonly { start: number; end: number }[];

/** Our rule's findings. */
export function ours(parse: Parse): Look {
  return ({ files }, { ours: rule, message }) => {
    const pattern = patterns.find((one) => one.rule.id === rule);
    if (pattern === undefined) throw new Error(`the mapping names a rule that there is not: ${rule}`);
    const found = files.flatMap(
      ({ path, text }) => lintFile({ path, base: null, head: text, hunks: [] }, [pattern], parse).findings,
    );
    return found.filter((finding) => message?.test(finding.message) ?? true).map(placeOf);
  };
}

function placeOf({ place }: RawFinding): { start: number; end: number } {
  return place.kind === "lines" ? place : { start: 0, end: 0 };
}

/** Every case of a mapped rule, looked at; cases of which no language is known are left out. */
export function measureCases(
  cases: readonly LabelledCase[],
  look: Look,
): { measured: Measured[]; differences: Map<string, Difference[]> } {
  const measured = new Map<string, Measured>();
  const differences = new Map<string, Difference[]>();
  for (const one of cases)
    for (const mapped of mapping.filter(({ suite, theirs }) => suite === one.suite && theirs === one.theirs)) {
      const language = fileKind(one.files[0]!.path)?.language;
      if (language === undefined) continue;
      const spans = look(one, mapped);
      const result = compare(one, spans);
      const key = [one.suite, one.theirs, mapped.ours, language].join(" ");
      const { suite, theirs } = one;
      const sum = measured.get(key) ?? { suite, theirs, ours: mapped.ours, language, ...none };
      measured.set(key, { ...sum, ...add(sum, { cases: 1, ...result }) });
      if (result.missed === 0 && result.extra === 0) continue;
      const lines = spans.map(({ start }) => start);
      const text = one.files.map((file) => file.text).join("\n");
      differences.set(mapped.ours, [
        ...(differences.get(mapped.ours) ?? []),
        { place: `${suite} ${one.place}`, theirs, lines, text, ...result },
      ]);
    }
  return { measured: [...measured.values()], differences };
}

const none: Count = { cases: 0, found: 0, missed: 0, extra: 0 };

/** The sum of two counts. */
export function add(a: Count, b: Count): Count {
  return { cases: a.cases + b.cases, found: a.found + b.found, missed: a.missed + b.missed, extra: a.extra + b.extra };
}

export function sumOf(counts: readonly Count[]): Count {
  return counts.reduce(add, none);
}

/** The share of what was said that is right; 1 where nothing was said. */
export function precisionOf({ found, extra }: Pick<Count, "found" | "extra">): number {
  return found + extra === 0 ? 1 : found / (found + extra);
}

/** The share of what is right that was said; 1 where there is nothing to say. */
export function recallOf({ found, missed }: Count): number {
  return found + missed === 0 ? 1 : found / (found + missed);
}

function compare({ label, suite }: LabelledCase, spans: ReturnType<Look>): Omit<Count, "cases"> {
  if (label.kind === "lines") {
    const touches = (a: { start: number; end: number }, b: { start: number; end: number }) =>
      a.start <= b.end && a.end >= b.start;
    const found = label.spans.filter((theirs) => spans.some((own) => touches(own, theirs))).length;
    const extra = spans.filter((own) => !label.spans.some((theirs) => touches(own, theirs))).length;
    return { found, missed: label.spans.length - found, extra };
  }
  const distinct = new Set(spans.map(({ start }) => start)).size;
  const said = isYesOrNo(suite) ? Math.min(distinct, 1) : distinct;
  const found = Math.min(said, label.count);
  return { found, missed: label.count - found, extra: said - found };
}

/** Cases of ESLint plugins say whether there is something, and not how often. */
function isYesOrNo(suite: string): boolean {
  return suite === "no-unsanitized" || suite.includes("eslint");
}
