/** A tag of an XML text. */
export interface Tag {
  name: string;
  closes: boolean;
  /** Opens and closes at once. */
  isEmpty: boolean;
  attributes: ReadonlyMap<string, string>;
}

/**
 * The tags of an XML text in their order, in one pass. It is no XML parser: it knows tags, comments, CDATA and processing
 * instructions, and the five entities and numbers that every XML text may use. A document type is refused, since it could
 * define others: "refused" ends the tags, and so does "broken", a tag that never ends.
 */
export function* xmlTags(text: string): Generator<Tag | "refused" | "broken", void, undefined> {
  let next = text.indexOf("<");
  while (next !== -1) {
    const skipped = skips.find(([start]) => text.startsWith(start, next));
    if (skipped !== undefined) {
      const end = text.indexOf(skipped[1], next + skipped[0].length);
      if (end === -1) return yield "broken";
      next = text.indexOf("<", end + skipped[1].length);
      continue;
    }
    if (text.startsWith("<!", next)) return yield "refused";
    const end = tagEnd(text, next + 1);
    if (end === -1) return yield "broken";
    yield readTag(text.slice(next + 1, end));
    next = text.indexOf("<", end + 1);
  }
}

const skips = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
] as const;

/** Where the `>` stands that ends a tag, outside of quotes. */
function tagEnd(text: string, from: number): number {
  let quote = "";
  for (let index = from; index < text.length; index++) {
    const character = text.charAt(index);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return index;
  }
  return -1;
}

/** More attributes than these are no element of a report. */
const mostAttributes = 50;

function readTag(inside: string): Tag {
  const closes = inside.startsWith("/");
  const name = /^\/?([^\s/>"'=]{1,100})/.exec(inside)?.[1] ?? "";
  const attributes = new Map<string, string>();
  let index = name.length;
  while (attributes.size < mostAttributes) {
    const equals = inside.indexOf("=", index);
    if (equals === -1) break;
    const key = inside.slice(index, equals).trim();
    const quote = inside
      .slice(equals + 1, equals + 50)
      .trimStart()
      .charAt(0);
    const open = quote === '"' || quote === "'" ? inside.indexOf(quote, equals) : -1;
    const close = open === -1 ? -1 : inside.indexOf(quote, open + 1);
    if (close === -1) break;
    if (!attributes.has(key)) attributes.set(key, unescaped(inside.slice(open + 1, close)));
    index = close + 1;
  }
  return { name, closes, isEmpty: !closes && inside.endsWith("/"), attributes };
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** An entity that is none of these stays as it is written. */
function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));/g, (all, decimal, hex, name) => {
    if (typeof name === "string") return entities[name] ?? all;
    const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
