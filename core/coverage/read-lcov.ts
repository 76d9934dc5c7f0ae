import { ByteCursor } from "./byte-cursor.ts";
import { LcovBranches, type BranchId } from "./lcov-branches.ts";
import { LcovFunctions } from "./lcov-functions.ts";
import { canonicalFile, mergeFiles } from "./merge-files.ts";
import {
  largestCount,
  largestLine,
  longestPath,
  showReportPath,
  type CoverageProblem,
  type Reading,
} from "./problem.ts";
import type { FileCoverage } from "./report.ts";

/**
 * Reads an lcov tracefile of any version from 1.x to 2.5, with the habits of the tools that write one (istanbul,
 * coverage.py, llvm, grcov, Bazel's `BA`): geninfo(1), "Tracefile format". Sections of one file are merged, paths stay as
 * written. Names of tests (`TN`), versions, checksums, MC/DC and the report's own sums are passed over, and so is a record
 * of an unknown kind when it has the form `NAME:`. Everything else that is not lcov is refused with the line: a file that
 * ends in the middle, counts and line numbers that are negative, fractions or too large.
 */
export function readLcov(bytes: Uint8Array, source: string): Reading<FileCoverage[]> {
  const reader = new LcovReader(bytes);
  const problem = reader.read();
  if (problem !== null) return { ok: false, problem: { source, ...problem } };
  return { ok: true, value: reader.files() };
}

type Refusal = Omit<CoverageProblem, "source">;

