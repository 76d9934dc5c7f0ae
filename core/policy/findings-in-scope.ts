import { touchedPaths } from "../change/change.ts";
import type { Finding, NotAnalysed, Place } from "../findings/finding.ts";
import { inertText, showPath } from "../untrusted/index.ts";
import type { JudgedChange, JudgedFile, Scope } from "./judged.ts";
import { few } from "./reasons.ts";
import { shortSha } from "./recipes.ts";
import type { Outcome } from "./requirement.ts";
import { spend } from "./work.ts";

/**
 * The findings that a rule looks at: those on its files, on the whole change, and on commits, except for commits that
 * touched only other files.
 */
export function findingsIn(scope: Scope): Finding[] {
  const paths = new Set(scope.files.flatMap(({ subject }) => touchedPaths(subject.file)));
  const commits = new Set(commitsOf(scope.files));
  const touching = commitsOfChange(scope.change);
  const { findings } = scope.change.subject;
  spend(scope.change.work, stepsOfLook * findings.length);
  return findings.filter(({ place }) => {
    if (place.kind === "change") return true;
    if (place.kind === "commit") return !scope.narrowed || commits.has(place.sha) || !touching.has(place.sha);
    return !scope.narrowed || paths.has(place.path);
  });
}

/** Whether a finding lies in question: as long as comparing so many characters. */
const stepsOfLook = 3;

/** The same of one commit that touched a file. */
const stepsOfTouch = 5;

/** Every rule about findings asks, and each commit may have touched each file. */
const commitsByFiles = new WeakMap<readonly JudgedFile[], ReadonlySet<string>>();

/** The commits that touched some file of the change. */
function commitsOfChange({ files, work }: JudgedChange): ReadonlySet<string> {
  const known = commitsByFiles.get(files);
  if (known !== undefined) return known;
  const fresh = new Set<string>();
  for (const { subject } of files) {
    spend(work, stepsOfTouch * subject.commits.length);
    for (const sha of subject.commits) fresh.add(sha);
  }
  commitsByFiles.set(files, fresh);
  return fresh;
}

/**
 * What it means that some of the rule's files were not analysed, or null when all were: nobody knows what stands in
 * them. On an area of tier 1 that cannot be decided; elsewhere it is worth a warning. `withTools`: so is a report of another
 * tool that lacks what it could say of any file.
 */
export function notAnalysedIn({ change, files }: Scope, { withTools = false } = {}): Outcome | null {
  const reasons = new Map(change.subject.notAnalysed.map(({ path, reason }) => [path, reason]));
  const open = files.filter(({ subject }) => reasons.has(subject.file.path));
  const reports = withTools ? change.subject.notAnalysed.filter(({ anyFile }) => anyFile) : [];
  if (open.length === 0) return reports.length === 0 ? null : silentReports(reports, files);
  const state = [...open, ...(reports.length === 0 ? [] : files)].some(({ sensitive }) => sensitive)
    ? "undecided"
    : "warned";
  const each = open.map(({ subject, shown }) => {
    const says = `${shown}: ${inertText(reasons.get(subject.file.path) ?? "")}`;
    return { says, state: "unknown" as const, fix: null, reasons: [] };
  });
  const fix = "Split or shorten these files, or have a person look at them.";
  return {
    state,
    reason: { says: `files that were not analysed: ${open.length}`, state: "unknown", fix, reasons: few(each) },
  };
}

/** What it means that a report of another tool lacks what it could say of any file. */
function silentReports(reports: readonly NotAnalysed[], files: readonly JudgedFile[]): Outcome {
  const state = files.some(({ sensitive }) => sensitive) ? "undecided" : "warned";
  const each = reports.map(({ path, reason }) => {
    const says = `${showPath(path)}: ${inertText(reason)}`;
    return { says, state: "unknown" as const, fix: null, reasons: [] };
  });
  const fix = "Let the tool run, and give its report.";
  return {
    state,
    reason: {
      says: `reports of other tools that are not whole: ${reports.length}`,
      state: "unknown",
      fix,
      reasons: few(each),
    },
  };
}

/** Where a finding points, in a few words. */
export function placeWords(place: Place): string {
  if (place.kind === "lines") return `${showPath(place.path)}:${place.start}`;
  if (place.kind === "file") return showPath(place.path);
  return place.kind === "commit" ? `commit ${shortSha(place.sha)}` : "the change";
}

function commitsOf(files: readonly JudgedFile[]): string[] {
  return files.flatMap(({ subject }) => subject.commits);
}
