import * as z from "zod";
import { jsonDepthWithin } from "../../core/json-depth.ts";

/**
 * The text of a body that is JSON of its event's shape, or what is wrong with it. Of what an event has, only that is
 * looked at by which one is told from another: whoever takes it up looks closer. An event that is not in the table may
 * have any shape.
 */
export function readShape(event: string, body: Uint8Array): { text: string } | { problem: string } {
  // Reading a text nested a million levels deep takes seconds, and much of what reads it later has a stack.
  if (!jsonDepthWithin(body, deepest)) return { problem: `nested deeper than ${deepest} levels` };
  const text = decoded(body);
  if (text === null) return { problem: "no UTF-8" };
  const payload = parsed(text);
  if (payload === undefined) return { problem: "no JSON" };
  const read = (shapes.get(event) ?? envelope).safeParse(payload);
  if (read.success) return { text };
  // The path alone: the rest of the message may quote the body.
  return { problem: `unexpected ${read.error.issues[0]?.path.map(String).join(".") || "body"}` };
}

/** GitHub's own payloads have ten levels or so. */
const deepest = 64;

/** Null for bytes that are no UTF-8. A byte order mark stays, and is no JSON. */
function decoded(body: Uint8Array): string | null {
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const id = z.int().positive();
const thing = z.looseObject({ id });
const action = z.string().max(100);

const envelope = z.object({
  action: action.optional(),
  installation: thing.nullish(),
  repository: thing.nullish(),
});

/** The body of an event: what is always there, and what belongs to another event. */
function shape(has: z.ZodRawShape, hasNot: readonly string[] = []): z.ZodType {
  const absent = Object.fromEntries(hasNot.map((key) => [key, z.undefined().optional()]));
  return z.object({ ...envelope.shape, ...absent, ...has });
}

const text = z.string();
const some = z.looseObject({});
/** Things by which the bodies of two events would otherwise look alike. */
const others = ["issue", "label", "member", "team", "pull_request", "check_run", "check_suite", "workflow_run", "ref"];

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const shapes = new Map<string, z.ZodType>([
  ["pull_request", shape({ action, number: id, pull_request: thing }, ["review"])],
  ["pull_request_review", shape({ action, pull_request: thing, review: thing })],
  ["push", shape({ ref: text, before: text, after: text }, ["action"])],
  ["check_run", shape({ action, check_run: thing }, ["deployment_status"])],
  ["check_suite", shape({ action, check_suite: thing })],
  ["status", shape({ sha: text, state: text, context: text }, ["action"])],
  ["workflow_run", shape({ action, workflow_run: thing }, ["reviewers"])],
  ["merge_group", shape({ action, merge_group: some })],
  ["issue_comment", shape({ action, issue: thing, comment: thing })],
  ["label", shape({ action, label: thing }, ["issue", "pull_request", "discussion"])],
  ["member", shape({ action, member: thing }, ["team", "scope"])],
  ["membership", shape({ action, member: thing, team: some })],
  ["organization", shape({ action, organization: thing }, ["repository", ...others])],
  ["team", shape({ action, team: thing }, ["member"])],
  ["team_add", shape({ team: thing }, ["action"])],
  ["public", shape({ repository: thing }, ["action", ...others])],
  ["repository", shape({ action, repository: thing }, [...others, "alert", "release", "comment"])],
  // In the bodies of other events the installation is its id, and no more.
  ["installation", shape({ action, installation: z.looseObject({ id, app_id: id }) }, ["repositories_added"])],
  [
    "installation_repositories",
    shape({ action, installation: z.looseObject({ id, app_id: id }), repositories_added: z.array(some) }),
  ],
]);
