import { inertText } from "../../untrusted/index.ts";
import { branchListSchema, branchMatches } from "../branch-list.ts";
import type { Condition } from "../condition.ts";
import { stepsOfBranches } from "../direction.ts";
import { asList } from "../schemas.ts";

const schema = branchListSchema({
  says: "The change comes from a branch of this name, or one that matches one of these patterns. One that begins with `!` excludes. Whoever opens the change chooses the name.",
  expects: "the name of a branch, a pattern, or a list of them",
  example: ["copilot/*", "claude/*"],
});

/** Whether the head branch has one of the names. */
export const branch: Condition<string | string[], readonly string[]> = {
  schema,
  scope: "change",
  facts: ["branch"],
  resolve: (written) => asList(written),
  compare: stepsOfBranches,
  says: (patterns) => `comes from ${patterns.join(" or ")}`,
  holds: (patterns, { subject }) => {
    if (subject.branch.state === "absent") return { state: "unknown", says: inertText(subject.branch.reason) };
    const state = branchMatches(patterns, subject.branch.value) ? "yes" : "no";
    return { state, says: `the head branch is ${inertText(subject.branch.value, { maxGraphemes: 100 })}` };
  },
};
