import * as z from "zod";
import { inertText } from "../../untrusted/index.ts";
import type { Condition } from "../condition.ts";
import { stepOfOther } from "../direction.ts";
import { worded } from "../wording.ts";

const schema = worded(z.boolean(), {
  says: "`true`: the pull request comes from another repository. `false`: from a branch of this one.",
  expects: "`true` or `false`",
  example: true,
});

/** Whether the pull request's branch lies in another repository. */
export const fork: Condition<boolean, boolean> = {
  schema,
  scope: "change",
  facts: ["pullRequest.fork"],
  resolve: (written) => written,
  compare: stepOfOther,
  says: (wanted) => (wanted ? "comes from a fork" : "comes from this repository"),
  holds: (wanted, { subject: { pullRequest } }) => {
    if (pullRequest.state === "absent") return { state: "unknown", says: inertText(pullRequest.reason) };
    const is = pullRequest.value.fork;
    return {
      state: is === wanted ? "yes" : "no",
      says: `the pull request comes from ${is ? "a fork" : "this repository"}`,
    };
  },
};
