import type { KeyPath } from "./problem.ts";

/**
 * Keys of the policy language that this version does not judge yet. To skip them would leave a rule that nobody
 * enforces, so each is refused with what it would need. `*` stands for any name or position.
 */
const notYet: readonly { path: string; needs: string; instead: string }[] = [
  {
    path: "rules.*.when.dependencies",
    needs: "an analysis of dependencies",
    instead: "match the lock files with `when.paths`",
  },
  { path: "rules.*.require.dependencies", needs: "an analysis of dependencies", instead: "leave it out" },
  { path: "rules.*.require.tests", needs: "an analysis of tests", instead: "use `coverage`" },
];

/** What to say of a key that exists in the language and not in this version, or null for any other key. */
export function notYetProblem(path: KeyPath): { what: string; fix: string } | null {
  const found = notYet.find((entry) => matches(entry.path.split("."), path));
  if (found === undefined) return null;
  const key = found.path.split(".").at(-1) ?? "";
  return {
    what: `\`${key}\` needs ${found.needs}, which this version does not read yet`,
    fix: `Remove it: ${found.instead}.`,
  };
}

function matches(pattern: readonly string[], path: KeyPath): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === "*" || part === path[index]);
}
