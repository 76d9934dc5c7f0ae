import { touchedPaths } from "../change/change.ts";
import { linkedPlaces, outside } from "../change/link-targets.ts";
import type { TreeFile } from "../change/tree-file.ts";
import type { Evidence } from "../evidence.ts";
import { inertText, pathForms } from "../untrusted/index.ts";
import { boundedWork, type BoundedWork } from "./codeowners/bounded-work.ts";
import type { CodeownersFile, CodeownersLine, CodeownersOwner, OwnersMatch } from "./codeowners/codeowners.ts";
import { isBrokenCodeowners } from "./codeowners-reasons.ts";
import { matchOwners, ownersBroader, problemsThatCouldDecide, skippedBetween } from "./codeowners/match-owners.ts";
import { parseCodeowners } from "./codeowners/parse-codeowners.ts";
import { linesByShortName, type LinesByShortName } from "./codeowners/short-names.ts";
import { shownFile } from "./fingerprint.ts";
import { nameKey } from "./names.ts";
import { ownersKey } from "./owner-refs.ts";

/** The owners that CODEOWNERS gives to one path of a file. */
export interface FoundOwners {
  owners: readonly CodeownersOwner[];
  /** The same for the same owners. */
  key: string;
  /** Why nobody can be sure that these are the ones, as sentences: of broader owners only. */
  unsure: readonly string[];
  /** The owners of a broader pattern above the line that decided; null where there are none, or a line took the owners away on purpose. */
  broader: () => FoundOwners | null;
}

/** Who owns files by CODEOWNERS. */
export interface CodeOwners {
  /** Every set of owners that a file has; one without owners when it has none. */
  ofFile: (file: TreeFile) => readonly FoundOwners[];
  /** Why nobody can be sure who owns a file, as sentences; empty when somebody can. */
  problemsOf: (file: TreeFile) => readonly string[];
}

/**
 * A file has the owners of both its paths, and a link those of what it leads to. A path that only passes for another one,
 * by its case or by look-alike letters, has the owners of both, as far as CODEOWNERS tells the two apart.
 */
export function codeOwners(codeowners: Evidence<{ path: string; text: string }>): CodeOwners {
  if (codeowners.state === "absent") {
    const problems = isBrokenCodeowners(codeowners.reason) ? [codeowners.reason] : [];
    return { ofFile: () => [unowned], problemsOf: () => problems };
  }
  const { path, text } = codeowners.value;
  const where = inertText(path, { maxGraphemes: 200 });
  const work = boundedWork(where);
  const folded = lazily(() => parseCodeowners(text.normalize("NFKC").toLowerCase()));
  const readings: Readings = {
    where,
    exact: parseCodeowners(text),
    folded,
    byShortName: lazily(() => linesByShortName(folded().lines)),
    within: work.within,
  };
  const known = new WeakMap<TreeFile, readonly FoundOwners[]>();
  const faults = new WeakMap<TreeFile, readonly string[]>();
  return {
    ofFile: (file) => {
      const found = known.get(file) ?? work.within(() => ownersOf(file, readings), [unowned]);
      known.set(file, found);
      return found;
    },
    problemsOf: (file) => {
      const problems = faults.get(file) ?? work.within(() => problemsOf(file, readings), []);
      faults.set(file, problems);
      const refusal = work.refusal();
      return refusal === null ? problems : [refusal];
    },
  };
}

/** The teams that may come to decide about these files, by CODEOWNERS: whoever reads facts asks for their members. Sorted. */
export function teamsOwning(
  files: readonly TreeFile[],
  codeowners: Evidence<{ path: string; text: string }>,
): string[] {
  return ownersOfKind("team", files, codeowners);
}

/** The same of people whom CODEOWNERS names by their login. */
export function usersOwning(
  files: readonly TreeFile[],
  codeowners: Evidence<{ path: string; text: string }>,
): string[] {
  return ownersOfKind("user", files, codeowners);
}

function ownersOfKind(
  wanted: CodeownersOwner["kind"],
  files: readonly TreeFile[],
  codeowners: Evidence<{ path: string; text: string }>,
): string[] {
  const { ofFile } = codeOwners(codeowners);
  const found = files.flatMap((file) => ofFile(file).flatMap(withBroader));
  const named = found.flatMap(({ owners }) => owners.filter(({ kind }) => kind === wanted));
  return [...new Set(named.map(({ name }) => nameKey(name)))].sort();
}

/** A file of owners may have thousands of lines for one path; nobody means the hundredth. */
export const mostBroader = 100;

function withBroader(first: FoundOwners): FoundOwners[] {
  const all: FoundOwners[] = [];
  for (let next: FoundOwners | null = first; next !== null && all.length < mostBroader; next = next.broader())
    all.push(next);
  return all;
}

const unowned: FoundOwners = { owners: [], key: "", unsure: [], broader: () => null };

/** A CODEOWNERS file as it stands, and as it reads where neither case nor look-alike letters tell names apart. */
interface Readings {
  /** Its own path, inert. */
  where: string;
  exact: CodeownersFile;
  folded: () => CodeownersFile;
  byShortName: () => LinesByShortName;
  within: BoundedWork["within"];
}

/**
 * Where a line takes the owners away from one path of a file, nobody stays a set of its own: whoever owns the file under
 * another name does not speak for it there.
 */
