import { collaboratorsOf, fullName, membersOf, movedRepository, repositoryOf, teamOf } from "../find.ts";
import { branchesOf, fileAt, isKnownHere, resolve, tipOf } from "../git.ts";
import { isGiven, sees } from "../rest/route.ts";
import type { PullRequest, Repository, Team, World } from "../state.ts";
import { covers, type Caller } from "../tokens.ts";
import { commitNode } from "./commits.ts";
import { connection, refused, type PageArguments } from "./connection.ts";
import { actorNode } from "./actors.ts";
import { pullNode } from "./pulls.ts";

/** The part of GitHub's graph that is used, as plain values with functions where there are arguments or much work. */
export class Graph {
  readonly world: World;
  readonly caller: Caller;

  constructor(world: World, caller: Caller) {
    this.world = world;
    this.caller = caller;
  }

  root(): Record<string, unknown> {
    return {
      repository: ({ owner, name, followRenames }: { owner: string; name: string; followRenames?: boolean }) => {
        const moved = followRenames === false ? null : movedRepository(this.world, owner, name);
        const found = repositoryOf(this.world, owner, name) ?? moved;
        if (found === null || !sees(this.world, this.caller, found))
          throw refused("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
        return repositoryNode(this, found);
      },
      organization: ({ login }: { login: string }) => {
        const found = this.world.accounts.get(login.toLowerCase());
        if (found?.type !== "Organization")
          throw refused("NOT_FOUND", `Could not resolve to an Organization with the login of '${login}'.`);
        return this.organization(found.login);
      },
      viewer: () => this.#viewer(),
    };
  }

  /** Throws what GitHub says to an App that lacks a right. */
  need(repository: Repository | null, ...rights: readonly string[]): void {
    if (this.caller.kind !== "installation") return;
    const { permissions, installation } = this.caller;
    const given = repository === null ? true : isGiven(this.caller, repository) || !repository.private;
    const may = rights.some((right) => covers(permissions[right], "read"));
    if (!given || !may || installation.suspendedAt !== null)
      throw refused("FORBIDDEN", "Resource not accessible by integration");
  }

  organization(login: string): Record<string, unknown> {
    return {
      ...actorNode(this.world, login),
      team: ({ slug }: { slug: string }) => {
        this.need(null, "members");
        const found = teamOf(this.world, login, slug);
        return found === null ? null : this.team(found);
      },
    };
  }

  team(team: Team): Record<string, unknown> {
    const { id, slug, organization } = team;
    return {
      ...{
        __typename: "Team",
        id: `T_${id}`,
        databaseId: id,
        slug,
        name: slug,
        combinedSlug: `${organization}/${slug}`,
      },
      organization: () => this.organization(organization),
      members: (page: PageArguments & { membership?: string }) => {
        this.need(null, "members");
        const all = page.membership === "IMMEDIATE" ? [...team.members] : membersOf(this.world, team);
        return connection("members", all, page, (login) => actorNode(this.world, login));
      },
      repositories: (page: PageArguments & { query?: string | null }) => {
        this.need(null, "members");
        const all = [...team.repositories].flatMap(([id, permission]) => {
          const repository = this.world.repositories.get(id);
          const isMeant = repository?.name.includes(page.query ?? "") === true && !repository.deleted;
          return isMeant ? [{ repository, permission }] : [];
        });
        const edge = ({ permission }: { permission: string }) => ({ permission: permission.toUpperCase() });
        return connection("repositories", all, page, ({ repository }) => repositoryNode(this, repository), edge);
      },
    };
  }

  #viewer(): Record<string, unknown> {
    if (this.caller.kind === "user") return actorNode(this.world, this.caller.login);
    if (this.caller.kind !== "installation") throw refused("FORBIDDEN", "Resource not accessible by integration");
    return actorNode(this.world, `${this.caller.app.slug}[bot]`);
  }
}

