import { changedFile } from "../adapters/git/changed-file.ts";
import { readDiffs, type CommitAndParent } from "../adapters/git/diff-tree.ts";
import { readObjects } from "../adapters/git/read-blobs.ts";
import type { GitRepository } from "../adapters/git/run-git.ts";
import { lintLimits } from "../adapters/sandbox/reader.ts";
import { runLint } from "../adapters/sandbox/run-lint.ts";
import type { Group, MeasuredCommit } from "../core/calibration/index.ts";
import type { ChangedFile } from "../core/change/change.ts";
import { filterFindings, weighFindings } from "../core/findings/index.ts";
import { allMoved, lintRules, type FileToLint, type LintedFile } from "../core/lint/index.ts";
import { fileKind, type Language } from "../core/syntax/index.ts";

/** A commit to be measured, and who wrote it. */
export interface JudgedCommit extends CommitAndParent {
  group: Group;
}

/** What was measured of some commits. */
export interface MeasuredCommits {
  /** Those that touch code. */
  commits: MeasuredCommit[];
  /** How many were left out for their size. */
  large: number;
  /** How many files were left out because some part of them was not looked at. */
  unreadFiles: number;
}

/** A commit that adds more lines of code was imported, generated or moved as a whole. */
export const mostAddedLines = 20_000;

/**
 * Looks at the code that each commit changes, in one child process for all of them; `done` hears how many commits have been
 * handed to it. Memory holds the texts of a hundred files.
 */
export async function measureCommits(
  repository: GitRepository,
  judged: readonly JudgedCommit[],
  rules: readonly string[],
  done: (commits: number) => void,
): Promise<MeasuredCommits> {
  const total: MeasuredCommits = { commits: [], large: 0, unreadFiles: 0 };
  const asked: Asked[] = [];
  let files: LookedAt[] = [];
  const texts = textsOf(repository, judged, { asked, done, isLarge: () => void (total.large += 1) });
  // Every text is answered for, in the order in which they were handed over.
  for await (const linted of runLint(texts, rules, limits)) {
    const { isLast, commit, ...file } = asked.shift()!;
    files.push({ ...file, linted });
    if (!isLast) continue;
    total.commits.push(measured(commit.group, files));
    total.unreadFiles += files.filter(isUnread).length;
    files = [];
  }
  return total;
}

/** For a whole history the process may be started anew more often than for one change. */
const limits = { ...lintLimits, restarts: 50 };

/** A file whose text was handed over. */
interface Asked {
  commit: JudgedCommit;
  /** Whether it is the commit's last. */
  isLast: boolean;
  file: CodeFile;
  /** Added lines that are not blank; null where its text could not be read. */
  addedLines: number | null;
}

interface LookedAt extends Pick<Asked, "file" | "addedLines"> {
  linted: LintedFile;
}

type CodeFile = Pick<ChangedFile, "path" | "hunks" | "oldBlob" | "newBlob" | "addedLines"> & { language: Language };

interface Listener {
  asked: Asked[];
  done: (commits: number) => void;
  isLarge: () => void;
}

/** Compared at once: their hunks are kept, and no text. */
const commitsAtOnce = 25;
/** Read at once, so that a commit of any number of files fits in memory. */
const filesAtOnce = 100;

async function* textsOf(
  repository: GitRepository,
  judged: readonly JudgedCommit[],
  { asked, done, isLarge }: Listener,
): AsyncGenerator<FileToLint, void, undefined> {
  for (let start = 0; start < judged.length; start += commitsAtOnce) {
    const compared = await codeOf(repository, judged.slice(start, start + commitsAtOnce));
    for (const [index, { commit, files }] of compared.entries()) {
      done(start + index);
      if (added(files) > mostAddedLines) isLarge();
      else
        for await (const each of asFilesToLint(repository, files, (some) => asked.push({ commit, ...some })))
          yield each;
    }
  }
  done(judged.length);
}

function added(files: readonly CodeFile[]): number {
  return files.reduce((total, { addedLines }) => total + addedLines, 0);
}

