import * as z from "zod";
import { Sha } from "../../core/change/change.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { PullRequestReview } from "../../core/ownership/index.ts";
import { evidenceOf, mostPages, TooMany, type GitHub } from "./client.ts";
import { readIssueEvents } from "./read-issue-events.ts";

/** What a token needs so that reviews can be read. */
export const needsPullRequests = "give the job `permissions: pull-requests: read`";

/** The reviews of a pull request, and when it was last put on another branch. */
export interface ReviewsReading {
  reviews: Evidence<PullRequestReview[]>;
  retargetedAt: string | null;
}

/**
 * Both are needed to say what was approved: an approval from before another base is of another change. Where one of them
 * could not be read, reviews are absent with the reason.
 */
export async function readReviews(github: GitHub, number: number): Promise<ReviewsReading> {
  const reviews = await evidenceOf(`the reviews of #${number}`, needsPullRequests, () => reviewsOf(github, number));
  if (reviews.state === "absent") return { reviews, retargetedAt: null };
  const what = `whether #${number} was put on another branch, which makes its reviews void,`;
  const events = await evidenceOf(what, needsPullRequests, () => readIssueEvents(github, number));
  return events.state === "absent"
    ? { reviews: events, retargetedAt: null }
    : { reviews, retargetedAt: events.value.retargetedAt };
}

/** More than these are not read: anybody may review a public repository. */
export const mostReviews = mostPages * 100;

export function tooManyReviews(number: number): TooMany {
  return new TooMany(`#${number} has more than ${mostReviews} reviews`);
}

/**
 * All reviews of a pull request, oldest first. A pending one is visible to its author alone and is left out. Throws
 * `NotTold`, and `TooMany` beyond `mostReviews`.
 * https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request
 */
export async function reviewsOf(github: GitHub, number: number): Promise<PullRequestReview[]> {
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
  const reading = { shape: z.array(Review), items: (page: Review[]) => page, key: ({ id }: Review) => id };
  const reviews = await github.list(route, { pull_number: number }, reading).catch((error: unknown) => {
    throw error instanceof TooMany ? tooManyReviews(number) : error;
  });
  return reviews.sort(bySubmission).flatMap((review) => {
    const state = states.get(review.state);
    return state === undefined || review.submitted_at === undefined
      ? []
      : [reviewOf(review, state, review.submitted_at)];
  });
}

const Review = z
  .object({
    id: z.int(),
    user: z.object({ login: z.string(), type: z.string().default("User") }).nullish(),
    // A word that is not known here must not be passed over: it may be a refusal.
    state: z.enum(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]),
    commit_id: Sha.nullish(),
    submitted_at: z.iso.datetime().optional(),
  })
  // Without its time a refusal could not be told from one that was withdrawn.
  .refine(({ state, submitted_at }) => state === "PENDING" || submitted_at !== undefined);
type Review = z.infer<typeof Review>;

const states = new Map<Review["state"], PullRequestReview["state"]>([
  ["APPROVED", "approved"],
  ["CHANGES_REQUESTED", "changes_requested"],
  ["COMMENTED", "commented"],
  ["DISMISSED", "dismissed"],
]);

function reviewOf({ id, user, commit_id }: Review, state: PullRequestReview["state"], at: string): PullRequestReview {
  return {
    id: String(id),
    user: user?.login ?? "ghost",
    userType: user?.type ?? "User",
    state,
    commit: commit_id ?? null,
    submittedAt: at,
  };
}

/** GitHub lists them so, and does not promise to. */
function bySubmission(a: Review, b: Review): number {
  const [one, other] = [a.submitted_at ?? "", b.submitted_at ?? ""];
  return one < other ? -1 : one > other ? 1 : a.id - b.id;
}
