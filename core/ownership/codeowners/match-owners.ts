import type { CodeownersFile, CodeownersLine, CodeownersProblem, OwnersMatch } from "./codeowners.ts";
import { matchesPattern } from "./pattern.ts";

/**
 * Who owns a path, given from the repository's root with slashes: the last line that matches it says. Lines that GitHub
 * skips say nothing here; ask `problemsThatCouldDecide` for them.
 */
export function matchOwners(file: CodeownersFile, path: string): OwnersMatch {
  return matchOf(lastLineFor(file, path, () => true));
}

/**
 * Who owned a path if the deciding line and those below were not there: the line above `line` that matches it last and
 * has owners. For a fallback to somebody broader, when the owners that count cannot approve.
 */
export function ownersBroader(file: CodeownersFile, path: string, line: number): OwnersMatch {
  return matchOf(lastLineFor(file, path, (candidate) => candidate.line < line && candidate.owners.length > 0));
}

/** Whether a line that GitHub skips could have been meant for a path. Rather yes than no. */
export function couldDecide(problem: CodeownersProblem, path: string): boolean {
  if (problem.kind === "File too large") return true;
  const names = path.split("/");
  return problem.couldMean.some((pattern) => matchesPattern(pattern, names));
}

/** The problems for which nobody can be sure who owns a path: those that could decide it, and that no valid line below overrides. */
export function problemsThatCouldDecide(file: CodeownersFile, path: string): CodeownersProblem[] {
  const suspects = file.problems.filter((problem) => couldDecide(problem, path));
  if (suspects.length === 0) return [];
  const { line } = matchOwners(file, path);
  return suspects.filter((problem) => line === null || problem.line > line);
}

const nobody: OwnersMatch = { owners: [], line: null, matched: false, pattern: null };

function matchOf(found: CodeownersLine | undefined): OwnersMatch {
  if (found === undefined) return nobody;
  const { owners, line, pattern } = found;
  return { owners, line, matched: true, pattern };
}

function lastLineFor(
  { lines }: CodeownersFile,
  path: string,
  isAsked: (line: CodeownersLine) => boolean,
): CodeownersLine | undefined {
  const names = path.split("/");
  return lines.findLast((line) => isAsked(line) && matchesPattern(line.matches, names));
}
