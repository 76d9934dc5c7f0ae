import leven from "leven";

/** Longer names are not compared: the comparison takes time quadratic in the length. */
const longestName = 64;

/** The known name that was probably meant, or null when none is close. A negated name means anything but the close one. */
export function closest(name: string, known: readonly string[]): string | null {
  if (name.length > longestName || isNegated(name)) return null;
  return likeliest(name, known) ?? holding(name, known) ?? heldBy(name, known);
}

/** The name with the fewest slips. */
function likeliest(name: string, known: readonly string[]): string | null {
  const wanted = fold(name);
  const ranked = known
    .map((candidate) => ({ candidate, distance: slipsBetween(wanted, fold(candidate)) }))
    .filter(({ distance }) => distance !== null)
    .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
  return ranked[0]?.candidate ?? null;
}

/** The one name that holds all words of the written one, and has the fewest more: `added_lines_over` for `lines_over`. */
export function holding(name: string, known: readonly string[]): string | null {
  const wanted = wordsOf(name);
  const holders = known.filter((candidate) => holds(wordsOf(candidate), wanted));
  return single(holders, (candidate) => wordsOf(candidate).length);
}

/** The one name whose words are all in the written one, and the most of them: `ai` for `ai_assisted`. */
function heldBy(name: string, known: readonly string[]): string | null {
  const wanted = wordsOf(name);
  const held = known.filter((candidate) => {
    const words = wordsOf(candidate);
    const others = wanted.filter((word) => !words.some((each) => isSameWord(each, word)));
    return holds(wanted, words) && !others.some((word) => negating.has(word));
  });
  return single(held, (candidate) => -wordsOf(candidate).length);
}

/** What makes the opposite of the words beside it. */
const negating: ReadonlySet<string> = new Set([
  "not",
  "non",
  "without",
  "except",
  "exclude",
  "unless",
  "ignore",
  "never",
]);

function holds(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length > 0 && wanted.every((word) => words.some((each) => isSameWord(each, word)));
}

function isSameWord(word: string, other: string): boolean {
  return word === other || isPluralOf(word, other);
}

/** The name with the least measure, or null when several have it: none of them is more likely than the others. */
function single(names: readonly string[], measure: (name: string) => number): string | null {
  const [first, second] = names.toSorted((a, b) => measure(a) - measure(b));
  if (first === undefined) return null;
  return second === undefined || measure(first) < measure(second) ? first : null;
}

function wordsOf(name: string): string[] {
  return fold(name)
    .split("-")
    .filter((word) => word !== "");
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

/**
 * The number of slips between two names, or null when they are too many. Names of as many words are compared word by word:
 * `max_lines` and `max_files` are alike as a whole, and nobody mistypes one for the other.
 */
function slipsBetween(wanted: string, candidate: string): number | null {
  const [own, others] = [wordsOf(wanted), wordsOf(candidate)];
  const distance = distanceOf(wanted, candidate);
  if (own.length !== others.length || own.length < 2 || distance === null || distance <= 1) return distance;
  return own.every((word, index) => distanceOf(word, others[index] ?? "") !== null) ? distance : null;
}

/** The number of slips between two texts, or null when a third of the letters differ or more. */
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
