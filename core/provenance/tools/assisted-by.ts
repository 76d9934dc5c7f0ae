import { digits, isMadeOf, lowerLetters } from "../signals/characters.ts";
import { isDenial } from "../signals/denials.ts";
import { parseIdentity, toolOfIdentity } from "./identities.ts";
import { modelName } from "./models.ts";
import { readToolName, toolNamed } from "./tool-names.ts";

/** What an `Assisted-by` value says. */
export interface AssistedBy {
  /** The id of a known tool, or null. */
  agent: string | null;
  /** A known model's name, or null. */
  model: string | null;
  /** The analysis tools that the kernel's grammar lists after the model. */
  tools: string[];
  mail: string | null;
  /** A person: a person's mail, and no tool's or model's name before it. */
  person: boolean;
  /** The value as written: untrusted. */
  raw: string;
}

/**
 * Reads every grammar of `Assisted-by` that is in use: the kernel's `AGENT:MODEL [tool…]`, `NAME [VERSION] [<mail>]`,
 * `MODEL via HARNESS [<mail>]` and `HARNESS (MODEL) [<mail>]`. Agent and model come from closed lists, so that no text
 * of the value is passed on but in `raw`.
 */
export function readAssistedBy(value: string): AssistedBy {
  const raw = value.trim();
  const identity = parseIdentity(raw);
  const mail = identity.email.includes("@") ? identity.email : null;
  const byMail = mail === null ? null : toolOfIdentity(identity);
  const name = withoutQuotes(mail === null && !identity.email.includes("://") ? raw : identity.name);
  const { agent, model, tools, unmistakable } = readKernel(name) ?? readName(name);
  const isTool = unmistakable || byMail !== null || isCalledTool(name);
  const person = mail !== null && !isTool && isPersonsMailbox(mail);
  // `Claude Opus 4.7 <noreply@opencode.ai>` was written in opencode; only a harness spelled out says more than the mail.
  const spelledOut = name.toLowerCase().includes(" via ") ? agent : null;
  const known = spelledOut ?? byMail?.tool.id ?? agent;
  return { agent: person ? null : known, model: person ? null : model, tools, mail, person, raw };
}

/** True for a value that a template or a negative answer left behind: `<agent>:<model>`, `none`, nothing at all. */
export function isPlaceholder(value: string): boolean {
  if (isDenial(value)) return true;
  const open = value.indexOf("<");
  const close = value.indexOf(">", open);
  if (value.toLowerCase().includes("agent_name")) return true;
  const inside = value.slice(open + 1, close);
  return open !== -1 && close !== -1 && !inside.includes("@") && !inside.includes("://");
}

interface NameReading {
  agent: string | null;
  model: string | null;
  tools: string[];
  unmistakable: boolean;
}

/** `AGENT:MODEL [tool…]`; null when the name is not of that form. */
function readKernel(name: string): NameReading | null {
  const colon = name.indexOf(":");
  if (colon <= 0 || name.startsWith("//", colon + 1) || name.includes("(")) return null;
  const agent = toolNamed(withoutQuotes(name.slice(0, colon)));
  // `Anthropic: Claude Opus 4 via Crush` names the maker first.
  const behindMaker = agent === null && name[colon + 1] === " " ? readNamed(name.slice(colon + 1).trim()) : null;
  if (behindMaker !== null) return behindMaker;
  const words = name
    .slice(colon + 1)
    .split(" ")
    .filter((word) => word !== "");
  const { model, length } = modelAtStart(words);
  const tools = words.slice(length);
  return {
    agent: agent?.id ?? null,
    model,
    tools: tools.filter(isToolWord).slice(0, 20),
    unmistakable: true,
  };
}

/** The longest beginning that is a model's name: `Crush:AWS Claude Opus 4.6`. One word is taken where none is. */
function modelAtStart(words: readonly string[]): { model: string | null; length: number } {
  for (let length = Math.min(words.length, 8); length > 0; length--) {
    const model = modelName(withoutQuotes(words.slice(0, length).join(" ")));
    if (model !== null) return { model, length };
  }
  return { model: null, length: 1 };
}

/** Like `readName`, but null when the words are neither a tool nor a model. */
function readNamed(text: string): NameReading | null {
  const reading = readName(text);
  return reading.agent === null && reading.model === null ? null : { ...reading, unmistakable: true };
}

/** `Claude Code, Opus 4.6`: where the name as a whole does not say both, its parts are asked, the first one first. */
function readName(name: string): NameReading {
  const whole = readToolName(name);
  const parts = whole.tool !== null && whole.model !== null ? [] : partsOf(name).map(readToolName);
  const all = [whole, ...parts];
  return {
    agent: all.find(({ tool }) => tool !== null)?.tool?.id ?? null,
    model: all.find(({ model }) => model !== null)?.model ?? null,
    tools: [],
    unmistakable: all.some(({ unmistakable }) => unmistakable),
  };
}

function partsOf(name: string): string[] {
  const text = name.slice(0, longestName);
  // `tools/cursor/write.sh` is a path: what its folders are called tells nothing.
  const isPath = text.split("/").length > 2 && !text.includes(" / ");
  const parts = (isPath ? text : text.replaceAll("/", ",")).split(joints);
  return parts.length < 2 ? [] : parts.slice(0, mostParts).map(withoutQuotes);
}

const joints = /[,;&+|]| (?:with|and|using|on|in|for|from) /i;
const longestName = 200;
const mostParts = 8;

/** What people put around a name: `` `Claude Code` ``, `"Claude Code"`, `**Claude Code**`. */
function withoutQuotes(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && quotes.includes(text.charAt(start))) start++;
  while (end > start && quotes.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

const quotes = " `\"'*_“”‘’";

function isToolWord(word: string): boolean {
  return word.length <= 40 && isMadeOf(word.toLowerCase(), toolCharacters);
}

const toolCharacters = `${lowerLetters}${digits}._-`;

/** False for mailboxes that no person reads: `noreply@…`, `some-agent@…`. Tells a person from an unknown tool. */
export function isPersonsMailbox(mail: string): boolean {
  const [local = "", domain] = mail.toLowerCase().split("@");
  const isRole = roles.has(local) || ["-agent", "-bot", "[bot]"].some((ending) => local.endsWith(ending));
  return domain !== undefined && !isRole;
}

const roles = new Set(["noreply", "no-reply", "agent", "agents", "bot", "ai", "assistant"]);

/** `Frobnicator AI`: a tool that we do not know, and no person's name. `Tanaka Ai` is one, so the letters count. */
function isCalledTool(name: string): boolean {
  const [last = "", ...before] = name.split(" ").reverse();
  return before.length > 0 && (last === "AI" || toolWords.has(last.toLowerCase()));
}

const toolWords = new Set(["llm", "agent", "assistant", "copilot"]);
