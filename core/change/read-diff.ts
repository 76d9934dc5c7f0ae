import { isSha } from "./change.ts";
import type { Hunk } from "./line-map.ts";
import { malformedTree } from "./malformed-tree.ts";
import { recordSplitter, type RecordEnd } from "./split-records.ts";

/**
 * Reads the output of `git diff-tree -r -z --raw --numstat -p -U0` as it comes, without ever trusting its text:
 * paths come from the NUL-separated part, and hunks are consumed by their counts, so that no line of a file can be
 * taken for a header (`++ b/x`, `-- a/x`, `diff --git`). Throws when the output is not of git's shape, stops in the
 * middle, or holds other hunks than git counts.
 */
export function diffReader(options: DiffReaderOptions): DiffReader {
  const state: State = {
    at: options.commits ? "commit" : "raw",
    commit: "",
    started: !options.commits,
    files: [],
    counted: 0,
    section: null,
    hunk: null,
  };
  const splitter = recordSplitter(
    (firstByte) => recordEnd(state, firstByte),
    (record, endedBy) => takeRecord(state, options, record, endedBy),
  );
  return {
    write: (chunk) => splitter.write(chunk),
    end() {
      splitter.end();
      if (state.hunk !== null) throw new Error("git's diff stops in the middle of a hunk");
      if (state.started) finishDiff(state, options);
    },
  };
}

export interface DiffReader {
  write(chunk: Buffer): void;
  /** Ends the reading: hands over the last diff. Throws when the output stopped in the middle. */
  end(): void;
}

/** One file of a diff. `path` is the newer name; for a deletion, the older. Paths are bytes: git knows no encoding. */
export interface DiffFile {
  /** `A`, `D`, `M`, `T`, or `R` with its similarity. */
  status: string;
  oldMode: string;
  newMode: string;
  oldBlob: string;
  newBlob: string;
  path: Buffer;
  previousPath: Buffer | null;
  /**
   * As git's `--numstat` counts them; null where that side is binary. A type change (a file that becomes a link) is
   * compared there as if both sides were of one type, but shown as a deletion and a creation: it counts as shown.
   */
  addedLines: number | null;
  deletedLines: number | null;
  hunks: Hunk[];
}

export interface DiffReaderOptions {
  /** True for `diff-tree --stdin`, which names the commit before each diff. */
  commits: boolean;
  /** Called for each diff, in order; without `commits` once, with an empty name. */
  onDiff: (commit: string, files: DiffFile[]) => void;
  /** Called before the first line of a diff: its files, with their counts and without their hunks. */
  onCounts?: (files: readonly DiffFile[]) => void;
  /** Called for each added line as it is read: its number from 1, its bytes without the newline. */
  onAddedLine?: (file: DiffFile, line: number, text: Buffer) => void;
  /** The same for each removed line, with its number in the older file. In a hunk they come before the added ones. */
  onRemovedLine?: (file: DiffFile, line: number, text: Buffer) => void;
}

type At = "commit" | "raw" | "rawPath" | "rawNewPath" | "numstat" | "numstatOldPath" | "numstatNewPath" | "patch";

interface State {
  at: At;
  commit: string;
  /** False until the first diff began. */
  started: boolean;
  files: DiffFile[];
  /** How many files have their counts. */
  counted: number;
  /** The file whose patch is being read; a type change has two parts, a deletion and a creation. */
  section: { file: number; part: number } | null;
  hunk: { file: DiffFile; oldLeft: number; newLeft: number; nextOldLine: number; nextLine: number } | null;
}

const nul = 0x00;
const tab = 0x09;
const plus = 0x2b;
const minus = 0x2d;
const colon = 0x3a;
const at = 0x40;
const backslash = 0x5c;

function recordEnd(state: State, firstByte: number): RecordEnd {
  if (state.at !== "patch") return "nul";
  // A hunk's header shows a line of the file, which may hold a NUL. Other headers hold none: there it ends the name of
  // the next commit.
  return state.hunk !== null || firstByte === at ? "newline" : "either";
}

type Take = (state: State, options: DiffReaderOptions, record: Buffer, endedBy: number | null) => void;

const takeRecord: Take = (state, options, record, endedBy) => {
  if (endedBy === null) throw new Error("git's diff stops in the middle of a line");
  takers[state.at](state, options, record, endedBy);
};

