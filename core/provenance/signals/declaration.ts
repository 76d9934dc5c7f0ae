import { isPlaceholder } from "../tools/assisted-by.ts";
import { foldLookAlikes } from "./look-alikes.ts";
import { readToolName } from "../tools/tool-names.ts";

/** What a value of `AI-Assisted` says. */
export interface Declaration {
  /** `human` only for the bare word, because it loosens: any other no says nothing. */
  verdict: "agent-assisted" | "human";
  agent: string | null;
  model: string | null;
}

/**
 * Reads `AI-Assisted`, or null when it says nothing: a template's `yes/no`, a no that is more than the word. Whatever
 * else people write there is a yes (`yes, Claude Code`, `partly`, `tests only`), as it is under our other keys.
 */
export function readDeclaration(value: string): Declaration | null {
  const answer = value.trim().toLowerCase();
  if (["no", "false", "none"].includes(answer)) return { verdict: "human", agent: null, model: null };
  const said = foldLookAlikes(value);
  const { word, end } = firstWord(value);
  const { tool, model } = toolIn(value, end);
  const isNo = isPlaceholder(said) || isTemplate(said) || noes.has(foldLookAlikes(word));
  const isYes = tool !== null || model !== null || !isNo;
  return isYes ? { verdict: "agent-assisted", agent: tool?.id ?? null, model } : null;
}

const noes = new Set(["no", "not", "none", "nope", "never", "nothing", "without", "false", "n", "0", "n/a", "na"]);

/** Both answers, of which nobody chose one. */
function isTemplate(said: string): boolean {
  const words = said.split(/[\s/|,()[\]]/).filter((word) => word !== "" && word !== "or");
  return words.length === 2 && words.includes("yes") && words.includes("no");
}

/** The first word without what stands around it, and where it ends. */
function firstWord(value: string): { word: string; end: number } {
  let start = 0;
  while (start < value.length && around.includes(value.charAt(start))) start++;
  let end = start;
  while (end < value.length && !around.includes(value.charAt(end))) end++;
  return { word: value.slice(start, end), end };
}

const around = " \t.,;:!?\"'`*_()[]-–—";

/** `Claude Code`, `yes, Claude Code`, `yes (Claude Code)`. */
function toolIn(value: string, afterAnswer: number): ReturnType<typeof readToolName> {
  const whole = readToolName(value);
  if (whole.tool !== null || whole.model !== null) return whole;
  return readToolName(trimmed(value.slice(afterAnswer)));
}

function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && around.includes(text.charAt(start))) start++;
  while (end > start && around.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
