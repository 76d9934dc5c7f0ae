import type { z } from "zod";
import type { Fact } from "./answer-events.ts";
import type { Answer, JudgedChange, JudgedFile } from "./judged.ts";
import type { Compare } from "./direction.ts";
import type { FoundProblem } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";

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
  /** What its answer depends on; `answer-events.ts` says after which events that may be another. */
  readonly facts: readonly Fact[];
  /** Of a condition that reads something else for each question: what this one's answer depends on, among `facts`. */
  readonly factsOf?: (asked: Asked) => readonly Fact[];
  readonly resolve: (written: Written) => Asked;
  /** Whether another question holds for fewer files and changes (`loosens`: its rule asks of less) or for more. */
  readonly compare: Compare<Asked>;
  /** Whether its answer can fail, which leaves its rule open and lets nothing pass: without it, something may. */
  readonly canFail?: true;
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
