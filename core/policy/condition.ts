import type { z } from "zod";
import type { Answer, JudgedChange, JudgedFile } from "./judged.ts";
import type { FoundProblem } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import type { Subject } from "./subject.ts";

/** What can happen to a change so that an answer must be asked for again; GitHub's words for a pull request's actions. */
export type ChangeEvent =
  | "opened"
  | "reopened"
  | "synchronize"
  /** The title, the body or the base was edited. */
  | "edited"
  | "labeled"
  | "unlabeled"
  /** A review was submitted, edited or dismissed. */
  | "review"
  /** A person, a team or a right to push is another. */
  | "membership"
  /** A check or commit status on the head is another. */
  | "check"
  /** A day or an instant that the policy names has come. */
  | "date"
  /** A coverage report arrived, for the head or for the base. */
  | "report";

/** Events after which the commits or files of the change may be others. */
export const commitEvents = ["opened", "reopened", "synchronize", "edited"] as const satisfies readonly ChangeEvent[];

/**
 * One key of `when`: when a rule applies. Its file is named after the key and holds all there is to know about it.
 * `Written` is what a person may write, `Asked` what is left of it once defaults and spellings are settled.
 */
export interface Condition<Written, Asked> {
  readonly schema: z.ZodType<Written>;
  /** `file` conditions of one rule must hold for the same file; a `change` condition has one answer for all. */
  readonly scope: "file" | "change";
  /** Of a condition whose scope depends on what is asked: the scope of this question, instead of `scope`. */
  readonly scopeOf?: (asked: Asked) => "file" | "change";
  /** What of the subject its answer depends on. */
  readonly facts: readonly (keyof Subject)[];
  /** After which events its answer may be another. */
  readonly events: readonly ChangeEvent[];
  readonly resolve: (written: Written) => Asked;
  /**
   * What is wrong with a value that its schema accepts, such as a name that does not exist inside an expression. `at` is
   * the value in the document, which its schema has accepted; `offsetInScalar` tells where a part of a text stands. Paths
   * begin below the key.
   */
  readonly problems?: (at: YamlNode) => readonly FoundProblem[];
  /** What it asks, as the end of a sentence: "counts as AI-assisted". */
  readonly says: (asked: Asked) => string;
  /** Its answer for one file. `file` is null when the change has none, and for a condition on the whole change. */
  readonly holds: (asked: Asked, change: JudgedChange, file: JudgedFile | null) => Answer;
}
