import * as z from "zod";
import { inertText } from "../../untrusted/index.ts";
import type { Condition } from "../condition.ts";
import { stepsOfList } from "../direction.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

/** GitHub's words. Source: `AuthorAssociation` of its GraphQL schema. */
const associations = [
  "OWNER",
  "MEMBER",
  "COLLABORATOR",
  "CONTRIBUTOR",
  "FIRST_TIME_CONTRIBUTOR",
  "FIRST_TIMER",
  "MANNEQUIN",
  "NONE",
] as const;
type Association = (typeof associations)[number];

const word = worded(z.enum(associations), {
  says: "What the author is to the repository, in GitHub's word.",
  expects: `one of ${associations.join(", ")}`,
  example: "MEMBER",
});

const schema = oneOrMore(word, {
  says: "What the pull request's author is to the repository, in GitHub's words. Any of them.",
  expects: `one of ${associations.join(", ")}, or a list of them`,
  example: ["FIRST_TIME_CONTRIBUTOR", "NONE"],
});

/** Whether the author has one of these relations to the repository. */
export const association: Condition<Association | Association[], readonly Association[]> = {
  schema,
  scope: "change",
  facts: ["pullRequest.association"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after),
  says: (words) => `was opened by ${words.join(" or ")}`,
  holds: (words, { subject: { pullRequest } }) => {
    if (pullRequest.state === "absent") return { state: "unknown", says: inertText(pullRequest.reason) };
    const is = pullRequest.value.association;
    const state = words.some((one) => one === is) ? "yes" : "no";
    return { state, says: `the author's association is ${inertText(is, { maxGraphemes: 40 })}` };
  },
};