export function repositoryNode(graph: Graph, repository: Repository): Record<string, unknown> {
  const { world } = graph;
  const { id, name, owner, private: isPrivate, parent, defaultBranch } = repository;
  return {
    ...{ __typename: "Repository", id: `R_${id}`, databaseId: id, name, nameWithOwner: fullName(repository) },
    ...{ isPrivate, isFork: parent !== null, isArchived: false, isDisabled: false, isLocked: false },
    ...{ visibility: isPrivate ? "PRIVATE" : "PUBLIC", url: `${world.url}/${fullName(repository)}` },
    owner: () => actorNode(world, owner),
    defaultBranchRef: () => refNode(graph, repository, defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      refNode(graph, repository, qualifiedName.replace(/^refs\/heads\//, "")),
    object: ({ expression, oid }: { expression?: string; oid?: string }) =>
      objectNode(graph, repository, expression ?? oid ?? ""),
    pullRequest: ({ number }: { number: number }) => {
      graph.need(repository, "pull_requests");
      const pull = repository.pulls.get(number);
      if (pull === undefined)
        throw refused("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
      return pullNode(graph, repository, pull);
    },
    pullRequests: (page: PullArguments) => {
      graph.need(repository, "pull_requests");
      return connection("pullRequests", wantedPulls(repository, page), page, (pull) =>
        pullNode(graph, repository, pull),
      );
    },
    collaborators: (page: PageArguments) => {
      graph.need(repository, "metadata");
      const all = collaboratorsOf(world, repository);
      const edge = ({ permission }: { permission: string }) => ({ permission: permission.toUpperCase() });
      return connection("collaborators", all, page, ({ login }) => actorNode(world, login), edge);
    },
    labels: (page: PageArguments) =>
      connection("labels", [...repository.labels.values()], page, ({ name: label, color, description }) => {
        return { __typename: "Label", name: label, color, description };
      }),
    label: ({ name: wanted }: { name: string }) => {
      const label = repository.labels.get(wanted.toLowerCase());
      return label === undefined
        ? null
        : { __typename: "Label", name: label.name, color: label.color, description: label.description };
    },
  };
}

interface PullArguments extends PageArguments {
  states?: string[] | null;
  headRefName?: string | null;
  baseRefName?: string | null;
  orderBy?: { field: string; direction: string } | null;
}

function wantedPulls(
  repository: Repository,
  { states, headRefName, baseRefName, orderBy }: PullArguments,
): PullRequest[] {
  const kept = [...repository.pulls.values()].filter(
    (pull) =>
      (states?.includes(stateOf(pull)) ?? true) &&
      (headRefName ?? pull.headRef) === pull.headRef &&
      (baseRefName ?? pull.baseRef) === pull.baseRef,
  );
  const key = orderBy?.field === "UPDATED_AT" ? "updatedAt" : "createdAt";
  kept.sort((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.number - b.number));
  return orderBy?.direction === "DESC" ? kept.reverse() : kept;
}

export function stateOf({ state, merged }: PullRequest): string {
  return merged === null ? state.toUpperCase() : "MERGED";
}

export function refNode(graph: Graph, repository: Repository, branch: string): Record<string, unknown> | null {
  const sha = tipOf(repository, branch);
  if (sha === null) return null;
  return {
    ...{ __typename: "Ref", id: `REF_${repository.id}_${branch}`, name: branch, prefix: "refs/heads/" },
    target: () => commitNode(graph, repository, sha),
    associatedPullRequests: (page: PullArguments) =>
      connection("associatedPullRequests", wantedPulls(repository, { ...page, headRefName: branch }), page, (pull) =>
        pullNode(graph, repository, pull),
      ),
  };
}

/** A commit by its name, or the blob at `<commit>:<path>`. */
function objectNode(graph: Graph, repository: Repository, expression: string): Record<string, unknown> | null {
  graph.need(repository, "contents");
  const colon = expression.indexOf(":");
  const name = colon < 0 ? expression : expression.slice(0, colon);
  const sha = isKnownHere(repository, name) ? name : resolve(repository, branchesOf(repository).get(name) ?? name);
  if (sha === null) return null;
  if (colon < 0) return commitNode(graph, repository, sha);
  const file = fileAt(repository, sha, expression.slice(colon + 1));
  if (file === null) return null;
  const isBinary = file.bytes.includes(0);
  // GitHub gives half a megabyte of text. https://docs.github.com/en/graphql/reference/objects#blob
  const isTruncated = file.bytes.length > 512_000;
  const text = isBinary ? null : file.bytes.subarray(0, 512_000).toString("utf8");
  return {
    ...{ __typename: "Blob", id: `B_${file.sha}`, oid: file.sha, abbreviatedOid: file.sha.slice(0, 7) },
    ...{ byteSize: file.bytes.length, isBinary, isTruncated, text },
  };
}
