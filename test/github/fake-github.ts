import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as z from "zod";
import { authorsQuery } from "../../adapters/github/read-co-authors.ts";
import { answerFault, faultsOf, operationOf, type Operation } from "./openapi.ts";
import { paged } from "./paging.ts";
import { laid, sample } from "./sample.ts";

/**
 * A GitHub on loopback that remembers: pull requests, reviews, commits, people, teams and checks of one repository. Every
 * request is held against GitHub's published description, and every answer too; what does not fit is in `violations`.
 * The older of two, for the Action's readings alone; README.md says why it is still there, and `startGitHub` is the other.
 */
export class FakeGitHub {
  readonly owner: string;
  readonly name: string;
  pulls = new Map<number, FakePull>();
  /** What a collaborator may: admin, write, read or none; whoever is not here is unknown. */
  permissions = new Map<string, string>();
  /** Of them those who may only by a team; a token that may not read teams does not see them. */
  throughTeams = new Set<string>();
  /** By `org/slug`. */
  teams = new Map<string, FakeTeam>();
  checkRuns: FakeCheckRun[] = [];
  statuses: { context: string; state: string }[] = [];
  /** Branches by their full name, with the commit that each is at. */
  branches = new Map<string, string>();
  /** What is between two commits, as `<base>...<head>`. */
  ranges = new Map<string, FakeCommit[]>();
  /** An answer that says there is more of a list which knows no pages. */
  cutsShort = false;
  /** What the repository was called before: GitHub sends on whoever asks for it. */
  formerName: string | null = null;
  /** The scopes of the token; without one, GitHub answers 403. */
  scopes = new Set<Scope>(["contents", "pull-requests", "members", "checks", "statuses", "metadata"]);
  /** Answers that go wrong, by operation, before they go right. */
  faults: Fault[] = [];
  /** Answers later than asked for, by operation. */
  delays = new Map<string, number>();
  /** What came in, as `pulls/list-reviews ?page=1`. */
  requests: string[] = [];
  /** What did not fit GitHub's description. */
  violations: string[] = [];
  /** Whether the GraphQL API refuses. */
  graphqlFails = false;
  #serial = 0;

  constructor(owner = "octo", name = "orders") {
    this.owner = owner;
    this.name = name;
  }

