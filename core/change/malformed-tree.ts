import { Problem } from "../problem.ts";

/**
 * What to say where git's answers about one change contradict each other. A tree that git itself would not write (out of
 * order, a name with a slash or without a letter, a file where a folder should be) is read in two ways.
 */
export function malformedTree(found: string): Problem {
  return new Problem(
    `The folders of this change cannot be read in one way: ${found}.`,
    "Run `git fsck`: it names the object that is missing or not as git writes it. Make the commits that hold it anew.",
  );
}
