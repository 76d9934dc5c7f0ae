import { spend, type Work } from "./work.ts";
import { compileGlob, globMatchesSegments, type Glob } from "./glob.ts";

/**
 * Whether every path that a pattern matches is certainly matched by another: segment by segment, the other's wild parts
 * taking in those of the first. False says nothing: two patterns together may hold what neither holds alone.
 */
export function globIsWithin(one: string, other: string, work?: Work): boolean {
  if (one === other) return true;
  if (work !== undefined) spend(work, one.length + other.length);
  return globMatchesSegments(compileGlob(other), one.split("/"), work, takesIn);
}

/** A part of a pattern is read as if it were a name: its `*` meets a `*`, and neither `?` nor a letter. */
function takesIn(segment: Glob["parts"][number], name: string, work: Work | undefined): boolean {
  if (name === "**") return false;
  const takesOne = segment.kind === "wild" && segment.characters.includes(question);
  return !(takesOne && name.includes("*")) && globMatchesSegments({ parts: [segment], anyDepth: false }, [name], work);
}

const question = 0x3f;
