import type { ByteCursor } from "./byte-cursor.ts";
import type { BranchId } from "./lcov-branches.ts";
import { badCount, badFields, badLine } from "./lcov-refusals.ts";
import type { LcovSection } from "./lcov-section.ts";
import { largestCount, largestLine } from "./problem.ts";

/** `BRDA:<line>,[e|f][U]<block>,<arm>,<count or ->`; the arm may be a text with commas. */
export function readBranch(cursor: ByteCursor, section: LcovSection): string | null {
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

/** `BA:<line>,<taken>` as Bazel writes it: 0 its line never ran, 1 never taken, 2 taken. One record an arm. */
export function readBazelBranch(cursor: ByteCursor, section: LcovSection): string | null {
  const line = cursor.wholeNumber(largestLine);
  if (line < 1) return badLine;
  const taken = cursor.skip(COMMA) ? cursor.wholeNumber(2) : -1;
  if (taken < 0 || !cursor.atLineEnd()) return "the branch of a BA record is not 0, 1 or 2";
  section.branches.add(line, 0, null, taken === 0 ? null : taken - 1);
  return null;
}

const COMMA = 44;
const DASH = 45;
const CAPITAL_U = 85;
const LETTER_E = 101;
const LETTER_F = 102;
const LETTER_U = 117;
