import type { CodeownersFile, CodeownersLine, CodeownersProblem, OwnersMatch } from "./codeowners.ts";
import { matchesPattern } from "./pattern.ts";
import { indexPatterns, type PatternIndex } from "./pattern-index.ts";

/**
 * Who owns a path, given from the repository's root with slashes: the last line that matches it says. Lines that GitHub
 * skips say nothing here; ask `problemsThatCouldDecide` for them.
 * @throws {TooMuchWork} when the paths that a file was asked about take too much work, here and below
 */
export function matchOwners(file: CodeownersFile, path: string): OwnersMatch {
  const { owners, lines } = reading(file);
  const known = owners.get(path);
  if (known !== undefined) return known;
  const found = matchOf(lines.last(path.split("/"), () => true));
  owners.set(path, found);
  return found;
}

/**
 * Who owned a path if the deciding line and those below were not there: the line above `line` that matches it last and
 * has owners. For a fallback to somebody broader, when the owners that count cannot approve.
 */
export function ownersBroader(file: CodeownersFile, path: string, line: number): OwnersMatch {
  const isAbove = (candidate: CodeownersLine) => candidate.line < line && candidate.owners.length > 0;
  return matchOf(reading(file).lines.last(path.split("/"), isAbove));
}

/** The lines that GitHub skips between two others, both left out, and that could have been meant for a path. */
export function skippedBetween(file: CodeownersFile, path: string, above: number, below: number): CodeownersProblem[] {
  return suspectsFor(file, path).filter(({ line }) => line > above && line < below);
}

/** Whether a line that GitHub skips could have been meant for a path. Rather yes than no. */
export function couldDecide(problem: CodeownersProblem, path: string): boolean {
  if (problem.kind === "File too large") return true;
  const names = path.split("/");
  return problem.couldMean.some((pattern) => matchesPattern(pattern, names));
}

/** The lines for which nobody can be sure who owns a path: those that could decide it, and that no valid line below overrides. */
export function problemsThatCouldDecide(file: CodeownersFile, path: string): CodeownersProblem[] {
  if (!file.loaded || file.problems.length + file.doubtful.length === 0) return [...file.problems];
  const known = suspectsFor(file, path);
  if (known.length === 0) return [];
  const { line } = matchOwners(file, path);
  return known.filter((problem) => line === null || problem.line > line);
}

function suspectsFor(file: CodeownersFile, path: string): CodeownersProblem[] {
  const { problems, suspects } = reading(file);
  const known = suspects.get(path) ?? problems.all(path.split("/"));
  suspects.set(path, known);
  return known;
}

/** A file with what is remembered of it: every rule of a policy asks about the same paths. */
interface Reading {
  lines: PatternIndex<CodeownersLine>;
  problems: PatternIndex<CodeownersProblem>;
  owners: Map<string, OwnersMatch>;
  suspects: Map<string, CodeownersProblem[]>;
}

const readings = new WeakMap<CodeownersFile, Reading>();

function reading(file: CodeownersFile): Reading {
  const known = readings.get(file);
  if (known !== undefined) return known;
  const fresh: Reading = {
    lines: indexPatterns(file.lines, ({ matches }) => [matches]),
    problems: indexPatterns([...file.problems, ...file.doubtful], ({ couldMean }) => couldMean),
    owners: new Map(),
    suspects: new Map(),
  };
  readings.set(file, fresh);
  return fresh;
}

const nobody: OwnersMatch = { owners: [], line: null, matched: false, pattern: null };

function matchOf(found: CodeownersLine | undefined): OwnersMatch {
  if (found === undefined) return nobody;
  const { owners, line, pattern } = found;
  return { owners, line, matched: true, pattern };
}