  /** A review of what the pull request is now, or was at another commit. */
  review(number: number, user: string, state: string, more: Partial<FakeReview> = {}): void {
    const pull = this.#pull(number);
    this.#serial += 1;
    const at = new Date(Date.UTC(2026, 0, 31, 12, this.#serial)).toISOString();
    pull.reviews.push({ id: this.#serial, user, type: "User", state, commit: pull.head, at, ...more });
  }

  /** Answers a request below `prefix`; false for any other. */
  handle(prefix: string, request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (!url.pathname.startsWith(`${prefix}/`)) return false;
    const answer = (body: string) => {
      const { status, data, link, headers } = this.#answer(request.method ?? "", url, prefix, body);
      response.setHeader("content-type", "application/json; charset=utf-8");
      if (link !== null) response.setHeader("link", link);
      for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
      const delay =
        this.delays.get(operationOf(request.method ?? "", url.pathname.slice(prefix.length))?.id ?? "") ?? 0;
      setTimeout(() => response.writeHead(status).end(JSON.stringify(data)), delay);
    };
    readBody(request)
      .then(answer)
      .catch((error: unknown) => {
        this.violations.push(`the fake failed: ${String(error)}`);
        response.writeHead(500).end("{}");
      });
    return true;
  }

  #answer(method: string, url: URL, prefix: string, body: string): Answer {
    if (method === "POST" && url.pathname === `${prefix}/graphql`) return this.#graphql(body);
    const operation = operationOf(method, url.pathname.slice(prefix.length));
    if (operation === null) {
      this.violations.push(`${method} ${url.pathname} is no operation of GitHub's`);
      return refusal(404);
    }
    this.requests.push(`${operation.id} ${url.search}`.trim());
    const faults = faultsOf(operation, url.searchParams, body);
    this.violations.push(...faults);
    if (faults.length > 0) return refusal(422);
    const fault = this.faults.find(({ operation: id, times }) => id === operation.id && times > 0);
    if (fault !== undefined) fault.times -= 1;
    if (fault !== undefined) return { ...refusal(fault.status, fault.message), headers: fault.headers ?? {} };
    if (operation.path["repo"] === this.formerName) return this.#moved(url);
    return this.#found(operation, url);
  }

  #moved(url: URL): Answer {
    const location = `${url.pathname}${url.search}`.replace(
      `/${this.owner}/${this.formerName}/`,
      `/${this.owner}/${this.name}/`,
    );
    return { ...refusal(301, "Moved Permanently"), headers: { location } };
  }

  #found(operation: Operation, url: URL): Answer {
    const scope = scopes[operation.id];
    if (scope === undefined) {
      this.violations.push(`the fake knows no ${operation.id}`);
      return refusal(501);
    }
    if (!this.scopes.has(scope)) return refusal(403);
    const data = this.#data(operation, url.searchParams);
    if (data === null) return refusal(404);
    const page = operation.id === "git/list-matching-refs" ? { data, link: this.#linkOf(url) } : paged(data, url);
    const wrong = answerFault(operation, page.data);
    if (wrong !== null) this.violations.push(`the fake's answer to ${wrong}`);
    return { status: 200, ...page };
  }

  #linkOf(url: URL): string | null {
    return this.cutsShort ? `<${url.href}?page=2>; rel="next"` : null;
  }

  #data({ id, path }: Operation, query: URLSearchParams): unknown {
    const number = Number(path["pull_number"] ?? path["issue_number"]);
    const pull = this.pulls.get(number);
    const team = this.teams.get(`${path["org"] ?? ""}/${path["team_slug"] ?? ""}`);
    const ours = path["owner"] === undefined || (path["owner"] === this.owner && path["repo"] === this.name);
    if (!ours) return null;
    switch (id) {
      case "pulls/get":
        return pull === undefined ? null : this.#pullData("pull-request", number, pull);
      case "pulls/list":
        return [...this.pulls].map(([each, one]) => this.#pullData("pull-request-simple", each, one));
      case "pulls/list-reviews":
        return pull?.reviews.map(reviewData) ?? null;
      case "issues/list-events":
        return pull?.events?.map(eventData) ?? (pull === undefined ? null : []);
      case "pulls/list-commits":
        return pull?.commits.slice(0, 250).map(commitData) ?? null;
      case "repos/list-pull-requests-associated-with-commit":
        return [...this.pulls]
          .filter(([, each]) => each.commits.some(({ sha }) => sha === path["commit_sha"]))
          .map(([each, one]) => this.#pullData("pull-request-simple", each, one));
      case "repos/get-collaborator-permission-level":
        return this.#permission(path["username"] ?? "");
      case "repos/list-collaborators":
        return this.#collaborators(query.get("permission") ?? "pull");
      case "teams/list":
        return [...this.teams.keys()].map((name) => laid(sample("team"), { slug: name.split("/")[1], parent: null }));
      case "teams/list-members-in-org":
        return team?.members.map((login) => userData(login)) ?? null;
      case "teams/check-permissions-for-repo-in-org":
        return team?.push === undefined ? null : this.#teamRepository(team.push);
      case "git/list-matching-refs":
        return [...this.branches]
          .filter(([name]) => name.startsWith(`refs/${path["ref"] ?? ""}`))
          .map(([ref, sha]) => laid(sample("git-ref"), { ref, object: { type: "commit", sha } }));
      case "repos/compare-commits-with-basehead":
        return this.#comparison(path["basehead"] ?? "");
      case "checks/list-for-ref":
        return { total_count: this.checkRuns.length, check_runs: this.checkRuns.map(checkRunData) };
      case "repos/get-combined-status-for-ref":
        return laid(sample("combined-commit-status"), {
          total_count: this.statuses.length,
          statuses: this.statuses.map((status, index) =>
            laid(sample("simple-commit-status"), { ...status, id: index + 1 }),
          ),
        });
      default:
        throw new Error(`no answer to ${id}`);
    }
  }

  #comparison(basehead: string): unknown {
    const commits = this.ranges.get(basehead)?.map(commitData);
    if (commits === undefined) return null;
    return laid(sample("commit-comparison"), { total_commits: commits.length, commits });
  }

  /** The one query that is asked, by its text: GraphQL has its own schema, against which it was checked once. */
  #graphql(body: string): Answer {
    this.requests.push("graphql");
    const { query, variables } = GraphQl.parse(JSON.parse(body));
    const pull = this.pulls.get(variables.number);
    if (query !== authorsQuery) this.violations.push(`a query that the fake does not know: ${query}`);
    if (query !== authorsQuery || this.graphqlFails || !this.scopes.has("pull-requests") || pull === undefined)
      return { status: 200, data: { data: null, errors: [{ message: "Resource not accessible" }] }, link: null };
    const from = Number(variables.after ?? 0);
    const nodes = pull.commits.slice(from, from + 100).map(({ author, coAuthors }) => {
      const authors = [author, ...(coAuthors ?? [])].map(({ email, login }) => {
        return { email, user: login === null ? null : { login } };
      });
      return { commit: { authors: { nodes: authors } } };
    });
    const pageInfo = { hasNextPage: from + 100 < pull.commits.length, endCursor: String(from + 100) };
    const data = { data: { repository: { pullRequest: { commits: { pageInfo, nodes } } } } };
    return { status: 200, data, link: null };
  }

