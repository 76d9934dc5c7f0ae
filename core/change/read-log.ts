import type { Identity } from "./change.ts";
import { decodeText } from "./decode-text.ts";
import { readMessage } from "./parse-commit.ts";
import { recordSplitter } from "./split-records.ts";

/** One commit as `git log` tells of it. */
export interface LogEntry {
  sha: string;
  parents: string[];
  author: Identity;
  committer: Identity;
  /** ISO 8601 with the recorded offset; empty when git can read no date. */
  committedAt: string;
  /** Re-encoded to UTF-8; only its end when it is longer than `messageLimitBytes`. */
  message: string;
  /** Lines as `--numstat` counts them, binary files left out. Null for a merge, of which git counts none, and when none were asked for. */
  lines: LineCounts | null;
}

/** A commit as git hands it out, its text turned into UTF-8 by whatever encoding the commit names. */
export interface LoggedCommit extends LogEntry {
  /** That name, as it stands in the header; empty when there is none, and the text is as stored. */
  encoding: string;
}

export interface LineCounts {
  added: number;
  deleted: number;
}

/**
 * What `git log -z --format=…` must be asked for. A format of one's own always comes in UTF-8, whatever `--encoding` says,
 * and git believes any encoding that a commit names, UTF-7 too: such commits are to be read again, from their objects.
 */
export const logFormat = ["%H", "%P", "%e", "%cI", "%an", "%ae", "%cn", "%ce", "%B"]
  .map((field) => `${field}%x00`)
  .join("");

/**
 * Reads a log in `logFormat`, with or without `--numstat`, whatever the chunks it comes in and whatever messages and file
 * names hold: fields end at a NUL, which neither can hold. Each call returns the commits that are complete by then.
 */
export function logReader(options: { lines: boolean }): {
  read(chunk: Buffer): LoggedCommit[];
  end(): LoggedCommit[];
} {
  let complete: LoggedCommit[] = [];
  let fields: Buffer[] = [];
  let lines: LineCounts = { added: 0, deleted: 0 };
  const finish = (): void => {
    if (fields.length > 0) complete.push(asEntry(fields, options.lines ? lines : null));
    fields = [];
    lines = { added: 0, deleted: 0 };
  };
  const splitter = recordSplitter(
    () => "nul",
    (record) => {
      if (fields.length < fieldCount) return void fields.push(record);
      // Git ends each commit's text with a NUL more, and begins its counts with a newline.
      if (record.length === 0 || addCounts(record, lines)) return;
      finish();
      fields.push(record);
    },
  );
  const taken = (): LoggedCommit[] => {
    const entries = complete;
    complete = [];
    return entries;
  };
  return {
    read(chunk) {
      splitter.write(chunk);
      return taken();
    },
    end() {
      splitter.end();
      if (fields.length > 0 && fields.length < fieldCount) throw new Error("git log ended in the middle of a commit");
      finish();
      return taken();
    },
  };
}

const fieldCount = 9;

function asEntry(fields: readonly Buffer[], lines: LineCounts | null): LoggedCommit {
  const [sha, parents, encoding, date, authorName, authorMail, committerName, committerMail, message] = fields;
  const parentList = latin1(parents).split(" ").filter(Boolean);
  return {
    sha: latin1(sha),
    parents: parentList,
    author: { name: text(authorName), email: text(authorMail) },
    committer: { name: text(committerName), email: text(committerMail) },
    committedAt: latin1(date),
    message: readMessage(message ?? Buffer.alloc(0), "utf-8", []),
    lines: parentList.length > 1 ? null : lines,
    encoding: latin1(encoding),
  };
}

function latin1(bytes: Buffer | undefined): string {
  return bytes?.toString("latin1") ?? "";
}

/** As `readSignature` has it: without the blanks around it. */
function text(bytes: Buffer | undefined): string {
  return bytes === undefined ? "" : decodeText(bytes, "utf-8").text.trim();
}

/** Adds `<added>\t<deleted>\t<path>` to the counts; `-` stands for a binary file. False when the record is none. */
function addCounts(record: Buffer, lines: LineCounts): boolean {
  const start = record[0] === newline ? 1 : 0;
  const firstTab = record.indexOf(tab, start);
  const secondTab = firstTab === -1 ? -1 : record.indexOf(tab, firstTab + 1);
  if (secondTab === -1) return false;
  lines.added += decimal(record, start, firstTab);
  lines.deleted += decimal(record, firstTab + 1, secondTab);
  return true;
}

const newline = 0x0a;
const tab = 0x09;

function decimal(record: Buffer, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = record[at]! - 0x30;
    if (digit < 0 || digit > 9) return 0;
    number = number * 10 + digit;
  }
  return number;
}
