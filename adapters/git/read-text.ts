import { malformedTree } from "../../core/change/malformed-tree.ts";
import { Problem } from "../../core/problem.ts";
import { lacksContents, readObjects } from "./read-blobs.ts";
import { readEntry, type Entry } from "./read-tree.ts";
import type { GitRepository } from "./run-git.ts";

/** A file has more bytes than whoever asked for it reads. */
export class TooLarge extends Problem {}

/** One file at one commit as text, or null when there is no such file (a symlink or submodule is none). */
export async function readTextFile(
  repository: GitRepository,
  commit: string,
  path: string,
  limitBytes: number,
): Promise<string | null> {
  return readText(repository, await readEntry(repository, commit, path), path, limitBytes);
}

/** The text of what stands at a path, or null when that is no file. */
export async function readText(
  repository: GitRepository,
  entry: Entry | null,
  path: string,
  limitBytes: number,
): Promise<string | null> {
  if (entry === null || !isFile(entry)) return null;
  const texts: string[] = [];
  await readObjects(
    repository,
    [entry.id],
    (_id, bytes, header) => {
      if (header === null) throw lacksContents();
      if (header.type !== "blob") throw malformedTree(`a folder calls a ${header.type} a file`);
      if (bytes === null)
        throw new TooLarge(`${path} has ${header.size} bytes; the limit is ${limitBytes}.`, "Make the file smaller.");
      texts.push(bytes.toString("utf8"));
    },
    limitBytes,
  );
  return texts[0] ?? null;
}

/** Whether it has a text of its own: a link or a submodule has none. */
export function isFile({ type, mode }: Entry): boolean {
  return type === "blob" && mode !== "120000";
}
