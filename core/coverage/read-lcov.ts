import { ByteCursor } from "./byte-cursor.ts";
import { readBazelBranch, readBranch } from "./lcov-branch-records.ts";
import { readCalls, readFunction, readFunctionAlias, readFunctionLeader } from "./lcov-function-records.ts";
import { readLine, readPlainLines } from "./lcov-line-records.ts";
import { badFields, fixFor } from "./lcov-refusals.ts";
import { finishSection, newSection, type LcovSection } from "./lcov-section.ts";
import { readTag, tagOf } from "./lcov-tag.ts";
import { mergeFiles } from "./merge-files.ts";
import { longestPath, showReportPath, type CoverageProblem, type Reading } from "./problem.ts";
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
  readonly #section = newSection();
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
    const path = cursor.restOfLine();
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

const HASH = 35;
const DA = bytesOf("DA:");
const BRDA = bytesOf("BRDA:");
const END_OF_RECORD = bytesOf("end_of_record");
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const [TN, SF, KF] = [tagOf("TN"), tagOf("SF"), tagOf("KF")];

type ReadRecord = (cursor: ByteCursor, section: LcovSection) => string | null;

/** The records beside lines and branches that say something of the code. Each reads its fields; what is wrong, or null. */
const records: ReadonlyMap<number, ReadRecord> = new Map<number, ReadRecord>([
  [tagOf("FN"), readFunction],
  [tagOf("FNDA"), readCalls],
  [tagOf("FNL"), readFunctionLeader],
  [tagOf("FNA"), readFunctionAlias],
  [tagOf("BA"), readBazelBranch],
]);

function bytesOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}
