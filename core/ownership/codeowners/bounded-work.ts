import { TooMuchWork } from "./pattern-index.ts";

/** Questions about a CODEOWNERS file until they are too much work. */
export interface BoundedWork {
  /** The answer, or else `refused`: from the first time that it was too much, always. */
  readonly within: <T>(ask: () => T, refused: T) => T;
  /** Why answers may be missing, and what to do, as a sentence; null as long as none is. */
  readonly refusal: () => string | null;
}

/**
 * Holds a review together where CODEOWNERS is too much work: whoever asks for its owners learns that the configuration is
 * broken, and the rest is judged as ever. `where` is the file's path, inert.
 */
export function boundedWork(where: string): BoundedWork {
  let refusal: string | null = null;
  return {
    within: (ask, refused) => {
      if (refusal !== null) return refused;
      try {
        return ask();
      } catch (error) {
        if (!(error instanceof TooMuchWork)) throw error;
        refusal = `${where} ${tooMuchWork}`;
        return refused;
      }
    },
    refusal: () => refusal,
  };
}

const tooMuchWork =
  "takes too much work for the files of this change, so nobody can say who owns them: begin its patterns with folders, write fewer wildcards, or split the change";
