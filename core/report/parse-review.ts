import * as z from "zod";
import { jsonDepthWithin } from "../json-depth.ts";
import { Problem } from "../problem.ts";
import { showPath } from "../untrusted/index.ts";
import { Review } from "./review.ts";

/** Reads a `report.json`. Throws a `Problem` for anything else; the file may hold whatever it likes. */
export function parseReview(text: string, name: string): Review {
  const read = Review.safeParse(withEngine(jsonOf(text)));
  if (read.success) return read.data;
  throw new Problem(
    `${showPath(name)} is no report.json of this version.`,
    "Give a file that `countersign check --report-dir DIR` wrote, whole, with the same version of Countersign.",
  );
}

/** A report that was written before decisions named their engine was decided by the one that it names itself. */
function withEngine(json: unknown): unknown {
  const { success, data } = Nameless.safeParse(json);
  return success ? { ...data, decision: { engine: data.engine, ...data.decision } } : json;
}

const Nameless = z.looseObject({ engine: z.unknown(), decision: z.looseObject({}) });

/** A report holds reasons in reasons, so it nests deeper than most files. */
const deepest = 100;

function jsonOf(text: string): unknown {
  if (!jsonDepthWithin(Buffer.from(text), deepest)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
