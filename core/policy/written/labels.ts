import * as z from "zod";
import { decisionStates } from "../decision.ts";
import { worded } from "../wording.ts";

const label = (says: string, example: string) =>
  worded(z.string().min(1).max(50), { says, expects: "a text of 1 to 50 characters", example }).optional();

const forState = (state: (typeof decisionStates)[number], example: string) =>
  label(`The label while the decision is \`${state}\`.`, example);

/** The names of the labels that are put on pull requests; one that is not named is not put there. */
export const labelsSchema = worded(
  z.strictObject({
    ai: label("The label of a change that counts as AI.", "ai-assisted"),
    pass: forState("pass", "gate: passed"),
    warn: forState("warn", "gate: warnings"),
    "needs-approval": forState("needs-approval", "gate: needs an owner"),
    block: forState("block", "gate: blocked"),
    undecided: forState("undecided", "gate: undecided"),
  }),
  {
    says: "Names of labels for whatever writes to pull requests. The command line and the Action write none. Default: no labels.",
    expects: "a mapping from `ai` or a decision to a label",
    example: { ai: "ai-assisted", "needs-approval": "gate: needs an owner" },
  },
);
