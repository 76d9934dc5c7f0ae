import { branchListSchema, branchMatches } from "../branch-list.ts";
import type { Condition } from "../condition.ts";
import { stepsOfBranches } from "../direction.ts";
import { asList } from "../schemas.ts";
import { inertText } from "../../untrusted/index.ts";

const schema = branchListSchema({
  says: "The change is to be merged into a branch of this name, or one that matches one of these patterns. One that begins with `!` excludes.",
  expects: "the name of a branch, a pattern, or a list of them",
  example: ["main", "release/*"],
});

/** Whether the base branch has one of the names. */
export const base: Condition<string | string[], readonly string[]> = {
  schema,
  scope: "change",
  facts: ["change.base"],
  resolve: (written) => asList(written),
  compare: stepsOfBranches,
  says: (patterns) => `goes into ${patterns.join(" or ")}`,
  holds: (patterns, { subject }) => {
    const { name } = subject.change.base;
    if (name === null) return { state: "unknown", says: "the base branch has no name" };
    const state = branchMatches(patterns, name) ? "yes" : "no";
    return { state, says: `the base branch is ${inertText(name, { maxGraphemes: 100 })}` };
  },
};
