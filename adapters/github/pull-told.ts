import type { Check, CommitSignature, People, PullRequestReview } from "../../core/ownership/index.ts";
import { NotTold } from "./client.ts";
import { pullRequestOf, type Account } from "./pull-request.ts";
import type { CommitNode, ContextNode, OpenPullNode, PullNode, ReviewNode } from "./pull-query.ts";
import { uniqueAccounts, type EmailAccount } from "./read-co-authors.ts";
import type { PullNow } from "./read-pull-at-once.ts";

/** GitHub's graph in our words, which are those of its REST API. */
export function toldPull(
  pull: PullNode,
  fullName: string,
): Pick<PullNow, "state" | "pullRequest" | "head" | "base" | "retargetedAt"> {
  const labels = pull.labels ?? { totalCount: 0, nodes: [] };
  if (labels.nodes.length < labels.totalCount) throw new NotTold(`#${pull.number} has more labels than GitHub gave`);
  if (pull.assigned.pageInfo.hasNextPage) throw new NotTold(`#${pull.number} was assigned more often than is read`);
  const assigned = pull.assigned.nodes.flatMap(({ assignee }) => namedAccount(assignee));
  const pullRequest = pullRequestOf(
    {
      ...{
        number: pull.number,
        title: pull.title,
        body: pull.body,
        draft: pull.isDraft,
        merged: pull.state === "MERGED",
      },
      author_association: pull.authorAssociation,
      user: pull.author === null ? null : accountOf(pull.author),
      assignees: pull.assignees.nodes.map(accountOf),
      labels: labels.nodes,
      base: { sha: pull.baseRefOid, ref: pull.baseRefName, repo: { full_name: fullName } },
      head: {
        ...{ sha: pull.headRefOid, ref: pull.headRefName },
        repo: pull.headRepository === null ? null : { full_name: pull.headRepository.nameWithOwner },
      },
    },
    assigned,
  );
  return {
    state: states[pull.state],
    pullRequest,
    head: { name: pull.headRefName, sha: pull.headRefOid, repository: pull.headRepository?.databaseId ?? null },
    base: { name: pull.baseRefName, tip: pull.baseRef?.target?.oid ?? null },
    retargetedAt: latest(pull.retargeted.nodes.map(({ createdAt }) => createdAt)),
  };
}

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

function latest(instants: readonly string[]): string | null {
  return instants.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
}

/** The graph calls a bot by its name alone, the REST API with `[bot]`; a tool's accounts are known by the latter. */
function accountOf({ __typename, login }: { __typename: string; login: string }): Account {
  const isBot = __typename === "Bot" && !login.endsWith("[bot]");
  return { login: isBot ? `${login}[bot]` : login, type: __typename };
}

function namedAccount(actor: { __typename: string; login?: string | undefined } | null): Account[] {
  return actor?.login === undefined ? [] : [accountOf({ __typename: actor.__typename, login: actor.login })];
}

/** Oldest first, without pending ones, as `readReviews` gives them. */
export function toldReviews(nodes: readonly ReviewNode[]): PullRequestReview[] {
  const reviews = nodes.flatMap(({ state, ...node }): PullRequestReview[] => {
    if (state === "PENDING" || node.submittedAt === null) return [];
    const author = node.author === null ? { login: "ghost", type: "User" } : accountOf(node.author);
    return [
      {
        ...{ id: node.fullDatabaseId, user: author.login, userType: author.type, state: reviewStates[state] },
        ...{ commit: node.commit?.oid ?? null, submittedAt: node.submittedAt },
      },
    ];
  });
  return reviews.sort((a, b) => compared(a.submittedAt, b.submittedAt) || Number(a.id) - Number(b.id));
}

const reviewStates = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes_requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
} as const;

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Of people who approved or asked for changes; where two of their reviews say different things, they may not. */
export function toldWriters(nodes: readonly ReviewNode[]): People["writers"] {
  const known = new Map<string, People["writers"][number]>();
  for (const { state, author, authorCanPushToRepository } of nodes) {
    if (author?.__typename !== "User" || !["APPROVED", "CHANGES_REQUESTED"].includes(state)) continue;
    const key = author.login.toLowerCase();
    const canPush = authorCanPushToRepository && known.get(key)?.canPush !== false;
    known.set(key, { login: author.login, canPush });
  }
  return [...known].sort(([a], [b]) => compared(a, b)).map(([, writer]) => writer);
}

export function toldCommits(nodes: readonly CommitNode[]): {
  accounts: EmailAccount[];
  signatures: CommitSignature[];
} {
  const people = nodes.flatMap(({ commit }) => {
    const { totalCount, nodes: authors } = commit.authors;
    // Whom a commit names and nobody told of could approve it.
    if (authors.length < totalCount) throw new NotTold(`a commit has more authors than GitHub gave`);
    return commit.committer === null ? authors : [...authors, commit.committer];
  });
  const accounts = people.flatMap(({ email, user }) => (email === null ? [] : [{ email, login: user?.login ?? null }]));
  const signatures = nodes.map(({ commit: { oid, signature } }) => ({
    commit: oid,
    verified: signature?.isValid ?? false,
    reason: (signature?.state ?? "UNSIGNED").toLowerCase(),
  }));
  return { accounts: uniqueAccounts(accounts), signatures: signatures.sort((a, b) => compared(a.commit, b.commit)) };
}

/** Without those of the App that asks: its own check cannot be asked to have passed before it has. */
export function toldChecks(nodes: readonly ContextNode[], app: number): Check[] {
  return nodes.flatMap((node): Check[] => {
    if (node.__typename === "StatusContext") {
      const isPending = node.state === "PENDING" || node.state === "EXPECTED";
      const state = node.state.toLowerCase();
      return [
        {
          ...{ name: node.context, app: null, status: isPending ? "pending" : "completed" },
          conclusion: isPending ? null : state,
        },
      ];
    }
    const { name, status, conclusion, checkSuite } = node;
    if (checkSuite.app?.databaseId === app) return [];
    const words = { status: status.toLowerCase(), conclusion: conclusion?.toLowerCase() ?? null };
    return [{ name, app: checkSuite.app?.slug ?? null, ...words }];
  });
}

/** How many other open pull requests wait for each person, as `readLoad` counts them. */
export function toldLoad(pulls: readonly OpenPullNode[], except: number): People["load"] {
  const counts = new Map<string, number>();
  for (const { reviewRequests } of pulls.filter(({ number }) => number !== except))
    for (const { requestedReviewer } of reviewRequests.nodes)
      if (requestedReviewer?.__typename === "User" && requestedReviewer.login !== undefined)
        counts.set(requestedReviewer.login, (counts.get(requestedReviewer.login) ?? 0) + 1);
  return [...counts].map(([login, openReviews]) => ({ login, openReviews })).sort((a, b) => compared(a.login, b.login));
}
