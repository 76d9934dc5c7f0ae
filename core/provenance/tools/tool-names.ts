import { countOf, digits, isMadeOf } from "../signals/characters.ts";
import { foldLookAlikes } from "../signals/look-alikes.ts";
import { couldBePerson, modelName, startsWithBrand } from "./models.ts";
import { tools, type Tool } from "./tools.ts";

/** What a display name or an `Assisted-by` value without its mail says. */
export interface NamedTool {
  tool: Tool | null;
  model: string | null;
  /** The name is so plainly a tool's or a model's that no person bears it: `Claude Code`, not `Claude` or `Phi 4`. */
  unmistakable: boolean;
  /** A model's name with a number. Where it is not unmistakable, the mailbox beside it tells a model from a person. */
  numbered: boolean;
}

/**
 * Reads `Claude Opus 4.6 (1M context)`, `GLM-5.1 via Crush`, `Claude Code (Claude Opus 5)`, `AI (Pi/GPT-5.5)`,
 * `pi gpt-5.5` and the like. Both parts are null for words that are neither a known tool nor a known model.
 */
export function readToolName(text: string): NamedTool {
  const { outside, inside } = splitParentheses(text.slice(0, longestName));
  const via = splitVia(outside);
  if (via !== null) return readVia(via.model, via.harness);
  const words = outside
    .split(" ")
    .filter((word) => word !== "" && !isToolVersion(word))
    .flatMap((word, index) => (index === 0 ? splitGlued(word) : [word]));
  const start = toolAtStart(words);
  const rest = words.slice(start.length).join(" ");
  const within = readInside(inside);
  const model = within.model ?? modelOf(words.join(" "), rest);
  const tool = rest === "" || model !== null || isVersion(rest) ? start.tool : null;
  const isWhole = rest === "" || isVersion(rest);
  const isMade = withoutMaker(outside) !== outside;
  return {
    tool: tool ?? within.tool,
    model,
    unmistakable: isModelAlone(model, isMade) || (isWhole && isCoined(words.slice(0, start.length))),
    numbered: hasNumber(model),
  };
}

/** The tool of exactly this name, in either case, or null. `github-copilot` is `GitHub Copilot`. */
export function toolNamed(name: string): Tool | null {
  const folded = fold(name);
  const found = byName.get(folded);
  if (found !== undefined || !/[-_]/.test(folded)) return found ?? null;
  return byName.get(folded.replaceAll(/[-_]/g, " ")) ?? null;
}

/** Long enough for every real value; what follows is not looked at. */
const longestName = 200;

function readVia(model: string, harness: string): NamedTool {
  const left = readToolName(model);
  const right = readToolName(harness);
  const found = modelName(model) ?? left.model ?? right.model;
  // `Crush via Model` has it the wrong way round.
  const tool = right.tool ?? (found === null ? left.tool : null);
  return { tool, model: found, unmistakable: found !== null || right.tool !== null, numbered: hasNumber(found) };
}

/** `Phi 4` may be a person; `Microsoft Phi 4` is none. */
function isModelAlone(model: string | null, isMade: boolean): boolean {
  return model !== null && (!couldBePerson(model) || (isMade && hasNumber(model)));
}

function hasNumber(model: string | null): boolean {
  return model !== null && countOf(model, digits) > 0;
}

/** `GPT-5` after `OpenAI Codex` is a whole name; `Opus 4.7` after `Claude` is not, so there the tool's word stays. */
function modelOf(all: string, rest: string): string | null {
  const restModel = modelName(rest);
  if (restModel !== null && startsWithBrand(rest)) return restModel;
  return modelName(withoutMaker(all)) ?? restModel;
}

function withoutMaker(text: string): string {
  const maker = makers.find((start) => text.toLowerCase().startsWith(start));
  return maker === undefined ? text : text.slice(maker.length);
}

/** What stands before a tool's or a model's name: who made it, and the editor that it runs in. */
const makers = [
  ...["openai ", "anthropic ", "google ", "aws ", "microsoft ", "vs code ", "vscode ", "visual studio code "],
];

/** A tool's name of several words, or one word that somebody coined: no person bears it. */
function isCoined(words: readonly string[]): boolean {
  const [first = ""] = words;
  return words.length > 1 || first.includes("-") || coined.has(fold(first));
}

