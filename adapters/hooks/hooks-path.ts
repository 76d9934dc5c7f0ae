import { existsSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { askGit } from "./git.ts";
import type { Places } from "./places.ts";

/** Where git looks for hooks, and which of its settings says so: null where none does. */
export interface HooksPath {
  /** As it is named, absolute. */
  folder: string;
  /** With links followed, as far as it exists. */
  real: string;
  /** As in `git config --show-scope`: `system`, `global`, `local`, `worktree` or `command`. */
  scope: string | null;
}

/** The folder of hooks of a working tree. Throws a `Problem` where hooks are turned off by naming something else. */
export function readHooksPath(places: Places): HooksPath {
  // Without a value that ends it, `-z` would leave a line break of the path undecided.
  const answer = askGit(places.workTree, ["config", "--show-scope", "-z", "--type=path", "--get", "core.hooksPath"]);
  const [scope = null, set = ""] = answer?.split("\0") ?? [];
  const folder = set === "" ? join(places.commonDir, "hooks") : resolve(places.workTree, set);
  if (!existsSync(folder)) return { folder, real: folder, scope };
  if (statSync(folder).isDirectory()) return { folder, real: realpathSync(folder), scope };
  throw new Problem(
    `git looks for hooks in ${showPath(folder)}, which is no folder, so it runs none (core.hooksPath${scope === null ? "" : `, set at \`${scope}\``}).`,
    `Take that setting away, or name a folder: ours are hooks too.`,
  );
}
