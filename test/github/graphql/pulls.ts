import { permissionOf, rank } from "../find.ts";
import { commitsBetween, filesBetween, mergedTree, rememberCommits } from "../git.ts";
import type { IssueEvent, PullRequest, Repository, Review } from "../state.ts";
import { actorNode } from "./actors.ts";
import { commitNode } from "./commits.ts";
import { connection, type PageArguments } from "./connection.ts";
import { refNode, repositoryNode, stateOf, type Graph } from "./graph.ts";

export function pullNode(graph: Graph, repository: Repository, pull: PullRequest): Record<string, unknown> {
  const { world } = graph;
  const head = pull.headRepository === null ? undefined : world.repositories.get(pull.headRepository);
  const from = head?.deleted === false ? head : null;
  const files = () => filesBetween(repository, pull.baseSha, pull.headSha);
  const count = (of: "additions" | "deletions") => files().reduce((sum, file) => sum + file[of], 0);
  const { id, number, title, body, draft, merged } = pull;
  return {
    ...{ __typename: "PullRequest", id: `PR_${id}`, databaseId: id, fullDatabaseId: String(id), number, title },
    ...{
      body: body ?? "",
      bodyText: body ?? "",
      state: stateOf(pull),
      isDraft: draft,
      closed: pull.state === "closed",
    },
    ...{ headRefOid: pull.headSha, headRefName: pull.headRef, baseRefOid: pull.baseSha, baseRefName: pull.baseRef },
    ...{ createdAt: pull.createdAt, updatedAt: pull.updatedAt, closedAt: pull.closedAt, mergedAt: merged?.at ?? null },
    ...{
      merged: merged !== null,
      isCrossRepository: pull.headRepository !== repository.id,
      authorAssociation: "MEMBER",
    },
    ...{
      url: `${world.url}/${repository.owner}/${repository.name}/pull/${number}`,
      isInMergeQueue: inQueue(repository, number),
    },
    author: () => actorNode(world, pull.author),
    mergedBy: () => (merged === null ? null : actorNode(world, merged.by)),
    mergeCommit: () => (merged === null ? null : commitNode(graph, repository, merged.commit)),
    mergeable: () => (mergedTree(repository, pull.baseSha, pull.headSha) === null ? "CONFLICTING" : "MERGEABLE"),
    repository: () => repositoryNode(graph, repository),
    baseRepository: () => repositoryNode(graph, repository),
    headRepository: () => (from === null ? null : repositoryNode(graph, from)),
    headRepositoryOwner: () => (from === null ? null : actorNode(world, from.owner)),
    baseRef: () => refNode(graph, repository, pull.baseRef),
    headRef: () => (from === null ? null : refNode(graph, from, pull.headRef)),
    additions: () => count("additions"),
    deletions: () => count("deletions"),
    changedFiles: () => files().length,
    reviewDecision: () => decisionOf(repository, pull),
    commits: (page: PageArguments) => {
      const between = commitsBetween(repository, pull.baseSha, pull.headSha);
      // Of all of them the last ones can be had, and from the first no more than the REST API lists.
      const all = page.last == null ? between.slice(0, 250) : between;
      rememberCommits(repository, between);
      const node = (sha: string) => ({
        ...{ __typename: "PullRequestCommit", id: `PRC_${sha}` },
        commit: commitNode(graph, repository, sha),
      });
      return { ...connection("commits", all, page, node), totalCount: between.length };
    },
    files: (page: PageArguments) =>
      connection("files", files(), page, ({ filename, status, additions, deletions }) => {
        const changeType = { removed: "DELETED", changed: "CHANGED" }[status] ?? status.toUpperCase();
        return { __typename: "PullRequestChangedFile", path: filename, additions, deletions, changeType };
      }),
    reviews: (page: PageArguments & { states?: string[] | null }) => {
      const kept = pull.reviews.filter(({ state }) => page.states?.includes(state) ?? state !== "PENDING");
      return connection("reviews", kept, page, (review) => reviewNode(graph, repository, review));
    },
    reviewRequests: (page: PageArguments) =>
      connection("reviewRequests", requestsOf(graph, repository, pull), page, (requestedReviewer) => {
        return { __typename: "ReviewRequest", requestedReviewer };
      }),
    labels: (page: PageArguments) =>
      connection("labels", [...pull.labels], page, (name) => ({ __typename: "Label", name })),
    assignees: (page: PageArguments) =>
      connection("assignees", [...pull.assignees], page, (login) => actorNode(world, login)),
    comments: (page: PageArguments) => {
      const all = repository.comments.filter((comment) => comment.number === number);
      return connection("comments", all, page, (comment) => ({
        ...{ __typename: "IssueComment", id: `IC_${comment.id}`, databaseId: comment.id, body: comment.body },
        ...{ createdAt: comment.createdAt, updatedAt: comment.updatedAt },
        author: () => actorNode(world, comment.user),
      }));
    },
    timelineItems: (page: PageArguments & { itemTypes?: string[] | null }) => {
      const known = pull.events.filter(({ event }) => event in timeline);
      const kept = known.filter(({ event }) => page.itemTypes?.includes(timeline[event]!.item) ?? true);
      return connection("timelineItems", kept, page, (event) => eventNode(graph, event));
    },
  };
}

