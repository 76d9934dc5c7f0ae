import { touchedPaths } from "../change/change.ts";
import { linkTargets } from "../change/link-targets.ts";
import type { TreeFile } from "../change/tree-file.ts";
import type { Evidence } from "../evidence.ts";
import { inertText, pathForms } from "../untrusted/index.ts";
import type { CodeownersFile, CodeownersOwner, OwnersMatch } from "./codeowners/codeowners.ts";
import { codeownersTooLarge } from "./codeowners-reasons.ts";
import { matchOwners, ownersBroader, problemsThatCouldDecide } from "./codeowners/match-owners.ts";
import { parseCodeowners } from "./codeowners/parse-codeowners.ts";
import { shownFile } from "./fingerprint.ts";
import { nameKey } from "./names.ts";
import { ownersKey } from "./owner-refs.ts";

/** The owners that CODEOWNERS gives to one path of a file. */
export interface FoundOwners {
  owners: readonly CodeownersOwner[];
  /** The same for the same owners. */
  key: string;
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
    const problems = codeowners.reason === codeownersTooLarge ? [codeowners.reason] : [];
    return { ofFile: () => [unowned], problemsOf: () => problems };
  }
  const { path, text } = codeowners.value;
  const exact = parseCodeowners(text);
  const folded = lazily(() => parseCodeowners(text.normalize("NFKC").toLowerCase()));
  const known = new WeakMap<TreeFile, readonly FoundOwners[]>();
  return {
    ofFile: (file) => {
      const found = known.get(file) ?? ownersOf(file, exact, folded);
      known.set(file, found);
      return found;
    },
    problemsOf: (file) => problemsOf(file, exact, inertText(path, { maxGraphemes: 200 })),
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

const unowned: FoundOwners = { owners: [], key: "", broader: () => null };

function ownersOf(file: TreeFile, exact: CodeownersFile, folded: () => CodeownersFile): readonly FoundOwners[] {
  // A link may lead to a folder: whoever owns what is in it owns the way there.
  const leads = linkTargets(file).flatMap((target) => [target, `${target}/-`]);
  const found = [...touchedPaths(file), ...leads].flatMap((path) => ownersOfPath(path, exact, folded));
  const owned = new Map(found.filter(({ owners }) => owners.length > 0).map((one) => [one.key, one]));
  return owned.size > 0 ? [...owned.values()] : [unowned];
}

function ownersOfPath(path: string, exact: CodeownersFile, folded: () => CodeownersFile): FoundOwners[] {
  const match = matchOwners(exact, path);
  const passing = [...new Set(pathForms(path).map((form) => form.toLowerCase()))]
    .map((form) => ({ form, match: matchOwners(folded(), form) }))
    // The same line is the same owners, only in lower case.
    .filter((other) => other.match.line !== match.line);
  return [foundOwners(exact, path, match), ...passing.map((other) => foundOwners(folded(), other.form, other.match))];
}

function foundOwners(file: CodeownersFile, path: string, { owners, line }: OwnersMatch): FoundOwners {
  return {
    owners,
    key: ownersKey(owners),
    broader: () => {
      if (line === null) return null;
      const above = ownersBroader(file, path, line);
      return above.matched ? foundOwners(file, path, above) : null;
    },
  };
}

function problemsOf(file: TreeFile, codeowners: CodeownersFile, where: string): string[] {
  if (!codeowners.loaded) return [`${where} has 3 MB or more, so GitHub does not load it and nothing has an owner`];
  const problems = touchedPaths(file).flatMap((path) => problemsThatCouldDecide(codeowners, path));
  const lines = [...new Set(problems.map(({ line }) => line))].sort((a, b) => a - b);
  return lines.map((line) => `line ${line} of ${where} is not valid and could decide who owns ${shownFile(file)}`);
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
