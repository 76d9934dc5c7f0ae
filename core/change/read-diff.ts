import type { Hunk } from "./line-map.ts";

/**
 * Reads the output of `git diff-tree -r -z --raw --numstat -p -U0` as it comes, without ever trusting its text:
 * paths come from the NUL-separated part, and hunks are consumed by their counts, so that no line of a file can be
 * taken for a header (`++ b/x`, `-- a/x`, `diff --git`). Throws when the output is not of git's shape.
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
    () => (state.at !== "patch" ? "nul" : state.hunk !== null ? "newline" : "either"),
    (record, endedBy) => takeRecord(state, options, record, endedBy),
  );
  return {
    write: (chunk) => splitter.write(chunk),
    end() {
      splitter.end();
      if (state.hunk !== null) throw new Error("git's diff stops in the middle of a hunk");
      if (state.counted !== state.files.length) throw new Error("git's diff stops before its counts");
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
  /** As git counts them; null for a binary file. */
  addedLines: number | null;
  deletedLines: number | null;
  hunks: Hunk[];
}

export interface DiffReaderOptions {
  /** True for `diff-tree --stdin`, which names the commit before each diff. */
  commits: boolean;
  /** Called for each diff, in order; without `commits` once, with an empty name. */
  onDiff: (commit: string, files: DiffFile[]) => void;
  /** Called for each added line as it is read: its number from 1, its bytes without the newline. */
  onAddedLine?: (file: DiffFile, line: number, text: Buffer) => void;
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
  hunk: { file: DiffFile; oldLeft: number; newLeft: number; nextLine: number } | null;
}

const newline = 0x0a;
const nul = 0x00;

function takeRecord(state: State, options: DiffReaderOptions, record: Buffer, endedBy: number | null): void {
  switch (state.at) {
    case "commit":
      return startCommit(state, record);
    case "raw":
      return takeRaw(state, options, record);
    case "rawPath":
    case "rawNewPath":
      return takeRawPath(state, record);
    case "numstat":
    case "numstatOldPath":
    case "numstatNewPath":
      return takeNumstat(state, record);
    case "patch":
      return takePatch(state, options, record, endedBy);
  }
}

function startCommit(state: State, record: Buffer): void {
  state.commit = record.toString("latin1");
  state.started = true;
  state.at = "raw";
}

function takeRaw(state: State, options: DiffReaderOptions, record: Buffer): void {
  if (record[0] !== 0x3a) return afterRaw(state, options, record);
  const [oldMode, newMode, oldBlob, newBlob, status] = record.toString("latin1").slice(1).split(" ");
  if (oldMode === undefined || newMode === undefined || oldBlob === undefined || newBlob === undefined || !status) {
    throw new Error("git's raw diff has a line of an unknown shape");
  }
  const unread = { path: Buffer.alloc(0), previousPath: null, addedLines: 0, deletedLines: 0, hunks: [] };
  state.files.push({ status, oldMode, newMode, oldBlob, newBlob, ...unread });
  state.at = "rawPath";
}

function afterRaw(state: State, options: DiffReaderOptions, record: Buffer): void {
  if (state.files.length > 0) {
    state.at = "numstat";
    return takeNumstat(state, record);
  }
  // Nothing differs in this commit: what follows is the next one.
  finishDiff(state, options);
  startCommit(state, record);
}

function takeRawPath(state: State, record: Buffer): void {
  const file = state.files[state.files.length - 1]!;
  if (state.at === "rawPath" && (file.status.startsWith("R") || file.status.startsWith("C"))) {
    file.previousPath = Buffer.from(record);
    state.at = "rawNewPath";
    return;
  }
  file.path = Buffer.from(record);
  state.at = "raw";
}

function takeNumstat(state: State, record: Buffer): void {
  // A rename's counts are followed by its two paths, each a record of its own.
  if (state.at === "numstatOldPath") return void (state.at = "numstatNewPath");
  if (state.at === "numstatNewPath") return void (state.at = "numstat");
  if (record.length === 0) return startPatch(state);
  const file = state.files[state.counted];
  if (file === undefined) throw new Error("git counts more files than it lists");
  state.counted += 1;
  const firstTab = record.indexOf(9);
  const secondTab = record.indexOf(9, firstTab + 1);
  file.addedLines = readCount(record.subarray(0, firstTab));
  file.deletedLines = readCount(record.subarray(firstTab + 1, secondTab));
  if (secondTab === record.length - 1) state.at = "numstatOldPath";
}

function readCount(digits: Buffer): number | null {
  return digits.length === 1 && digits[0] === 0x2d ? null : Number(digits.toString("latin1"));
}

function startPatch(state: State): void {
  if (state.counted !== state.files.length) throw new Error("git's counts and its list of files disagree");
  state.at = "patch";
  state.section = { file: -1, part: 0 };
}