/** By REST's names of events. */
const timeline: Readonly<Record<string, { item: string; type: string }>> = {
  base_ref_changed: { item: "BASE_REF_CHANGED_EVENT", type: "BaseRefChangedEvent" },
  labeled: { item: "LABELED_EVENT", type: "LabeledEvent" },
  unlabeled: { item: "UNLABELED_EVENT", type: "UnlabeledEvent" },
  assigned: { item: "ASSIGNED_EVENT", type: "AssignedEvent" },
  closed: { item: "CLOSED_EVENT", type: "ClosedEvent" },
  reopened: { item: "REOPENED_EVENT", type: "ReopenedEvent" },
  merged: { item: "MERGED_EVENT", type: "MergedEvent" },
  ready_for_review: { item: "READY_FOR_REVIEW_EVENT", type: "ReadyForReviewEvent" },
  convert_to_draft: { item: "CONVERT_TO_DRAFT_EVENT", type: "ConvertToDraftEvent" },
};

function eventNode({ world }: Graph, { id, event, actor, at, label, assignee, from, to }: IssueEvent): unknown {
  return {
    ...{ __typename: timeline[event]?.type ?? "", id: `E_${id}`, createdAt: at, actor: actorNode(world, actor) },
    ...(label === undefined ? {} : { label: { __typename: "Label", name: label } }),
    ...(assignee === undefined ? {} : { assignee: actorNode(world, assignee) }),
    ...(from === undefined ? {} : { previousRefName: from, currentRefName: to }),
  };
}

function reviewNode(graph: Graph, repository: Repository, review: Review): Record<string, unknown> {
  const { world } = graph;
  const { id, user, state, body, commit, submittedAt } = review;
  const permission = permissionOf(world, repository, user);
  return {
    ...{ __typename: "PullRequestReview", id: `PRR_${id}`, databaseId: id, fullDatabaseId: String(id), state, body },
    ...{ submittedAt, authorAssociation: "MEMBER", author: actorNode(world, user) },
    authorCanPushToRepository: permission !== null && rank(permission) >= rank("write"),
    commit: () => (commit === null ? null : commitNode(graph, repository, commit)),
  };
}

function requestsOf(graph: Graph, { owner }: Repository, { requestedUsers, requestedTeams }: PullRequest): unknown[] {
  const { world } = graph;
  const teams = [...requestedTeams].flatMap((slug) => {
    const team = world.teams.get(`${owner}/${slug}`.toLowerCase());
    return team === undefined ? [] : [graph.team(team)];
  });
  return [...[...requestedUsers].map((login) => actorNode(world, login)), ...teams];
}

/** Null while no rule asks for reviews. */
function decisionOf(repository: Repository, { baseRef, reviews }: PullRequest): string | null {
  const asked = repository.rules.some(({ branch, type }) => branch === baseRef && type === "pull_request");
  if (!asked) return null;
  const latest = new Map(reviews.filter(({ state }) => state !== "COMMENTED").map(({ user, state }) => [user, state]));
  const states = [...latest.values()];
  if (states.includes("CHANGES_REQUESTED")) return "CHANGES_REQUESTED";
  return states.includes("APPROVED") ? "APPROVED" : "REVIEW_REQUIRED";
}

function inQueue(repository: Repository, number: number): boolean {
  return [...repository.mergeGroups.values()].some(({ numbers }) => numbers.includes(number));
}
