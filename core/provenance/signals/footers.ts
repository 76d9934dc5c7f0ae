import { countOf, digits, isMadeOf, lowerLetters, runEnd } from "./characters.ts";
import { foldLookAlikes } from "./look-alikes.ts";
import { tools, type Tool } from "../tools/tools.ts";

/** A line of free text that a tool leaves: a sentence it signs with, or a link to its session. */
export interface Footer {
  tool: Tool;
  kind: "footer" | "session";
}

/**
 * The tool whose footer or session link the line is, or null. A footer opens its line, behind nothing but
 * decoration (emoji, list marks, emphasis, a ticked box), so that a sentence about footers is none.
 */
export function footerOf(line: string): Footer | null {
  if (line.length < shortestFooter) return null;
  const start = withoutDecoration(line);
  const text = canBegin(start) ? foldLookAlikes(start.slice(0, longestFooter)) : "";
  const known = footers.get(text.slice(0, sharedStart));
  const tool = known?.find((footer) => text.startsWith(footer.start) && endsPhrase(text, footer.start))?.tool;
  if (tool !== undefined) return { tool, kind: "footer" };
  const linked = toolOfLink(line);
  return linked === null ? null : { tool: linked, kind: "session" };
}

/** The tool whose session the text links to, or null. A link without an id is documentation, not a session. */
export function toolOfLink(text: string): Tool | null {
  if (!text.includes("://")) return null;
  const lower = text.slice(0, longestLinkLine).toLowerCase();
  return links.find(({ address }) => hasSession(lower, address))?.tool ?? null;
}

/** True for a task-list item whose box is not ticked: a template's question, not an answer. */
export function isOpenBox(line: string): boolean {
  const text = line.trimStart();
  return ["- [ ]", "* [ ]", "+ [ ]"].some((box) => text.startsWith(box));
}

/** The text of a task-list item whose box is ticked; any other line as it is, blanks before it left out. */
export function withoutTick(line: string): string {
  const text = line.trimStart();
  return ["- [x]", "* [x]", "+ [x]"].includes(text.slice(0, 5).toLowerCase()) ? text.slice(5) : text;
}

const shortestFooter = 12;
const longestFooter = 300;
const longestLinkLine = 2_000;
const shortestId = 4;
const longestDecoration = 24;

/** Footers are looked up by how they begin: a history has millions of lines, and few begin like one. */
const sharedStart = 4;
const footers = Map.groupBy(
  tools.flatMap((tool) => (tool.footers ?? []).map((start) => ({ tool, start }))),
  ({ start }) => start.slice(0, sharedStart),
);
const firstLetters = new Set([...footers.keys()].map((start) => start.charAt(0)));
const links = tools.flatMap((tool) => (tool.links ?? []).map((link) => ({ tool, address: `://${link}` })));

function withoutDecoration(line: string): string {
  const text = withoutTick(line);
  let at = 0;
  while (at < longestDecoration && at < text.length && isDecoration(text.charAt(at))) at++;
  return text.slice(at);
}

function isDecoration(character: string): boolean {
  return " \t_*>-+#~|".includes(character) || character > "\u007f";
}

/** Most lines do not; a letter beyond ASCII may look like one that does. */
function canBegin(text: string): boolean {
  const first = text.charAt(0);
  return first > "\u007f" || firstLetters.has(first.toLowerCase());
}

/** `Generated with Crush` is a footer of Crush; `Generated with Crush line …` and `Generated with Crushed …` are prose. */
function endsPhrase(text: string, start: string): boolean {
  const next = text.slice(start.length).trimStart().charAt(0);
  return !isMadeOf(next, idCharacters) || !isMadeOf(start.slice(-1), idCharacters);
}

/** An id has a number in it: `session_XXXX` and `bc-example` are examples. */
function hasSession(text: string, address: string): boolean {
  const isWhole = isMadeOf(address.slice(-1), lowerLetters);
  for (let at = text.indexOf(address); at !== -1; at = text.indexOf(address, at + 1)) {
    const start = at + address.length;
    const id = text.slice(start, runEnd(text, start, `${idCharacters}-_`));
    if (isWhole || isId(id)) return true;
  }
  return false;
}

/** Some tools number their tasks; other ids are longer than any placeholder. */
function isId(text: string): boolean {
  return isMadeOf(text, digits) || (text.length >= shortestId && countOf(text, digits) > 0);
}

const idCharacters = lowerLetters + digits;
