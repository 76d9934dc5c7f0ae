/** How a check may have ended, and `error`, which only a commit status can. Source: GitHub's REST API, check runs and commit statuses. */
export const checkConclusions = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
  "startup_failure",
  "stale",
  "error",
] as const;
export type CheckConclusion = (typeof checkConclusions)[number];
