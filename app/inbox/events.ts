import * as rows from "./rows.ts";
import type { Row } from "./rows.ts";

/**
 * Which events may change an answer, `event.action` (or `event` alone where it has no action), and what each leaves
 * behind. What stands not here is ignored, and counted. `core/policy/change-events.ts` says why an answer depends on them.
 */
export const events: ReadonlyMap<string, Row> = new Map([
  ...of("pull_request", rows.pull, ["opened", "reopened", "synchronize", "edited", "ready_for_review"]),
  ...of("pull_request", rows.pull, ["converted_to_draft", "assigned"]),
  ...of("pull_request", rows.label, ["labeled", "unlabeled"]),
  ...of("pull_request", rows.closed, ["closed"]),
  ...of("pull_request_review", rows.pull, ["submitted", "edited", "dismissed"]),
  ["push", rows.push],
  ...of("check_run", rows.checkRun, ["created", "completed"]),
  ...of("check_run", rows.checkRunAgain, ["rerequested"]),
  ...of("check_run", rows.button, ["requested_action"]),
  // Never `requested`: GitHub sends none for a head whose message says `skip-checks: true`.
  ...of("check_suite", rows.checkSuite, ["completed"]),
  ...of("check_suite", rows.checkSuiteAgain, ["rerequested"]),
  ["status", rows.status],
  ...of("workflow_run", rows.workflowRun, ["completed"]),
  ...of("merge_group", rows.mergeGroup, ["checks_requested"]),
  ...of("issue_comment", rows.comment, ["created", "edited"]),
  ...of("label", rows.repository, ["edited", "deleted"]),
  ...of("member", rows.repositoryOrAll, ["added", "edited", "removed"]),
  ...of("membership", rows.repositoryOrAll, ["added", "removed"]),
  ...of("organization", rows.repositoryOrAll, ["member_added", "member_removed", "renamed"]),
  ...of("team", rows.repositoryOrAll, [
    "created",
    "edited",
    "deleted",
    "added_to_repository",
    "removed_from_repository",
  ]),
  ["team_add", rows.repositoryOrAll],
  ["public", rows.repository],
  ...of("repository", rows.repository, ["renamed", "transferred", "deleted", "edited", "archived", "unarchived"]),
  ...of("repository", rows.repository, ["privatized", "publicized"]),
  ...of("installation", rows.installation, ["created", "deleted", "suspend", "unsuspend", "new_permissions_accepted"]),
  ...of("installation_repositories", rows.repositories, ["added", "removed"]),
]);

/** The key of an event in the table. */
export function keyOf(event: string, action: string | undefined): string {
  return action === undefined ? event : `${event}.${action}`;
}

function of(event: string, row: Row, actions: readonly string[]): [string, Row][] {
  return actions.map((action) => [`${event}.${action}`, row]);
}
