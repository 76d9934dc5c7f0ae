/** One thing that can happen to a change. */
interface Happening {
  /** What has happened, as the end of "asked again when …". */
  says: string;
  /** The webhooks by which GitHub tells it, `event.action`; none where only a new reading or a clock can. */
  github: readonly string[];
}

/**
 * What can happen to a change so that an answer must be asked for again, mostly in GitHub's words for a pull request's
 * actions. `closed` is none: the last decision stands, and what comes later does not rewrite it. Nor is a new name of the
 * head branch: GitHub closes the pull request then.
 */
export const changeEvents = {
  opened: { says: "the change is proposed", github: ["pull_request.opened"] },
  reopened: { says: "it is proposed again: nobody followed it in between", github: ["pull_request.reopened"] },
  merge_group: {
    says: "a merge queue asks about a group that it belongs to",
    github: ["merge_group.checks_requested"],
  },
  synchronize: { says: "its head is another commit", github: ["pull_request.synchronize"] },
  edited: { says: "its title, its description or its base is another", github: ["pull_request.edited"] },
  ready_for_review: { says: "it is no draft any more", github: ["pull_request.ready_for_review"] },
  converted_to_draft: { says: "it is a draft again", github: ["pull_request.converted_to_draft"] },
  // A label that is renamed or deleted leaves the pull request without a word about that pull request.
  labeled: { says: "it got a label", github: ["pull_request.labeled", "label.edited"] },
  unlabeled: { says: "it lost a label", github: ["pull_request.unlabeled", "label.edited", "label.deleted"] },
  // `unassigned` is none: whoever once asked an agent for the work stays its requester.
  assigned: { says: "somebody was assigned to it", github: ["pull_request.assigned"] },
  review: {
    says: "a review was submitted, edited or dismissed",
    github: ["pull_request_review.submitted", "pull_request_review.edited", "pull_request_review.dismissed"],
  },
  membership: {
    says: "a person, a team or a right to push is another",
    github: [
      ...["member.added", "member.edited", "member.removed", "membership.added", "membership.removed"],
      ...["organization.member_added", "organization.member_removed"],
      ...["team.created", "team.edited", "team.deleted", "team.added_to_repository", "team.removed_from_repository"],
    ],
  },
  check: {
    says: "a check or commit status on the head is another",
    github: ["check_run.created", "check_run.completed", "status"],
  },
  report: { says: "a coverage report arrived, for the head or for the base", github: ["workflow_run.completed"] },
  record: { says: "a record of who wrote lines, a ruling about a commit or a signed statement arrived", github: [] },
  override: { says: "break-glass was used", github: [] },
  base_push: {
    says: "the base branch, or the repository of an organisation's floor, has another tip",
    github: ["push"],
  },
  date: { says: "a day or an instant that the policy names has come", github: [] },
} as const satisfies Record<string, Happening>;

/** The name of one of them. */
export type ChangeEvent = keyof typeof changeEvents;

/** With these a change, or a group of changes, comes into view: every answer is asked for. */
export const firstEvents = ["opened", "reopened", "merge_group"] as const satisfies readonly ChangeEvent[];

/** The events in the order of the table, each once. */
export function inOrderOfEvents(events: Iterable<ChangeEvent>): ChangeEvent[] {
  const named = new Set<string>(events);
  return Object.keys(changeEvents).filter((event): event is ChangeEvent => named.has(event));
}

/** The webhooks by which GitHub tells of these events, `event.action`, sorted, each once. */
export function webhooksOf(events: readonly ChangeEvent[]): string[] {
  return [...new Set(events.flatMap((event): readonly string[] => changeEvents[event].github))].sort();
}
