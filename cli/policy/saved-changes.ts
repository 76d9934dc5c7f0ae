import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Facts } from "../../core/facts.ts";
import { errorCode, Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import type { Io } from "../io.ts";
import { readFactsFile } from "../reading.ts";

/** A change that can be judged again, or why it cannot. */
export type KnownChange = { name: string; facts: Facts } | { name: string; problem: string };

/**
 * Facts that were saved: files as they are named, and of a folder every file below it whose name ends with `facts.json`; links are not followed.
 * @throws {Problem} for a name that is not there and a folder without facts
 */
export async function findFactsFiles(names: readonly string[], io: Pick<Io, "cwd">): Promise<string[]> {
  const found = await Promise.all(names.map((name) => filesOf(name, io)));
  return [...new Set(found.flat())];
}

/** One of them; a file that holds no facts is an outcome, so that the others are still judged. */
export async function readSavedChange(name: string, io: Io): Promise<KnownChange> {
  try {
    return { name, facts: await readFactsFile(name, io) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { name, problem: error.what };
  }
}

async function filesOf(name: string, io: Pick<Io, "cwd">): Promise<string[]> {
  const place = resolve(io.cwd, name);
  try {
    if (!(await stat(place)).isDirectory()) return [name];
    // Whoever saved facts may have put a link among them that leads out of the folder, or a pipe that never ends.
    const entries = await readdir(place, { recursive: true, withFileTypes: true });
    const facts = entries.filter((entry) => entry.isFile() && entry.name.endsWith("facts.json"));
    const names = facts.map((entry) => relative(place, join(entry.parentPath, entry.name))).sort();
    if (names.length > 0) return names.map((entry) => join(name, entry));
  } catch (cause) {
    throw new Problem(`${showPath(name)} could not be read (${errorCode(cause)}).`, "Name a file or folder of facts.", {
      cause,
    });
  }
  throw new Problem(
    `No file below ${showPath(name)} has a name that ends with \`facts.json\`.`,
    "Save facts there with `countersign check --save-facts`, or name the files one by one.",
  );
}
