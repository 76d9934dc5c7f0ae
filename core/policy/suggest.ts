import leven from "leven";

/** Longer names are not compared: the comparison takes time quadratic in the length. */
const longestName = 64;

/** The known name that was probably meant, or null when none is close. A negated name means anything but the close one. */
export function closest(name: string, known: readonly string[]): string | null {
  if (name.length > longestName || isNegated(name)) return null;
  const wanted = fold(name);
  const ranked = known
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, fold(candidate)) }))
    .filter(({ distance }) => distance !== null)
    .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
  return ranked[0]?.candidate ?? null;
}

/** Whether a name begins with the `!` that excludes a path, and means nothing before any other name. */
export function isNegated(name: string): boolean {
  return name.startsWith("!");
}

/** What to write for a negated name: whoever excludes one wants the others, and a suggestion would be the opposite. */
export function othersThan(name: string, known: readonly string[], orElse: string): string {
  const meant = closest(name.slice(1), known);
  const others = known.filter((each) => each !== meant);
  const list =
    meant === null || others.length === 0 || others.length > mostOthers ? "" : `: \`[${others.join(", ")}]\``;
  return `A \`!\` negates nothing here: list the others${list}${orElse}.`;
}

const mostOthers = 12;

/** Whether one is the other's plural. */
export function isPluralOf(name: string, other: string): boolean {
  const [short, long] = name.length < other.length ? [fold(name), fold(other)] : [fold(other), fold(name)];
  return long === `${short}s` || long === `${short}es`;
}

/** The number of slips between two names, or null when a third of the letters differ or more. */
function distanceOf(wanted: string, candidate: string): number | null {
  const distance = leven(wanted, candidate);
  const most = Math.floor(Math.max(wanted.length, candidate.length) / 3);
  if (distance <= most) return distance;
  const isOneLetterMore =
    distance === 1 && Math.min(wanted.length, candidate.length) > 0 && wanted.length !== candidate.length;
  return isOneLetterMore || (distance === 2 && isSwapped(wanted, candidate)) ? distance : null;
}

/** `tset` for `test`: two letters that stand side by side the wrong way round are one slip. */
function isSwapped(a: string, b: string): boolean {
  const at = Array.from(a).findIndex((char, index) => char !== b.charAt(index));
  return a.length === b.length && a.charAt(at) === b.charAt(at + 1) && a.charAt(at + 1) === b.charAt(at);
}

/** People mix up `-`, `_` and capitals; such a name is as close as can be. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
