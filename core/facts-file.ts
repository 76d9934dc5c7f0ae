import { z } from "zod";
import { Facts, factsVersion } from "./facts.ts";
import { jsonText } from "./json-text.ts";
import { Problem } from "./problem.ts";
import { inertText } from "./untrusted/index.ts";

/** Facts as the text of a `facts.json`: the fields in the order of the schema, two spaces, one newline at the end. */
export function writeFacts(facts: Facts): string {
  return jsonText(facts);
}

/** Reads a `facts.json`. Throws a `Problem` that names the place of whatever does not fit. */
export function parseFacts(text: string, name: string): Facts {
  const value = parseJson(text, name);
  const version = z.looseObject({ version: z.unknown() }).safeParse(value).data?.version;
  if (version !== factsVersion) {
    throw new Problem(
      `${name} is not a facts file of version ${factsVersion}.`,
      "Write one with `countersign check --save-facts facts.json` and the same version of Countersign.",
    );
  }
  const read = Facts.safeParse(value);
  if (read.success) return read.data;
  const places = read.error.issues
    .slice(0, 20)
    .map((issue) => `  ${issue.path.map(String).join(".")}: ${inertText(issue.message)}`);
  const more =
    read.error.issues.length > places.length ? [`  … and ${read.error.issues.length - places.length} more`] : [];
  throw new Problem(
    [`${name} does not hold facts:`, ...places, ...more].join("\n"),
    "Write it anew with `countersign check --save-facts facts.json`.",
  );
}

/** Deeper JSON is refused: no file of ours is, and recursion over it would overflow. */
const deepestJson = 100;

function parseJson(text: string, name: string): unknown {
  if (depth(text) > deepestJson)
    throw new Problem(`${name} nests deeper than ${deepestJson}.`, "Give a file that Countersign wrote.");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(
      `${name} is not JSON: ${inertText(error instanceof Error ? error.message : String(error), { maxGraphemes: 200 })}`,
      "Give a file that Countersign wrote, whole.",
    );
  }
}

/** How deep brackets nest outside strings, without parsing. */
function depth(text: string): number {
  let deepest = 0;
  let open = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (inString) {
      if (char === 0x5c) index += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x5b || char === 0x7b) deepest = Math.max(deepest, (open += 1));
    else if (char === 0x5d || char === 0x7d) open -= 1;
  }
  return deepest;
}
