import * as z from "zod";
import { inertText } from "../untrusted/index.ts";
import { globMatches, compileGlob } from "./glob.ts";
import { listEntryProblem } from "./path-list.ts";
import { oneOrMore, problemIssue } from "./schemas.ts";
import { worded, type Wording } from "./wording.ts";

/** One pattern for names of branches or a list of them; those that begin with `!` exclude. */
export function branchListSchema(wording: Wording) {
  const entry = z.string().check((ctx) => {
    const found = refProblem(ctx.value) ?? listEntryProblem(ctx.value);
    if (found === null) return;
    ctx.issues.push({ ...problemIssue("CS019", found.what, found.fix), input: ctx.value });
  });
  const item = { ...wording, expects: "the name of a branch, or a pattern", example: "release/*" };
  return oneOrMore(worded(entry, item), wording);
}

/** What stands before the name of a branch elsewhere, so that such a pattern would never match; the longest first. */
const refPrefixes = ["refs/heads/", "refs/remotes/origin/", "remotes/origin/", "heads/", "origin/"] as const;

function refProblem(entry: string): { what: string; fix: string } | null {
  const [exclusion, pattern] = entry.startsWith("!") ? ["!", entry.slice(1)] : ["", entry];
  const prefix = refPrefixes.find((start) => pattern.startsWith(start));
  if (prefix !== undefined) {
    const fix = `Write "${exclusion}${inertText(pattern.slice(prefix.length), { maxGraphemes: 60 })}".`;
    return { what: `\`${prefix}\` is no part of a branch's name`, fix };
  }
  if (!pattern.startsWith("refs/")) return null;
  return { what: "this names a ref, and not a branch", fix: 'Write a branch\'s name alone, such as "main".' };
}

/** Whether a name matches one of the patterns and none that excludes. Names of branches are compared letter by letter. */
export function branchMatches(patterns: readonly string[], name: string): boolean {
  const meets = (pattern: string) => globMatches(compileGlob(pattern), name);
  const included = patterns.filter((pattern) => !pattern.startsWith("!"));
  const excluded = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  return (included.length === 0 || included.some(meets)) && !excluded.some(meets);
}
