import * as z from "zod";
import { Sha } from "../core/change/change.ts";

const place = {
  installation: z.int().positive(),
  /** GitHub's id of the repository. */
  repository: z.int().positive(),
};

/**
 * What an event may have changed the answer for. An event never carries the answer: whoever takes a subject up reads
 * what is true now.
 */
export const Subject = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pull-request"), ...place, number: z.int().positive() }),
  /** What a merge queue put together. Its head never changes: a rebuilt group is another subject. */
  z.strictObject({
    kind: z.literal("merge-group"),
    ...place,
    head: Sha,
    headRef: z.string(),
    baseRef: z.string(),
    baseSha: Sha,
  }),
  /** What stands on a branch after a push or a merge: was it judged, and as it landed? */
  z.strictObject({ kind: z.literal("landing"), ...place, branch: z.string(), before: Sha, after: Sha }),
  /** A push to another branch than the default one: a landing, where a rule of the policy names the branch as a base. */
  z.strictObject({ kind: z.literal("push"), ...place, branch: z.string(), before: Sha, after: Sha }),
  /** All open pull requests for a base branch: its policy, CODEOWNERS or tip is another. */
  z.strictObject({ kind: z.literal("base"), ...place, branch: z.string() }),
  /** All open pull requests on a commit: its checks or statuses are others, or a person asks for it anew. */
  z.strictObject({ kind: z.literal("head"), ...place, head: Sha }),
  /** All open pull requests of a repository, or of all of an installation's: people, teams or rights are others; a sweep. */
  z.strictObject({ kind: z.literal("repository"), ...place }),
  z.strictObject({ kind: z.literal("installation"), installation: z.int().positive() }),
  /** What people are still to be told, on all pull requests of an installation: nothing is judged for it. */
  z.strictObject({ kind: z.literal("replies"), installation: z.int().positive() }),
]);
export type Subject = z.infer<typeof Subject>;

/** The same text for the same subject, at every instance and in every version. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case "pull-request":
      return pullRequestKey(subject.repository, subject.number);
    case "merge-group":
      return `merge-group/${subject.repository}/${subject.head}`;
    case "landing":
      return `landing/${subject.repository}/${subject.after}/${subject.branch}`;
    case "push":
      return `push/${subject.repository}/${subject.after}/${subject.branch}`;
    case "base":
      return `base/${subject.repository}/${subject.branch}`;
    case "head":
      return `head/${subject.repository}/${subject.head}`;
    case "repository":
      return `repository/${subject.repository}`;
    case "installation":
      return `installation/${subject.installation}`;
    case "replies":
      return `replies/${subject.installation}`;
  }
}

/** The key of a pull request, by GitHub's id of its repository. */
export function pullRequestKey(repository: number, number: number): string {
  return `pull-request/${repository}/${number}`;
}
