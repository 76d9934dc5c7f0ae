import { Problem } from "../../core/problem.ts";
import { git, type GitRepository } from "./run-git.ts";

/** Objects larger than this are not read: they are named as not read. */
export const blobLimitBytes = 64 * 1024 * 1024;

/** What git says of an object before its bytes. */
export interface ObjectHeader {
  type: string;
  size: number;
}

/** An object's bytes, or null when it is missing, which has no header either, or larger than is read. */
export type ReadObject = (id: string, bytes: Buffer | null, header: ObjectHeader | null) => void;

/**
 * Reads objects by id in one `git cat-file --batch`, handing over each as it arrives, in the order asked. One that is too
 * large is told of before git writes it, and passed over; `take` ends the reading by throwing.
 */
export async function readObjects(
  repository: GitRepository,
  ids: readonly string[],
  take: ReadObject,
  limitBytes: number = blobLimitBytes,
): Promise<void> {
  if (ids.length === 0) return;
  const reader = batchReader(ids, take, limitBytes);
  await git(repository, ["cat-file", "--batch"], {
    objectsOnly: true,
    input: `${ids.join("\n")}\n`,
    onOutput: (chunk) => reader.write(chunk),
  });
  reader.end();
}

/** What to say about a clone that was made without the contents of files: reading never fetches. */
export function lacksContents(): Problem {
  return new Problem(
    "This clone lacks some of the files' contents (it was made with `--filter`), and reading never fetches.",
    "Fetch them: `git fetch --refetch --no-filter origin`, or clone again without `--filter`.",
  );
}

/** The parts of a list in which a NUL ends each. */
export function splitAtNul(list: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < list.length;) {
    const end = list.indexOf(0, start);
    parts.push(list.subarray(start, end === -1 ? list.length : end));
    start = end === -1 ? list.length : end + 1;
  }
  return parts;
}

/** Cuts the output of `git cat-file --batch` (`<id> <type> <size>`, newline, the bytes, newline) into objects. */
function batchReader(ids: readonly string[], take: ReadObject, limitBytes: number) {
  let index = 0;
  let line: Buffer[] = [];
  /** What is being read after a header; without `parts` it is passed over. */
  let body: { header: ObjectHeader; left: number; parts: Buffer[] | null } | null = null;

  const finish = (bytes: Buffer | null, header: ObjectHeader | null) => {
    const id = ids[index];
    if (id === undefined) throw new Error("git cat-file gave more objects than were asked for");
    index += 1;
    take(id, bytes, header);
  };
  const takeHeader = (chunk: Buffer, start: number): number => {
    const newline = chunk.indexOf(10, start);
    line.push(chunk.subarray(start, newline === -1 ? chunk.length : newline));
    if (newline === -1) return chunk.length;
    const header = readHeader(Buffer.concat(line).toString("latin1"));
    line = [];
    const isRead = header !== null && header.size <= limitBytes;
    if (header !== null) body = { header, left: header.size + 1, parts: isRead ? [] : null };
    if (!isRead) finish(null, header);
    return newline + 1;
  };
  const takeBody = (reading: NonNullable<typeof body>, chunk: Buffer, start: number): number => {
    const part = chunk.subarray(start, start + reading.left);
    reading.parts?.push(part);
    reading.left -= part.length;
    if (reading.left === 0) {
      body = null;
      if (reading.parts !== null) finish(Buffer.concat(reading.parts).subarray(0, -1), reading.header);
    }
    return start + part.length;
  };
  return {
    write(chunk: Buffer) {
      for (let start = 0; start < chunk.length;) {
        start = body === null ? takeHeader(chunk, start) : takeBody(body, chunk, start);
      }
    },
    end() {
      if (index !== ids.length) throw new Error("git cat-file gave fewer objects than were asked for");
    },
  };
}

/** Null when the object is missing. */
function readHeader(line: string): ObjectHeader | null {
  if (line.endsWith(" missing")) return null;
  const [, type, digits] = line.split(" ");
  const size = Number(digits);
  if (type !== undefined && Number.isSafeInteger(size)) return { type, size };
  throw new Error("git cat-file gave a header of an unknown shape");
}
