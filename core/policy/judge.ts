import type { Verdict } from "../change/authorship.ts";
import { inertText, showPath } from "../untrusted/index.ts";
import type { Answer, JudgedChange, JudgedCommit, JudgedFile, Scope, Vocabulary } from "./judged.ts";
import { isInPlace } from "./boundary-place.ts";
import { isWholly } from "./file-kinds.ts";
import { isExcluded, listMatches } from "./path-list.ts";
import type { Area, Policy } from "./policy.ts";
import type { Subject, SubjectFile } from "./subject.ts";
import { newWork, spend, type Work } from "./work.ts";

/** The subject as a policy sees it: what area each file lies in, and whether it counts as AI. */
export function judgeChange(policy: Policy, subject: Subject, vocabulary: Vocabulary, work = newWork()): JudgedChange {
  const acceptsClaims = policy.accept.includes("claimed");
  const claimed = acceptsClaims ? noCommits : claimedHuman(subject);
  const files = subject.files.map((file) => judgeFile(policy, file, work, claimed));
  return { subject, files, vocabulary, aiVerdicts: policy.provenance.countsAsAi, acceptsClaims, policy, work };
}

/** The names of the areas that a file touches, by either of its paths in every form, sorted. */
export function areasOf(policy: Policy, file: SubjectFile): string[] {
  return touchedAreas(policy, file).map(({ name }) => name);
}

/**
 * Whether a commit or line with this verdict counts as AI in this file: by `provenance.counts_as_ai`, and for silence
 * by the areas that the file touches. Nothing counts in a file that `provenance.exclude` names.
 */
export function countsAsAi(policy: Policy, file: SubjectFile, verdict: Verdict): boolean {
  return judgeFile(policy, file).countsAsAi(verdict);
}

/** What a rule asks about. `narrowed`: whether its conditions chose these files from all. `namedAreas`: those of its `when`. */
export function scopeOf(
  change: JudgedChange,
  files: readonly JudgedFile[],
  narrowed: boolean,
  namedAreas: readonly string[] | null = null,
): Scope {
  spend(change.work, stepsOfAsking * (files.length + change.subject.change.commits.length));
  const touching = new Map<string, JudgedFile[]>();
  for (const file of files) {
    for (const sha of file.subject.commits) {
      const others = touching.get(sha);
      if (others === undefined) touching.set(sha, [file]);
      else others.push(file);
    }
  }
  const provenance = new Map(change.subject.provenance.commits.map((entry) => [entry.sha, entry]));
  const commits = change.subject.change.commits.flatMap((commit): JudgedCommit[] => {
    const touched = touching.get(commit.sha) ?? [];
    const entry = provenance.get(commit.sha);
    if (entry === undefined || (narrowed && touched.length === 0)) return [];
    const exempt = touched.length === 0 ? commit.parents.length > 1 : touched.every(({ excluded }) => excluded);
    const byFile = touched.some((file) => file.countsAsAi(entry.verdict));
    // A commit that changed no file of the change (an empty one, or one undone later) has no area to be judged by.
    const byItself = touched.length === 0 && change.aiVerdicts.includes(entry.verdict);
    const counts = byFile || byItself;
    const byClaim = !counts && touched.some((file) => file.countsAsAi(entry.verdict, commit.sha));
    return [{ commit, provenance: entry, exempt, countsAsAi: counts, countsByClaim: byClaim }];
  });
  return { change, files, commits, narrowed, namedAreas };
}

/** Of one file or commit, its part in all that a rule asks for: as long as comparing so many characters. */
const stepsOfAsking = 150;

const noCommits: ReadonlySet<string> = new Set();

/** The commits that are `human` by nothing but their own word: no record shows it, and nobody ruled so. */
function claimedHuman({ provenance }: Subject): ReadonlySet<string> {
  const claimed = provenance.commits.filter(({ verdict, ruling, signals }) => {
    const human = signals.filter((signal) => signal.verdict === "human");
    return (
      verdict === "human" && ruling === null && human.length > 0 && human.every(({ strength }) => strength === "claim")
    );
  });
  return new Set(claimed.map(({ sha }) => sha));
}

