/** `Claude Opus 4.6` and `claude-opus-4-6` are one model: the same for both. */
export function spelledAlike(name: string | null): string | null {
  return name === null ? null : name.toLowerCase().replace(/[ ._]/g, "-");
}

/** The spelling that came most often; of several the one in small letters and hyphens, then the first by code unit. */
export function usualSpelling(spellings: ReadonlyMap<string | null, number>): string | null {
  const [most] = [...spellings].toSorted(
    ([a, countA], [b, countB]) => countB - countA || Number(!isPlain(a)) - Number(!isPlain(b)) || byName(a, b),
  );
  return most?.[0] ?? null;
}

/** By code unit, so that the order is the same on every machine; what has no name comes last. */
export function byName(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

function isPlain(name: string | null): boolean {
  return name === spelledAlike(name);
}