function takePatch(state: State, options: DiffReaderOptions, record: Buffer, endedBy: number | null): void {
  if (state.hunk !== null) return takeHunkLine(state, state.hunk, options, record);
  // Between hunks a NUL ends only the name of the next commit: header lines hold none.
  if (endedBy === nul) {
    finishDiff(state, options);
    return startCommit(state, record);
  }
  if (startsWith(record, "diff --git ")) return startSection(state);
  if (startsWith(record, "@@ ")) return startHunk(state, record);
}

function takeHunkLine(
  state: State,
  hunk: NonNullable<State["hunk"]>,
  options: DiffReaderOptions,
  record: Buffer,
): void {
  const sign = record[0];
  if (sign === 0x5c) return; // "\ No newline at end of file" is no line of the file
  if (sign === 0x2d && hunk.oldLeft > 0) hunk.oldLeft -= 1;
  else if (sign === 0x2b && hunk.newLeft > 0) {
    options.onAddedLine?.(hunk.file, hunk.nextLine, record.subarray(1));
    hunk.newLeft -= 1;
    hunk.nextLine += 1;
  } else throw new Error("git's diff has a hunk whose lines do not match its counts");
  if (hunk.oldLeft === 0 && hunk.newLeft === 0) state.hunk = null;
}

function startSection(state: State): void {
  const section = state.section ?? { file: -1, part: 0 };
  const isTypeChange = state.files[section.file]?.status.startsWith("T") ?? false;
  state.section =
    isTypeChange && section.part === 0 ? { file: section.file, part: 1 } : { file: section.file + 1, part: 0 };
  if (state.section.file >= state.files.length) throw new Error("git's diff has more files than its list");
}

function startHunk(state: State, record: Buffer): void {
  const file = state.files[state.section?.file ?? -1];
  if (file === undefined) throw new Error("git's diff has a hunk before its first file");
  const hunk = readHunkHeader(record);
  file.hunks.push(hunk);
  const { oldLines: oldLeft, newLines: newLeft, newStart: nextLine } = hunk;
  if (oldLeft > 0 || newLeft > 0) state.hunk = { file, oldLeft, newLeft, nextLine };
}

/** Reads `@@ -a[,b] +c[,d] @@ …`; a missing count is 1. */
function readHunkHeader(record: Buffer): Hunk {
  const [, before, after] = record.subarray(0, 100).toString("latin1").split(" ");
  const [oldStart, oldLines] = readRange(before, "-");
  const [newStart, newLines] = readRange(after, "+");
  return { oldStart, oldLines, newStart, newLines };
}

function readRange(text: string | undefined, sign: string): [number, number] {
  const [start, count = "1"] = text?.startsWith(sign) ? text.slice(1).split(",") : [];
  const numbers: [number, number] = [Number(start), Number(count)];
  if (numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) return numbers;
  throw new Error("git's diff has a hunk header of an unknown shape");
}

function finishDiff(state: State, options: DiffReaderOptions): void {
  for (const file of state.files) joinTypeChange(file);
  options.onDiff(state.commit, state.files);
  state.files = [];
  state.counted = 0;
  state.section = null;
}

/** A type change is a deletion and a creation: together one hunk that replaces the whole file. */
function joinTypeChange(file: DiffFile): void {
  const deletion = file.hunks.find((hunk) => hunk.newLines === 0);
  const creation = file.hunks.find((hunk) => hunk.oldLines === 0);
  if (!file.status.startsWith("T") || deletion === undefined || creation === undefined) return;
  const { oldStart, oldLines } = deletion;
  const { newStart, newLines } = creation;
  file.hunks = [{ oldStart, oldLines, newStart, newLines }];
}

function startsWith(record: Buffer, prefix: string): boolean {
  return record.length >= prefix.length && record.toString("latin1", 0, prefix.length) === prefix;
}

/** Cuts a stream into records; which byte ends a record may differ from one to the next. */
function recordSplitter(
  ends: () => "nul" | "newline" | "either",
  take: (record: Buffer, endedBy: number | null) => void,
) {
  // The parts of a record that has not ended: joined once, so that one line of 100 MB costs 100 MB.
  let parts: Buffer[] = [];
  return {
    write(chunk: Buffer) {
      let start = 0;
      while (start < chunk.length) {
        const end = findEnd(chunk, start, ends());
        if (end === -1) return void parts.push(chunk.subarray(start));
        const last = chunk.subarray(start, end);
        const record = parts.length === 0 ? last : Buffer.concat([...parts, last]);
        parts = [];
        take(record, chunk[end] ?? null);
        start = end + 1;
      }
    },
    end() {
      if (parts.length > 0) take(Buffer.concat(parts), null);
      parts = [];
    },
  };
}

function findEnd(chunk: Buffer, start: number, ends: "nul" | "newline" | "either"): number {
  if (ends === "newline") return chunk.indexOf(newline, start);
  if (ends === "nul") return chunk.indexOf(nul, start);
  for (let index = start; index < chunk.length; index += 1) {
    if (chunk[index] === newline || chunk[index] === nul) return index;
  }
  return -1;
}
