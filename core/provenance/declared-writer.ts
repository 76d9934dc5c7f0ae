import { verdicts, type Verdict } from "../change/authorship.ts";
import { strongestVerdict, writerNames } from "./commit-provenance.ts";
import type { CommitProvenance, Signal } from "./provenance.ts";

/**
 * Who wrote a commit by everything but the records that attribute its lines: what counts for a line that no record names.
 * `changeSignals` are those of the whole change. A ruling is the verdict, whatever the signals say.
 */
export function declaredWriter(
  { signals, ruling }: CommitProvenance,
  changeSignals: readonly Signal[],
): { verdict: Verdict; agent: string | null; model: string | null } {
  // An earlier verdict that a record still explains was that record's, and says nothing of lines that it leaves out.
  const today = strongestVerdict([...signals.filter(({ kind }) => kind !== "earlier"), ...changeSignals]);
  const isExplained = ({ kind, verdict }: Signal) =>
    kind === "earlier" && verdicts.indexOf(today) <= verdicts.indexOf(verdict);
  const own = signals.filter((signal) => signal.kind !== "note" && !isExplained(signal));
  const spoken = [...own, ...changeSignals];
  const verdict = ruling?.verdict ?? strongestVerdict(spoken);
  return { verdict, ...writerNames(verdict, spoken) };
}
