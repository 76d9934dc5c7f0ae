import type { Identity } from "./change.ts";
import { messageLimitBytes, readMessage } from "./parse-commit.ts";
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
 * What `git log -z --format=…` must be asked for: a header of single lines, and the message. A format of one's own always
 * comes in UTF-8, whatever `--encoding` says, and git believes any encoding that a commit names, UTF-7 too: such commits
 * are to be read again, from their objects. No line of others holds a line break, because in objects they are lines.
 */
export const logFormat = `${["%H", "%P", "%e", "%cI", "%an", "%ae", "%cn", "%ce"].join("%n")}%x00%B%x00`;

/**
 * Reads a log in `logFormat`, with or without `--numstat`, whatever the chunks it comes in and whatever messages and file
 * names hold: both parts of a commit end at a NUL, which none can hold. Each call returns the commits that are complete by then.
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

/** The header and the message. */
const fieldCount = 2;

function asEntry([header, message]: readonly Buffer[], lines: LineCounts | null): LoggedCommit {
  const [sha = "", parents = "", encoding = "", committedAt = "", ...people] =
    header?.toString("utf8").split("\n") ?? [];
  const [authorName = "", authorMail = "", committerName = "", committerMail = ""] = people;
  const parentList = parents === "" ? [] : parents.split(" ");
  return {
    sha,
    parents: parentList,
    // As `readSignature` has them: without the blanks around them.
    author: { name: authorName.trim(), email: authorMail.trim() },
    committer: { name: committerName.trim(), email: committerMail.trim() },
    committedAt,
    message: textOf(message ?? Buffer.alloc(0)),
    lines: parentList.length > 1 ? null : lines,
    encoding,
  };
}

/** As `readMessage` reads UTF-8, at a third of the cost for messages of usual length. */
function textOf(message: Buffer): string {
  return message.length > messageLimitBytes ? readMessage(message, "utf-8", []) : message.toString("utf8");
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