/** `Aider`, `Cline`, `Codex` and the like are words, and names that people go by. */
const coined = new Set([
  ...["chatgpt", "copilot", "opencode", "openhands", "opendevin", "openclaw", "ampcode", "coderabbit", "codeium"],
  ...["greptile", "replit", "firebender", "charliehelps", "sageox", "pullfrog"],
]);

/** What parentheses hold: a model, a tool, `<tool>/<model>`, `<door>/<model>=<share>`, several of them, or nothing of interest. */
function readInside(inside: string): { tool: Tool | null; model: string | null } {
  const pieces = inside.split(/[,;]/).slice(0, mostPieces).map(readPiece);
  return {
    tool: pieces.find(({ tool }) => tool !== null)?.tool ?? null,
    model: pieces.find(({ model }) => model !== null)?.model ?? null,
  };
}

const mostPieces = 8;

function readPiece(piece: string): { tool: Tool | null; model: string | null } {
  const [text = ""] = piece.split("=");
  const value = text.trim();
  const whole = modelName(value);
  if (whole !== null) return { tool: null, model: whole };
  const slash = value.indexOf("/");
  const tool = toolNamed(slash === -1 ? value : value.slice(0, slash));
  return { tool, model: modelName(value.slice(slash + 1)) };
}

/** `OpenHands-GPT-5` is a tool and its model in one word; `claude-opus-4-6` is a model. */
function splitGlued(word: string): string[] {
  const hyphen = word.indexOf("-");
  const [tool, model] = [word.slice(0, Math.max(hyphen, 0)), word.slice(hyphen + 1)];
  const isGlued = modelName(word) === null && toolNamed(tool) !== null && modelName(model) !== null;
  return isGlued ? [tool, model] : [word];
}

/** The tool that the words begin with, its maker's name left out: `Anthropic Claude Code`. */
function toolAtStart(words: readonly string[]): { tool: Tool | null; length: number } {
  const found = toolAt(words, 0);
  if (found.tool !== null) return found;
  const all = words.join(" ");
  const named = withoutMaker(all);
  return named === all ? found : toolAt(words, words.length - named.split(" ").length);
}

function toolAt(words: readonly string[], start: number): { tool: Tool | null; length: number } {
  for (let end = Math.min(words.length, start + longestTool); end > start; end--) {
    const tool = toolNamed(words.slice(start, end).join(" "));
    if (tool !== null) return { tool, length: end };
  }
  return { tool: null, length: 0 };
}

const longestTool = 4;

function splitVia(text: string): { model: string; harness: string } | null {
  const at = text.toLowerCase().indexOf(" via ");
  return at === -1 ? null : { model: text.slice(0, at).trim(), harness: text.slice(at + " via ".length).trim() };
}

/** The text without its first pair of parentheses, and what they held. */
function splitParentheses(text: string): { outside: string; inside: string } {
  const open = text.indexOf("(");
  const close = text.indexOf(")", open);
  if (open === -1 || close === -1) return { outside: text.trim(), inside: "" };
  const outside = `${text.slice(0, open).trim()} ${text.slice(close + 1).trim()}`;
  return { outside: outside.trim(), inside: text.slice(open + 1, close).trim() };
}

/** `Cursor 2.0`, `Claude Code v4.5`: the version of the tool itself. */
function isVersion(rest: string): boolean {
  return isMadeOf(rest.startsWith("v") ? rest.slice(1) : rest, `${digits}.`);
}

/** `claude-code-2.1.92` names the harness's version, which is no part of the model. */
function isToolVersion(word: string): boolean {
  if (!word.includes("-")) return false;
  const lower = word.toLowerCase();
  return tools.some(({ id }) => lower.startsWith(`${id}-`) && !isNaN(Number(lower[id.length + 1])));
}

function fold(text: string): string {
  return foldLookAlikes(text).trim();
}

const byName: ReadonlyMap<string, Tool> = new Map(
  tools
    .filter((tool) => tool.kind === "agent")
    .flatMap((tool) => [tool.id, ...(tool.names ?? [])].map((name): [string, Tool] => [name.toLowerCase(), tool])),
);
