import { digits, isMadeOf, lowerLetters } from "./characters.ts";
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
  const name = mail === null ? raw : identity.name;
  const { agent, model, tools, unmistakable } = readKernel(name) ?? readName(name);
  const person = mail !== null && byMail === null && !unmistakable && !isRoleMailbox(mail);
  // `Claude Opus 4.7 <noreply@opencode.ai>` was written in opencode; only a harness spelled out says more than the mail.
  const spelledOut = name.toLowerCase().includes(" via ") ? agent : null;
  const known = spelledOut ?? byMail?.tool.id ?? agent;
  return { agent: person ? null : known, model: person ? null : model, tools, mail, person, raw };
}

/** True for a value that a template or a negative answer left behind: `<agent>:<model>`, `none`, nothing at all. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().toLowerCase();
  if (answers.has(text)) return true;
  const open = text.indexOf("<");
  const close = text.indexOf(">", open);
  return text.includes("agent_name") || (open !== -1 && close !== -1 && !text.slice(open, close).includes("@"));
}

const answers = new Set(["", "-", "no", "none", "no one", "nobody", "n/a", "na", "no ai", "human", "false"]);

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
  const agent = toolNamed(name.slice(0, colon));
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
    const model = modelName(words.slice(0, length).join(" "));
    if (model !== null) return { model, length };
  }
  return { model: null, length: 1 };
}

/** Like `readName`, but null when the words are neither a tool nor a model. */
function readNamed(text: string): NameReading | null {
  const reading = readName(text);
  return reading.agent === null && reading.model === null ? null : { ...reading, unmistakable: true };
}

function readName(name: string): NameReading {
  const { tool, model, unmistakable } = readToolName(name);
  return { agent: tool?.id ?? null, model, tools: [], unmistakable };
}

function isToolWord(word: string): boolean {
  return word.length <= 40 && isMadeOf(word.toLowerCase(), toolCharacters);
}

const toolCharacters = `${lowerLetters}${digits}._-`;

/** Mailboxes that no person reads: `noreply@…`, `some-agent@…`. Tells an unknown tool from a person. */
function isRoleMailbox(mail: string): boolean {
  const [local = ""] = mail.toLowerCase().split("@");
  return roles.has(local) || ["-agent", "-bot", "[bot]"].some((ending) => local.endsWith(ending));
}

const roles = new Set(["noreply", "no-reply", "agent", "agents", "bot", "ai", "assistant"]);