function judgeFile(
  policy: Policy,
  file: SubjectFile,
  work?: Work,
  claimed: ReadonlySet<string> = noCommits,
): JudgedFile {
  const areas = touchedAreas(policy, file, work);
  const excluded = isExcluded(policy.provenance.exclude, file.file, work);
  const silenceCounts = areas.some((area) => area.undeclaredCountsAsAi);
  const sensitive = areas.some(({ tier }) => tier === 1);
  const noCode = areas.length > 0 ? null : kindThatIsNoCode(policy, file, work);
  const counts = (verdict: Verdict, commit: string | null = null) => {
    if (excluded || noCode !== null) return false;
    const isSilent = verdict === "undeclared" || (verdict === "human" && commit !== null && claimed.has(commit));
    return policy.provenance.countsAsAi.includes(verdict) || (silenceCounts && isSilent);
  };
  const word = file.verdicts.some((verdict) => counts(verdict))
    ? []
    : file.commits.filter((sha) => counts("human", sha));
  const shown = inertText(showPath(file.file.path, { validUtf8: file.file.validUtf8 }), { maxGraphemes: 200 });
  return {
    subject: file,
    shown,
    areas: areas.map(({ name }) => name),
    sensitive,
    excluded,
    countsAsAi: counts,
    ai: excluded || noCode !== null ? outOfProvenance(shown, noCode) : aiAnswer(file, shown, counts, word.length > 0),
    aiByClaim: word.length > 0,
  };
}

/**
 * The kind by which `provenance.counts_as_code` leaves a file out, or null. An agent chooses its files' names, so a file
 * within a boundary always counts (as one in an area does), and a name alone makes no file generated: it must have been one.
 */
function kindThatIsNoCode(policy: Policy, subject: SubjectFile, work?: Work): string | null {
  const { countsAsCode } = policy.provenance;
  const left = codeKinds.find(({ flag, kind }) => !countsAsCode[flag] && isWholly(kind, subject.file));
  if (left === undefined || (left.kind === "generated" && !stoodThere(subject))) return null;
  return isWithinBoundary(policy, subject, work) ? null : left.kind;
}

/** Whether the merge base has the file, under one of its names and as a file. */
function stoodThere({ file: { status } }: SubjectFile): boolean {
  return status === "modified" || status === "renamed" || status === "deleted";
}

function isWithinBoundary({ forbid, rules }: Policy, file: SubjectFile, work?: Work): boolean {
  const boundaries = [...forbid, ...rules.flatMap(({ require }) => require.forbid ?? [])];
  return boundaries.some(
    (boundary) => (boundary.paths.length > 0 || boundary.kinds.length > 0) && isInPlace(boundary, file, work),
  );
}

const codeKinds = [
  { flag: "tests", kind: "test" },
  { flag: "iac", kind: "iac" },
  { flag: "migrations", kind: "migration" },
  { flag: "generated", kind: "generated" },
] as const;

function outOfProvenance(shown: string, kind: string | null): Answer {
  const why = kind === null ? "excluded from provenance" : `of the kind ${kind}, which does not count as code,`;
  return { state: "no", says: `${shown} is ${why} by the policy` };
}

function aiAnswer(file: SubjectFile, shown: string, counts: JudgedFile["countsAsAi"], byClaim: boolean): Answer {
  if (file.verdicts.length === 0) return { state: "unknown", says: `no commit is known to have touched ${shown}` };
  const ai = file.verdicts.filter((verdict) => counts(verdict));
  if (byClaim) {
    return { state: "yes", says: `${shown} is claimed human, and the policy does not accept claims in this area` };
  }
  if (ai.length === 0) return { state: "no", says: `${shown} is ${file.verdicts.join(", ")}` };
  const silent = ai.length === 1 && ai[0] === "undeclared" ? ", which counts as AI in this area" : "";
  return { state: "yes", says: `${shown} is ${ai.join(", ")}${silent}` };
}

/** Reports ask for the areas of every file once more than decisions do. */
const touched = new WeakMap<Policy["areas"], WeakMap<SubjectFile, Area[]>>();

function touchedAreas({ areas }: Policy, file: SubjectFile, work?: Work): Area[] {
  const byFile = touched.get(areas) ?? new WeakMap<SubjectFile, Area[]>();
  touched.set(areas, byFile);
  const known = byFile.get(file);
  if (known !== undefined) return known;
  const fresh = areas.filter(({ paths }) => listMatches(paths, file, work));
  byFile.set(file, fresh);
  return fresh;
}
