import type { ReviewedTree, TreeFile } from "../change/tree-file.ts";
import type { StaleWhen } from "./approval.ts";
import { differingFiles, fingerprint } from "./fingerprint.ts";

/** The change as it is now, and as it was at commits that somebody looked at. */
export interface SeenContent {
  head: string;
  files: readonly TreeFile[];
  trees: ReadonlyMap<string, readonly TreeFile[]>;
}

export function seenContent(head: string, files: readonly TreeFile[], trees: readonly ReviewedTree[]): SeenContent {
  return { head, files, trees: new Map(trees.toReversed().map((tree) => [tree.commit, tree.files])) };
}

/** The files, of those that belong, which are not what they were at a commit; null when it is not known what was there. */
export function differingSince(
  commit: string | null,
  belongs: (file: TreeFile) => boolean,
  { head, files, trees }: SeenContent,
): readonly string[] | null {
  if (commit === head) return [];
  const then = commit === null ? undefined : trees.get(commit);
  if (then === undefined) return null;
  const [here, there] = [files.filter(belongs), then.filter(belongs)];
  return fingerprint(here) === fingerprint(there) ? [] : differingFiles(here, there);
}

/** The same, as a policy asks for it: `push` ends an approval at every push, `never` does not look at all. */
export function outdatedSince(
  commit: string | null,
  staleWhen: StaleWhen,
  belongs: (file: TreeFile) => boolean,
  content: SeenContent,
): readonly string[] | null {
  if (staleWhen === "never") return [];
  const differing = differingSince(commit, belongs, content);
  if (staleWhen === "owned_diff_changes" || commit === content.head || differing === null) return differing;
  return differing.length > 0 ? differing : ["a push came after it"];
}
