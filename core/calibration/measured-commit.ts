import { isByAgent, type Verdict, type Writer } from "../change/authorship.ts";
import { severityColumn } from "../findings/index.ts";
import type { Language } from "../syntax/index.ts";

/**
 * Who wrote a commit, as far as it says. The first two are what the severity columns `aiAsIs` and `aiEdited` are for; the
 * column `human` holds the other three, which are not the same: silence is no person.
 */
export const groups = ["ai-as-is", "ai-edited", "human", "undeclared", "automation"] as const;
export type Group = (typeof groups)[number];

/** What a commit added, and what was found in it. */
export interface MeasuredCommit {
  group: Group;
  /** Added lines of code that are not blank, by language. */
  lines: Readonly<Partial<Record<Language, number>>>;
  /** New findings on them, by rule. */
  findings: ReadonlyMap<string, number>;
}

/** The group of a commit, by the column in which findings on its lines are weighed under the default policy. */
export function groupOf(writer: Writer): Group {
  const { name } = severityColumn(writer, isByAgent(writer.verdict) ? "verdict" : "no");
  if (name === "aiAsIs") return "ai-as-is";
  return name === "aiEdited" ? "ai-edited" : otherGroup(writer.verdict);
}

function otherGroup(verdict: Verdict): Group {
  return verdict === "human" || verdict === "automation" ? verdict : "undeclared";
}

export function isAiGroup(group: Group): boolean {
  return group === "ai-as-is" || group === "ai-edited";
}
