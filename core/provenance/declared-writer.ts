import type { Verdict } from "../change/authorship.ts";
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
  const spoken = [...signals.filter(({ kind }) => kind !== "note"), ...changeSignals];
  const verdict = ruling?.verdict ?? strongestVerdict(spoken);
  return { verdict, ...writerNames(verdict, spoken) };
}
