import type { ReviewedTree, TreeFile } from "../change/tree-file.ts";
import { compareInstants } from "../instant.ts";
import type { StaleWhen } from "./approval.ts";
import { differingFiles, fingerprint } from "./fingerprint.ts";

/** The change as it is now, and as it was at commits that somebody looked at. */
export interface SeenContent {
  head: string;
  files: readonly TreeFile[];
  trees: ReadonlyMap<string, readonly TreeFile[]>;
  /** When the base branch was last changed to another one; null: never. */
  retargetedAt: string | null;
}

/** Of two trees of one commit the first counts. */
export function seenContent(
  head: string,
  files: readonly TreeFile[],
  trees: readonly ReviewedTree[],
  retargetedAt: string | null,
): SeenContent {
  return { head, files, trees: new Map(trees.toReversed().map((tree) => [tree.commit, tree.files])), retargetedAt };
}

/** What somebody looked at, and when. */
export interface Look {
  commit: string | null;
  at: string;
}

/** Why what somebody saw does not stand for what is there now: files that differ, or what happened since. */
export type Outdated =
  { why: "content"; files: readonly string[] } | { why: "push" | "retarget"; files: readonly never[] };

type Belongs = (file: TreeFile) => boolean;

/**
 * Whether the files that belong are what they were at a look: null when they are, `unknown` when it is not known what was
 * there. Before the base was changed, another change was looked at, however much of it is the same.
 */
export function changedSince(
  { commit, at }: Look,
  belongs: Belongs,
  content: SeenContent,
): Outdated | "unknown" | null {
  return isBeforeRetarget(at, content) ? retarget : changedFrom(commit, belongs, content);
}

/**
 * The same, as a policy asks for it: `push` ends an approval at every push, `never` does not look at all. Remembers what it
 * found for a commit.
 */
export function outdatedBy(
  staleWhen: StaleWhen,
  belongs: Belongs,
  content: SeenContent,
): (look: Look) => Outdated | "unknown" | null {
  if (staleWhen === "never") return () => null;
  const known = new Map<string | null, Outdated | "unknown" | null>();
  return ({ commit, at }) => {
    if (isBeforeRetarget(at, content)) return retarget;
    if (!known.has(commit)) {
      const changed = changedFrom(commit, belongs, content);
      const isPushed = staleWhen === "push" && changed === null && commit !== content.head;
      known.set(commit, isPushed ? { why: "push", files: [] } : changed);
    }
    return known.get(commit) ?? null;
  };
}

const retarget: Outdated = { why: "retarget", files: [] };

/** In the same second, too: nobody knows which came first. */
function isBeforeRetarget(at: string, { retargetedAt }: SeenContent): boolean {
  return retargetedAt !== null && compareInstants(at, retargetedAt) <= 0;
}

function changedFrom(commit: string | null, belongs: Belongs, { head, files, trees }: SeenContent) {
  if (commit === head) return null;
  const then = commit === null ? undefined : trees.get(commit);
  if (then === undefined) return "unknown";
  const [here, there] = [files.filter(belongs), then.filter(belongs)];
  if (fingerprint(here) === fingerprint(there)) return null;
  return { why: "content" as const, files: differingFiles(here, there) };
}
