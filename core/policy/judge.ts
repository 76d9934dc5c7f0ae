import { isAi } from "../change/ai-judgement.ts";
import type { Verdict } from "../change/authorship.ts";
import { inertText, showPath } from "../untrusted/index.ts";
import { aiInFile, claimsOf, judgeAi } from "./ai-judgement.ts";
import type { Answer, JudgedChange, JudgedCommit, JudgedFile, Scope, Vocabulary } from "./judged.ts";
import type { Policy } from "./policy.ts";
import type { Subject, SubjectFile } from "./subject.ts";
import { touchedAreas } from "./touched-areas.ts";
import { newWork, spend, type Work } from "./work.ts";

/** The subject as a policy sees it: what area each file lies in, and whether it counts as AI. */
export function judgeChange(policy: Policy, subject: Subject, vocabulary: Vocabulary, work = newWork()): JudgedChange {
  const acceptsClaims = policy.accept.includes("claimed");
  const claimed = claimsOf(policy, subject.provenance);
  const files = subject.files.map((file) => judgeFile(policy, file, work, claimed));
  const ai = judgeAi(policy, subject, work);
  return { subject, files, ai, vocabulary, aiVerdicts: policy.provenance.countsAsAi, acceptsClaims, policy, work };
}

/** The names of the areas that a file touches, by either of its paths in every form, sorted. */
export function areasOf(policy: Policy, file: SubjectFile): string[] {
  return touchedAreas(policy, file).map(({ name }) => name);
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
    spend(change.work, stepsOfTouch * file.subject.commits.length);
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
const stepsOfAsking = 200;

/** The same of one commit that touched a file: whether it counts as AI in that file. */
const stepsOfTouch = 20;

function judgeFile(policy: Policy, file: SubjectFile, work: Work, claimed: ReadonlySet<string | null>): JudgedFile {
  spend(work, stepsOfFile + 2 * lengthOf(file.pathForms));
  const areas = touchedAreas(policy, file, work);
  const { excluded, noCode, of } = aiInFile(policy, file, work);
  const counts = (verdict: Verdict, commit: string | null = null) =>
    isAi(of(verdict, commit !== null && claimed.has(commit)));
  const word = file.verdicts.some((verdict) => counts(verdict))
    ? []
    : file.commits.filter((sha) => counts("human", sha));
  const shown = shownPath(file.file);
  return {
    subject: file,
    shown,
    areas: areas.map(({ name }) => name),
    sensitive: areas.some(({ tier }) => tier === 1),
    excluded,
    countsAsAi: counts,
    ai: excluded || noCode !== null ? outOfProvenance(shown, noCode) : aiAnswer(file, shown, counts, word.length > 0),
    aiByClaim: word.length > 0,
  };
}

/** Looking at one file, beside taking its paths apart: as long as comparing so many characters. */
const stepsOfFile = 200;

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0);
}

/** Each floor judges the files again. */
const shownPaths = new WeakMap<SubjectFile["file"], string>();

function shownPath(file: SubjectFile["file"]): string {
  const known = shownPaths.get(file);
  if (known !== undefined) return known;
  const fresh = inertText(showPath(file.path, { validUtf8: file.validUtf8 }), { maxGraphemes: 200 });
  shownPaths.set(file, fresh);
  return fresh;
}

function outOfProvenance(shown: string, kind: string | null): Answer {
  const why = kind === null ? "excluded from provenance" : `of the kind ${kind}, which does not count as code,`;
  return { state: "no", says: `${shown} is ${why} by the policy` };
}

function aiAnswer(file: SubjectFile, shown: string, counts: JudgedFile["countsAsAi"], byClaim: boolean): Answer {
  if (file.verdicts.length === 0) return { state: "unknown", says: `no commit is known to have touched ${shown}` };
  const ai = file.verdicts.filter((verdict) => counts(verdict));
  if (byClaim) {
    const claimed = file.verdicts.filter((verdict) => verdict === "human" || verdict === "automation").join(", ");
    return { state: "yes", says: `${shown} is claimed ${claimed}, and the policy does not accept claims in this area` };
  }
  if (ai.length === 0) return { state: "no", says: `${shown} is ${file.verdicts.join(", ")}` };
  const ofArea = ai.every((verdict) => verdict === "undeclared" || verdict === "suggestion");
  const silent = ofArea ? ", which counts as AI in this area" : "";
  return { state: "yes", says: `${shown} is ${ai.join(", ")}${silent}` };
}
