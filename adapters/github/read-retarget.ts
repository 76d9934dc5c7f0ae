import * as z from "zod";
import { Instant } from "../../core/instant.ts";
import type { GitHub } from "./client.ts";

/**
 * When a pull request's base branch was last changed to another one, by a person or because its branch was merged and
 * deleted; null: never. Throws `NotTold`. Only the list of issue events has these, the timeline does not.
 * https://docs.github.com/en/rest/using-the-rest-api/issue-event-types#base_ref_changed
 */
export async function readRetarget(github: GitHub, number: number): Promise<string | null> {
  const events = await github.list(
    "GET /repos/{owner}/{repo}/issues/{issue_number}/events",
    { issue_number: number },
    { shape: z.array(Event), items: (page) => page, key: ({ id }) => id },
  );
  const times = events.filter(({ event }) => retargeting.has(event)).map(({ created_at }) => Instant.parse(created_at));
  return times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
}

const Event = z
  .object({ id: z.int(), event: z.string(), created_at: z.string() })
  .refine(({ event, created_at }) => !retargeting.has(event) || Instant.safeParse(created_at).success);

const retargeting = new Set(["base_ref_changed", "automatic_base_change_succeeded"]);
