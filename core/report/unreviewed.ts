import { commitsByFile } from "../change/commits-by-file.ts";
import type { Facts } from "../facts.ts";
import { approvalsOf, type ApprovalRequest, type Approvals } from "../ownership/index.ts";
import { aiReasonOf } from "./ai-counts.ts";
import type { Review, UnreviewedFile } from "./review.ts";

/**
 * The files with lines that count as AI and that nobody has approved as they stand, each with those lines: "AI-suggested, not
 * yet reviewed". An approval covers a file when it is another person's than those who wrote it, who may push, and what
 * they saw is what stands there now; which rule asks for it does not matter. What was not read covers nothing. In the
 * order of the review's files.
 */
export function unreviewed(review: Review, facts: Facts): UnreviewedFile[] {
  const written = review.change.files.flatMap((file) => linesOfTools(review, file));
  const approvals = approvalsOf({ ...facts, commitsOfFile: commitsByFile(facts.change) });
  const open = notCovered(
    written.map(({ path }) => path),
    approvals,
    facts,
  );
  return written.filter(({ path }) => open.has(path));
}

/** The lines that count as AI: what the policy takes for a tool's is looked at like it. */
function linesOfTools(review: Review, { path, written }: Review["change"]["files"][number]): UnreviewedFile[] {
  const lines: UnreviewedFile["lines"] = [];
  for (const stretch of written) {
    if (aiReasonOf(review, stretch) === null) continue;
    const { start, end } = stretch;
    const last = lines.at(-1);
    if (last?.end === start - 1) last.end = end;
    else lines.push({ start, end });
  }
  return lines.length === 0 ? [] : [{ path, lines }];
}

/**
 * Who approved a number of files approved each of them, so that halves are asked about only where the whole is open. Each
 * question goes through all files: of a very large change some stay open that a longer look would have found covered.
 */
function notCovered(paths: readonly string[], approvals: Approvals, { reviews, change }: Facts): Set<string> {
  const open = new Set<string>();
  const isHopeless = reviews.state === "present" && reviews.value.every(({ state }) => state !== "approved");
  const waiting = [paths];
  let left = isHopeless ? 0 : Math.floor(mostFilesSeen / Math.max(change.files.length, 1));
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    if (group.length === 0 || (left > 0 && isCovered(group, approvals))) continue;
    left -= 1;
    if (group.length === 1 || left <= 0) for (const path of group) open.add(path);
    else waiting.push(group.slice(0, group.length >> 1), group.slice(group.length >> 1));
  }
  return open;
}

/** About a second's work. */
const mostFilesSeen = 20_000_000;

function isCovered(paths: readonly string[], approvals: Approvals): boolean {
  const wanted = new Set(paths);
  const { state, by } = approvals.of({
    ...askOfAnyone,
    belongs: ({ path, previousPath }) => wanted.has(path) || (previousPath !== null && wanted.has(previousPath)),
  });
  // That somebody else asks for changes takes nothing from who has looked.
  return state === "satisfied" || (state === "blocked" && by.length > 0);
}

const askOfAnyone: Omit<ApprovalRequest, "belongs"> = {
  area: "what tools wrote",
  owners: "anyone",
  fallback: null,
  defaultOwners: null,
  count: 1,
  exclude: ["author", "committers", "agent_requester"],
  staleWhen: "owned_diff_changes",
};
