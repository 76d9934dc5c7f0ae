import { stringify } from "yaml";
import * as z from "zod";
import { inertText } from "../untrusted/index.ts";
import { answerToNo, isRequirement } from "./negative-words.ts";
import { formatPath, type KeyPath } from "./problem.ts";
import { closest, isNegated, othersThan } from "./suggest.ts";
import { nameLike } from "./schemas.ts";
import { wordings, type Wording } from "./wording.ts";
import { dayIn } from "./written/dates.ts";

/** What a value may be, and how that is said. */
export interface Expected {
  schema: z.ZodType | null;
  wording: Wording | null;
  /** How an item is said, where a list is expected. */
  item: Wording | null;
  /** The key or item at or above the value that a document may lack; null where there is none. */
  lacks: KeyPath | null;
}

/**
 * What to write in place of a wrong value: the value that was probably meant, in the shape that is asked for, and
 * otherwise an example. What the schema would refuse again is never offered.
 */
export function rewrite(path: KeyPath, value: unknown, expected: Expected): string {
  if (path.length === 0) return "Write `key: value` lines, with a space after each colon, and `version: 1` first.";
  const known = optionsOf(expected);
  if (typeof value === "string" && isNegated(value) && known.length > 0) {
    return othersThan(value, known, path.includes("when") ? ", or ask by `if`" : "");
  }
  const instead = insteadOf(value, expected.wording) ?? refusal(path, value, expected);
  if (instead !== null) return instead;
  const options = typeof value === "string" ? meantOptions(value, known) : [];
  if (typeof value === "string" && options.length > 0 && options.some((option) => isRight(option, expected))) {
    return `Did you mean ${options.map((option) => `\`${option}\``).join(" or ")}?`;
  }
  const likely = likelyValues(value, expected).find((candidate) => isRight(candidate, expected));
  if (likely === undefined && isRequirement(path) && value === 0) {
    return "Leave the key out: what is not written is not asked for.";
  }
  return `Write \`${exampleOf(path, likely ?? firstExample(expected.wording))}\`.`;
}

function insteadOf(value: unknown, wording: Wording | null): string | null {
  const word = String(value).toLowerCase();
  const known = wording?.instead ?? {};
  return Object.hasOwn(known, word) ? (known[word] ?? null) : null;
}

/** What to write for a "no"; null for any other value. */
export function refusal(path: KeyPath, value: unknown, expected: Expected): string | null {
  const answer = answerToNo({ path, value, ...expected, options: optionsOf(expected) });
  if (answer === null) return null;
  return "says" in answer ? answer.says : `Write \`${exampleOf(path, answer.write)}\`.`;
}

/** The key with a value as a line of the policy has them; an item of a list stands alone, for lists within brackets have no dash. */
export function exampleOf(path: KeyPath, value: unknown): string {
  const key = path.at(-1);
  const shown = stringify(value, {
    collectionStyle: "flow",
    lineWidth: 0,
    flowCollectionPadding: false,
    // Dates and words such as `no` get the quotes that the loader asks for.
    version: "1.1",
  }).trim();
  return typeof key === "string" ? `${formatPath([key])}: ${shown}` : shown;
}

function isRight(value: unknown, { schema }: Expected): boolean {
  return schema !== null && schema.safeParse(value).success;
}

/** The words that a value or its item may be. */
function optionsOf({ schema, wording, item }: Expected): string[] {
  const own = [...optionsIn(wording), ...(schema === null ? [] : wordsBeside(schema))];
  return own.length > 0 ? own : optionsIn(item);
}

/** The words that may stand in a mapping's place: `codeowners` for owners. */
function wordsBeside(schema: z.ZodType): string[] {
  const kinds = schema instanceof z.ZodUnion ? schema.options : [];
  return kinds.flatMap((kind) =>
    kind instanceof z.ZodLiteral ? [...kind.values].filter((word) => typeof word === "string") : [],
  );
}

