import { touches } from "../change/touched-lines.ts";
import type { RawFinding } from "../findings/finding.ts";
import { fileKind, SourceFile } from "../syntax/index.ts";
import { indexClones } from "./clones.ts";
import { collect } from "./find-patterns.ts";
import type { Parse } from "./lint-file.ts";
import type { FileToLint } from "./linted-file.ts";
import type { Pattern } from "./pattern.ts";
import type { RepositoryIndex } from "./repository-index.ts";

/** A file of the repository at head that the change did not touch. */
export interface OtherFile {
  path: string;
  text: string;
}

/**
 * What the changed files hold that only the rest of the repository tells: copies of what is there, names that nobody uses.
 * `isWhole`: the others are all there are, so that a name which stands in none of them stands nowhere. Of what it sees only
 * what touches the change counts: of the rest nobody knows whether the base had it.
 */
export function lintAcross(
  { changed, others, isWhole }: { changed: readonly FileToLint[]; others: readonly OtherFile[]; isWhole: boolean },
  patterns: readonly Pattern[],
  parse: Parse,
): RawFinding[] {
  const heads = changed.flatMap(({ path, head }) => (head === null ? [] : [{ path, text: head }]));
  const index = indexOf([...others, ...heads], isWhole);
  return changed.flatMap((file) => {
    const source = readSource(file, parse);
    if (source === null) return [];
    return patterns.flatMap((pattern) => findAcross(pattern, source, file, index));
  });
}

function findAcross(pattern: Pattern, source: SourceFile, file: FileToLint, index: RepositoryIndex): RawFinding[] {
  const { across, languages, trigger } = pattern;
  if (across === undefined || !languages.includes(source.language) || !trigger.test(source.text)) return [];
  const found = collect(pattern, source, (report) => across(source, index, report));
  const isNew = ({ place }: RawFinding) =>
    file.base === null || (place.kind === "lines" && touches(file.hunks, place.start, place.end));
  return found.filter(isNew);
}

function readSource({ path, head }: FileToLint, parse: Parse): SourceFile | null {
  const kind = fileKind(path);
  const parsed = kind === null || head === null ? null : parse(head, kind.grammar);
  return parsed === null || "reason" in parsed ? null : new SourceFile(path, parsed.tree);
}

function indexOf(files: readonly OtherFile[], isWhole: boolean): RepositoryIndex {
  const code = files.filter(({ path }) => fileKind(path) !== null);
  return { clones: indexClones(code), occursElsewhere: isWhole ? occurrences(files) : () => null };
}

/** A name is looked for when it is asked for: few are, and a repository has many words. */
function occurrences(files: readonly OtherFile[]): RepositoryIndex["occursElsewhere"] {
  const known = new Map<string, string[]>();
  return (name, path) => {
    const holders = known.get(name) ?? holdersOf(name, files);
    known.set(name, holders);
    return holders.some((holder) => holder !== path);
  };
}

/** Two suffice: one of them is another file than the one that asks. */
function holdersOf(name: string, files: readonly OtherFile[]): string[] {
  const holders: string[] = [];
  for (const { path, text } of files) {
    if (!holdsWord(text, name)) continue;
    holders.push(path);
    if (holders.length === 2) break;
  }
  return holders;
}

function holdsWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length))
    if (!isWordPart(text[at - 1]) && !isWordPart(text[at + name.length])) return true;
  return false;
}

function isWordPart(character: string | undefined): boolean {
  return character !== undefined && /[\p{ID_Continue}$]/u.test(character);
}