  #pull(number: number): FakePull {
    const pull = this.pulls.get(number);
    if (pull === undefined) throw new Error(`there is no #${number}`);
    return pull;
  }

  #pullData(component: string, number: number, pull: FakePull): unknown {
    const repo = { full_name: `${this.owner}/${this.name}` };
    const side = (ref: string, sha: string) => ({ ref, sha, repo: laid(sample("repository"), repo) });
    return laid(sample(component), {
      number,
      state: pull.state ?? "open",
      title: pull.title ?? "Refunds",
      body: null,
      draft: false,
      author_association: "MEMBER",
      user: userData(pull.author, pull.authorType),
      assignees: (pull.assignees ?? []).map((login) => userData(login)),
      requested_reviewers: (pull.requested ?? []).map((login) => userData(login)),
      labels: [],
      commits: pull.commits.length,
      ...(component === "pull-request" ? { merged: pull.merged ?? false } : {}),
      base: side(pull.baseRef ?? "main", pull.base),
      head: side(pull.branch ?? "refunds", pull.head),
    });
  }

  #permission(login: string): unknown {
    const permission = this.permissions.get(login);
    if (permission === undefined) return null;
    return laid(sample("repository-collaborator-permission"), { permission, role_name: permission });
  }

  /** Those who have the permission, or one above it. */
  #collaborators(wanted: string): unknown {
    const rights = { none: [], read: ["pull"], write: ["pull", "push"], admin: ["pull", "push", "admin"] };
    const all = [...this.permissions].map(([login, permission]) => {
      const has: string[] = rights[permission as keyof typeof rights];
      const may = { pull: has.includes("pull"), push: has.includes("push"), admin: has.includes("admin") };
      return { has, data: laid(sample("collaborator"), { login, role_name: permission, permissions: may }), login };
    });
    const seen = all.filter(({ login }) => this.scopes.has("members") || !this.throughTeams.has(login));
    return seen.filter(({ has }) => has.includes(wanted)).map(({ data }) => data);
  }

  #teamRepository(push: boolean): unknown {
    return laid(sample("team-repository"), {
      full_name: `${this.owner}/${this.name}`,
      permissions: { admin: false, pull: true, push },
    });
  }
}

export interface FakePull {
  title?: string;
  author: string;
  authorType?: string;
  assignees?: string[];
  requested?: string[];
  base: string;
  head: string;
  branch?: string;
  commits: FakeCommit[];
  reviews: FakeReview[];
  /** Other than `main`. */
  baseRef?: string;
  events?: FakeEvent[];
  merged?: boolean;
  /** Other than `open`. */
  state?: string;
}

export interface FakeEvent {
  event: string;
  at: string;
  /** Of `assigned` and `unassigned`. */
  assignee?: string;
}

/** An account is null where the e-mail belongs to nobody. */
export interface FakeCommit {
  sha: string;
  author: { email: string; login: string | null };
  committer: { email: string; login: string | null };
  verified?: boolean;
  /** Named in the message, so that they are known as such. */
  coAuthors?: { email: string; login: string | null }[];
  /** Instead of one that names the co-authors. */
  message?: string;
}

export interface FakeReview {
  id: number;
  user: string | null;
  type: string;
  state: string;
  commit: string | null;
  /** Null for one that has no time, which GitHub gives to pending ones alone. */
  at: string | null;
}

