import { digits, hexDigits, isMadeOf, runEnd } from "../signals/characters.ts";

/**
 * Whether the whole text has the shape, letters in either case. A shape is text with `*` (one character or more, at
 * most one `*` a shape, and no `<digits>` after it), `<digits>` (one or more) and `<hex4>` or `<hex8>`.
 * Linear in the text: nothing is tried twice.
 */
export function hasShape(text: string, shape: string): boolean {
  const lower = text.toLowerCase();
  const [before = "", after] = shape.toLowerCase().split("*");
  const start = matchAt(lower, 0, partsOf(before));
  if (start === -1) return false;
  if (after === undefined) return start === lower.length;
  const tail = partsOf(after);
  const tailStart = lower.length - lengthOf(tail);
  return tailStart > start && matchAt(lower, tailStart, tail) === lower.length;
}

/** Where the parts end when the text holds them from `start` on, or -1. */
function matchAt(text: string, start: number, parts: readonly string[]): number {
  let at = start;
  for (const part of parts) {
    const next = matchPart(text, at, part);
    if (next === -1) return -1;
    at = next;
  }
  return at;
}

function matchPart(text: string, at: number, part: string): number {
  if (part === "<digits>") {
    const end = runEnd(text, at, digits);
    return end > at ? end : -1;
  }
  const hexLength = hexLengths.get(part);
  if (hexLength === undefined) return text.startsWith(part, at) ? at + part.length : -1;
  return isMadeOf(text.slice(at, at + hexLength).padEnd(hexLength), hexDigits) ? at + hexLength : -1;
}

const hexLengths: ReadonlyMap<string, number> = new Map([
  ["<hex4>", 4],
  ["<hex8>", 8],
]);

/** Literal text and `<…>` parts in order: `jules-<digits>-` is `jules-`, `<digits>`, `-`. */
function partsOf(shape: string): string[] {
  return shape
    .split("<")
    .flatMap((piece, index) => {
      if (index === 0) return [piece];
      const [name = "", ...literal] = piece.split(">");
      return [`<${name}>`, literal.join(">")];
    })
    .filter((part) => part !== "");
}

function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + (hexLengths.get(part) ?? part.length), 0);
}
