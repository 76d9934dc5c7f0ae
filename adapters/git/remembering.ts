import type { GitRepository } from "./run-git.ts";

/**
 * The same question, asked of git once for each repository that is open: what follows from ids alone is the same the
 * second time. The latest `most` answers are kept, and no failure: what it lacked may be fetched.
 */
export function remembering<Ids extends string[], Answer>(
  most: number,
  ask: (repository: GitRepository, ...ids: Ids) => Promise<Answer>,
): (repository: GitRepository, ...ids: Ids) => Promise<Answer> {
  const ofRepository = new WeakMap<GitRepository, Map<string, Promise<Answer>>>();
  return (repository, ...ids) => {
    const answers = ofRepository.get(repository) ?? new Map<string, Promise<Answer>>();
    ofRepository.set(repository, answers);
    const question = ids.join(" ");
    const answer = answers.get(question) ?? ask(repository, ...ids);
    answers.delete(question);
    answers.set(question, answer);
    for (const oldest of [...answers.keys()].slice(0, -most)) answers.delete(oldest);
    return answer.catch((error: unknown) => {
      answers.delete(question);
      throw error;
    });
  };
}
