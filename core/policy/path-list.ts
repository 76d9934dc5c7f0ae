import { pathForms } from "../untrusted/index.ts";
import { touchedPaths } from "../change/change.ts";
import type { TreeFile } from "../change/tree-file.ts";
import { compileGlob, globMatchesSegments, globProblem, type Glob } from "./glob.ts";
import type { Work } from "./work.ts";

/** Patterns of an `areas` or `when.paths` list; those that begin with `!` exclude. Their order means nothing. */
export type PathList = readonly string[];

/**
 * Whether a file is meant by a list: some form of either of its paths matches a pattern, and no exclusion holds.
 * A look-alike, a letter's case or a rename can therefore bring a file under a list, and never out of it.
 * @throws {Problem} when the decision's work is used up
 */
export function listMatches(
  list: PathList,
  { file, pathForms: forms }: { file: TreeFile; pathForms: readonly string[] },
  work?: Work,
): boolean {
  const { included, excluded } = compileList(list);
  const split = splitForms(forms);
  if (!included.some((glob) => split.some((segments) => globMatchesSegments(glob, segments, work)))) return false;
  return !excludedBy(excluded, file, work);
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
  return globProblem(entry.startsWith("!") ? entry.slice(1) : entry);
}

function excludedBy(globs: readonly Glob[], file: TreeFile, work: Work | undefined): boolean {
  if (globs.length === 0 || file.kind === "symlink" || file.kind === "submodule" || !file.validUtf8) return false;
  return touchedPaths(file).every((path) => {
    const segments = path.split("/");
    return globs.some((glob) => globMatchesSegments(glob, segments, work));
  });
}

interface CompiledList {
  /** The patterns as written, and in every form under which a path is tried. */
  exact: readonly Glob[];
  included: readonly Glob[];
  excluded: readonly Glob[];
}

/** A list is asked once for every file of a change. */
const compiled = new WeakMap<PathList, CompiledList>();

function compileList(list: PathList): CompiledList {
  const known = compiled.get(list);
  if (known !== undefined) return known;
  const exclusions = list.filter((entry) => entry.startsWith("!")).map((entry) => entry.slice(1));
  const patterns = list.filter((entry) => !entry.startsWith("!"));
  const fresh = {
    exact: patterns.map(compileGlob),
    // The forms of a path in lower case must meet a pattern in lower case.
    included: [...new Set(patterns.flatMap(pathForms))].map(compileGlob),
    excluded: exclusions.map(compileGlob),
  };
  compiled.set(list, fresh);
  return fresh;
}

/** A file is asked about once for every list of a policy. */
const splits = new WeakMap<readonly string[], readonly (readonly string[])[]>();

function splitForms(forms: readonly string[]): readonly (readonly string[])[] {
  const known = splits.get(forms);
  if (known !== undefined) return known;
  const fresh = forms.map((form) => form.split("/"));
  splits.set(forms, fresh);
  return fresh;
}
