import * as z from "zod";
import { approvalOutcome } from "../approval-outcome.ts";
import { defaultTerms, requestToAnyone } from "../approval-requests.ts";
import { atLeast, stepOfLimit } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { worded } from "../wording.ts";

const schema = worded(
  z.union([
    worded(z.literal(true), { says: "One other person.", expects: "`true`", example: true }),
    worded(
      z.strictObject({
        count: worded(z.number().int().min(1).max(100), {
          says: "How many other people.",
          expects: "a whole number from 1",
          example: 2,
        }),
      }),
      { says: "Several other people.", expects: "a mapping with `count`", example: { count: 2 } },
    ),
  ]),
  {
    says: "Somebody who can push, and neither wrote, committed nor asked an agent for any of it, has approved the files as they stand now.",
    expects: "`true`, or a mapping with `count`",
    example: true,
  },
);

/** Asks for the eyes of another person, whoever owns the files. */
export const secondHuman: Requirement<true | { count: number }, { count: number }> = {
  schema,
  facts: ["approvals", "files.file"],
  resolve: (written) => (written === true ? { count: 1 } : written),
  compare: (before, after) => stepOfLimit("count", atLeast, before.count, after.count),
  check: ({ count }, scope) => {
    if (scope.files.length === 0) return approvalOutcome([], "no file is changed, so there is nothing to approve");
    const request = requestToAnyone(scope, { ...defaultTerms, count });
    return approvalOutcome([scope.change.subject.approvals.of(request)], "nothing is asked");
  },
};