function ownersOf(file: TreeFile, readings: Readings): readonly FoundOwners[] {
  const under = placesOf(file).flatMap((place) => ownersUnder(place, readings));
  const paths = pathsOf(file);
  const byPath = paths.flatMap((path) => [...ownersOfPath(path, readings), ...ownersByShortName(path, readings)]);
  const found = [...byPath, ...under];
  const owned = new Map(found.filter(({ owners }) => owners.length > 0).map((one) => [one.key, one]));
  const isUnowned = owned.size === 0 || found.some(({ isCleared }) => isCleared);
  return [...owned.values(), ...(isUnowned ? [unowned] : [])];
}

const linkModes = ["120000", "160000"];

/**
 * Where a file stands and stood. What is put in the place of a folder, a link or a submodule, is all that was in it; and a
 * link may lead to a folder: whoever owns what is in it owns the way there.
 */
function pathsOf(file: TreeFile): string[] {
  const own = touchedPaths(file);
  const isFolder = [file.oldMode, file.newMode].some((mode) => mode !== null && linkModes.includes(mode));
  const inside = isFolder ? own.map((path) => `${path}/-`) : [];
  return [...own, ...inside, ...placesOf(file).flatMap((place) => (isFolder ? [place, `${place}/-`] : [place]))];
}

/** What leads out of the repository may lead back in to any of its folders. */
function placesOf(file: TreeFile): string[] {
  return linkedPlaces(file).map((place) => (place === outside ? "" : place));
}

type PathOwners = FoundOwners & { isCleared: boolean };

function ownersOfPath(path: string, { where, exact, folded, within }: Readings): PathOwners[] {
  const match = matchOwners(exact, path);
  const passing = passingFor(path)
    .map((form) => ({ form, match: matchOwners(folded(), form) }))
    // The same line is the same owners, only in lower case.
    .filter((other) => other.match.line !== match.line);
  const all = [{ file: exact, form: path, match }, ...passing.map((other) => ({ file: folded(), ...other }))];
  return all.map(({ file, form, match: found }) => ({
    ...foundOwners({ where, within, file, path: form }, found),
    isCleared: found.matched && found.owners.length === 0,
  }));
}

/** The owners of every line that may mean a path with a short name of Windows (`AUTHEN~1`) by its long one. */
function ownersByShortName(path: string, { where, exact, byShortName, within }: Readings): PathOwners[] {
  const numbers = new Set(passingFor(path).flatMap((form) => byShortName()(form.split("/")).map(({ line }) => line)));
  const meant = numbers.size === 0 ? [] : exact.lines.filter(({ line }) => numbers.has(line));
  const place = { where, within, file: exact, path };
  return meant.map((line) => ({ ...foundOwners(place, line), isCleared: line.owners.length === 0 }));
}

/** A link to a folder above owned ones is a way into them: the owners of all lines that begin below where it leads. */
function ownersUnder(target: string, { where, exact, within }: Readings): PathOwners[] {
  const names = target === "" ? [] : target.split("/");
  const below = exact.lines.filter(({ matches: { segments } }) => startsWith(segments, names));
  const place = { where, within, file: exact, path: names.length === 0 ? "-" : `${target}/-` };
  return below.map((line) => ({ ...foundOwners(place, line), isCleared: false }));
}

/** Whether a pattern has these names and a further one. */
function startsWith(segments: CodeownersLine["matches"]["segments"], names: readonly string[]): boolean {
  return typeof segments[names.length] === "string" && names.every((name, index) => segments[index] === name);
}

/** The forms of a path in which it passes for others, as the folded file has them. */
function passingFor(path: string): string[] {
  return [...new Set(pathForms(path).map((form) => form.toLowerCase()))];
}

/** A path in one reading of the file. */
interface Place {
  where: string;
  within: BoundedWork["within"];
  file: CodeownersFile;
  path: string;
}

function foundOwners(
  place: Place,
  { owners, line }: Pick<OwnersMatch, "owners" | "line">,
  unsure: readonly string[] = [],
): FoundOwners {
  const broader = () => (line === null ? null : place.within(() => broaderOwners(place, line), null));
  return { owners, key: ownersKey(owners), unsure, broader };
}

/** The owners above a line; where GitHub skips a line on the way that may have been meant for the path, nobody can be sure of them. */
function broaderOwners(place: Place, line: number): FoundOwners | null {
  const above = ownersBroader(place.file, place.path, line);
  const skipped = skippedBetween(place.file, place.path, above.line ?? 0, line);
  const unsure = invalidLines(
    skipped.map((problem) => problem.line),
    place.where,
    "could name who stands in",
  );
  return above.matched || unsure.length > 0 ? foundOwners(place, above, unsure) : null;
}

function problemsOf(file: TreeFile, { where, exact, folded }: Readings): string[] {
  if (!exact.loaded) return [`${where} has 3 MB or more, so GitHub does not load it and nothing has an owner`];
  if (exact.problems.length + exact.doubtful.length === 0) return [];
  const problems = pathsOf(file).flatMap((path) => [
    ...problemsThatCouldDecide(exact, path),
    ...passingFor(path).flatMap((form) => problemsThatCouldDecide(folded(), form)),
  ]);
  const lines = [...new Set(problems.map(({ line }) => line))].sort((a, b) => a - b);
  return invalidLines(lines, where, `could decide who owns ${shownFile(file)}`);
}

/** A sentence for each of the first few, and one that counts the others: there may be thousands, for thousands of files. */
function invalidLines(lines: readonly number[], where: string, then: string): string[] {
  const named = lines.length <= mostNamed + 1 ? lines : lines.slice(0, mostNamed);
  const more = lines.length - named.length;
  const says = named.map((line) => `line ${line} of ${where} is not valid and ${then}`);
  return more === 0 ? says : [...says, `${more} more lines of ${where} are not valid and ${then}`];
}

const mostNamed = 3;

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
