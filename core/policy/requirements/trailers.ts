import * as z from "zod";
import { inertText } from "../../untrusted/index.ts";
import type { Reason } from "../decision.ts";
import { trailersFor, type JudgedCommit, type Scope } from "../judged.ts";
import { addTrailers, amendRecipe, declarationNotes, declareRecipe, shortSha, silenceNote } from "../recipes.ts";
import { few, missed, satisfied } from "../reasons.ts";
import { isSameName, stepsOfList } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { worded } from "../wording.ts";
import { spend } from "../work.ts";

const key = worded(
  z.string().refine(isTrailerKey),
  {
    says: "A trailer's key: letters, digits and hyphens. Capitals make no difference.",
    expects: "a trailer's key: letters, digits and hyphens",
    example: "Assisted-by",
  },
  { pattern: "^[A-Za-z0-9][A-Za-z0-9-]*$", maxLength: 60 },
);

const schema = worded(z.array(key).min(1), {
  says: "Every commit that counts as AI carries each of these trailers, in the block where git finds trailers, with a well-formed value.",
  expects: "a list of trailer keys",
  example: ["Assisted-by", "AI-Accepted"],
});

/** The keys that Countersign itself writes; a key that is nearly one of them was probably meant to be it. */
export const knownTrailers = [
  "Assisted-by",
  "Generated-by",
  "AI-Session",
  "AI-Trace",
  "AI-Prompt",
  "AI-Prompt-Summary",
  "AI-Accepted",
  "AI-Validated",
  "AI-Declares",
  "AI-Assisted",
  "Reviewed-by",
  "Signed-off-by",
  "Co-authored-by",
] as const;

/** Asks every commit that counts as AI for trailers that git itself would find. */
export const trailers: Requirement<string[], readonly string[]> = {
  schema,
  facts: ["change", "provenance", "files.file", "files.pathForms", "files.commits"],
  resolve: (written) => written,
  compare: (before, after) => stepsOfList("tightens", before, after, isSameName),
  asksOnlyOfAi: () => true,
  check: (keys, scope) => {
    const asked = scope.commits.filter((commit) => commit.countsAsAi);
    if (asked.length === 0) return satisfied("no commit here counts as AI, so no trailer is asked for");
    const lacking = asked
      .map((commit) => ({ commit, problems: problemsOf(commit, keys, scope) }))
      .filter(({ problems }) => problems.length > 0);
    if (lacking.length === 0) return satisfied(`every AI commit carries ${keys.join(", ")}`);
    return missed(
      `AI commits that lack trailers: ${lacking.length} of ${asked.length}`,
      fix(lacking, scope),
      few(lacking.map(lack)),
    );
  },
};

interface Lacking {
  commit: JudgedCommit;
  problems: readonly TrailerProblem[];
}

function lack({ commit, problems }: Lacking): Reason {
  const { sha, verdict } = commit.provenance;
  const says = `commit ${shortSha(sha)} (${verdict}) ${problems.map((problem) => problem.says).join("; ")}`;
  return { says, state: "no", fix: null, reasons: [] };
}

interface TrailerProblem {
  key: string;
  says: string;
}

/** A key may stand several times, and a later commit may declare it; one good value is enough, and one bad one is told when there is no good one. */
function problemsOf(commit: JudgedCommit, keys: readonly string[], { change }: Scope): TrailerProblem[] {
  const trailers = Map.groupBy(trailersFor(commit.provenance), (trailer) => trailer.key.toLowerCase());
  return keys.flatMap((key) => {
    const values = trailers.get(key.toLowerCase()) ?? [];
    spend(change.work, stepsOfKey + values.reduce((sum, { value }) => sum + value.length, 0));
    const wrong = values.map(({ value }) =>
      value.trim() === "" ? "it is empty" : change.vocabulary.trailerProblem(key, value),
    );
    if (wrong.includes(null)) return [];
    const [first] = wrong;
    if (first === undefined || first === null) return [{ key, says: `lacks ${key}` }];
    return [{ key, says: `has ${key}, but ${inertText(first, { maxGraphemes: 200 })}` }];
  });
}

/** Looking a key up in a commit, telling that it lacks and what to write takes as long as comparing so many characters. */
const stepsOfKey = 100;

function fix(found: readonly Lacking[], scope: Scope): string {
  const lacking = found.map(({ commit }) => commit);
  const keys = new Map(found.map(({ commit, problems }) => [commit, problems.map(({ key }) => key)]));
  const amendments = addTrailers(lacking, (commit) => keys.get(commit) ?? []);
  const declares = amendments.some(({ trailers }) => trailers.some((line) => line.includes("<agent>")));
  const notes = declares ? declarationNotes(lacking) : silenceNote(lacking);
  const { change } = scope.change.subject;
  return `${amendRecipe(amendments, change)}${declareRecipe(amendments, change)}${notes}`;
}

/** What git takes for a key (its trailer.c): letters, digits and hyphens. */
export function isTrailerKey(text: string): boolean {
  if (text.length === 0 || text.length > 60 || text.startsWith("-")) return false;
  return Array.from(text).every((char) => /[A-Za-z0-9-]/.test(char));
}
