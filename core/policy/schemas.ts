import * as z from "zod";
import { inertText } from "../untrusted/index.ts";
import { longestGlob } from "./glob.ts";
import { listEntryProblem } from "./path-list.ts";
import type { ProblemCode } from "./problem-codes.ts";
import { worded, type Wording } from "./wording.ts";

/** What several keys of the policy have in common. */

/** Names of areas and ids of rules. In a JSON Schema as a pattern; the loader checks it with `isName`. */
export const namePattern = "^[a-z][a-z0-9-]{0,79}$";

/** Lower-case letters, digits and hyphens, a letter first, at most 80. */
export function isName(text: string): boolean {
  if (text.length === 0 || text.length > 80 || !isLower(text.charAt(0))) return false;
  return Array.from(text).every((char) => isLower(char) || (char >= "0" && char <= "9") || char === "-");
}

/** The name that a text was meant as, `billing-api` for `Billing API` and `BillingApi`; null when none can be made of it. */
export function nameLike(text: string): string | null {
  if (text.length > 80) return null;
  const words = text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]/);
  const name = words.filter((word) => word !== "").join("-");
  const isPlain = Array.from(text).every((char) => char <= "~");
  return isPlain && isName(name) ? name : null;
}

function isLower(char: string): boolean {
  return char >= "a" && char <= "z";
}

/** A name of an area or the id of a rule. */
export function nameSchema(wording: Wording) {
  return worded(z.string().refine(isName, { params: { code: "CS027" } }), wording, { pattern: namePattern });
}

/** The name of an area that stands under `areas`: whether there is one of the name is told with the areas' names. */
export function areaNameSchema(wording: Wording) {
  return worded(z.string(), wording, { pattern: namePattern });
}

/** `one` or a list of at least one: what `when.area` and `require.disclosure` take. */
export function oneOrMore<T extends z.ZodType>(item: T, wording: Wording) {
  return worded(z.union([item, z.array(item).min(1)]), wording);
}

/** The list behind `oneOrMore`. */
export function asList<T>(written: T | T[]): T[] {
  return Array.isArray(written) ? written : [written];
}

/** A list of patterns of which at least one does not begin with `!`. */
export function pathListSchema(wording: Wording) {
  const entry = worded(
    globText(true),
    {
      says: "A pattern from the root of the repository: `*` within a folder, `**` over folders, `?` one character. A `!` in front excludes.",
      expects: "a pattern",
      example: "src/auth/**",
    },
    { maxLength: longestGlob + 1, pattern: globPattern("!?") },
  );
  const list = z
    .array(entry)
    .min(1)
    .check((ctx) => {
      if (ctx.value.length === 0 || ctx.value.some((text) => !text.startsWith("!"))) return;
      const issue = problemIssue(
        "CS019",
        "a list of exclusions alone matches nothing",
        'Add what to match first, such as "**".',
      );
      ctx.issues.push({ ...issue, input: ctx.value });
    });
  return worded(list, wording, { contains: { type: "string", pattern: "^[^!]" } });
}

/** A list of patterns without exclusions. */
export function plainPathListSchema(wording: Wording) {
  const entry = worded(
    globText(false),
    { says: "A pattern from the root of the repository; no `!`.", expects: "a pattern", example: "docs/**" },
    { maxLength: longestGlob, pattern: globPattern("") },
  );
  return worded(z.array(entry), wording);
}

/**
 * A name that is compared letter by letter, and does not begin with `!`: what looks like a negation would be a name that
 * nothing has.
 * @param instead what to write for the name without its `!`
 */
export function literalName(most: number, wording: Wording, instead: (name: string) => string) {
  const schema = z
    .string()
    .min(1)
    .max(most)
    .check((ctx) => {
      if (!ctx.value.startsWith("!")) return;
      const fix = instead(inertText(ctx.value.slice(1), { maxGraphemes: 60 }));
      const issue = problemIssue("CS012", "a `!` negates nothing here, and would be part of the name", fix);
      ctx.issues.push({ ...issue, input: ctx.value });
    });
  return worded(schema, wording, { pattern: "^[^!]" });
}

/** A whole number that is not negative. */
export function countSchema(wording: Wording) {
  return worded(z.number().int().min(0).max(1_000_000), wording);
}

/** A number from 0 to 100; ratios are for the inside. */
export function percentSchema(wording: Wording) {
  return worded(z.number().min(0).max(100), wording);
}

function globText(mayExclude: boolean) {
  return z.string().check((ctx) => {
    const found = mayExclude || !ctx.value.startsWith("!") ? listEntryProblem(ctx.value) : noExclusion;
    if (found !== null) ctx.issues.push({ ...problemIssue("CS019", found.what, found.fix), input: ctx.value });
  });
}

const noExclusion = { what: "`exclude` is a list of exclusions already", fix: "Remove the `!`." };

/** `globProblem` as a regular expression, for editors. It lets a few patterns through that the loader refuses. */
function globPattern(start: string): string {
  const never = ["[\\[\\]{}\\\\!]", "[?*+@]\\(", "//", "[^/]\\*\\*", "\\*\\*[^/]", "/$", "(^|/)\\.\\.?(/|$)"];
  return `^${start}${never.map((part) => `(?!.*${part})`).join("")}(?![/\\s]).*\\S$`;
}

/** Has a check of a mapping as a whole run when something is wrong inside it too: everything is told at once. */
export function alsoBeside({ value }: { value: unknown }): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An issue with its own code and words. */
export function problemIssue(code: ProblemCode, what: string, fix: string) {
  return { code: "custom" as const, message: what, params: { code, what, fix } };
}