async function codeOf(
  repository: GitRepository,
  judged: readonly JudgedCommit[],
): Promise<{ commit: JudgedCommit; files: CodeFile[] }[]> {
  const compared: { commit: JudgedCommit; files: CodeFile[] }[] = [];
  await readDiffs(repository, judged, (commit, files) => {
    compared.push({ commit, files: files.map(changedFile).flatMap(asCode) });
  });
  return compared;
}

function asCode({ path, kind, hunks, oldBlob, newBlob, addedLines }: ChangedFile): CodeFile[] {
  const language = fileKind(path)?.language;
  if (language === undefined || kind !== "text" || hunks.length === 0) return [];
  return [{ path, hunks, oldBlob, newBlob, addedLines, language }];
}

async function* asFilesToLint(
  repository: GitRepository,
  files: readonly CodeFile[],
  ask: (asked: Omit<Asked, "commit">) => void,
): AsyncGenerator<FileToLint, void, undefined> {
  for (let start = 0; start < files.length; start += filesAtOnce) {
    const some = files.slice(start, start + filesAtOnce);
    const texts = await readTexts(repository, some);
    for (const [index, file] of some.entries()) {
      const [base, head] = [textOf(texts, file.oldBlob), textOf(texts, file.newBlob)];
      const addedLines = base === undefined || head === undefined ? null : linesAdded(head, file);
      ask({ isLast: start + index === files.length - 1, file, addedLines });
      yield { path: file.path, base: base ?? null, head: head ?? null, hunks: file.hunks };
    }
  }
}

/** As `readLint` has it: larger ones are not looked at. */
const largestBytes = 4_000_000;

async function readTexts(
  repository: GitRepository,
  files: readonly CodeFile[],
): Promise<Map<string, string | undefined>> {
  const ids = new Set(files.flatMap(({ oldBlob, newBlob }) => [oldBlob, newBlob]).filter((id) => id !== null));
  const texts = new Map<string, string | undefined>();
  const take = (id: string, bytes: Buffer | null) => void texts.set(id, bytes?.toString("utf8"));
  await readObjects(repository, [...ids], take, largestBytes);
  return texts;
}

/** Null: there is no such side; undefined: it could not be read. */
function textOf(texts: ReadonlyMap<string, string | undefined>, blob: string | null): string | null | undefined {
  return blob === null ? null : texts.get(blob);
}

function linesAdded(head: string | null, { hunks }: CodeFile): number {
  if (head === null) return 0;
  const lines = head.split("\n");
  const isCode = (line: string) => line.trim() !== "";
  return hunks.reduce(
    (total, { newStart, newLines }) => total + lines.slice(newStart - 1, newStart - 1 + newLines).filter(isCode).length,
    0,
  );
}

/** Half a file gives half its findings for all of its lines: neither counts. */
function isUnread({ addedLines, linted }: LookedAt): boolean {
  return addedLines === null || linted.notAnalysed.length > 0;
}

function measured(group: Group, files: readonly LookedAt[]): MeasuredCommit {
  const read = files.filter((file) => !isUnread(file));
  const lines: Partial<Record<Language, number>> = {};
  for (const { file, addedLines } of read) lines[file.language] = (lines[file.language] ?? 0) + (addedLines ?? 0);
  const findings = new Map<string, number>();
  for (const rule of foundIn(read)) findings.set(rule, (findings.get(rule) ?? 0) + 1);
  return { group, lines, findings };
}

/** The rules of the findings that are new, on lines that the commit adds: once for each. */
function foundIn(files: readonly LookedAt[]): string[] {
  const seen = weighFindings(allMoved(files.map(({ linted }) => linted)), {
    rules: lintRules,
    authorship: { files: new Map() },
    writerOfCommit: () => null,
    ai: { ofLine: () => "no", ofCommit: () => "no" },
  });
  const scope = { files: files.map(({ file }) => file), functions: [], isAi: () => false };
  return filterFindings(seen, "added", scope).map(({ rule }) => rule);
}
