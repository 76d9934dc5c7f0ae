import * as z from "zod";
import { Facts } from "../facts.ts";
import { jsonText } from "../json-text.ts";
import { inertJson, redactDeep } from "../untrusted/index.ts";
import { repeatable } from "./claims.ts";
import { Review } from "./review.ts";
import { rubric } from "./rubric.ts";

/**
 * The review as JSON: keys in the order of the schema, a line break at the end. Redacted; a trailer's free text is named
 * by its digest.
 * Throws when the value is not a review, which is our own fault.
 */
export function renderJson(review: Review): string {
  const ordered = Review.parse(review);
  return inertJson(jsonText({ ...repeatable(redactDeep(ordered)), rubric: redactDeep(rubric(ordered)) }));
}

/** The JSON Schema of `report.json`, for docs/report.schema.json. */
export function reviewJsonSchema(): object {
  return schemaOf(Review, "Countersign report", "Everything that was found about a change: report.json, version 1.");
}

/** The JSON Schema of `facts.json`, for docs/facts.schema.json. */
export function factsJsonSchema(): object {
  return schemaOf(Facts, "Countersign facts", "Everything read from outside for one change: facts.json, version 1.");
}

function schemaOf(type: z.ZodType, title: string, description: string): object {
  return { ...z.toJSONSchema(type, { target: "draft-2020-12" }), title, description };
}
