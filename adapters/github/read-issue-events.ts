import * as z from "zod";
import { Instant } from "../../core/instant.ts";
import type { GitHub } from "./client.ts";
import { Account } from "./pull-request.ts";

/** What the events of a pull request tell that it does not tell itself. */
export interface IssueEvents {
  /** When its base branch was last changed to another one, by a person or because its branch was merged and deleted; null: never. */
  retargetedAt: string | null;
  /** Everybody who was ever assigned, also who was taken off since. */
  assigned: Account[];
}

/**
 * Reads a pull request's events. Throws `NotTold`. Only the list of issue events has these, the timeline does not.
 * https://docs.github.com/en/rest/using-the-rest-api/issue-event-types#base_ref_changed
 */
export async function readIssueEvents(github: GitHub, number: number): Promise<IssueEvents> {
  const events = await github.list(
    "GET /repos/{owner}/{repo}/issues/{issue_number}/events",
    { issue_number: number },
    { shape: z.array(Event), items: (page) => page, key: ({ id }) => id },
  );
  const times = events.filter(({ event }) => retargeting.has(event)).map(({ created_at }) => Instant.parse(created_at));
  return {
    retargetedAt: times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null,
    assigned: events.flatMap(({ event, assignee }) => (event === "assigned" && assignee ? [assignee] : [])),
  };
}

const Event = z
  // The account of a deleted user is null.
  .object({ id: z.int(), event: z.string(), created_at: z.string(), assignee: Account.nullish() })
  .refine(({ event, created_at }) => !retargeting.has(event) || Instant.safeParse(created_at).success);

const retargeting = new Set(["base_ref_changed", "automatic_base_change_succeeded"]);
