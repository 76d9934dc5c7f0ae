import * as z from "zod";
import { inertText } from "../../untrusted/index.ts";
import type { Condition } from "../condition.ts";
import { stepOfOther } from "../direction.ts";
import { worded } from "../wording.ts";

const schema = worded(z.boolean(), {
  says: "`true`: the pull request is a draft. `false`: it is ready for review.",
  expects: "`true` or `false`",
  example: false,
});

/** Whether the pull request is a draft. */
export const draft: Condition<boolean, boolean> = {
  schema,
  scope: "change",
  facts: ["pullRequest.draft"],
  resolve: (written) => written,
  compare: stepOfOther,
  says: (wanted) => (wanted ? "is a draft" : "is no draft"),
  holds: (wanted, { subject: { pullRequest } }) => {
    if (pullRequest.state === "absent") return { state: "unknown", says: inertText(pullRequest.reason) };
    const is = pullRequest.value.draft;
    return { state: is === wanted ? "yes" : "no", says: `the pull request is ${is ? "a" : "no"} draft` };
  },
};
