import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startGitHub, type GitHub } from "./github.ts";
import type { PullHandle } from "./pull.ts";
import type { RepositoryHandle } from "./repository.ts";
import type { Installation } from "./state.ts";

/** The graph: real queries, held against GitHub's own schema, and what comes with an answer of 200 that is none. */
let github: GitHub;
let orders: RepositoryHandle;
let pull: PullHandle;
let installation: Installation;

beforeEach(async () => {
  github = await startGitHub();
  orders = github.repository("octo/orders", { isPrivate: true, files: { "a.ts": "1\n", CODEOWNERS: "* @ann\n" } });
  for (const login of ["mona", "ann"]) orders.collaborator(login, "write");
  orders.collaborator("bob", "read");
  installation = github.install("octo");
  orders.push(
    "refunds",
    { files: { "a.ts": "2\n" }, message: "Two\n\nCo-authored-by: ann <ann@example.com>\n" },
    "mona",
  );
  pull = orders.pullRequest({ head: "refunds", title: "Refunds", body: "Pays back." });
});
afterEach(() => github.close());

interface Answered {
  status: number;
  data: unknown;
  errors: unknown[] | undefined;
}

async function ask(
  query: string,
  variables: Record<string, unknown> = {},
  token = github.token(installation),
): Promise<Answered> {
  const body = JSON.stringify({ query, variables });
  const headers = { authorization: `bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(`${github.url}/api/graphql`, { method: "POST", headers, body });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown[] };
  return { status: response.status, data, errors };
}

/** Of #1 in octo/orders. */
async function ofPull(fields: string): Promise<unknown> {
  const query = `{ repository(owner: "octo", name: "orders") { pullRequest(number: 1) { ${fields} } } }`;
  const { data, errors } = await ask(query);
  expect(errors).toBeUndefined();
  expect(github.violations).toEqual([]);
  return (data as { repository: { pullRequest: unknown } }).repository.pullRequest;
}

test("tells what a pull request is", async () => {
  const fields = `number state isDraft title body headRefOid baseRefOid baseRefName headRefName isCrossRepository
    additions deletions changedFiles mergeable reviewDecision author { login __typename }
    headRepository { databaseId nameWithOwner } baseRef { target { oid } } files(first: 5) { nodes { path changeType } }`;
  expect(await ofPull(fields)).toEqual({
    ...{ number: 1, state: "OPEN", isDraft: false, title: "Refunds", body: "Pays back.", isCrossRepository: false },
    ...{ headRefOid: pull.head, baseRefOid: orders.tip(), baseRefName: "main", headRefName: "refunds" },
    ...{ additions: 1, deletions: 1, changedFiles: 1, mergeable: "MERGEABLE", reviewDecision: null },
    author: { login: "mona", __typename: "User" },
    headRepository: { databaseId: orders.id, nameWithOwner: "octo/orders" },
    baseRef: { target: { oid: orders.tip() } },
    files: { nodes: [{ path: "a.ts", changeType: "MODIFIED" }] },
  });
});

test("tells of commits: who, with whom, signed by whom, and what the checks say", async () => {
  orders.sign(pull.head, { wasSignedByGitHub: true, signer: "mona" });
  orders.checkRun(pull.head, "build", { status: "completed", conclusion: "failure" });
  orders.status(pull.head, "ci/lint", "success");
  const fields = `commits(first: 10) { totalCount nodes { commit { oid
    signature { isValid wasSignedByGitHub signer { login } } authors(first: 5) { nodes { email user { login } } }
    committer { user { login } } statusCheckRollup { state contexts(first: 10) { nodes { __typename
      ... on CheckRun { name conclusion checkSuite { app { databaseId } } } ... on StatusContext { context state } } } } } } }`;
  const authors = ["mona", "ann"].map((login) => ({ email: `${login}@example.com`, user: { login } }));
  expect(await ofPull(fields)).toMatchObject({
    commits: {
      totalCount: 1,
      nodes: [
        {
          commit: {
            ...{ oid: pull.head, authors: { nodes: authors }, committer: { user: { login: "mona" } } },
            signature: { isValid: true, wasSignedByGitHub: true, signer: { login: "mona" } },
            statusCheckRollup: {
              state: "FAILURE",
              contexts: {
                nodes: [
                  {
                    __typename: "CheckRun",
                    name: "build",
                    conclusion: "FAILURE",
                    checkSuite: { app: { databaseId: 15368 } },
                  },
                  { __typename: "StatusContext", context: "ci/lint", state: "SUCCESS" },
                ],
              },
            },
          },
        },
      ],
    },
  });
});

test("tells of reviews, of who may push, and who is asked", async () => {
  github.team("octo/payments", { members: ["ann"], may: { "octo/orders": "write" } });
  const { head } = pull;
  pull.review("bob", "APPROVED");
  github.bot("helper[bot]");
  pull.review("helper[bot]", "COMMENTED");
  pull.requestReview({ users: ["ann"], teams: ["payments"] });
  orders.push("release", {});
  pull.retarget("release");
  const fields = `reviews(first: 10) { nodes { author { __typename login } authorCanPushToRepository state commit { oid } submittedAt } }
    reviewRequests(first: 10) { nodes { requestedReviewer { __typename ... on User { login } ... on Team { combinedSlug } } } }
    timelineItems(first: 10, itemTypes: [BASE_REF_CHANGED_EVENT]) { nodes { ... on BaseRefChangedEvent { previousRefName currentRefName } } }`;
  expect(await ofPull(fields)).toMatchObject({
    reviews: {
      nodes: [
        {
          author: { __typename: "User", login: "bob" },
          authorCanPushToRepository: false,
          state: "APPROVED",
          commit: { oid: head },
        },
        // The graph leaves out the `[bot]` of the REST API.
        { author: { __typename: "Bot", login: "helper" }, state: "COMMENTED" },
      ],
    },
    reviewRequests: {
      nodes: [
        { requestedReviewer: { __typename: "User", login: "ann" } },
        { requestedReviewer: { __typename: "Team", combinedSlug: "octo/payments" } },
      ],
    },
    timelineItems: { nodes: [{ previousRefName: "main", currentRefName: "release" }] },
  });
});

test("lists open pull requests by when they changed, files at a commit, people and teams", async () => {
  github.team("octo/payments", { members: ["ann"] });
  orders.push("more", { files: { "b.ts": "1\n" } }, "mona");
  orders.pullRequest({ head: "more" }).close();
  const query = `query($owner: String!, $name: String!, $at: String!) {
    repository(owner: $owner, name: $name) { id databaseId
      pullRequests(states: OPEN, first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) {
        nodes { number updatedAt headRefOid baseRefName reviewDecision } }
      object(expression: $at) { ... on Blob { text byteSize isTruncated } }
      gone: object(expression: "main:nothing") { oid }
      collaborators(first: 10) { edges { permission node { login } } } }
    organization(login: "octo") { team(slug: "payments") { members(first: 100) { nodes { login } } } gone: team(slug: "x") { id } }
    rateLimit { cost remaining resetAt } }`;
  const { data, errors } = await ask(query, { owner: "octo", name: "orders", at: "main:CODEOWNERS" });
  expect([errors, github.violations]).toEqual([undefined, []]);
  expect(data).toMatchObject({
    repository: {
      ...{ databaseId: orders.id, object: { text: "* @ann\n", byteSize: 7, isTruncated: false }, gone: null },
      pullRequests: { nodes: [{ number: 1, headRefOid: pull.head, baseRefName: "main" }] },
      collaborators: {
        edges: [{ permission: "WRITE", node: { login: "ann" } }, { permission: "READ" }, { permission: "WRITE" }],
      },
    },
    organization: { team: { members: { nodes: [{ login: "ann" }] } }, gone: null },
    rateLimit: { cost: 1, remaining: 4999 },
  });
});

test("pages to the end by cursors", async () => {
  for (let index = 0; index < 4; index += 1) orders.push("refunds", { message: `More ${index}` }, "mona");
  const query = `query($after: String) { repository(owner: "octo", name: "orders") { pullRequest(number: 1) {
    commits(first: 2, after: $after) { pageInfo { hasNextPage endCursor } nodes { commit { messageHeadline } } } } } }`;
  const found: string[] = [];
  let after: string | null = null;
  for (let pages = 1; ; pages += 1) {
    const { data } = await ask(query, { after });
    const { commits } = (
      data as {
        repository: {
          pullRequest: {
            commits: {
              pageInfo: { hasNextPage: boolean; endCursor: string };
              nodes: { commit: { messageHeadline: string } }[];
            };
          };
        };
      }
    ).repository.pullRequest;
    found.push(...commits.nodes.map(({ commit }) => commit.messageHeadline));
    after = commits.pageInfo.endCursor;
    if (!commits.pageInfo.hasNextPage) {
      expect(pages).toBe(3);
      break;
    }
  }
  expect(found).toEqual(["Two", "More 0", "More 1", "More 2", "More 3"]);
});

describe("what cannot be answered is null, beside what can", () => {
  const two = `{ repository(owner: "octo", name: "orders") { databaseId one: pullRequest(number: 1) { number } two: pullRequest(number: 2) { number } } }`;

  test("a number that is none", async () => {
    expect(await ask(two)).toMatchObject({
      status: 200,
      data: { repository: { databaseId: orders.id, one: { number: 1 }, two: null } },
      errors: [{ type: "NOT_FOUND", path: ["repository", "two"] }],
    });
  });

  test("a repository that the App may not see", async () => {
    github.removeRepositories(installation, "octo/orders");
    expect(await ask(two)).toMatchObject({
      data: { repository: null },
      errors: [{ type: "NOT_FOUND", path: ["repository"] }],
    });
  });

  test("what the App has no right to", async () => {
    github.permit(installation, { metadata: "read" });
    const errors = ["one", "two"].map((name) => ({ type: "FORBIDDEN", path: ["repository", name] }));
    expect(await ask(two)).toMatchObject({ data: { repository: { databaseId: orders.id, one: null } }, errors });
  });

  test("a person who is not in the organisation's teams by right", async () => {
    github.permit(installation, { contents: "read" });
    const query = `{ organization(login: "octo") { team(slug: "payments") { slug } } }`;
    expect(await ask(query)).toMatchObject({ data: { organization: { team: null } }, errors: [{ type: "FORBIDDEN" }] });
  });
});

test.each([
  {
    says: "a field that GitHub does not have",
    query: `{ repository(owner: "o", name: "n") { stars } }`,
    what: "Cannot query field",
  },
  { says: "no sort of query", query: `{ repository(`, what: "Syntax Error" },
  { says: "too many nodes", query: nested(), what: "possible nodes" },
  {
    says: "a field that nobody taught it",
    query: `{ repository(owner: "octo", name: "orders") { diskUsage } }`,
    what: null,
  },
])("finds $says", async ({ query, what }) => {
  const { status, errors } = await ask(query);
  expect(status).toBe(200);
  expect(github.violations).toHaveLength(1);
  if (what !== null) expect(JSON.stringify(errors)).toContain(what);
});

/** A hundred of a hundred of a hundred. */
function nested(): string {
  const inner = `commits(first: 100) { nodes { commit { associatedPullRequests(first: 100) { nodes { number } } } } }`;
  return `{ repository(owner: "octo", name: "orders") { pullRequests(first: 100) { nodes { ${inner} } } } }`;
}

test.each([
  { says: "no size", size: "", type: "MISSING_PAGINATION_BOUNDARIES" },
  { says: "more than a hundred", size: "(first: 101)", type: "EXCESSIVE_PAGINATION" },
])("refuses a page of $says", async ({ size, type }) => {
  const query = `{ repository(owner: "octo", name: "orders") { pullRequest(number: 1) { commits${size} { totalCount } } } }`;
  expect(await ask(query)).toMatchObject({ status: 200, errors: [{ type }] });
});

test("charges by connections, and says when there is nothing left", async () => {
  const query = `{ repository(owner: "octo", name: "orders") { pullRequests(first: 100) { nodes { commits(first: 50) {
    nodes { commit { authors(first: 5) { nodes { email } } } } } } } } rateLimit { cost } }`;
  // One, a hundred, and five thousand lists.
  expect(await ask(query)).toMatchObject({ data: { rateLimit: { cost: 51 } } });
  expect(github.requests.at(-1)).toMatchObject({ route: "graphql", cost: 51 });
  github.server.api.budgets.exhaust(`installation ${installation.id}`, "graphql");
  expect(await ask(query)).toMatchObject({ status: 200, errors: [{ type: "RATE_LIMITED" }] });
});

test("is for those who say who they are", async () => {
  expect((await ask("{ viewer { login } }", {}, "ghs_wrong")).status).toBe(401);
  expect(await ask("{ viewer { login } }")).toMatchObject({ data: { viewer: { login: "countersign" } } });
  expect(await ask("{ viewer { login } }", {}, github.userToken("ann"))).toMatchObject({
    data: { viewer: { login: "ann" } },
  });
});