const takers: Readonly<Record<At, Take>> = {
  commit: startCommit,
  raw: takeRaw,
  rawPath: takeRawPath,
  rawNewPath: takeRawPath,
  numstat: takeNumstat,
  numstatOldPath: (state) => (state.at = "numstatNewPath"),
  numstatNewPath: (state) => (state.at = "numstat"),
  patch: takePatch,
};

function startCommit(state: State, options: DiffReaderOptions, record: Buffer): void {
  const name = record.toString("latin1");
  if (!options.commits || !isSha(name)) throw new Error("git's diff has a line of an unknown shape");
  state.commit = name;
  state.started = true;
  state.at = "raw";
}

function takeRaw(state: State, options: DiffReaderOptions, record: Buffer): void {
  if (record[0] !== colon) {
    endRaw(state, options, record);
    return;
  }
  const [oldMode, newMode, oldBlob, newBlob, status] = record.toString("latin1").slice(1).split(" ");
  if (oldMode === undefined || newMode === undefined || oldBlob === undefined || newBlob === undefined || !status) {
    throw new Error("git's raw diff has a line of an unknown shape");
  }
  const unread = { path: Buffer.alloc(0), previousPath: null, addedLines: 0, deletedLines: 0, hunks: [] };
  state.files.push({ status, oldMode, newMode, oldBlob, newBlob, ...unread });
  state.at = "rawPath";
}

function endRaw(state: State, options: DiffReaderOptions, record: Buffer): void {
  if (state.files.length > 0) {
    takeNumstat(state, options, record);
  } else {
    // Nothing differs in this commit: what follows is the next one.
    finishDiff(state, options);
    startCommit(state, options, record);
  }
}

function takeRawPath(state: State, _options: DiffReaderOptions, record: Buffer): void {
  const file = state.files[state.files.length - 1]!;
  if (state.at === "rawPath" && (file.status.startsWith("R") || file.status.startsWith("C"))) {
    file.previousPath = Buffer.from(record);
    state.at = "rawNewPath";
    return;
  }
  file.path = Buffer.from(record);
  state.at = "raw";
}

function takeNumstat(state: State, options: DiffReaderOptions, record: Buffer): void {
  if (record.length === 0) {
    startPatch(state, options);
    return;
  }
  const file = state.files[state.counted];
  if (file === undefined) throw malformedTree("git counts more files than it lists");
  state.counted += 1;
  const firstTab = record.indexOf(tab);
  const secondTab = record.indexOf(tab, firstTab + 1);
  if (firstTab < 1 || secondTab === -1) throw new Error("git's counts have a line of an unknown shape");
  file.addedLines = readCount(record.subarray(0, firstTab));
  file.deletedLines = readCount(record.subarray(firstTab + 1, secondTab));
  // A rename's counts are followed by its two paths, each a record of its own.
  state.at = secondTab === record.length - 1 ? "numstatOldPath" : "numstat";
}

function readCount(text: Buffer): number | null {
  const digits = text.toString("latin1");
  return digits === "-" ? null : readNumber(digits, "git's counts have a line of an unknown shape");
}

function readNumber(digits: string, complaint: string): number {
  const number = Number(digits);
  // What is written otherwise (`1e3`, `+1`, nothing at all) is no count of git's.
  if (String(number) !== digits || !Number.isSafeInteger(number) || number < 0) throw new Error(complaint);
  return number;
}

function startPatch(state: State, options: DiffReaderOptions): void {
  if (state.counted !== state.files.length) throw malformedTree("git's counts and its list of files disagree");
  options.onCounts?.(state.files);
  state.at = "patch";
  state.section = { file: -1, part: 0 };
}

function takePatch(state: State, options: DiffReaderOptions, record: Buffer, endedBy: number | null): void {
  if (state.hunk !== null) takeHunkLine(state, state.hunk, options, record);
  else if (endedBy === nul) {
    finishDiff(state, options);
    startCommit(state, options, record);
  } else if (startsWith(record, "diff --git ")) startSection(state);
  else if (startsWith(record, "@@ ")) startHunk(state, record);
}

