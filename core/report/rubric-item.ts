import * as z from "zod";

/** What every review of a change looks at. */
export const rubricTopics = ["tests", "documentation", "dependency impact", "architecture"] as const;

/** One question that every review of a change answers. */
export const RubricItem = z.strictObject({
  topic: z.enum(rubricTopics),
  /** What is so when it is ticked. */
  says: z.string(),
  /** `gate`: the facts answer it. `reviewer`: only a person can, whatever the facts are. */
  by: z.enum(["gate", "reviewer"]),
  ticked: z.boolean(),
  /** What the facts say to it, for whoever ticks; null where they say nothing. */
  evidence: z.string().nullable(),
});
export type RubricItem = z.infer<typeof RubricItem>;