export interface FakeTeam {
  members: string[];
  /** Whether it may push; left out: it does not have the repository. */
  push?: boolean;
}

export interface FakeCheckRun {
  name: string;
  status: string;
  conclusion: string | null;
  run?: string;
  app?: string;
}

export interface Fault {
  operation: string;
  status: number;
  times: number;
  message?: string;
  headers?: Record<string, string>;
}

export type Scope = "contents" | "pull-requests" | "members" | "checks" | "statuses" | "metadata";

/** Which right of a token each operation takes. https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
const scopes: Readonly<Record<string, Scope>> = {
  "pulls/get": "pull-requests",
  "pulls/list": "pull-requests",
  "pulls/list-reviews": "pull-requests",
  "pulls/list-commits": "pull-requests",
  "issues/list-events": "pull-requests",
  "repos/list-pull-requests-associated-with-commit": "pull-requests",
  "repos/get-collaborator-permission-level": "metadata",
  "repos/list-collaborators": "metadata",
  "teams/list": "members",
  "teams/list-members-in-org": "members",
  "teams/check-permissions-for-repo-in-org": "members",
  "checks/list-for-ref": "checks",
  "git/list-matching-refs": "contents",
  "repos/compare-commits-with-basehead": "contents",
  "repos/get-combined-status-for-ref": "statuses",
};

/** A server of its own, where no git is served. The API is at `<url>`. */
export async function serve(fake: FakeGitHub): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    // An Enterprise Server has the REST API at `<url>/api/v3` and GraphQL at `<url>/api/graphql`.
    const served = ["/api/v3", "/api", ""].some((prefix) => fake.handle(prefix, request, response));
    if (!served) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

const GraphQl = z.object({
  query: z.string(),
  variables: z.object({ owner: z.string(), name: z.string(), number: z.number(), after: z.string().nullable() }),
});

interface Answer {
  status: number;
  data: unknown;
  link: string | null;
  headers?: Record<string, string>;
}

function refusal(status: number, says?: string): Answer {
  const message = says ?? (status === 403 ? "Resource not accessible by integration" : `fault ${status}`);
  return {
    status,
    data: { message, documentation_url: "https://docs.github.com/rest", status: String(status) },
    link: null,
  };
}

function userData(login: string, type = "User"): unknown {
  return laid(sample("simple-user"), { login, type });
}

function reviewData({ id, user, type, state, commit, at }: FakeReview): unknown {
  return laid(sample("pull-request-review"), {
    id,
    user: user === null ? null : userData(user, type),
    state,
    commit_id: commit,
    // GitHub gives none for a review that is not sent yet.
    ...(state === "PENDING" || at === null ? {} : { submitted_at: at }),
  });
}

/** An event of its own kind where that matters; else the least that every kind has, in the shape of a common one. */
function eventData({ event, at, assignee }: FakeEvent, index: number): unknown {
  const common = { id: index + 1, event, created_at: at };
  if (assignee === undefined) return laid(sample("labeled-issue-event"), common);
  return laid(sample("assigned-issue-event"), { ...common, assignee: userData(assignee) });
}

function commitData({ sha, author, committer, verified, coAuthors, message }: FakeCommit): unknown {
  const trailers = (coAuthors ?? []).map(({ email }) => `Co-authored-by: X <${email}>\n`).join("");
  const person = (email: string) => ({ name: "x", email, date: "2026-01-31T12:00:00Z" });
  return laid(sample("commit"), {
    sha,
    author: author.login === null ? null : userData(author.login),
    committer: committer.login === null ? null : userData(committer.login),
    commit: {
      author: person(author.email),
      committer: person(committer.email),
      message: message ?? `Change\n\n${trailers}`,
      verification: {
        ...{ verified: verified ?? false, reason: verified === true ? "valid" : "unsigned" },
        ...{ signature: null, payload: null, verified_at: null },
      },
    },
  });
}

function checkRunData({ name, status, conclusion, run, app }: FakeCheckRun, index: number): unknown {
  return laid(sample("check-run"), {
    id: index + 1,
    name,
    status,
    conclusion,
    details_url: `https://github.com/octo/orders/actions/runs/${run ?? "1"}/job/${index + 1}`,
    app: laid(sample("integration"), { slug: app ?? "github-actions" }),
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}
