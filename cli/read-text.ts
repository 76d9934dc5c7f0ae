import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { errorCode, Problem } from "../core/problem.ts";
import type { Io } from "./io.ts";

/** The text of a file that the person named. Throws a `Problem` when it cannot be read. */
export async function readText(name: string, io: Pick<Io, "cwd">): Promise<string> {
  return readFile(resolve(io.cwd, name), "utf8").catch((cause: unknown) => {
    throw new Problem(
      `${name} could not be read (${errorCode(cause)}).`,
      "Name a file that exists and that you may read.",
      { cause },
    );
  });
}
