/** What the last evaluation of a repository needed: asked for at once the next time, and nothing is decided by it. */
export interface Hint {
  teams: readonly string[];
  checks: boolean;
}

/** By GitHub's id of the repository. Lost with the process; then one evaluation needs one request more. */
export interface Hints {
  of: (repository: number) => Hint;
  learn: (repository: number, hint: Hint) => void;
}

const unknown: Hint = { teams: [], checks: true };

export function hints(most = 10_000): Hints {
  const known = new Map<number, Hint>();
  return {
    of: (repository) => known.get(repository) ?? unknown,
    learn: (repository, hint) => {
      known.delete(repository);
      known.set(repository, hint);
      const oldest = known.size > most ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
    },
  };
}
