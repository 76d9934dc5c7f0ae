import leven from "leven";

/** Longer names are not compared: the comparison takes time quadratic in the length. */
const longestName = 64;

/** The known name that was probably meant, or null when none is close. */
export function closest(name: string, known: readonly string[]): string | null {
  if (name.length > longestName) return null;
  const wanted = fold(name);
  const ranked = known
    .map((candidate) => ({ candidate, distance: leven(wanted, fold(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.ceil(candidate.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate ?? null;
}

/** People mix up `-`, `_` and capitals; such a name is as close as can be. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
