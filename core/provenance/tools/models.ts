import { countOf, digits, isMadeOf, lowerLetters, runEnd } from "../signals/characters.ts";
import { foldLookAlikes, isAscii } from "../signals/look-alikes.ts";

/**
 * The text as a model's name, white space collapsed, or null when it is none. `Claude Opus 4.6`, `gpt-5.3-codex` and
 * `anthropic/claude-opus-4-5` are names; `Claude`, `1M context` and a sentence are not.
 * The vocabulary is closed on purpose: names from trailers are published where coding agents read them, so a
 * name must not be able to carry instructions. A new family is one word in the lists below.
 */
export function modelName(text: string): string | null {
  const name = collapsed(withoutBrackets(text.trim()));
  if (name.length > longestName) return null;
  // Folding makes blanks of other white space, and joins what an invisible character held apart.
  const folded = collapsed(foldLookAlikes(name));
  const isName = isMadeOf(folded.charAt(0), wordCharacters) && isModel(wordsOf(folded));
  return isName ? (isAscii(name) ? name : folded) : null;
}

/** True when the word begins a name that says everything: `gpt` and `gemini` do; `opus` leaves its maker out. */
export function startsWithBrand(text: string): boolean {
  const first = wordsOf(text.trim().toLowerCase())?.[0];
  return first !== undefined && isBrand(first);
}

/**
 * True for a model's name that a person may go by: `Haiku`, and `Nova 7` or `phi4`, a first name or a word with one number.
 * A variant, a second number or a family that nobody is called by makes it a model's alone: `Claude 3.5`, `Gemma 2 9B`,
 * `Claude Haiku`, `GPT-5`.
 */
export function couldBePerson(model: string): boolean {
  const [first = "", ...rest] = wordsOf(foldLookAlikes(model)) ?? [];
  const letters = runEnd(first, 0, lowerLetters);
  const numbers = [first.slice(letters), ...rest].filter((word) => word !== "");
  if (numbers.length === 0) return true;
  return alsoNames.has(first.slice(0, letters)) && numbers.length === 1 && isMadeOf(numbers[0] ?? "", digits);
}

/** `[Qwen 3.7 Max]` is a template's placeholder, filled in. */
function withoutBrackets(text: string): string {
  return text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
}

function collapsed(text: string): string {
  // Nearly every name is written plainly.
  if (!text.includes("\t") && !text.includes("  ")) return text.trim();
  return text.replaceAll("\t", " ").split(" ").filter(Boolean).join(" ");
}

const longestName = 60;

/** Families that need a number to be a model: `Claude` alone is also a first name. */
const brands = new Set([
  ...["claude", "gpt", "chatgpt", "codex", "o", "gemini", "gemma", "glm", "qwen", "qwq", "kimi", "deepseek", "llama"],
  ...["mistral", "grok", "minimax", "composer", "swe", "phi", "nova", "command", "granite", "nemotron", "ernie"],
  ...["doubao", "hunyuan", "longcat", "mimo", "seed", "jamba", "yi", "step", "starcoder", "supernova"],
]);
/** Families that are people's names or common words too. */
const alsoNames = new Set([
  ...["claude", "codex", "command", "composer", "ernie", "gemini", "gemma", "granite", "jamba", "kimi", "llama"],
  ...["mistral", "nova", "o", "phi", "seed", "step", "supernova", "yi"],
]);
/** Models without a number: their family, and the words behind it that make a name of it. */
const unnumbered: ReadonlyMap<string, readonly string[]> = new Map([
  ["deepseek", ["chat", "coder", "reasoner"]],
  ["gemini", ["pro", "flash"]],
  ["mistral", ["large", "medium", "small"]],
  ["qwen", ["max", "plus", "turbo"]],
]);
/** Families that are a model's name by themselves. */
const named = new Set([
  ...["opus", "sonnet", "haiku", "fable", "devstral", "codestral", "magistral", "mixtral", "ministral", "pixtral"],
]);
const makers = new Set([
  ...["anthropic", "openai", "google", "meta", "mistralai", "moonshotai", "moonshot", "zai", "z", "ai", "x", "xai"],
  ...["alibaba", "amazon", "bedrock", "aws", "us", "eu", "apac", "global", "vertex", "azure", "openrouter", "ollama"],
  ...["groq", "cerebras", "fireworks", "together", "nvidia", "github", "copilot", "huggingface", "opencode", "models"],
  ...["accounts", "gateway", "vertexai", "cohere", "deepinfra", "nebius", "cognition", "synthetic", "hf"],
]);
const variants = new Set([
  ...["pro", "flash", "lite", "mini", "nano", "max", "ultra", "plus", "turbo", "air", "preview", "thinking", "fast"],
  ...["reasoning", "reasoner", "high", "low", "medium", "minimal", "xhigh", "code", "coder", "chat", "instruct"],
  ...["latest", "exp", "experimental", "beta", "alpha", "free", "large", "small", "next", "spark", "sol", "vision"],
  ...["vl", "omni", "deep", "research", "base", "it", "think", "instant", "auto", "cloud", "oss", "api", "terra"],
  ...["customtools", "distill", "highspeed", "million"],
]);

function isModel(words: string[] | null): boolean {
  if (words === null) return false;
  // `Claude Code 4.5` is a tool, whatever number follows; `grok-code-fast-1` is a model.
  if (words.includes("claude") && words.includes("code")) return false;
  const known = words.every(
    (word) => isVersion(word) || isBrand(word) || isNamed(word) || makers.has(word) || variants.has(word),
  );
  if (!known) return false;
  return words.some(isNamed) || (words.some(isBrand) && words.some(hasDigit)) || words.some(isUnnumbered);
}

/** `deepseek-chat`, `Gemini Pro`. */
function isUnnumbered(word: string, index: number, words: readonly string[]): boolean {
  return unnumbered.get(word)?.includes(words[index + 1] ?? "") ?? false;
}

/** Words between the separators that model ids use; null when a character has no place in one. */
function wordsOf(text: string): string[] | null {
  const words: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = runEnd(text, at, wordCharacters);
    if (end > at) words.push(text.slice(at, end));
    at = runEnd(text, end, " -./:_@[]+");
    if (at === end && at < text.length) return null;
  }
  return words;
}

/** A family's name, alone or with its number glued to it: `gpt`, `qwen3`, `o3`, `gpt4o`. */
function isBrand(word: string): boolean {
  const letters = runEnd(word, 0, lowerLetters);
  if (!brands.has(word.slice(0, letters))) return false;
  return letters === word.length ? word !== "o" : isVersion(word.slice(letters));
}

/** `opus`, and `opus4` as some write it. */
function isNamed(word: string): boolean {
  const letters = runEnd(word, 0, lowerLetters);
  return named.has(word.slice(0, letters)) && (letters === word.length || isVersion(word.slice(letters)));
}

/** A number with at most three letters around it: `4`, `20241022`, `1m`, `a35b`, `v3`. `3rd` numbers people. */
function isVersion(word: string): boolean {
  return hasDigit(word) && countOf(word, lowerLetters) <= 3 && word.length <= 10 && !isOrdinal(word);
}

function isOrdinal(word: string): boolean {
  return ["st", "nd", "rd", "th"].includes(word.slice(runEnd(word, 0, digits)));
}

function hasDigit(text: string): boolean {
  return countOf(text, digits) > 0;
}

const wordCharacters = lowerLetters + digits;
