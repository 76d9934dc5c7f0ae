import { touchedPaths } from "../change/change.ts";
import type { TreeFile } from "../change/tree-file.ts";
import type { Finding } from "../findings/finding.ts";
import { inertText } from "../untrusted/index.ts";
import { comesWithin, isOver } from "./dates.ts";
import type { WaiverUse } from "./decision.ts";
import { placeWords } from "./findings-in-scope.ts";
import type { JudgedFile, Vocabulary } from "./judged.ts";
import { isExcluded } from "./path-list.ts";
import type { Policy, Waiver } from "./policy.ts";
import type { Subject, SubjectFile } from "./subject.ts";
import { spend, type Work } from "./work.ts";

/** How many days before its end a waiver is announced as ending. */
export const noticeDays = 14;

/** A waiver with what the day of reading makes of it. */
export interface DatedWaiver {
  waiver: Waiver;
  state: WaiverUse["state"];
}

/** The waivers of a policy at an instant: in force through the whole day on which they expire, by UTC. */
export function datedWaivers({ waivers }: Pick<Policy, "waivers">, asOf: string): DatedWaiver[] {
  return waivers.map((waiver) => {
    if (isOver(waiver.expires, asOf)) return { waiver, state: "expired" };
    return { waiver, state: comesWithin(noticeDays, waiver.expires, asOf) ? "ending" : "active" };
  });
}

/** What the waivers take out of one rule. */
export interface Exemption {
  /** The files of which the rule still asks. */
  kept: readonly JudgedFile[];
  /** Whether a file, as it is or was at some commit of the change, is one of those that are taken out by their path. */
  isExempt: (file: TreeFile) => boolean;
  /** Whether nothing is left to ask. */
  whole: boolean;
  /** The waivers that name the rule and fit, the expired ones too, with the files that each speaks of, inert. */
  uses: readonly (DatedWaiver & { exempts: readonly string[] })[];
}

/**
 * What is left of a rule's files. A waiver's paths are exact, as those of `provenance.exclude`: a look-alike, a link or one
 * side of a rename exempts nothing.
 */
export function exemptionFrom(
  rule: string,
  files: readonly JudgedFile[],
  waivers: readonly DatedWaiver[],
  work?: Work,
): Exemption {
  const uses = waivers
    .filter(({ waiver }) => waiver.rule === rule)
    .map((dated) => ({ ...dated, files: files.filter((file) => covers(dated.waiver, file.subject, work)) }))
    .filter(({ waiver, files: covered }) => waiver.paths === null || covered.length > 0);
  const inForce = uses.filter(({ state }) => state !== "expired");
  const exempt = new Set(inForce.flatMap(({ files: covered }) => covered));
  const kept = files.filter((file) => !exempt.has(file));
  const lists = inForce.flatMap(({ waiver }) => (waiver.paths === null ? [] : [waiver.paths]));
  return {
    kept,
    isExempt: (file) => lists.some((paths) => isExcluded(paths, file, work)),
    whole: inForce.some(({ waiver }) => waiver.paths === null) || (files.length > 0 && kept.length === 0),
    uses: uses.map(({ files: covered, ...dated }) => ({ ...dated, exempts: shownOr(covered, "the whole change") })),
  };
}

/** The findings of a change, those marked that the policy's waivers exempt. */
export function markedFindings(
  policy: Pick<Policy, "waivers">,
  subject: Pick<Subject, "findings" | "files" | "asOf">,
  vocabulary: Pick<Vocabulary, "isSecretRule">,
): Finding[] {
  return waiveFindings(subject, datedWaivers(policy, subject.asOf), vocabulary).findings;
}

/** A waiver of a lint rule with the places of the findings that it speaks of, inert. */
export interface FindingExemptions {
  /** All findings in their order, those marked that a waiver in force exempts. */
  findings: Finding[];
  uses: readonly (DatedWaiver & { exempts: readonly string[] })[];
}

/** Marks the findings that a waiver exempts. Nothing exempts a credential. */
export function waiveFindings(
  subject: Pick<Subject, "findings" | "files">,
  waivers: readonly DatedWaiver[],
  { isSecretRule }: Pick<Vocabulary, "isSecretRule">,
  work?: Work,
): FindingExemptions {
  const byLintRule = waivers.filter(({ waiver }) => waiver.finding !== null && !isSecretRule(waiver.finding));
  if (byLintRule.length === 0) return { findings: subject.findings.map(unmarked), uses: [] };
  const files = new Map(subject.files.flatMap((file) => touchedPaths(file.file).map((path) => [path, file] as const)));
  const byRule = Map.groupBy(byLintRule, ({ waiver }) => waiver.finding);
  const exempts = new Map(byLintRule.map((dated) => [dated, [] as string[]]));
  const findings = subject.findings.map((finding) => {
    if (work !== undefined) spend(work, stepsOfFinding);
    const ofRule = byRule.get(finding.rule) ?? [];
    const fitting = ofRule.filter(({ waiver }) => coversFinding(waiver, finding, files, work));
    for (const dated of fitting) exempts.get(dated)?.push(placeWords(finding.place));
    return { ...finding, waivedBy: fitting.find(({ state }) => state !== "expired")?.waiver.id ?? null };
  });
  const uses = [...exempts].filter(([, places]) => places.length > 0);
  return { findings, uses: uses.map(([dated, places]) => ({ ...dated, exempts: places })) };
}

/** Copying one and looking up its waivers takes as long as comparing so many characters. */
const stepsOfFinding = 10;

/** The waivers that bear on a change, in the order of the policy; each once, with all that it exempts. */
export function waiverUses(
  waivers: readonly DatedWaiver[],
  uses: readonly (DatedWaiver & { exempts: readonly string[] })[],
  floor: string | null,
): WaiverUse[] {
  return waivers.flatMap(({ waiver, state }) => {
    const own = uses.filter((use) => use.waiver === waiver);
    if (own.length === 0) return [];
    const exempts = state === "expired" ? [] : [...new Set(own.flatMap((use) => use.exempts))];
    const { id, rule, finding, expires } = waiver;
    const owner = inertText(waiver.owner, { maxGraphemes: 100 });
    return [
      {
        id,
        floor,
        rule,
        finding,
        owner,
        reason: inertText(waiver.reason, { maxGraphemes: 500 }),
        expires,
        state,
        exempts,
      },
    ];
  });
}

function covers({ paths }: Waiver, { file }: SubjectFile, work: Work | undefined): boolean {
  if (work !== undefined) spend(work, 1);
  return paths === null || isExcluded(paths, file, work);
}

/** A finding about a commit or about the change lies at no path, so only a waiver without paths speaks of it. */
function coversFinding(
  waiver: Waiver,
  { place }: Finding,
  files: ReadonlyMap<string, SubjectFile>,
  work: Work | undefined,
): boolean {
  if (waiver.paths === null) return true;
  const file = "path" in place ? files.get(place.path) : undefined;
  return file !== undefined && covers(waiver, file, work);
}

function unmarked(finding: Finding): Finding {
  return finding.waivedBy === null ? finding : { ...finding, waivedBy: null };
}

function shownOr(files: readonly JudgedFile[], none: string): string[] {
  return files.length === 0 ? [none] : files.map(({ shown }) => shown);
}
