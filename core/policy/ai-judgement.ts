import type { AiAnswer, AiJudgement } from "../change/ai-judgement.ts";
import type { Verdict, Writer } from "../change/authorship.ts";
import { isInPlace } from "./boundary-place.ts";
import { isWholly } from "./file-kinds.ts";
import { isExcluded } from "./path-list.ts";
import type { Policy } from "./policy.ts";
import type { Subject, SubjectFile } from "./subject.ts";
import { touchedAreas } from "./touched-areas.ts";
import { limitFor, newWork, type Work } from "./work.ts";

/**
 * What counts as AI under a policy, for every line and commit of a change: by `counts_as_ai`, by what the areas make of
 * silence and `accept` of claims, and by what is left out of provenance. Findings, coverage, rules, expressions and
 * reports all ask here, so that no two of them disagree about one line.
 */
export function judgeAi(
  policy: Policy,
  { files, provenance }: Pick<Subject, "files" | "provenance">,
  work: Work = newWork(limitFor(files.length)),
): AiJudgement {
  const claimed = claimsOf(policy, provenance);
  const inFiles = files.map((file) => ({ file, inFile: aiInFile(policy, file, work) }));
  const byPath = new Map(inFiles.map(({ file, inFile }) => [file.file.path, inFile]));
  const byCommit = new Map<string, AiInFile[]>();
  for (const { file, inFile } of inFiles) for (const sha of file.commits) pushTo(byCommit, sha, inFile);
  const verdicts = new Map(provenance.commits.map(({ sha, verdict }) => [sha, verdict]));
  const ruled = new Set(provenance.commits.filter(({ ruling }) => ruling !== null).map(({ sha }) => sha));
  // Whoever can push can write a record, and none is signed.
  const byRecord = (commit: string | null) =>
    !policy.accept.includes("claimed") && !(commit !== null && ruled.has(commit));
  return {
    ofLine: (path, writer) => {
      const inFile = byPath.get(path);
      return inFile === undefined
        ? byVerdict(policy, writer.verdict)
        : inFile.of(writer.verdict, isRecorded(writer) ? byRecord(writer.commit) : claimed.has(writer.commit));
    },
    ofCommit: (sha) => {
      const verdict = verdicts.get(sha) ?? "undeclared";
      const touched = byCommit.get(sha) ?? [];
      // A commit that changed no file of the change (an empty one, or one undone later) has no area to be judged by.
      if (touched.length === 0) return byVerdict(policy, verdict);
      const answers = touched.map((inFile) => inFile.of(verdict, claimed.has(sha)));
      return strongest.find((answer) => answers.includes(answer))!;
    },
  };
}

/**
 * Every answer there is. Of the files that a commit touched, one in which it counts is enough; it is left out where all of
 * them are.
 */
const strongest: readonly AiAnswer[] = ["verdict", "silence", "claim", "no", "left-out"];

/** What a tool's record says of a line, beside its commit. */
function isRecorded({ evidence }: Writer): boolean {
  return !["commit", "change", "none"].includes(evidence);
}

function byVerdict({ provenance }: Policy, verdict: Verdict): AiAnswer {
  return provenance.countsAsAi.includes(verdict) ? "verdict" : "no";
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/**
 * The commits that are `human` or `automation` by nothing that the platform knows: their own word, another commit's, or a
 * record beside the history, which is signed by nobody. Null among them for lines of no commit when only the change as a
 * whole says so. None where the policy accepts claims, and none that a person ruled on.
 */
export function claimsOf({ accept }: Policy, provenance: Subject["provenance"]): ReadonlySet<string | null> {
  if (accept.includes("claimed")) return noClaims;
  const claimed = provenance.commits.filter(
    ({ verdict, ruling, signals }) =>
      ruling === null && loosening.includes(verdict) && isBareWord(verdict, [...signals, ...provenance.signals]),
  );
  const ofChange = loosening.some((verdict) => isBareWord(verdict, provenance.signals));
  return new Set([...claimed.map(({ sha }) => sha), ...(ofChange ? [null] : [])]);
}

const noClaims: ReadonlySet<string | null> = new Set();

/** What asks for less than silence does where silence counts as AI. */
const loosening: readonly Verdict[] = ["automation", "human"];

function isBareWord(verdict: Verdict, signals: Subject["provenance"]["signals"]): boolean {
  const saying = signals.filter((signal) => signal.verdict === verdict);
  return saying.length > 0 && saying.every(({ strength, class: kind }) => strength !== "platform" || kind === "note");
}

/** What a policy makes of one file, whoever wrote in it. */
export interface AiInFile {
  /** Whether `provenance.exclude` names it. */
  excluded: boolean;
  /** The kind by which `provenance.counts_as_code` leaves it out, or null. */
  noCode: string | null;
  /** Of a line or commit of this verdict. `isClaim`: nothing but a claim says that it is no AI's. */
  of: (verdict: Verdict, isClaim: boolean) => AiAnswer;
}

/** Kept, because a change is judged once for what its findings weigh and once for its rules. */
const judged = new WeakMap<Policy, WeakMap<SubjectFile, AiInFile>>();

/** The file as the policy sees it; asked again, it takes no work. */
export function aiInFile(policy: Policy, file: SubjectFile, work?: Work): AiInFile {
  const byFile = judged.get(policy) ?? new WeakMap<SubjectFile, AiInFile>();
  judged.set(policy, byFile);
  const known = byFile.get(file);
  if (known !== undefined) return known;
  const fresh = makeAiInFile(policy, file, work);
  byFile.set(file, fresh);
  return fresh;
}

function makeAiInFile(policy: Policy, file: SubjectFile, work?: Work): AiInFile {
  const areas = touchedAreas(policy, file, work);
  const excluded = isExcluded(policy.provenance.exclude, file.file, work);
  const silenceCounts = areas.some((area) => area.undeclaredCountsAsAi);
  const noCode = areas.length > 0 ? null : kindThatIsNoCode(policy, file, work);
  const of = (verdict: Verdict, isClaim: boolean): AiAnswer => {
    if (excluded || noCode !== null) return "left-out";
    const listed = byVerdict(policy, verdict);
    if (listed === "verdict" || !silenceCounts) return listed;
    if (verdict === "undeclared") return "silence";
    // Whoever tells of a part that AI had must not be asked less than whoever tells nothing.
    if (verdict === "suggestion") return "claim";
    return loosening.includes(verdict) && isClaim ? "claim" : "no";
  };
  return { excluded, noCode, of };
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
