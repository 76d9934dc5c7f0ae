import type { ByteCursor } from "./byte-cursor.ts";
import { badCount, badFields, badLine } from "./lcov-refusals.ts";
import type { LcovSection } from "./lcov-section.ts";
import { largestCount, largestLine } from "./problem.ts";

/** `FN:<line>,[<end line>,]<name>`; a name may hold commas. */
export function readFunction(cursor: ByteCursor, section: LcovSection): string | null {
  const line = cursor.wholeNumber(largestLine);
  if (line < 1) return badLine;
  if (!cursor.skip(COMMA)) return badFields;
  const endLine = readEndLine(cursor);
  if (endLine === 0) return badLine;
  section.functions.add(cursor.restOfLine(), line, endLine);
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
export function readCalls(cursor: ByteCursor, section: LcovSection): string | null {
  const hits = cursor.wholeNumber(largestCount);
  if (hits < 0 || !cursor.skip(COMMA)) return badCount;
  section.functions.addCalls(cursor.restOfLine(), hits);
  return null;
}

/** `FNL:<index>,<line>[,<end line>]` (lcov 2.2 and later) */
export function readFunctionLeader(cursor: ByteCursor, section: LcovSection): string | null {
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
export function readFunctionAlias(cursor: ByteCursor, section: LcovSection): string | null {
  const index = cursor.wholeNumber(largestCount);
  if (index < 0 || !cursor.skip(COMMA)) return badFields;
  const hits = cursor.wholeNumber(largestCount);
  if (hits < 0 || !cursor.skip(COMMA)) return badCount;
  const known = section.functions.addAlias(index, cursor.restOfLine(), hits);
  return known ? null : "an FNA record has an index that no FNL record has";
}

const COMMA = 44;
