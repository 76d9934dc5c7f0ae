import * as z from "zod";
import { PullRequestPayload, pullRequestOf } from "../adapters/github/pull-request.ts";
import { Sha, type Change, type Repository } from "../core/change/change.ts";
import { readRemote } from "../core/change/repository.ts";
import { absent, present, type Evidence } from "../core/evidence.ts";
import type { PullRequest } from "../core/facts.ts";
import { Problem } from "../core/problem.ts";
import { inertText } from "../core/untrusted/index.ts";

/** Which change a workflow run is about, as its event says. */
export interface WorkflowEvent {
  event: Change["event"];
  repository: Repository | null;
  /** A commit, or the branch of the remote at whose tip it is still to be looked up. */
  base: { name: string; sha: string | null };
  head: { name: string; sha: string };
  pullRequest: Evidence<PullRequest>;
  /** Whether the pull request was merged already: its base branch has gone on since. */
  isMerged: boolean;
  branch: Evidence<string>;
  /** The full name of a merge group's branch below refs/heads; null for any other event. */
  queue: string | null;
}

/** A push that deleted a branch: nothing can merge by it, so there is nothing to judge. */
export interface DeletedBranch {
  deleted: string;
}

/**
 * Reads the event of a workflow run from the runner's variables and the event's JSON. Knows `pull_request`,
 * `pull_request_review`, `merge_group`, `push` and `workflow_dispatch`; throws a `Problem` for any other, and for an event of another shape.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function readEvent(env: NodeJS.ProcessEnv, text: string): WorkflowEvent | DeletedBranch {
  const name = env["GITHUB_EVENT_NAME"] ?? "";
  const read = readers.get(name);
  if (read === undefined) throw unusable(name);
  try {
    const event = read(JSON.parse(text), env["GITHUB_SHA"] ?? "");
    if ("deleted" in event) return event;
    return {
      ...event,
      repository: readRemote(`${env["GITHUB_SERVER_URL"] ?? "https://github.com"}/${env["GITHUB_REPOSITORY"] ?? ""}`),
    };
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const what = cause instanceof z.ZodError ? z.prettifyError(cause) : "it is not JSON";
    throw new Problem(
      `The file GITHUB_EVENT_PATH does not hold a ${name} event of GitHub: ${inertText(what)}`,
      "Run Countersign as a step of a GitHub workflow; elsewhere use the command `countersign check`.",
      { cause },
    );
  }
}

type ReadEvent = (payload: unknown, sha: string) => Omit<WorkflowEvent, "repository"> | DeletedBranch;

const readers = new Map<string, ReadEvent>([
  ["pull_request", readPullRequestEvent],
  // A review is of a pull request: what is judged is the same.
  ["pull_request_review", readPullRequestEvent],
  ["merge_group", readMergeGroup],
  ["push", readPush],
  ["workflow_dispatch", readDispatch],
]);

function unusable(name: string): Problem {
  if (name === "pull_request_target") {
    return new Problem(
      "Countersign does not run on pull_request_target: that event gives a job write access and secrets, and a job that " +
        "then reads the pull request's files can be made to hand them over.",
      "Write `on: pull_request` instead. It works for forks too and needs only `permissions: contents: read`.",
    );
  }
  return new Problem(
    `Countersign cannot judge a change from the event ${name === "" ? "(none)" : inertText(name, { maxGraphemes: 60 })}.`,
    "Run it on pull_request, pull_request_review, merge_group, push or workflow_dispatch.",
  );
}

function readPullRequestEvent(payload: unknown): Omit<WorkflowEvent, "repository"> {
  const { pull_request: pull } = z.object({ pull_request: PullRequestPayload }).parse(payload);
  return {
    event: "pull_request",
    base: { name: pull.base.ref, sha: pull.base.sha },
    head: { name: pull.head.ref, sha: pull.head.sha },
    pullRequest: present(pullRequestOf(pull)),
    isMerged: pull.merged,
    branch: present(pull.head.ref),
    queue: null,
  };
}

const MergeGroup = z.object({
  merge_group: z.object({ base_sha: Sha, head_sha: Sha, base_ref: z.string(), head_ref: z.string() }),
});

function readMergeGroup(payload: unknown): Omit<WorkflowEvent, "repository"> {
  const { merge_group: group } = MergeGroup.parse(payload);
  return {
    event: "merge_group",
    base: { name: branchName(group.base_ref), sha: group.base_sha },
    head: { name: branchName(group.head_ref), sha: group.head_sha },
    pullRequest: absent("a merge group may hold several pull requests, and its event describes none of them"),
    isMerged: false,
    branch: absent("a merge group has no branch that a person named"),
    queue: branchName(group.head_ref),
  };
}

const Push = z.object({
  ref: z.string(),
  before: Sha,
  after: Sha,
  repository: z.object({ default_branch: z.string() }),
});

function readPush(payload: unknown): Omit<WorkflowEvent, "repository"> | DeletedBranch {
  const { ref, before, after, repository } = Push.parse(payload);
  const branch = branchName(ref);
  if (!ref.startsWith("refs/heads/")) {
    throw new Problem(
      `A push of ${inertText(branch, { maxGraphemes: 100 })} brings no change of a branch to judge.`,
      "Run Countersign on pushes of branches: `on: { push: { branches: [main] } }`.",
    );
  }
  if (isZero(after)) return { deleted: branch };
  const isNew = isZero(before);
  return {
    event: "push",
    base: isNew ? { name: repository.default_branch, sha: null } : { name: `${branch} before the push`, sha: before },
    head: { name: branch, sha: after },
    pullRequest: absent("a push is not a pull request"),
    isMerged: false,
    branch: present(branch),
    queue: null,
  };
}

/** GitHub's id for what is not there: before the first push of a branch, after its deletion. */
function isZero(commit: string): boolean {
  return commit === "0".repeat(commit.length);
}

const Dispatch = z.object({ ref: z.string(), repository: z.object({ default_branch: z.string() }) });

function readDispatch(payload: unknown, sha: string): Omit<WorkflowEvent, "repository"> {
  const { ref, repository } = Dispatch.parse(payload);
  return {
    event: "push",
    base: { name: repository.default_branch, sha: null },
    head: { name: branchName(ref), sha: Sha.parse(sha) },
    pullRequest: absent("a workflow that was started by hand is not a pull request"),
    isMerged: false,
    branch: present(branchName(ref)),
    queue: null,
  };
}

function branchName(ref: string): string {
  return ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : ref;
}
