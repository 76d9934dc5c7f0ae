import type { Review } from "../core/report/index.ts";
import type { Facts } from "../core/facts.ts";
import type { CommandReply } from "./commands/index.ts";
import type { Subject } from "./subject.ts";

/** What judging one subject came to. */
export type Evaluation =
  | {
      state: "judged";
      subject: Subject;
      head: string;
      facts: Facts;
      review: Review;
      earlier: readonly string[];
      /** Answers to people's commands; each is given once. */
      replies?: readonly CommandReply[];
    }
  /**
   * Nothing is to be judged any more: closed, gone, or the App may not see it. The reason is for the log. `closed`: it was
   * closed and not merged, so what its head shows stands for nothing any more.
   */
  | { state: "over"; subject: Subject; reason: string; closed?: boolean }
  /**
   * It could not be judged: shown as a failure with the reason and what to do, never as an old verdict. `again`: trying
   * later may mend it. `seldom`: it is tried more and more seldom, for it may stay so for good: GitHub denies that it is there, or a pull request holds its merge group up.
   * `facts`: what was read, where the policy at the base decides nothing.
   */
  | {
      state: "fault";
      subject: Subject;
      head: string | null;
      what: string;
      fix: string;
      again: boolean;
      seldom?: true;
      facts?: Facts;
    }
  /** Nothing is judged: people are still to be told something. */
  | { state: "to-tell"; subject: Extract<Subject, { kind: "replies" }> };

/** Where a pull request stands: its head, and the name of the branch that it is for. */
export interface Stand {
  head: string;
  base: string;
}

/** Judges one subject. `found` is told where a pull request stands before it is judged, and is waited for. */
export type Evaluate = (
  subject: Subject,
  signal: AbortSignal,
  found?: (stand: Stand) => Promise<void>,
) => Promise<Evaluation>;
