import * as z from "zod";
import { decisionStates, RuleResult, worded } from "../../policy/index.ts";
import { oneOf, position, text, texts } from "./words.ts";

const expectedRule = worded(
  z.strictObject({
    state: oneOf("What the rule comes to.", RuleResult.shape.state.options).optional(),
    decision: oneOf("What it contributes to the decision.", decisionStates).optional(),
    enforced: oneOf("What it would contribute if it were enforced.", decisionStates).optional(),
    missing: worded(z.record(z.string(), position("How many.", 1)), {
      says: "How many approvals each area still lacks; areas that lack none are left out.",
      expects: "a mapping from areas to numbers",
      example: { auth: 1 },
    }).optional(),
    stale: texts("Whose approvals are stale: all of them.", ["ann"]).optional(),
    by: texts("Whose approvals count: all of them.", ["ann"]).optional(),
    files: texts("The files for which the rule's conditions hold: all of them.", ["src/auth/session.ts"]).optional(),
    waivers: texts("The waivers that exempt something from it: all of them.", ["W-12"]).optional(),
  }),
  { says: "What one rule comes to.", expects: "a mapping", example: { state: "waiting", missing: { auth: 1 } } },
);

export const expectation = worded(
  z
    .strictObject({
      decision: oneOf("The decision.", decisionStates).optional(),
      enforced: oneOf("What it would be if every rule were enforced.", decisionStates).optional(),
      rules: worded(z.record(z.string(), expectedRule), {
        says: "Rules by id; those that are not named are not looked at.",
        expects: "a mapping from rules to what they come to",
        example: { "sensitive-ai-needs-owner": { state: "waiting" } },
      }).optional(),
      next_steps: texts("What to do next: each of these stands in one of the steps.", ["approval"]).optional(),
      waivers: worded(z.record(z.string(), oneOf("What became of it.", ["active", "ending", "expired"])), {
        says: "The waivers that bear on the change, by id: all of them.",
        expects: "a mapping from waivers to `active`, `ending` or `expired`",
        example: { "W-12": "active" },
      }).optional(),
      overridden_by: text("Who merges it by break-glass, or `nobody`.", "ann").optional(),
      reviewers: texts("The smallest set of people whose approvals would settle it.", ["ann"]).optional(),
    })
    .refine((written) => Object.values(written).some((value) => value !== undefined), {
      params: { code: "CS011", what: "nothing is expected", fix: "Write at least `expect: { decision: pass }`." },
    }),
  { says: "What must come out.", expects: "a mapping", example: { decision: "needs-approval" } },
);
export type Expectation = z.infer<typeof expectation>;