/** The words in backticks of "`observe`, `warn` or `enforce`", or of "one of a, b, c, or a list of them". */
function optionsIn(wording: Wording | null): string[] {
  const text = wording?.expects ?? "";
  if (wording === null || isMapping(wording.example)) return [];
  if (text.startsWith("one of ")) {
    return text
      .slice("one of ".length)
      .split(", ")
      .filter((word) => !word.includes(" "));
  }
  return text.split("`").filter((_part, index) => index % 2 === 1);
}

/** The option that is close to the word; else those that begin with it: `agent` may be either of two verdicts. */
function meantOptions(text: string, options: readonly string[]): string[] {
  const meant = closest(text, options);
  if (meant !== null) return [meant];
  const begun = text.length < 2 ? [] : options.filter((option) => option.startsWith(text.toLowerCase()));
  return begun.length > 3 ? [] : begun;
}

/** What the value may have been meant as, the likeliest first. */
function likelyValues(value: unknown, { schema, wording, item }: Expected): unknown[] {
  const example = wording?.example;
  const words = wordsIn(value);
  if (isMapping(example) && ("teams" in example || "users" in example)) return [ownersIn(words)];
  if (isMapping(example) && "paths" in example && words.length > 0) return [{ paths: words }];
  const number = typeof value === "number" ? value : typeof value === "string" ? numberIn(value) : null;
  const mappings = number === null ? [] : mappingsWith(number, example, schema);
  if (typeof value !== "string" || mappings.length > 0) return mappings;
  const text = inertText(value, { maxGraphemes: 60 });
  if (isMapping(example) && "preset" in example) return [presetIn(text)];
  if (Array.isArray(example) && isMapping(example[0])) return "preset" in example[0] ? [[presetIn(text)]] : [];
  // One item where a list is asked for: most often only the brackets are missing.
  if (Array.isArray(example)) {
    const meant = meantOptions(text, optionsIn(item));
    return [text, text.replaceAll("_", "-"), ...meant].map((word) => [word]);
  }
  if (typeof example === "number") return [numberIn(text)];
  return [dayIn(text), text.replaceAll("_", "-"), text.replaceAll(" ", "-"), nameLike(value)];
}

/** `second_human: 2` was meant as `{count: 2}`: the examples of a mapping with this number in the place of their own. */
function mappingsWith(number: number, example: unknown, schema: z.ZodType | null): unknown[] {
  const kinds = schema instanceof z.ZodUnion ? schema.options : [];
  const examples = kinds.map((kind) => (kind instanceof z.ZodType ? wordings.get(kind)?.example : null));
  return [example, ...examples].filter(isMapping).flatMap((mapping) => {
    const counts = Object.keys(mapping).filter((key) => typeof mapping[key] === "number");
    return counts.length === 1 ? [{ ...mapping, [counts[0] ?? ""]: number }] : [];
  });
}

function firstExample(wording: Wording | null): unknown {
  const example = wording?.example ?? null;
  return Array.isArray(example) && isMapping(example[0]) ? example.slice(0, 1) : example;
}

function wordsIn(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.flatMap((word) => (typeof word === "string" ? [inertText(word, { maxGraphemes: 60 })] : []));
}

/** `@acme/x` and `ann`, as CODEOWNERS has them, told apart. */
function ownersIn(words: readonly string[]): { teams?: string[]; users?: string[] } {
  const names = words.map((word) => (word.startsWith("@") ? word.slice(1) : word));
  const [teams, users] = [names.filter((name) => name.includes("/")), names.filter((name) => !name.includes("/"))];
  return { ...(teams.length > 0 ? { teams } : {}), ...(users.length > 0 ? { users } : {}) };
}

/** A preset named without its version is the first one. */
function presetIn(text: string): { preset: string } | null {
  const [name = "", version = "1", ...more] = text.split("@");
  return /^[a-z]{1,40}$/.test(name) && /^[0-9]{1,3}$/.test(version) && more.length === 0
    ? { preset: `${name}@${version}` }
    : null;
}

/** `"80%"` and `"80"` were meant as 80. */
function numberIn(text: string): number | null {
  const digits = text.trim().replace(/\s*%$/, "");
  const number = digits === "" ? NaN : Number(digits);
  return Number.isFinite(number) && number >= 0 && number <= 100 ? number : null;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
