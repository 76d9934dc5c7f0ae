import { hasShortName, pathForms } from "../untrusted/index.ts";
import { touchedPaths } from "../change/change.ts";
import type { TreeFile } from "../change/tree-file.ts";
import { compileGlob, globMatchesSegments, globMayMeanShort, globProblem, type Glob } from "./glob.ts";
import { spend, type Work } from "./work.ts";

/** Patterns of an `areas` or `when.paths` list; those that begin with `!` exclude. Their order means nothing. */
export type PathList = readonly string[];

/**
 * Whether a file is meant by a list: some form of either of its paths matches a pattern, and no exclusion holds.
 * A look-alike, a letter's case, a short name of Windows or a rename can therefore bring a file under a list, and never out of it.
 * @throws {Problem} when the decision's work is used up
 */
export function listMatches(
  list: PathList,
  { file, pathForms: forms }: { file: TreeFile; pathForms: readonly string[] },
  work?: Work,
): boolean {
  if (work !== undefined) spend(work, stepsOfList + forms.length);
  const { included, excluded } = compileList(list);
  const isMeant = isIncluded(included, forms, work) || mayBeIncluded(included, forms, work);
  return isMeant && !excludedBy(excluded, file, work);
}

/** The same for whoever asks about the same file again for every rule. Remembering costs more than most lists do. */
export function listMatchesAgain(
  list: PathList,
  asked: { file: TreeFile; pathForms: readonly string[] },
  work?: Work,
): boolean {
  const { answers } = compileList(list);
  const known = answers.get(asked.pathForms);
  if (known?.file === asked.file && (work === undefined || known.work === work)) {
    if (work !== undefined) spend(work, stepsOfRemembering);
    return known.answer;
  }
  const answer = listMatches(list, asked, work);
  answers.set(asked.pathForms, { file: asked.file, work, answer });
  return answer;
}

/** Looking up a list, a file and its parts, before anything is compared: as long as comparing so many characters. */
const stepsOfList = 40;

/** The same when the answer is known. */
const stepsOfRemembering = 15;

function isIncluded({ paths, globs }: Patterns, forms: readonly string[], work: Work | undefined): boolean {
  if (paths.size > 0 && forms.some((form) => paths.has(form))) return true;
  if (globs.length === 0) return false;
  const { split } = partsOf(forms);
  return globs.some((glob) => split.some((segments) => globMatchesSegments(glob, segments, work)));
}

/** By a short name of Windows, which a change can commit as it stands: what it leads to there is anybody's guess. */
function mayBeIncluded({ all }: Patterns, forms: readonly string[], work: Work | undefined): boolean {
  const { short } = partsOf(forms);
  return short.length > 0 && all().some((glob) => short.some((segments) => globMayMeanShort(glob, segments, work)));
}

/**
 * Whether every path of the file, exactly as git stores it, matches one of the patterns. Links and submodules are never
 * excluded: what they point at is somewhere else.
 */
export function isExcluded(patterns: PathList, file: TreeFile, work?: Work): boolean {
  return excludedBy(compileList(patterns).exact, file, work);
}

/** What is wrong with one entry of a list, or null. */
export function listEntryProblem(entry: string): { what: string; fix: string } | null {
  if (entry.startsWith("!(")) {
    const fix = `Write one pattern for each choice; to exclude a name that begins with \`(\`, write "!?…" for it.`;
    return { what: "the pattern has an extended glob", fix };
  }
  return entry.startsWith("!") ? globProblem(entry.slice(1), "!") : globProblem(entry);
}

function excludedBy({ paths, globs }: Patterns, file: TreeFile, work: Work | undefined): boolean {
  if (
    (globs.length === 0 && paths.size === 0) ||
    file.kind === "symlink" ||
    file.kind === "submodule" ||
    !file.validUtf8
  )
    return false;
  if (work !== undefined) spend(work, stepsOfList);
  return exactPaths(file).every(
    ({ path, segments }) => paths.has(path) || globs.some((glob) => globMatchesSegments(glob, segments, work)),
  );
}

/** Those that name one path are looked up, the others compared one by one. */
interface Patterns {
  paths: ReadonlySet<string>;
  globs: readonly Glob[];
  /** All of them as patterns, made when they are asked for. */
  all: () => readonly Glob[];
}

interface CompiledList {
  /** The patterns as written, and in every form under which a path is tried. */
  exact: Patterns;
  included: Patterns;
  excluded: Patterns;
  /**
   * What was answered for a file, by its forms: every rule that asks for an area's approval asks again. Free only within
   * the decision that paid for it, so that a decision is refused or not whatever was decided before.
   */
  answers: WeakMap<readonly string[], { file: TreeFile; work: Work | undefined; answer: boolean }>;
}

function patternsOf(written: readonly string[]): Patterns {
  const [paths, globs] = [written.filter((entry) => !isWild(entry)), written.filter(isWild)];
  const wild = globs.map(compileGlob);
  let all: readonly Glob[] | null = null;
  return { paths: new Set(paths), globs: wild, all: () => (all ??= [...paths.map(compileGlob), ...wild]) };
}

function isWild(pattern: string): boolean {
  return pattern.includes("*") || pattern.includes("?");
}

/** A list is asked once for every file of a change. */
const compiled = new WeakMap<PathList, CompiledList>();

/** The patterns of a list that mean files, in every form under which a path is tried. */
export function includedIn(list: PathList): readonly Glob[] {
  return compileList(list).included.all();
}

function compileList(list: PathList): CompiledList {
  const known = compiled.get(list);
  if (known !== undefined) return known;
  const exclusions = list.filter((entry) => entry.startsWith("!")).map((entry) => entry.slice(1));
  const patterns = list.filter((entry) => !entry.startsWith("!"));
  const fresh: CompiledList = {
    exact: patternsOf(patterns),
    // The forms of a path in lower case must meet a pattern in lower case.
    included: patternsOf([...new Set(patterns.flatMap(pathForms))]),
    excluded: patternsOf(exclusions),
    answers: new WeakMap(),
  };
  compiled.set(list, fresh);
  return fresh;
}

/** The forms of a file, split, and those among them with a part in the shape of a short name. */
export interface Parts {
  split: readonly (readonly string[])[];
  short: readonly (readonly string[])[];
}

const parts = new WeakMap<readonly string[], Parts>();

/** A file is asked about once for every list of a policy: long paths are split and looked through once. */
export function partsOf(forms: readonly string[]): Parts {
  const known = parts.get(forms);
  if (known !== undefined) return known;
  const split = forms.map((form) => form.split("/"));
  const fresh = { split, short: split.filter(hasShortName) };
  parts.set(forms, fresh);
  return fresh;
}

/** A path as git stores it, and the same split. */
interface ExactPath {
  path: string;
  segments: readonly string[];
}

const exact = new WeakMap<TreeFile, readonly ExactPath[]>();

function exactPaths(file: TreeFile): readonly ExactPath[] {
  const known = exact.get(file);
  if (known !== undefined) return known;
  const fresh = touchedPaths(file).map((path) => ({ path, segments: path.split("/") }));
  exact.set(file, fresh);
  return fresh;
}
