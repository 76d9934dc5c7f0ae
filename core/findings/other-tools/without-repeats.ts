import type { RawFinding } from "../finding.ts";
import { ourRulesFor } from "./same-rules.ts";

/**
 * The findings without what another tool says of a line of which a rule of ours says the same: ours stays, and names the
 * other tool's rule. The same line: the first line of one finding lies in the other. What the same tool says twice of the
 * same place, as in two files of one run, stays once.
 */
export function withoutRepeats<Found extends RawFinding>(findings: readonly Found[]): Found[] {
  if (!findings.some(isOther)) return [...findings];
  const ours = Map.groupBy(
    findings.filter((finding) => !isOther(finding)),
    (finding) => keyOf(finding, finding.rule),
  );
  const also = new Map<Found, Set<string>>();
  const seen = new Set<string>();
  const kept = findings.filter((finding) => {
    if (!isOther(finding)) return true;
    const key = JSON.stringify([finding.rule, finding.place, finding.message]);
    if (seen.has(key)) return false;
    seen.add(key);
    const same = ourRulesFor(finding.rule).flatMap((rule) => ours.get(keyOf(finding, rule)) ?? []);
    const ofLine = same.filter((own) => isSameLine(own, finding));
    for (const own of ofLine) also.set(own, (also.get(own) ?? new Set()).add(finding.rule));
    return ofLine.length === 0;
  });
  return kept.map((finding) => named(finding, [...(also.get(finding) ?? [])]));
}

/** More names than these say nothing more. */
const mostNames = 5;

function named<Found extends RawFinding>(finding: Found, rules: readonly string[]): Found {
  const alsoReportedBy = rules.toSorted().slice(0, mostNames);
  if (alsoReportedBy.length === 0) return finding;
  const stop = finding.message.endsWith(".") ? "" : ".";
  return {
    ...finding,
    alsoReportedBy,
    message: `${finding.message}${stop} Also reported by ${alsoReportedBy.join(", ")}.`,
  };
}

function isOther({ toolSeverity }: RawFinding): boolean {
  return toolSeverity !== undefined;
}

function keyOf({ place }: RawFinding, rule: string): string {
  return `${rule}\0${"path" in place ? place.path : ""}`;
}

function isSameLine({ place: one }: RawFinding, { place: other }: RawFinding): boolean {
  if (one.kind !== "lines" || other.kind !== "lines") return one.kind === other.kind;
  return isBetween(one.start, other) || isBetween(other.start, one);
}

function isBetween(line: number, { start, end }: { start: number; end: number }): boolean {
  return start <= line && line <= end;
}
