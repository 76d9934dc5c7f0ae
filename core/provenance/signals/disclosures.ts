import type { Mark } from "./mark.ts";
import { modelName } from "../tools/models.ts";
import { toolNamed } from "../tools/tool-names.ts";

/**
 * What a line such as `AI disclosure: I used Claude Code to find the cause` says, or null; where the line is a heading
 * alone (`## AI Disclosure`, `AI usage:`), what the text below it says. Projects that ask for it ask for a sentence, so
 * what follows is prose: a denial makes it say nothing, and so does a question that a template left there. It only
 * raises, as all that stands outside git's trailers does.
 */
export function disclosureMark(line: string, textBelow: () => string = () => ""): Mark | null {
  const start = decorationEnd(line, 0);
  if (!"aAlL".includes(line.charAt(start))) return null;
  const said = line.slice(start, start + longestDisclosure);
  const lower = said.toLowerCase();
  const head = heads.find(({ words }) => lower.startsWith(words));
  if (head === undefined) return null;
  const beside = textBeside(said, head.words.length, isHeading(line, start));
  if (beside === null) return null;
  const isBelow = beside.trim() === "";
  const text = isBelow ? textBelow().slice(0, longestDisclosure) : beside;
  return discloses(text, head.isTopic || isBelow) ? mark(phrasesOf(text)) : null;
}

/** Longer first, so that `AI usage disclosure` is not taken for `AI usage`. A topic may as well be a feature's name. */
const heads: readonly { words: string; isTopic: boolean }[] = [
  { words: "ai usage disclosure", isTopic: false },
  { words: "ai disclosure", isTopic: false },
  { words: "ai disclaimer", isTopic: false },
  { words: "ai usage", isTopic: true },
  { words: "llm disclosure", isTopic: false },
  { words: "llm usage", isTopic: true },
];
const longestDisclosure = 300;

/** What stands behind the head's colon, decoration left out; empty for a heading alone, null when the line is neither. */
function textBeside(said: string, head: number, heading: boolean): string | null {
  const end = decorationEnd(said, head);
  if (said[end] === ":") return said.slice(decorationEnd(said, end + 1));
  return heading && said.slice(end).trim() === "" ? "" : null;
}

/** `## AI Disclosure`, `**AI Disclosure**`. */
function isHeading(line: string, start: number): boolean {
  const lead = line.slice(0, Math.min(start, longestLead)).trim();
  return lead.startsWith("#") || lead.endsWith("**") || lead.endsWith("__");
}

const longestLead = 40;

/** Whether the sentence says that a tool took part. Behind a topic it must sound like one: `show tokens per month` does not. */
function discloses(text: string, isTopic: boolean): boolean {
  const words = phrasesOf(text)
    .flat()
    .map((word) => word.toLowerCase());
  if (words.length < fewestWords || isQuestion(text, words) || denies(words)) return false;
  const { agent, model } = writerIn(phrasesOf(text));
  if (agent !== null || model !== null) return true;
  return !isByHand(words) && (!isTopic || words.some(tells));
}

const fewestWords = 2;
/** A denial stands at the beginning: `I did not use …`; `I used it and did not …` is none. */
const denialWords = 6;
const denials: ReadonlySet<string> = new Set(["no", "none", "not", "never", "without", "n/a", "nothing", "zero"]);

function denies(words: readonly string[]): boolean {
  const first = words.slice(0, denialWords);
  return first.some((word) => denials.has(word) || word.endsWith("n't") || word.endsWith("n’t"));
}

/** What a template asks: `Please describe how AI was used`; or another line that only stands below. */
function isQuestion(text: string, words: readonly string[]): boolean {
  const [first = ""] = words;
  return questions.has(first) || text.trimEnd().endsWith("?") || first.endsWith("-by");
}

const questions: ReadonlySet<string> = new Set([
  ...["please", "describe", "explain", "specify", "if", "did", "which", "what", "how"],
]);

/** `All code is mine`, `made by hand, without any tool`: no tool is said to have helped but behind `without`. */
function isByHand(words: readonly string[]): boolean {
  const without = words.indexOf("without");
  const said = without === -1 ? words : words.slice(0, without);
  return words.some((word) => byPeople.has(word)) && said[0] !== "it" && !said.some((word) => byTools.has(word));
}

const byPeople: ReadonlySet<string> = new Set([
  ...["mine", "hand", "human", "humans", "manually", "myself", "handwritten", "hand-written"],
]);
const byTools: ReadonlySet<string> = new Set([
  ...["ai", "llm", "llms", "agent", "assistant", "generated", "assisted", "assistance", "used", "using", "use"],
  ...["help", "helped", "autocomplete"],
]);

/** Words of a report about work that was done. `Count used tokens` is none, so `used` must begin or follow another. */
function tells(word: string, at: number, words: readonly string[]): boolean {
  return telling.has(word) || (word === "used" && (at === 0 || helping.has(words[at - 1] ?? "")));
}

const telling: ReadonlySet<string> = new Set([
  ...["i", "we", "my", "our", "generated", "written", "wrote", "drafted", "helped", "assisted", "assistance"],
  ...["created", "developed", "implemented", "yes"],
]);
const helping: ReadonlySet<string> = new Set(["was", "were", "been", "is", "ai", "llm", "tools"]);

function mark(phrases: readonly string[][]): Mark {
  return { kind: "footer", source: "AI disclosure", ...writerIn(phrases), verdict: "agent-assisted" };
}

/** The first tool and the first model that a phrase names: a name does not go on behind a comma or a parenthesis. */
function writerIn(phrases: readonly string[][]): { agent: string | null; model: string | null } {
  const names = phrases.flatMap(namesOf);
  const agent = names.find((name) => (name.includes(" ") || isCapital(name)) && toolNamed(name) !== null);
  const model = names.find((name) => modelName(name) !== null);
  return {
    agent: agent === undefined ? null : (toolNamed(agent)?.id ?? null),
    model: model === undefined ? null : modelName(model),
  };
}

/** Every run of up to four words, the longest at each word first. */
function namesOf(words: readonly string[]): string[] {
  return words.flatMap((_, at) =>
    Array.from({ length: Math.min(longestWriter, words.length - at) }, (_word, less) =>
      words.slice(at, at + Math.min(longestWriter, words.length - at) - less).join(" "),
    ),
  );
}

const longestWriter = 4;

/** Several tools are called by common words: `amp`, `continue`, `linear`. */
function isCapital(word: string): boolean {
  return word.charAt(0) !== word.charAt(0).toLowerCase();
}

function phrasesOf(text: string): string[][] {
  const phrases = text.replaceAll(". ", ",").split(/[,;:()[\]"`+*_]/);
  return phrases.map((phrase) =>
    phrase
      .split(/\s/)
      .map(withoutStop)
      .filter((word) => word !== ""),
  );
}

function withoutStop(word: string): string {
  return word.endsWith(".") ? word.slice(0, -1) : word;
}

function decorationEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && " \t*_>#-".includes(text.charAt(at))) at++;
  return at;
}
