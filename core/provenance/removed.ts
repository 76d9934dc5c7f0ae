import { verdicts, type Verdict } from "../change/authorship.ts";
import type { RawFinding } from "../findings/finding.ts";
import { strongestVerdict } from "./commit-provenance.ts";
import type { JudgedChange, CommitProvenance, Signal } from "./provenance.ts";

/** The finding that a commit shows less of a tool's part than it once did; none where it shows as much, or a person ruled. */
export function removedFromCommit(
  { signals, ruling }: CommitProvenance,
  ofChange: readonly Signal[],
): Omit<RawFinding, "place">[] {
  const [earlier] = signals
    .filter(({ kind }) => kind === "earlier")
    .toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
  if (earlier === undefined || ruling !== null) return [];
  const now = strongestVerdict([...signals, ...ofChange].filter(({ kind }) => kind !== "earlier"));
  if (verdicts.indexOf(now) <= verdicts.indexOf(earlier.verdict)) return [];
  const message = `The commit once counted as ${nameOf(earlier)}, and shows ${shownAs(now)} now. The earlier verdict counts.`;
  return [{ rule: "provenance-removed", message, identity: earlier.verdict }];
}

/** The findings that commits with a tool's part are gone from the change, one for each tool and verdict. */
export function removedFromChange({ signals }: JudgedChange): RawFinding[] {
  return signals
    .filter(({ kind }) => kind === "earlier")
    .map((earlier) => ({
      rule: "provenance-removed",
      place: { kind: "change" },
      message: `A commit that counted as ${nameOf(earlier)} was rewritten or is gone from the change. Its verdict counts for the whole change.`,
      identity: `${earlier.verdict} ${earlier.agent ?? ""}`.trim(),
    }));
}

function nameOf({ verdict, agent }: Signal): string {
  return agent === null ? verdict : `${verdict} by ${agent}`;
}

function shownAs(verdict: Verdict): string {
  return verdict === "undeclared" ? "nothing" : verdict;
}
