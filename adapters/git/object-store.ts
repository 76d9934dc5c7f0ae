import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lastingFolder, temporaryFolder } from "./temporary-folder.ts";

/** Where a repository keeps its objects, and what their ids are made with. */
export interface ObjectStore {
  /** Absolute path of the folder of objects. */
  path: string;
  format: ObjectFormat;
}

export type ObjectFormat = "sha1" | "sha256";

/**
 * A git directory that holds nothing: pointed at a repository's objects, git reads them as they are, whatever the
 * repository's configuration, `info/attributes`, `info/grafts` or promisor remote say. Made once per process and format.
 */
export function emptyGitDir(format: ObjectFormat): Promise<string> {
  const made = emptyGitDirs.get(format) ?? lastingFolder("empty").then((folder) => asGitDir(folder, format));
  emptyGitDirs.set(format, made);
  return made;
}

const emptyGitDirs = new Map<ObjectFormat, Promise<string>>();

/** The same, made anew for a command that writes into it. */
export async function makeGitDir(format: ObjectFormat): Promise<string> {
  return asGitDir(await temporaryFolder("empty"), format);
}

async function asGitDir(folder: string, format: ObjectFormat): Promise<string> {
  await mkdir(join(folder, "refs"));
  await writeFile(join(folder, "HEAD"), "ref: refs/heads/none\n");
  const extensions = format === "sha256" ? "[extensions]\n\tobjectFormat = sha256\n" : "";
  await writeFile(
    join(folder, "config"),
    `[core]\n\trepositoryFormatVersion = ${format === "sha256" ? 1 : 0}\n${extensions}`,
  );
  return folder;
}
