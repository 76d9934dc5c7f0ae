import * as z from "zod";
import { inertText } from "../../core/untrusted/index.ts";
import { NotTold, type Answer } from "./client.ts";
import type { Received } from "./send.ts";

/**
 * The data of a GraphQL answer. GitHub answers 200 with whatever it could find and `errors` beside it: such an answer is
 * none, for a list that is not there would look like an empty one. A refusal has the status that REST has for it.
 */
export function graphQlAnswer({ status, data }: Received): Answer {
  if (status >= 300) throw new NotTold(`GitHub answered ${status}`, status);
  const read = Reply.safeParse(data);
  if (!read.success) throw new NotTold("GitHub's answer was not whole");
  const [first] = read.data.errors ?? [];
  if (first !== undefined) throw new NotTold(inertText(first.message, { maxGraphemes: 200 }), statusOf(first.type));
  if (read.data.data === undefined || read.data.data === null) throw new NotTold("GitHub's answer was not whole");
  return { data: read.data.data, hasNext: false };
}

const Reply = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string().catch("an error"), type: z.string().optional() })).optional(),
});

/** Null for what may be over in a moment. */
function statusOf(type: string | undefined): number | null {
  return type === undefined ? null : (statuses.get(type) ?? null);
}

const statuses = new Map([
  ["NOT_FOUND", 404],
  ["FORBIDDEN", 403],
  ["INSUFFICIENT_SCOPES", 403],
  ["RATE_LIMITED", 429],
  ["MAX_NODE_LIMIT_EXCEEDED", 422],
]);
