import { isRefused, type WritePlace } from "./written-once.ts";

/** Whom to ask: a login, or `org/team`. */
export interface Reviewer {
  kind: "user" | "team";
  name: string;
}

/**
 * Asks one person or team for a review. One at a time: a team that may not read the repository refuses the whole request.
 * `refused`: GitHub does not let them be asked; somebody has to be told in another way. Throws `NotTold`.
 * https://docs.github.com/en/rest/pulls/review-requests
 */
export async function requestReview(
  { client, owner, name: repo }: WritePlace,
  number: number,
  { kind, name }: Reviewer,
): Promise<"asked" | "refused"> {
  const route = "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers";
  const slug = name.slice(name.indexOf("/") + 1);
  const whom = kind === "user" ? { reviewers: [name] } : { team_reviewers: [slug] };
  // Of another organisation's team the slug alone would be a namesake.
  if (kind === "team" && name.slice(0, name.indexOf("/")).toLowerCase() !== owner.toLowerCase()) return "refused";
  try {
    await client.write(route, { owner, repo, pull_number: number, ...whom }, "decoration");
    return "asked";
  } catch (error) {
    if (isRefused(error)) return "refused";
    throw error;
  }
}
