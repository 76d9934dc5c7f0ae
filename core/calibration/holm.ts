/**
 * The p-values of several tests made at once, raised so that the chance of a single false alarm among all of them stays
 * what it says (S. Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6, 1979). In the order
 * given.
 */
export function holm(pValues: readonly number[]): number[] {
  const raised = pValues.map(() => 1);
  let least = 0;
  const ascending = pValues.map((value, index) => ({ value, index })).toSorted((a, b) => a.value - b.value);
  for (const [rank, { value, index }] of ascending.entries()) {
    least = Math.min(1, Math.max(least, value * (pValues.length - rank)));
    raised[index] = least;
  }
  return raised;
}