class LcovReader {
  readonly #cursor: ByteCursor;
  #line = 0;
  /** The file of the section that is open. */
  #path: string | null = null;
  readonly #section: Section = {
    numbers: [],
    hits: [],
    count: 0,
    branches: new LcovBranches(),
    functions: new LcovFunctions(),
  };
  readonly #files = new Map<string, [FileCoverage, ...FileCoverage[]]>();

  constructor(bytes: Uint8Array) {
    this.#cursor = new ByteCursor(bytes);
    this.#cursor.skipAll(BYTE_ORDER_MARK);
  }

  /** Reads to the end; what is wrong, or null. */
  read(): Refusal | null {
    const cursor = this.#cursor;
    while (!cursor.atEnd()) {
      if (this.#path !== null) this.#line += readPlainLines(cursor, this.#section);
      if (cursor.atEnd()) break;
      this.#line += 1;
      const wrong = this.#readRecord(cursor);
      if (wrong !== null) return { line: this.#line, what: wrong, fix: fixFor(wrong) };
      cursor.toNextLine();
    }
    if (this.#path === null) return null;
    const what = `the file ends inside the section of ${showReportPath(this.#path)}: its \`end_of_record\` is missing`;
    return { line: this.#line, what, fix: "It was cut short: write it again, and read it after the tests have ended." };
  }

  /** Sorted by path; sections of one file are one. */
  files(): FileCoverage[] {
    const files = Array.from(this.#files.values(), mergeFiles);
    return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  #readRecord(cursor: ByteCursor): string | null {
    // Lines and branches make up nearly all of a report, so they come first.
    if (this.#path !== null && cursor.skipAll(DA)) return readLine(cursor, this.#section);
    if (this.#path !== null && cursor.skipAll(BRDA)) return readBranch(cursor, this.#section);
    if (cursor.bytes[cursor.at] === HASH || cursor.atLineEnd()) return null;
    if (cursor.skipAll(END_OF_RECORD)) return cursor.atLineEnd() ? this.#closeSection() : badFields;
    const tag = readTag(cursor);
    if (tag === null) return "this is not an lcov record";
    if (tag === TN) return null;
    if (tag === SF || tag === KF) return this.#openSection(cursor);
    if (this.#path === null) return "this record stands outside a section; a section begins with `SF:`";
    return records.get(tag)?.(cursor, this.#section) ?? null;
  }

  #openSection(cursor: ByteCursor): string | null {
    if (this.#path !== null) return "a section begins before the one above has its `end_of_record`";
    const path = readRest(cursor);
    if (path.length > longestPath) return "an SF record has a path longer than 4,096 characters";
    if (path === "") return "an SF record names no file";
    this.#path = path;
    return null;
  }

  #closeSection(): string | null {
    if (this.#path === null) return "this record stands outside a section; a section begins with `SF:`";
    const file = finishSection(this.#path, this.#section);
    const before = this.#files.get(file.path);
    if (before === undefined) this.#files.set(file.path, [file]);
    else before.push(file);
    this.#path = null;
    return null;
  }
}

/** What one section (`SF:` to `end_of_record`) has said so far. The columns are used again by the next section. */
interface Section {
  numbers: number[];
  hits: number[];
  count: number;
  branches: LcovBranches;
  functions: LcovFunctions;
}

function finishSection(path: string, section: Section): FileCoverage {
  const { numbers, hits, count } = section;
  section.count = 0;
  return canonicalFile({
    path,
    lines: { numbers: numbers.slice(0, count), hits: hits.slice(0, count) },
    branches: section.branches.take(),
    functions: section.functions.take(),
    regions: [],
  });
}

const LINE_FEED = 10;
const HASH = 35;
const COMMA = 44;
const DASH = 45;
const COLON = 58;
const CAPITAL_A = 65;
const CAPITAL_D = 68;
const CAPITAL_U = 85;
const LETTER_E = 101;
const LETTER_F = 102;
const LETTER_U = 117;
const DA = [68, 65, COLON];
const BRDA = [66, 82, 68, 65, COLON];
const END_OF_RECORD = Array.from("end_of_record", (letter) => letter.charCodeAt(0));
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const [TN, SF, KF] = [tagOf("TN"), tagOf("SF"), tagOf("KF")];

const badLine = "the line number is not a whole number from 1 to 10,000,000";
const badCount = "the count is not a whole number from 0 to 9,007,199,254,740,991";
const badFields = "the record is cut short or has a field that is not its own";

function fixFor(wrong: string): string {
  if (wrong !== badCount) return "Write the report again with the tool that made it.";
  return "Write the report again; with gcc, `-fprofile-update=atomic` keeps counts of parallel tests whole.";
}

/** The capital letters before the colon as one number, and moves behind the colon. Null when this is no record. */
function readTag(cursor: ByteCursor): number | null {
  const { bytes } = cursor;
  let tag = 0;
  for (let at = cursor.at; at < cursor.at + 8; at++) {
    const letter = (bytes[at] ?? 0) - 64;
    if (letter === COLON - 64 && tag > 0) {
      cursor.at = at + 1;
      return tag;
    }
    if (letter < 1 || letter > 26) return null;
    tag = tag * 32 + letter;
  }
  return null;
}

function tagOf(name: string): number {
  return Array.from(name).reduce((tag, letter) => tag * 32 + letter.charCodeAt(0) - 64, 0);
}

/**
 * The run of plain `DA:<line>,<count>` records that begins here; returns how many. Most of a report is this loop, so it
 * keeps its place in local variables. It ends before any record that is not plain, and `readLine` judges that one.
 */
function readPlainLines(cursor: ByteCursor, section: Section): number {
  const { bytes } = cursor;
  const { numbers, hits } = section;
  const before = section.count;
  for (;;) {
    let at = cursor.at;
    if (bytes[at] !== CAPITAL_D || bytes[at + 1] !== CAPITAL_A || bytes[at + 2] !== COLON) break;
    let line = 0;
    let digit: number;
    for (at += 3; (digit = bytes[at]! - 48) >= 0 && digit <= 9 && line <= largestLine; at++) line = line * 10 + digit;
    if (line < 1 || line > largestLine || bytes[at] !== COMMA) break;
    const start = at + 1;
    let count = 0;
    for (at = start; (digit = bytes[at]! - 48) >= 0 && digit <= 9 && count < 1e9; at++) count = count * 10 + digit;
    if (at === start || bytes[at] !== LINE_FEED) break;
    numbers[section.count] = line;
    hits[section.count++] = count;
    cursor.at = at + 1;
  }
  return section.count - before;
}

/** `DA:<line>,<count>[,<checksum>]` */
function readLine(cursor: ByteCursor, section: Section): string | null {
  const line = cursor.wholeNumber(largestLine);
  if (line < 1) return badLine;
  if (!cursor.skip(COMMA)) return badFields;
  const hits = cursor.wholeNumber(largestCount);
  if (hits < 0) return badCount;
  if (cursor.bytes[cursor.at] !== COMMA && !cursor.atLineEnd()) return badCount;
  section.numbers[section.count] = line;
  section.hits[section.count++] = hits;
  return null;
}

/** `BRDA:<line>,[e|f][U]<block>,<arm>,<count or ->`; the arm may be a text with commas. */
function readBranch(cursor: ByteCursor, section: Section): string | null {
  const line = cursor.wholeNumber(largestLine);
  if (line < 1) return badLine;
  if (!cursor.skip(COMMA)) return badFields;
  if (!cursor.skip(LETTER_E)) cursor.skip(LETTER_F);
  const unreachable = cursor.skip(CAPITAL_U) || cursor.skip(LETTER_U);
  const block = readBlock(cursor);
  if (block === null) return badFields;
  const arm = readNumberedArm(cursor) ?? readNamedArm(cursor);
  if (arm === null) return badFields;
  if (arm.hits === undefined) return badCount;
  section.branches.add(line, block, arm.id, unreachable ? "unreachable" : arm.hits);
  return null;
}

function readBlock(cursor: ByteCursor): BranchId | null {
  const start = cursor.at;
  const number = cursor.wholeNumber(largestCount);
  if (number >= 0 && cursor.skip(COMMA)) return number;
  cursor.at = start;
  return readTextBefore(cursor, cursor.bytes.subarray(0, cursor.lineEnd()).indexOf(COMMA, start));
}

/** `<arm>,<count>` where the arm is a number: nearly always. Null when it is not, and then nothing is read. */
function readNumberedArm(cursor: ByteCursor): { id: BranchId; hits: number | null } | null {
  const start = cursor.at;
  const id = cursor.wholeNumber(largestCount);
  const hits = id >= 0 && cursor.skip(COMMA) ? readTaken(cursor) : undefined;
  if (hits !== undefined) return { id, hits };
  cursor.at = start;
  return null;
}

function readNamedArm(cursor: ByteCursor): { id: BranchId; hits: number | null | undefined } | null {
  const id = readTextBefore(cursor, cursor.bytes.lastIndexOf(COMMA, cursor.lineEnd() - 1));
  return id === null ? null : { id, hits: readTaken(cursor) };
}

/** Null for `-`: the line of the branch never ran. Undefined when it is no count. */
function readTaken(cursor: ByteCursor): number | null | undefined {
  const hits = cursor.skip(DASH) ? null : cursor.wholeNumber(largestCount);
  return hits === -1 || !cursor.atLineEnd() ? undefined : hits;
}

/** The text up to the comma at `comma`, and moves behind the comma. */
function readTextBefore(cursor: ByteCursor, comma: number): string | null {
  if (comma < cursor.at) return null;
  const text = cursor.textTo(comma);
  cursor.at = comma + 1;
  return text;
}

type ReadRecord = (cursor: ByteCursor, section: Section) => string | null;

/** The records that say something about functions, and Bazel's kind of branch. */
const records: ReadonlyMap<number, ReadRecord> = new Map<number, ReadRecord>([
  [tagOf("FN"), readFunction],
  [tagOf("FNDA"), readCalls],
  [tagOf("FNL"), readFunctionLeader],
  [tagOf("FNA"), readFunctionAlias],
  [tagOf("BA"), readBazelBranch],
]);

/** `FN:<line>,[<end line>,]<name>`; a name may hold commas. */
function readFunction(cursor: ByteCursor, section: Section): string | null {
  const line = cursor.wholeNumber(largestLine);
  if (line < 1) return badLine;
  if (!cursor.skip(COMMA)) return badFields;
  const endLine = readEndLine(cursor);
  if (endLine === 0) return badLine;
  section.functions.add(readRest(cursor), line, endLine);
  return null;
}

/** The end line and its comma when both are there, else null and nothing is read: digits alone are the name. */
function readEndLine(cursor: ByteCursor): number | null {
  const start = cursor.at;
  const endLine = cursor.wholeNumber(largestLine);
  if (endLine >= 0 && cursor.skip(COMMA) && !cursor.atLineEnd()) return endLine;
  cursor.at = start;
  return null;
}

/** `FNDA:<count>,<name>` */
function readCalls(cursor: ByteCursor, section: Section): string | null {
  const hits = cursor.wholeNumber(largestCount);
  if (hits < 0 || !cursor.skip(COMMA)) return badCount;
  section.functions.addCalls(readRest(cursor), hits);
  return null;
}

/** `FNL:<index>,<line>[,<end line>]` (lcov 2.2 and later) */
function readFunctionLeader(cursor: ByteCursor, section: Section): string | null {
  const index = cursor.wholeNumber(largestCount);
  if (index < 0 || !cursor.skip(COMMA)) return badFields;
  const line = cursor.wholeNumber(largestLine);
  const endLine = cursor.skip(COMMA) ? cursor.wholeNumber(largestLine) : null;
  if (line < 1 || (endLine !== null && endLine < 1)) return badLine;
  if (!cursor.atLineEnd()) return badFields;
  section.functions.addGroup(index, line, endLine);
  return null;
}

/** `FNA:<index>,<count>,<name>` (lcov 2.2 and later) */
function readFunctionAlias(cursor: ByteCursor, section: Section): string | null {
  const index = cursor.wholeNumber(largestCount);
  if (index < 0 || !cursor.skip(COMMA)) return badFields;
  const hits = cursor.wholeNumber(largestCount);
  if (hits < 0 || !cursor.skip(COMMA)) return badCount;
  const known = section.functions.addAlias(index, readRest(cursor), hits);
  return known ? null : "an FNA record has an index that no FNL record has";
}

/** `BA:<line>,<taken>` as Bazel writes it: 0 its line never ran, 1 never taken, 2 taken. One record an arm. */
function readBazelBranch(cursor: ByteCursor, section: Section): string | null {
  const line = cursor.wholeNumber(largestLine);
  if (line < 1) return badLine;
  const taken = cursor.skip(COMMA) ? cursor.wholeNumber(2) : -1;
  if (taken < 0 || !cursor.atLineEnd()) return "the branch of a BA record is not 0, 1 or 2";
  section.branches.add(line, 0, null, taken === 0 ? null : taken - 1);
  return null;
}

function readRest(cursor: ByteCursor): string {
  return cursor.textTo(cursor.lineEnd()).trimEnd();
}
