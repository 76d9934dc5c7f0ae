import type { VerdictRow } from "../../adapters/store/store.ts";

/** What landed on a branch, and what is known of how it came there. */
export interface Landing {
  /** The commit that stands there now, and what it brought: see `fingerprint` in core/ownership. */
  after: string;
  fingerprint: string;
  /** The verdict on that very commit, when a merge group was judged on it. */
  group: Pick<VerdictRow, "decision"> | null;
  /** The pull requests that it came by. */
  pulls: readonly LandedPull[];
}

/** A merged pull request, with the last verdict on the head that was merged; null: there was none on that head. */
export interface LandedPull {
  number: number;
  head: string;
  verdict: Pick<VerdictRow, "decision"> | null;
  /** Of the content that was judged; null: not known. */
  fingerprint: string | null;
}

/** What the comparison came to. `says` and `fix` are for people; nothing in them comes from the change. */
export type LandingResult = {
  kind: "as-judged" | "direct-push" | "past-the-verdict" | "not-judged" | "other-content";
  says: string;
  fix: string;
};

/** Whether what stands on a branch is what was judged, and could stand there by its verdict. Pure. */
export function compareLanding({ group, pulls, fingerprint }: Landing): LandingResult {
  if (group !== null) return ofGroup(group);
  const [pull, ...others] = pulls;
  if (pull === undefined) return directPush;
  const past = pulls.find(({ verdict }) => verdict !== null && !mayMerge(verdict));
  if (past !== undefined) return pastVerdict(`#${past.number}`, past.verdict?.decision ?? "");
  const silent = pulls.find(({ verdict }) => verdict === null);
  if (silent !== undefined) return notJudged(silent);
  // Of several that land at once, each was judged by itself, and what they come to together is not known.
  const isSame = others.length === 0 && pull.fingerprint === fingerprint;
  return isSame ? asJudged(`#${pull.number}`) : otherContent(pulls);
}

function ofGroup(group: Pick<VerdictRow, "decision">): LandingResult {
  return mayMerge(group) ? asJudged("the merge group") : pastVerdict("the merge group", group.decision);
}

/** Whether a verdict let its change merge; what is over by now may have had such a one. */
export function mayMerge({ decision }: Pick<VerdictRow, "decision">): boolean {
  return decision === "pass" || decision === "warn" || decision === "over";
}

function asJudged(what: string): LandingResult {
  return { kind: "as-judged", says: `What landed is what was judged: ${what}.`, fix: "Nothing needs doing." };
}

const directPush: LandingResult = {
  kind: "direct-push",
  says: "This commit came to the branch without a pull request, so nobody judged it before.",
  fix: "Look at it now, and require pull requests on this branch, for administrators too.",
};

function pastVerdict(what: string, decision: string): LandingResult {
  return {
    kind: "past-the-verdict",
    says: `${what} was merged although its verdict was ${decision}.`,
    fix: "Have what is missing done now, and let nobody bypass the required check.",
  };
}

function notJudged({ number }: LandedPull): LandingResult {
  return {
    kind: "not-judged",
    says: `#${number} was merged at a head on which there was no verdict.`,
    fix: "Look at it now, and make the check required on this branch.",
  };
}

function otherContent(pulls: readonly LandedPull[]): LandingResult {
  const named = pulls.slice(0, 10).map(({ number }) => `#${number}`);
  return {
    kind: "other-content",
    says: `What landed is not what was judged for ${named.join(", ")}: files differ, or came together with others.`,
    fix: "Compare the commit with the pull request, and require branches to be up to date, or a merge queue.",
  };
}
