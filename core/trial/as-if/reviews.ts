import { present } from "../../evidence.ts";
import type { Facts } from "../../facts.ts";
import { Problem } from "../../problem.ts";
import { inertText } from "../../untrusted/index.ts";
import { accountType } from "../account-type.ts";
import { withReviewer } from "./people.ts";
import { isSameName } from "../same-name.ts";
import { supposing, type Supposed } from "./supposed.ts";

type ReviewState = "approved" | "changes_requested";

/** A review by the user, later than every other. @throws {Problem} for a commit that the change does not have */
export function withReview(supposed: Supposed, user: string, state: ReviewState, commit: string | null): Supposed {
  const reviewed = withReviewer(supposed, user);
  const reviews = reviewsOf(reviewed.facts);
  const review = {
    id: `as-if-${reviews.length + 1}`,
    user,
    userType: accountType(user),
    state,
    commit: commit === null ? reviewed.facts.change.head.sha : findCommit(reviewed.facts, commit),
    submittedAt: afterAll(reviewed.facts),
  };
  const unread = "The reviews were not read: those that are supposed are taken for the only ones.";
  const sentence = supposed.facts.reviews.state === "present" ? undefined : unread;
  return supposing(reviewed, { reviews: present([...reviews, review]) }, sentence);
}

/** Every review of the user that counted for or against is dismissed. @throws {Problem} when there is none */
export function withDismissal(supposed: Supposed, user: string): Supposed {
  const reviews = reviewsOf(supposed.facts);
  const counts = (review: (typeof reviews)[number]) => isSameName(review.user, user) && review.state !== "commented";
  if (!reviews.some(counts)) {
    throw new Problem(
      `--as-if dismiss: ${inertText(user, { maxGraphemes: 100 })} has no review that could be dismissed.`,
      "Name somebody whose review the facts hold, or suppose one before: `--as-if approve:<user>`.",
    );
  }
  const dismissed = reviews.map((review) => (counts(review) ? { ...review, state: "dismissed" as const } : review));
  return supposing(supposed, { reviews: present(dismissed) });
}

function reviewsOf({ reviews }: Facts) {
  return reviews.state === "present" ? reviews.value : [];
}

function findCommit(facts: Facts, prefix: string): string {
  const { change, reviewedTrees } = facts;
  const commits = [...change.commits.map(({ sha }) => sha), ...reviewedTrees.map(({ commit }) => commit)];
  const found = new Set([change.head.sha, ...commits].filter((sha) => sha.startsWith(prefix)));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return known(only, facts);
  throw new Problem(
    `--as-if approve: ${found.size === 0 ? "no commit" : "more than one commit"} of the change begins with ${prefix}.`,
    "Name a commit of the change by enough of its id, or leave it out for the head.",
  );
}

/** Facts hold what the change was at commits that somebody reviewed, and at no other. */
function known(commit: string, { change, reviewedTrees }: Facts): string {
  if (commit === change.head.sha || reviewedTrees.some((tree) => tree.commit === commit)) return commit;
  throw new Problem(
    `--as-if approve: nobody reviewed ${commit.slice(0, 10)}, so the facts do not hold what the change was there.`,
    "Simulate on the repository (`--base` and `--head`), which is asked for it, or name the head or a commit that was reviewed.",
  );
}

/** A second after the latest review and the last change of the base, and not before the facts were read. */
export function afterAll(facts: Facts): string {
  const { asOf, retargetedAt } = facts;
  const instants = [
    asOf,
    ...(retargetedAt === null ? [] : [retargetedAt]),
    ...reviewsOf(facts).map(({ submittedAt }) => submittedAt),
  ];
  const times = instants.map((instant) => Date.parse(instant)).filter((time) => !Number.isNaN(time));
  return new Date(Math.max(0, ...times) + 1000).toISOString();
}
