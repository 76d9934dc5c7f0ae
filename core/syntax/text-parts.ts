import type { Call, TextPart } from "./dialect.ts";
import type { SyntaxNode } from "./node.ts";

/** A text that stands there as it is. */
export function written(text: string, node: SyntaxNode): TextPart {
  return { kind: "written", text, node };
}

/** Something that is put into a text. */
export function putIn(node: SyntaxNode): TextPart {
  return { kind: "put-in", node };
}

/** A literal's children: what is written, and what is put in between. */
export function literalParts(
  node: SyntaxNode,
  types: { written: readonly string[]; putIn: readonly string[] },
): TextPart[] {
  const parts: TextPart[] = [];
  for (const child of node.named) {
    if (types.written.includes(child.type)) parts.push(written(child.text, child));
    else if (types.putIn.includes(child.type)) {
      const inner = child.part("expression") ?? child.named[0];
      if (inner !== undefined) parts.push(putIn(inner));
    }
  }
  return parts;
}

/** `format("… %s …", a, b)`: the format's own text with what is put in after each place for a value. */
export function formatted(format: SyntaxNode, text: string, values: readonly SyntaxNode[], place: RegExp): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  let index = 0;
  for (const match of text.matchAll(place)) {
    const escaped = match[0] === "%%" || match[0] === "{{" || match[0] === "}}";
    if (escaped) continue;
    parts.push(written(text.slice(end, match.index), format));
    end = match.index + match[0].length;
    const value = values[index];
    index += 1;
    if (value !== undefined) parts.push({ kind: "put-in", node: value, place: match[0] });
  }
  parts.push(written(text.slice(end), format));
  // Values that the places do not name are still put in.
  for (const value of values.slice(index)) parts.push(putIn(value));
  return parts;
}

/** `%s`, `%d`, `%[1]v`, `%(name)s`, `%%`. */
export const percentPlaces =
  /%(?:%|(?:\([^)%]{0,80}\))?(?:\[\d{1,3}\])?[-+ #0]{0,5}[\d*]{0,4}(?:\.[\d*]{0,4})?[a-zA-Z])/g;
/** `{}`, `{0}`, `{name!r:>10}`. */
export const bracePlaces = /\{\{|\}\}|\{[^{}]{0,80}\}/g;

export function argumentValues(call: Call): SyntaxNode[] {
  return call.args.map(({ value }) => value);
}
