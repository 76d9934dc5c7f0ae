import type { CloneIndex } from "./clones.ts";

/**
 * What is known of the rest of the repository at head. It is filled by whoever can read it; a rule that gets none looks at
 * files one by one.
 */
export interface RepositoryIndex {
  /**
   * Whether a name stands as a word in any other file: code, configuration, a template. Null when not every file could be
   * read, so that nothing can be said.
   */
  occursElsewhere: (name: string, path: string) => boolean | null;
  /** The code of the other files, to find copies of. Null when none was read. */
  clones: CloneIndex | null;
}
