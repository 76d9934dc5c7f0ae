import { readFile, stat } from "node:fs/promises";
import { errorCode, Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";

/** What a file that a person named may be. */
export interface NamedText {
  /** The largest size; none unless given. */
  limitBytes?: number;
  /** Stands for the text of a larger one, where whoever reads it tells the size by itself; left out, that is a problem here. */
  tooLarge?: string;
  /** What to do when it cannot be read. */
  fix?: string;
}

/**
 * The text of a file that a person named.
 * @param place where it lies on this machine
 * @param name what the person called it: messages must not tell one machine from another
 * @throws {Problem} when it cannot be read, or is larger than it may be
 */
export async function readNamedText(
  place: string,
  name: string,
  { limitBytes, tooLarge, fix }: NamedText = {},
): Promise<string> {
  try {
    const size = limitBytes === undefined ? 0 : (await stat(place)).size;
    if (limitBytes === undefined || size <= limitBytes) return await readFile(place, "utf8");
    if (tooLarge !== undefined) return tooLarge;
    const what = `${showPath(name)} has ${size} bytes; ${limitBytes} are allowed.`;
    throw new Problem(what, "Shorten or split it.");
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const what = `${showPath(name)} could not be read (${errorCode(cause)}).`;
    throw new Problem(what, fix ?? "Name a file that exists and that you may read.", { cause });
  }
}
