import { isSha, type Identity } from "./change.ts";
import { decodeText } from "./decode-text.ts";
import { readSignature, type Signature } from "./read-signature.ts";

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
  /** What is odd about the commit as stored, each a sentence; empty for nearly every commit. */
  problems: string[];
}

/** Longer messages are cut: reading ten thousand commits must not need the memory for ten thousand novels. */
export const messageLimitBytes = 1_000_000;

/**
 * Reads one commit object as `git cat-file` gives it. Never throws: what cannot be read is empty and named in
 * `problems`. Source: git's commit.c and pretty.c (headers, a blank line, the message; nothing after a NUL).
 */
export function parseCommit(bytes: Uint8Array): CommitObject {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nul = buffer.indexOf(0);
  const shown = nul === -1 ? buffer : buffer.subarray(0, nul);
  const blankLine = shown.indexOf("\n\n");
  const problems: string[] = [];
  if (nul !== -1)
    problems.push(
      blankLine === -1
        ? "the header holds a NUL byte, so that git shows no message"
        : "the message goes on after a NUL byte, where git shows no more of it",
    );
  const { parents, authors, committers, encodings } = readHeader(
    blankLine === -1 ? shown : shown.subarray(0, blankLine),
  );
  const encoding = encodings[0]?.toString("latin1") ?? "utf-8";
  const author = readPerson("author", authors, encoding, problems);
  const committer = readPerson("committer", committers, encoding, problems);
  return {
    parents,
    author: author.identity,
    committer: committer.identity,
    authoredAt: author.at,
    committedAt: committer.at,
    message: readMessage(blankLine === -1 ? Buffer.alloc(0) : shown.subarray(blankLine + 2), encoding, problems),
    problems,
  };
}

interface HeaderFields {
  parents: string[];
  authors: Buffer[];
  committers: Buffer[];
  encodings: Buffer[];
}

function readHeader(header: Buffer): HeaderFields {
  const fields: HeaderFields = { parents: [], authors: [], committers: [], encodings: [] };
  let inParents = true;
  for (const line of linesOf(header)) {
    // A line that begins with a space goes on with the field before it (a signature), which we do not read.
    const space = line.indexOf(0x20);
    if (space < 1) continue;
    const name = line.toString("latin1", 0, space);
    const value = line.subarray(space + 1);
    // To git a parent stands right behind the tree; a line of that name further down is none.
    inParents &&= name === "tree" || name === "parent";
    if (name === "parent" && inParents && isSha(value.toString("latin1")))
      fields.parents.push(value.toString("latin1"));
    else if (name === "author") fields.authors.push(value);
    else if (name === "committer") fields.committers.push(value);
    else if (name === "encoding") fields.encodings.push(value);
  }
  return fields;
}

function* linesOf(text: Buffer): Generator<Buffer> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf(0x0a, start);
    const end = newline === -1 ? text.length : newline;
    yield text.subarray(start, end);
    start = end + 1;
  }
}

/** The first line counts; that there are others, or none, or one that readers understand differently, is named. */
function readPerson(role: string, lines: readonly Buffer[], encoding: string, problems: string[]): Signature {
  const [line] = lines;
  if (line === undefined) problems.push(`the commit names no ${role}`);
  if (lines.length > 1) problems.push(`the commit has ${lines.length} ${role} lines; the first one counts`);
  const signature = readSignature(line === undefined ? "" : decodeText(line, encoding).text);
  if (line !== undefined && !signature.plain) problems.push(`the ${role} line is not of git's shape`);
  return signature;
}

/** A commit's message from the bytes that follow its header: its end where it is too long. What is odd joins `problems`. */
export function readMessage(body: Buffer, encoding: string, problems: string[]): string {
  if (body.length > messageLimitBytes)
    problems.push(`the message has ${body.length} bytes; only the last ${messageLimitBytes} were read`);
  const { text, problem } = decodeText(lastLines(body), encoding);
  if (problem !== null) problems.push(problem);
  return text;
}

/** The end is kept, because trailers stand there, and from a line's beginning, because half a line may read as one. */
function lastLines(body: Buffer): Buffer {
  if (body.length <= messageLimitBytes) return body;
  const kept = body.subarray(body.length - messageLimitBytes);
  return kept.subarray(kept.indexOf(0x0a) + 1);
}
