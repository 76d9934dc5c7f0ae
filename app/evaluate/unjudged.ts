import { NotMirrored } from "../../adapters/git/mirror-fetch.ts";
import { NotInstalled } from "../../adapters/github/app-token.ts";
import { NotTold, TooMany } from "../../adapters/github/client.ts";
import { StoreFault } from "../../adapters/store/store.ts";
import type { Facts } from "../../core/facts.ts";
import { Problem } from "../../core/problem.ts";
import type { Evaluation } from "../evaluation.ts";
import type { Subject } from "../subject.ts";

/** Nothing of the subject is there to be judged. The message is the reason, for the log. */
export class Over extends Error {
  /** A pull request that was closed and not merged. */
  readonly closed: boolean;

  constructor(reason: string, closed = false) {
    super(reason);
    this.closed = closed;
  }
}

/** The repository is there and readable, and GitHub says that what was asked for in it is not. */
export class NotThere extends NotTold {}

/** A fault, with the head that it is to be shown on. */
export class AtHead extends Error {
  readonly head: string;

  constructor(head: string, cause: unknown) {
    super("it could not be judged", { cause });
    this.head = head;
  }
}

/** The change was read, and nothing decides on it: the policy at its base is broken, or gone. */
export class Undecidable extends Error {
  readonly facts: Facts;

  constructor(facts: Facts, cause: Problem) {
    super("it could not be decided", { cause });
    this.facts = facts;
  }
}

/** Says of whatever goes wrong at which head it did. */
export async function atHead<T>(head: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new AtHead(head, error);
  }
}

/** What an error means for the subject. Throws what is our own mistake. */
export function unjudged(subject: Subject, error: unknown): Evaluation {
  const [head, cause] = error instanceof AtHead ? [error.head, error.cause] : [headOf(subject), error];
  if (cause instanceof Over) return { state: "over", subject, reason: cause.message, closed: cause.closed };
  if (cause instanceof NotInstalled) return { state: "over", subject, reason: cause.message };
  if (cause instanceof Undecidable)
    return { state: "fault", subject, head, facts: cause.facts, ...faultOf(cause.cause) };
  return { state: "fault", subject, head, ...faultOf(cause) };
}

function headOf(subject: Subject): string | null {
  if (subject.kind === "merge-group") return subject.head;
  return subject.kind === "landing" ? subject.after : null;
}

function faultOf(error: unknown): { what: string; fix: string; again: boolean; seldom?: true } {
  if (error instanceof NotThere) return { ...notTold(error), seldom: true };
  if (error instanceof NotMirrored) return { what: error.what, fix: error.fix, again: error.passing };
  if (error instanceof Problem) return { what: error.what, fix: error.fix, again: false };
  if (error instanceof StoreFault)
    return { what: "What the App remembers could not be read.", fix: storeFix, again: true };
  if (error instanceof TooMany)
    return { what: `More belongs to this than is read: ${error.message}.`, fix: tooManyFix, again: false };
  if (error instanceof NotTold) return notTold(error);
  throw error;
}

const storeFix = "It is tried again by itself. Whoever runs the App finds the reason in its log.";

/** https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/managing-repository-settings/managing-pull-request-reviews-in-your-repository */
const tooManyFix =
  "Open another pull request with the same commits, and limit in the repository's settings who may review and comment.";

function notTold({ message, status }: NotTold): { what: string; fix: string; again: boolean } {
  if (status === 429)
    return {
      what: `GitHub was not asked: ${message}.`,
      fix: "It is judged as soon as GitHub may be asked again.",
      again: true,
    };
  if (status === 401 || status === 403)
    return {
      what: `GitHub did not let the App read this: ${message}.`,
      fix: "Accept the permissions that the App asks for, in the settings of its installation.",
      again: true,
    };
  return {
    what: `GitHub is unavailable: ${message}.`,
    fix: "It is tried again by itself; https://www.githubstatus.com tells of disturbances.",
    again: true,
  };
}
