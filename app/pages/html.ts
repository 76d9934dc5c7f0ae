import { plain } from "../../core/report/index.ts";
import { escapeHtml } from "../../core/untrusted/index.ts";

/**
 * A piece of a page that holds no text but what `html` was written with, or what it made inert. Nothing else makes one, so
 * that a text from a change cannot become markup by anybody's oversight.
 */
export class Html {
  readonly #text: string;

  /** @param made known to this file alone */
  constructor(made: typeof ours, text: string) {
    if (made !== ours) throw new TypeError("Only `html` makes pieces of a page.");
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** An address to lead to: on this page, on this server, or on the GitHub that the settings name. */
export class Address {
  readonly #text: string;

  /** @param path within this page, or from the root of this server or of `origin` */
  constructor(path: `/${string}` | `#${string}`, origin: URL | null = null) {
    if (path.startsWith("//") || path.includes("\\")) throw new TypeError("This path would lead to another host.");
    this.#text = origin === null ? path : new URL(path, origin).href;
  }

  toString(): string {
    return this.#text;
  }
}

export type Slot = string | number | Html | Address | null | readonly Slot[];

const ours = Symbol("made by html");

/**
 * A piece of a page. Texts in slots lose what is invisible, what turns the direction of reading, and what is shaped like a
 * credential, and are escaped; `null` is nothing, a list is its parts. Inside a tag a slot stands in double quotes, and
 * where an address belongs it holds an `Address`: a template that is written otherwise throws.
 */
export function html(parts: TemplateStringsArray, ...slots: readonly Slot[]): Html {
  const places = placesOf(parts);
  const texts = slots.map((slot, index) => textOf(slot, places[index] ?? "text"));
  return new Html(ours, parts.map((part, index) => part + (texts[index] ?? "")).join(""));
}

/** The page's own style, whose digest the page's policy names. */
export function styleElement(css: string): Html {
  if (css.includes("<")) throw new TypeError("A style holds no tag.");
  return new Html(ours, `<style>${css}</style>`);
}

/** Where a slot stands. */
type SlotPlace = "text" | "attribute" | "address";

const known = new WeakMap<TemplateStringsArray, SlotPlace[]>();

function placesOf(parts: TemplateStringsArray): SlotPlace[] {
  const before = known.get(parts);
  if (before !== undefined) return before;
  const places: SlotPlace[] = [];
  let inTag = false;
  for (const part of parts.slice(0, -1)) {
    const [opened, closed] = [part.lastIndexOf("<"), part.lastIndexOf(">")];
    inTag = opened === closed ? inTag : opened > closed;
    places.push(inTag ? placeInTag(part) : "text");
  }
  known.set(parts, places);
  return places;
}

const addresses = ["href", "action", "src"];

function placeInTag(part: string): SlotPlace {
  const at = part.lastIndexOf('="');
  const [before, within] = [part.slice(0, Math.max(0, at)), part.slice(at + 2)];
  if (at < 0 || within.includes('"')) throw new TypeError(`A slot in a tag stands in double quotes: ${part}`);
  if (!addresses.includes(before.slice(before.lastIndexOf(" ") + 1))) return "attribute";
  if (within !== "") throw new TypeError(`An address is whole: ${part}`);
  return "address";
}

function textOf(slot: Slot, place: SlotPlace): string {
  if (slot instanceof Address) return escapeHtml(slot.toString());
  if (place === "address") throw new TypeError("Where an address belongs, no text of a change does.");
  if (slot === null) return "";
  if (slot instanceof Html) {
    if (place === "text") return slot.toString();
    throw new TypeError("Markup does not belong inside a tag.");
  }
  if (typeof slot === "object") return slot.map((each) => textOf(each, place)).join("");
  return typeof slot === "number" ? String(slot) : escapeHtml(plain(slot, longestText));
}

/** In graphemes: more is no sentence. */
const longestText = 2_000;
