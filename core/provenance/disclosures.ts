import type { Mark } from "./mark.ts";
import { modelName } from "./models.ts";
import { toolNamed } from "./tool-names.ts";

/**
 * What a line such as `AI disclosure: I used Claude Code to find the cause` says, or null. Projects that ask for it ask
 * for a sentence, so what follows is prose: a word of denial near its beginning makes it say nothing, and anything else
 * that follows says that a tool took part. It only raises, as all that stands outside git's trailers does.
 */
export function disclosureMark(line: string): Mark | null {
  const start = decorationEnd(line, 0);
  if (!"aAlL".includes(line.charAt(start))) return null;
  const said = line.slice(start, start + longestDisclosure);
  const lower = said.toLowerCase();
  const head = heads.find((words) => lower.startsWith(words));
  if (head === undefined) return null;
  const colon = decorationEnd(said, head.length);
  if (said[colon] !== ":") return null;
  const phrases = phrasesOf(said.slice(colon + 1));
  const words = phrases.flat();
  if (words.length < fewestWords || denies(words)) return null;
  return { kind: "footer", source: "AI disclosure", ...writerIn(phrases), verdict: "agent-assisted" };
}

/** Longer first, so that `AI usage disclosure` is not taken for `AI usage`. */
const heads: readonly string[] = [
  "ai usage disclosure",
  "ai disclosure",
  "ai disclaimer",
  "ai usage",
  "llm disclosure",
  "llm usage",
];
const longestDisclosure = 300;
const fewestWords = 2;
/** A denial stands at the beginning: `I did not use …`; `I used it and did not …` is none. */
const denialWords = 6;
const denials: ReadonlySet<string> = new Set(["no", "none", "not", "never", "without", "n/a", "nothing", "zero"]);

function denies(words: readonly string[]): boolean {
  const first = words.slice(0, denialWords).map((word) => word.toLowerCase());
  return first.some((word) => denials.has(word) || word.endsWith("n't") || word.endsWith("n’t"));
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
