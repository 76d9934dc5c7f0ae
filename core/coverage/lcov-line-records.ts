import type { ByteCursor } from "./byte-cursor.ts";
import { badCount, badFields, badLine } from "./lcov-refusals.ts";
import type { LcovSection } from "./lcov-section.ts";
import { largestCount, largestLine } from "./problem.ts";

/**
 * The run of plain `DA:<line>,<count>` records that begins here; returns how many. Most of a report is this loop, so it
 * keeps its place in local variables. It ends before any record that is not plain, and `readLine` judges that one.
 */
export function readPlainLines(cursor: ByteCursor, section: LcovSection): number {
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
export function readLine(cursor: ByteCursor, section: LcovSection): string | null {
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

const LINE_FEED = 10;
const COMMA = 44;
const COLON = 58;
const CAPITAL_A = 65;
const CAPITAL_D = 68;