function takeHunkLine(
  state: State,
  hunk: NonNullable<State["hunk"]>,
  options: DiffReaderOptions,
  record: Buffer,
): void {
  const sign = record[0];
  if (sign === backslash) return; // "\ No newline at end of file" is no line of the file
  if (sign === minus && hunk.oldLeft > 0) {
    options.onRemovedLine?.(hunk.file, hunk.nextOldLine, record.subarray(1));
    hunk.oldLeft -= 1;
    hunk.nextOldLine += 1;
  } else if (sign === plus && hunk.newLeft > 0) {
    options.onAddedLine?.(hunk.file, hunk.nextLine, record.subarray(1));
    hunk.newLeft -= 1;
    hunk.nextLine += 1;
  } else throw new Error("git's diff has a hunk whose lines do not match its counts");
  if (hunk.oldLeft === 0 && hunk.newLeft === 0) state.hunk = null;
}

function startSection(state: State): void {
  const section = state.section ?? { file: -1, part: 0 };
  const hasSecondPart = isTypeChange(state.files[section.file]) && section.part === 0;
  state.section = hasSecondPart ? { file: section.file, part: 1 } : { file: section.file + 1, part: 0 };
  if (state.section.file >= state.files.length) throw malformedTree("git's diff has more files than its list");
}

function isTypeChange(file: DiffFile | undefined): boolean {
  return file?.status.startsWith("T") ?? false;
}

function startHunk(state: State, record: Buffer): void {
  const file = state.files[state.section?.file ?? -1];
  if (file === undefined) throw new Error("git's diff has a hunk before its first file");
  const hunk = readHunkHeader(record);
  file.hunks.push(hunk);
  const { oldLines: oldLeft, newLines: newLeft, oldStart: nextOldLine, newStart: nextLine } = hunk;
  if (oldLeft > 0 || newLeft > 0) state.hunk = { file, oldLeft, newLeft, nextOldLine, nextLine };
}

/** Reads `@@ -a[,b] +c[,d] @@ …`; a missing count is 1. */
function readHunkHeader(record: Buffer): Hunk {
  const [, before, after, close] = record.subarray(0, 100).toString("latin1").split(" ");
  if (close !== "@@") throw new Error(oddHeader);
  const [oldStart, oldLines] = readRange(before, "-");
  const [newStart, newLines] = readRange(after, "+");
  return { oldStart, oldLines, newStart, newLines };
}

const oddHeader = "git's diff has a hunk header of an unknown shape";

function readRange(text: string | undefined, sign: string): [number, number] {
  const [start = "", count = "1"] = text?.startsWith(sign) ? text.slice(1).split(",") : [];
  return [readNumber(start, oddHeader), readNumber(count, oddHeader)];
}

function finishDiff(state: State, options: DiffReaderOptions): void {
  const { section, files } = state;
  const last = files.length - 1;
  const lastPart = isTypeChange(files[last]) ? 1 : 0;
  const isWhole = files.length === 0 || (section?.file === last && section.part === lastPart);
  if (!isWhole) throw malformedTree("git's diff stops before the last of its files");
  for (const file of files) checkCounts(joinTypeChange(file));
  options.onDiff(state.commit, files);
  state.files = [];
  state.counted = 0;
  state.section = null;
}

/** A type change is a deletion and a creation: together one hunk that replaces the whole file. */
function joinTypeChange(file: DiffFile): DiffFile {
  if (!isTypeChange(file)) return file;
  const deletion = file.hunks.find((hunk) => hunk.newLines === 0);
  const creation = file.hunks.find((hunk) => hunk.oldLines === 0);
  file.addedLines = creation?.newLines ?? (file.addedLines === null ? null : 0);
  file.deletedLines = deletion?.oldLines ?? (file.deletedLines === null ? null : 0);
  if (deletion === undefined || creation === undefined) return file;
  const { oldStart, oldLines } = deletion;
  const { newStart, newLines } = creation;
  file.hunks = [{ oldStart, oldLines, newStart, newLines }];
  return file;
}

function checkCounts({ hunks, addedLines, deletedLines }: DiffFile): void {
  const added = hunks.reduce((sum, hunk) => sum + hunk.newLines, 0);
  const deleted = hunks.reduce((sum, hunk) => sum + hunk.oldLines, 0);
  if (added === (addedLines ?? 0) && deleted === (deletedLines ?? 0)) return;
  throw new Error(
    `git counts ${addedLines ?? 0} added and ${deletedLines ?? 0} deleted lines of a file; its hunks hold ${added} and ${deleted}`,
  );
}

function startsWith(record: Buffer, prefix: string): boolean {
  return record.length >= prefix.length && record.toString("latin1", 0, prefix.length) === prefix;
}
