import { resolve } from "node:path";
import { readNamedText } from "../adapters/workspace/read-named-text.ts";
import type { Io } from "./io.ts";

/** The text of a file that the person named. Throws a `Problem` when it cannot be read. */
export async function readText(name: string, io: Pick<Io, "cwd">): Promise<string> {
  return readNamedText(resolve(io.cwd, name), name);
}
