import { touches } from "../change/touched-lines.ts";
import type { RawFinding } from "../findings/finding.ts";
import { fileKind } from "../syntax/index.ts";
import { indexClones } from "./clones.ts";
import { collect } from "./find-patterns.ts";
import type { FileToLint } from "./linted-file.ts";
import type { Pattern } from "./pattern.ts";

/** A file of the repository at head. */
export interface OtherFile {
  path: string;
  text: string;
}

/** What is asked of a repository's files. */
export interface AcrossRequest {
  /** The files of the change that hold code. */
  changed: readonly FileToLint[];
  /** The other files. */
  others: readonly OtherFile[];
  /** Names, each with the file that declares it and does not use it. */
  names: readonly { name: string; path: string }[];
}

/** What came of it. */
export interface AcrossAnswer {
  /** Copies of what the repository has, where they touch the change: of the rest nobody knows whether the base had it. */
  findings: RawFinding[];
  /** Of the names, in their order, whether another file has it as a word. */
  used: boolean[];
}

/** What only all files of a repository tell. Their texts are looked at, and none is parsed. */
export function lintAcross({ changed, others, names }: AcrossRequest, patterns: readonly Pattern[]): AcrossAnswer {
  const heads = changed.flatMap(({ path, head }) => (head === null ? [] : [{ path, text: head }]));
  const files = [...others, ...heads];
  const isUsed = usesOf(files);
  return { findings: findCopies(changed, files, patterns), used: names.map(({ name, path }) => isUsed(name, path)) };
}

function findCopies(
  changed: readonly FileToLint[],
  files: readonly OtherFile[],
  patterns: readonly Pattern[],
): RawFinding[] {
  const asked = patterns.filter((pattern) => pattern.findCopies !== undefined);
  if (asked.length === 0) return [];
  const index = indexClones(files.filter(({ path }) => fileKind(path) !== null));
  return changed.flatMap((file) => {
    const { path, head, base, hunks } = file;
    if (head === null) return [];
    const source = { path, text: head };
    const found = asked
      .filter(({ trigger }) => trigger.test(head))
      .flatMap((pattern) => collect(pattern, source, (report) => pattern.findCopies?.(source, index, report)));
    return found.filter(
      ({ place }) => base === null || (place.kind === "lines" && touches(hunks, place.start, place.end)),
    );
  });
}

/** A name is looked for when it is asked for: few are, and a repository has many words. */
function usesOf(files: readonly OtherFile[]): (name: string, path: string) => boolean {
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
