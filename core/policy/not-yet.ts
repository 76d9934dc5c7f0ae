import type { KeyPath } from "./problem.ts";

/**
 * Keys of the policy language that this version does not judge yet. To skip them would leave a rule that nobody
 * enforces, so each is refused with what it would need. `*` stands for any name or position.
 */
const notYet: readonly { path: string; needs: string; instead: string }[] = [
  { path: "extends", needs: "reading policies of other repositories", instead: "copy its areas and rules here" },
  { path: "waivers", needs: "dated exceptions", instead: "narrow the rule with `when.paths` and `!`" },
  { path: "break_glass", needs: "overrides by people", instead: "leave it out" },
  { path: "policy_owners", needs: "reviews and code owners", instead: "name the owners in CODEOWNERS" },
  { path: "default_owners", needs: "reviews and code owners", instead: "name the owners in CODEOWNERS" },
  { path: "labels", needs: "writing to pull requests", instead: "leave it out" },
  { path: "comment", needs: "writing to pull requests", instead: "leave it out" },
  { path: "accept", needs: "facts of different strength", instead: "leave it out: no unverified fact loosens a rule" },
  { path: "forbid", needs: "boundaries of agents", instead: "write a rule with `disclosure: forbidden` for the paths" },
  { path: "provenance.counts_as_code", needs: "kinds of files", instead: "list files under `provenance.exclude`" },
  { path: "areas.*.owners", needs: "reviews and code owners", instead: "name the owners in CODEOWNERS" },
  { path: "areas.*.fallback", needs: "reviews and code owners", instead: "name the owners in CODEOWNERS" },
  { path: "rules.*.enforce_after", needs: "dates", instead: "set `mode: enforce` on that day" },
  {
    path: "rules.*.forbid",
    needs: "boundaries of agents",
    instead: "write `require: { disclosure: forbidden }` for the paths",
  },
  { path: "rules.*.waivers", needs: "dated exceptions", instead: "narrow the rule with `when.paths` and `!`" },
  { path: "rules.*.when.if", needs: "expressions", instead: "use `ai`, `area`, `paths` and `size`" },
  {
    path: "rules.*.when.dependencies",
    needs: "an analysis of dependencies",
    instead: "match the lock files with `when.paths`",
  },
  {
    path: "rules.*.require.owner_approval",
    needs: "reviews and code owners",
    instead: "require a code owner's review in the branch's protection",
  },
  { path: "rules.*.require.forbid", needs: "boundaries of agents", instead: "write `disclosure: forbidden`" },
  { path: "rules.*.require.dependencies", needs: "an analysis of dependencies", instead: "leave it out" },
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
