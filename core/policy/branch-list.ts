import { z } from "zod";
import { globMatches, compileGlob } from "./glob.ts";
import { listEntryProblem } from "./path-list.ts";
import { oneOrMore } from "./schemas.ts";
import { worded, type Wording } from "./wording.ts";

/** One pattern for names of branches or a list of them; those that begin with `!` exclude. */
export function branchListSchema(wording: Wording) {
  const entry = z.string().check((ctx) => {
    const found = listEntryProblem(ctx.value);
    if (found === null) return;
    const params = { code: "CS019", what: found.what, fix: found.fix };
    ctx.issues.push({ code: "custom", message: found.what, params, input: ctx.value });
  });
  const item = { ...wording, expects: "the name of a branch, or a pattern", example: "release/*" };
  return oneOrMore(worded(entry, item), wording);
}

/** Whether a name matches one of the patterns and none that excludes. Names of branches are compared letter by letter. */
export function branchMatches(patterns: readonly string[], name: string): boolean {
  const meets = (pattern: string) => globMatches(compileGlob(pattern), name);
  const included = patterns.filter((pattern) => !pattern.startsWith("!"));
  const excluded = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  return (included.length === 0 || included.some(meets)) && !excluded.some(meets);
}
