import type { Identity } from "./change.ts";

/** A commit object's own words, before anything is judged. */
export interface CommitObject {
  parents: string[];
  author: Identity;
  committer: Identity;
  /** ISO 8601 with the recorded offset. */
  authoredAt: string;
  committedAt: string;
  /** Re-encoded to UTF-8 and cut at the first NUL, as git shows it. */
  message: string;
  /** What is odd about the stored message, each a sentence; empty for nearly every commit. */
  problems: string[];
}

/** Longer messages are cut: reading ten thousand commits must not need the memory for ten thousand novels. */
export const messageLimitBytes = 1_000_000;

/**
 * Reads one commit object as `git cat-file` gives it. Never throws: what cannot be read is empty and named in
 * `problems`. Source: git's Documentation/gitformat-… and commit.c (headers, a blank line, the message).
 */
export function parseCommit(bytes: Uint8Array): CommitObject {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.indexOf("\n\n");
  const header = buffer.subarray(0, end === -1 ? buffer.length : end);
  const body = end === -1 ? Buffer.alloc(0) : buffer.subarray(end + 2);
  const fields = readHeader(header);
  const encoding = fields.encoding.length === 0 ? "utf-8" : fields.encoding.toString("latin1");
  const problems: string[] = [];
  const author = readSignature(fields.author, encoding);
  const committer = readSignature(fields.committer, encoding);
  return {
    parents: fields.parents,
    author: author.identity,
    committer: committer.identity,
    authoredAt: author.at,
    committedAt: committer.at,
    message: readMessage(body, encoding, problems),
    problems,
  };
}

interface HeaderFields {
  parents: string[];
  author: Buffer;
  committer: Buffer;
  encoding: Buffer;
}

function readHeader(header: Buffer): HeaderFields {
  const nothing = Buffer.alloc(0);
  const fields: HeaderFields = { parents: [], author: nothing, committer: nothing, encoding: nothing };
  for (let start = 0; start < header.length;) {
    const newline = header.indexOf(0x0a, start);
    const end = newline === -1 ? header.length : newline;
    const line = header.subarray(start, end);
    start = end + 1;
    // A line that begins with a space goes on with the field before it (a signature), which we do not read.
    const space = line.indexOf(0x20);
    if (space < 1) continue;
    const name = line.subarray(0, space).toString("latin1");
    const value = line.subarray(space + 1);
    if (name === "parent") fields.parents.push(value.toString("latin1"));
    // The first one counts, as in git: a second author line cannot replace it.
    else if (name === "author" && fields.author.length === 0) fields.author = value;
    else if (name === "committer" && fields.committer.length === 0) fields.committer = value;
    else if (name === "encoding" && fields.encoding.length === 0) fields.encoding = value;
  }
  return fields;
}

/** Reads `Name <mail> seconds offset`; the last `<` and `>` before the date count. */
function readSignature(line: Buffer, encoding: string): { identity: Identity; at: string } {
  const text = decode(line, encoding).text;
  const close = text.lastIndexOf(">");
  const open = text.lastIndexOf("<", close);
  if (open === -1 || close === -1) return { identity: { name: text.trim(), email: "" }, at: epoch };
  const identity = { name: text.slice(0, open).trim(), email: text.slice(open + 1, close).trim() };
  return { identity, at: readDate(text.slice(close + 1).trim()) };
}

const epoch = "1970-01-01T00:00:00+00:00";

function readDate(text: string): string {
  const [secondsText = "", offset = "+0000"] = text.split(" ");
  const seconds = Number(secondsText);
  const minutes = offsetMinutes(offset);
  const local = new Date((seconds + minutes * 60) * 1000);
  if (secondsText === "" || Number.isNaN(local.getTime())) return epoch;
  const sign = minutes < 0 ? "-" : "+";
  const absolute = Math.abs(minutes);
  const zone = `${sign}${twoDigits(Math.floor(absolute / 60))}:${twoDigits(absolute % 60)}`;
  return `${local.toISOString().slice(0, -5)}${zone}`;
}

/** Minutes east of UTC; 0 for an offset that no place on earth has. */
function offsetMinutes(offset: string): number {
  const digits = Number(offset.slice(1));
  if (offset.length !== 5 || !Number.isSafeInteger(digits)) return 0;
  const minutes = Math.floor(digits / 100) * 60 + (digits % 100);
  if (minutes > 14 * 60) return 0;
  return offset.startsWith("-") ? -minutes : minutes;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

function readMessage(body: Buffer, encoding: string, problems: string[]): string {
  const nul = body.indexOf(0);
  if (nul !== -1) problems.push("the message goes on after a NUL byte, where git shows no more of it");
  const shown = nul === -1 ? body : body.subarray(0, nul);
  if (shown.length > messageLimitBytes) {
    problems.push(`the message has ${shown.length} bytes; only the last ${messageLimitBytes} were read`);
  }
  // The end is kept, because trailers stand there.
  const kept = shown.length > messageLimitBytes ? shown.subarray(shown.length - messageLimitBytes) : shown;
  const decoded = decode(kept, encoding);
  if (decoded.problem !== null) problems.push(decoded.problem);
  return decoded.text;
}

function decode(bytes: Buffer, encoding: string): { text: string; problem: string | null } {
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), problem: null };
  } catch {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const isUtf8 = encoding.toLowerCase() === "utf-8";
    const problem = isUtf8
      ? "the message is not valid UTF-8"
      : "the message is in an encoding that cannot be read, or lies about it";
    return { text, problem };
  }
}
