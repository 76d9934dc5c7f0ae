import { createHash } from "node:crypto";
import { longestComment } from "../../adapters/github/apply-comment.ts";
import { plain, renderComment, type ReviewRequest, type Review } from "../../core/report/index.ts";
import type { CommandReply } from "../commands/index.ts";

/** A comment of ours on a pull request. */
export interface WantedComment {
  /** What it is, once on each pull request: `sticky`, `reply/…`, `asked/…`. */
  key: string;
  marker: string;
  body: string;
  digest: string;
}

/** The one that is kept up to date beside the check, where people want it. */
export function stickyComment(review: Review, place: string): WantedComment {
  return wanted("sticky", place, renderComment(review, { maxBytes: longestComment - 500 }));
}

/** Why it is so, for whoever pressed the button. */
export function explainingComment(review: Review, at: string, place: string): WantedComment {
  return wanted(`explain/${at}`, place, renderComment(review, { maxBytes: longestComment - 500 }));
}

/** The answer to a comment with a command: one, which says another thing when the comment or its answer does. */
export function replyComment(reply: Pick<CommandReply, "comment" | "text">, place: string): WantedComment {
  return wanted(replyKey(reply), place, reply.text);
}

export function replyKey({ comment }: Pick<CommandReply, "comment">): string {
  return `reply/${comment}`;
}

/** Tells somebody whom GitHub does not let us ask; null for a name that no mention can hold. */
export function mention({ kind, name, areas }: ReviewRequest, place: string): WantedComment | null {
  if (!(kind === "user" ? isLogin(name) : name.split("/").length === 2 && name.split("/").every(isSlug))) return null;
  const what = areas
    .map((area) => `\`${plain(area, 60).replaceAll("`", "'")}\``)
    .slice(0, 10)
    .join(", ");
  const why =
    kind === "team"
      ? "the team cannot be requested, most often because it has no access to this repository"
      : "they cannot be requested";
  return wanted(
    `asked/${kind}/${name.toLowerCase()}`,
    place,
    `@${name}: this change waits for a review of ${what}. GitHub did not take a review request (${why}), so this comment asks instead.`,
  );
}

function wanted(key: string, place: string, body: string): WantedComment {
  const digest = createHash("sha256").update(body).digest("hex");
  return { key, marker: `<!-- countersign:v1 ${place} ${key} -->`, body, digest };
}

/** https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication */
function isLogin(name: string): boolean {
  return name.length <= 39 && isSlug(name) && !name.includes(".");
}

function isSlug(name: string): boolean {
  return name.length > 0 && name.length <= 100 && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name);
}
