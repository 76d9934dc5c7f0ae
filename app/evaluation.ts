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
  /** Nothing is to be judged any more: closed, gone, or the App may not see it. The reason is for the log. */
  | { state: "over"; subject: Subject; reason: string }
  /**
   * It could not be judged: shown as a failure with the reason and what to do, never as an old verdict. `again`: trying
   * later may mend it.
   */
  | { state: "fault"; subject: Subject; head: string | null; what: string; fix: string; again: boolean };
