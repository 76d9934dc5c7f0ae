import type { Identity } from "./change.ts";

/** Who, and when: what an `author` or `committer` line of a commit says. */
export interface Signature {
  identity: Identity;
  /** ISO 8601 with the recorded offset; the epoch when the line has no date that can be read. */
  at: string;
  /** True when the line has the one shape that every reader understands alike. */
  plain: boolean;
}

/**
 * Reads `Name <mail> seconds offset` as git does: the name ends at the first `<`, the mail at the first `>` after it,
 * and the date stands behind the last `>`. Source: git's ident.c, split_ident_line.
 */
export function readSignature(line: string): Signature {
  const open = line.indexOf("<");
  const close = line.indexOf(">", open + 1);
  if (open === -1 || close === -1) return { identity: { name: line.trim(), email: "" }, at: epoch, plain: false };
  const identity = { name: line.slice(0, open).trim(), email: line.slice(open + 1, close).trim() };
  const at = readDate(line.slice(line.lastIndexOf(">") + 1).trim());
  // Other readers take the last brackets: then one line names two people.
  const plain = line.indexOf("<", open + 1) === -1 && line.indexOf(">") === close && close === line.lastIndexOf(">");
  return { identity, at: at ?? epoch, plain: plain && at !== null };
}

const epoch = "1970-01-01T00:00:00+00:00";

function readDate(text: string): string | null {
  const [secondsText = "", offset = "+0000"] = text.split(" ");
  if (!isDecimal(secondsText)) return null;
  const minutes = offsetMinutes(offset);
  const local = new Date((Number(secondsText) + minutes * 60) * 1000);
  if (Number.isNaN(local.getTime())) return null;
  const sign = minutes < 0 ? "-" : "+";
  const absolute = Math.abs(minutes);
  const zone = `${sign}${twoDigits(Math.floor(absolute / 60))}:${twoDigits(absolute % 60)}`;
  return `${local.toISOString().slice(0, -5)}${zone}`;
}

/** Minutes east of UTC; 0 for an offset that no place on earth has. */
function offsetMinutes(offset: string): number {
  const digits = offset.slice(1);
  if (offset.length !== 5 || !isDecimal(digits) || !"+-".includes(offset.charAt(0))) return 0;
  const minutes = Math.floor(Number(digits) / 100) * 60 + (Number(digits) % 100);
  if (minutes > 14 * 60) return 0;
  return offset.startsWith("-") ? -minutes : minutes;
}

function isDecimal(text: string): boolean {
  return /^[0-9]{1,15}$/.test(text);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
