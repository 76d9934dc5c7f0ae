import { accountByEmail, appOf } from "../find.ts";
import { commitOf, commitsBetween, type Person } from "../git.ts";
import { latestStatuses } from "../rest/checks.ts";
import { suiteOf } from "../shapes.ts";
import type { CheckRun, PullRequest, Repository, Status } from "../state.ts";
import { userNode } from "./actors.ts";
import { connection, type PageArguments } from "./connection.ts";
import type { Graph } from "./graph.ts";
import { pullNode } from "./pulls.ts";

export function commitNode(graph: Graph, repository: Repository, sha: string): Record<string, unknown> {
  const { world } = graph;
  const { tree, parents, author, committer, message } = commitOf(repository, sha);
  const [headline = "", ...rest] = message.split("\n");
  return {
    ...{ __typename: "Commit", id: `C_${sha}`, oid: sha, abbreviatedOid: sha.slice(0, 7), message },
    ...{ messageHeadline: headline, messageBody: rest.join("\n").trim(), url: `${world.url}/commit/${sha}` },
    ...{
      authoredDate: author.date,
      committedDate: committer.date,
      tree: { __typename: "Tree", oid: tree, id: `TR_${tree}` },
    },
    author: () => personNode(graph, author),
    committer: () => personNode(graph, committer),
    authors: (page: PageArguments) =>
      connection("authors", [author, ...coAuthors(message, author.date)], page, (each) => personNode(graph, each)),
    parents: (page: PageArguments) =>
      connection("parents", parents, page, (each) => commitNode(graph, repository, each)),
    signature: () => signatureNode(graph, repository, sha),
    statusCheckRollup: () => rollupNode(graph, repository, sha),
    status: () => statusNode(repository, sha),
    checkSuites: (page: PageArguments & { filterBy?: { appId?: number; checkName?: string } | null }) =>
      suitesOf(graph, repository, sha, page),
    associatedPullRequests: (page: PageArguments) => {
      graph.need(repository, "pull_requests");
      const has = ({ baseSha, headSha }: PullRequest) => commitsBetween(repository, baseSha, headSha).includes(sha);
      const all = [...repository.pulls.values()].filter(has);
      return connection("associatedPullRequests", all, page, (pull) => pullNode(graph, repository, pull));
    },
  };
}

function personNode({ world }: Graph, { name, email, date }: Person): Record<string, unknown> {
  const user = userNode(world, accountByEmail(world, email)?.login);
  return { __typename: "GitActor", name, email, date, user };
}

/** GitHub knows co-authors by their trailers. */
function coAuthors(message: string, date: string): Person[] {
  return message.split("\n").flatMap((line) => {
    const prefix = "co-authored-by:";
    if (!line.toLowerCase().startsWith(prefix)) return [];
    const value = line.slice(prefix.length);
    const open = value.lastIndexOf("<");
    if (open < 0) return [];
    return [
      {
        name: value.slice(0, open).trim(),
        email: value
          .slice(open + 1)
          .replace(">", "")
          .trim(),
        date,
      },
    ];
  });
}

function signatureNode({ world }: Graph, repository: Repository, sha: string): unknown {
  const signature = repository.signatures.get(sha);
  if (signature === undefined) return null;
  const { isValid, wasSignedByGitHub, signer } = signature;
  const state = isValid ? "VALID" : "INVALID";
  const { committer } = commitOf(repository, sha);
  return {
    ...{ __typename: "GpgSignature", isValid, wasSignedByGitHub, state, email: committer.email },
    signer: signer === null ? null : userNode(world, signer),
  };
}

function rollupNode(graph: Graph, repository: Repository, sha: string): unknown {
  graph.need(repository, "checks", "statuses");
  const runs = latestRuns(repository, sha);
  const statuses = latestStatuses(repository, sha);
  if (runs.length + statuses.length === 0) return null;
  const words = [...runs.map(wordOfRun), ...statuses.map(({ state }) => state.toUpperCase())];
  const all: (() => unknown)[] = [
    ...runs.map((run) => () => runNode(graph, repository, run)),
    ...statuses.map((status) => () => contextNode(status)),
  ];
  return {
    ...{ __typename: "StatusCheckRollup", id: `SCR_${sha}`, state: rolledUp(words) },
    contexts: (page: PageArguments) => connection("contexts", all, page, (make) => make()),
  };
}

function latestRuns(repository: Repository, sha: string): CheckRun[] {
  const runs = repository.checkRuns.filter(({ headSha }) => headSha === sha);
  return [...new Map(runs.map((run) => [`${run.app} ${run.name}`, run])).values()];
}

function wordOfRun({ status, conclusion }: CheckRun): string {
  if (status !== "completed") return "PENDING";
  return ["success", "neutral", "skipped"].includes(conclusion ?? "") ? "SUCCESS" : "FAILURE";
}

function rolledUp(words: readonly string[]): string {
  if (words.some((word) => word === "FAILURE" || word === "ERROR")) return "FAILURE";
  return words.includes("PENDING") ? "PENDING" : "SUCCESS";
}

function runNode(graph: Graph, repository: Repository, run: CheckRun): Record<string, unknown> {
  const { id, name, status, conclusion, externalId, detailsUrl, startedAt, completedAt, title, summary, text } = run;
  return {
    ...{ __typename: "CheckRun", id: `CR_${id}`, databaseId: id, name, externalId, detailsUrl, startedAt, completedAt },
    ...{ status: status.toUpperCase(), conclusion: conclusion?.toUpperCase() ?? null, title, summary, text },
    checkSuite: () => suiteNode(graph, repository, run),
  };
}

function contextNode({ id, context, state, description, targetUrl, createdAt }: Status): Record<string, unknown> {
  const what = { context, state: state.toUpperCase(), description, targetUrl, createdAt };
  return { __typename: "StatusContext", id: `SC_${id}`, ...what };
}

function statusNode(repository: Repository, sha: string): unknown {
  const contexts = latestStatuses(repository, sha).map(contextNode);
  if (contexts.length === 0) return null;
  return {
    __typename: "Status",
    id: `S_${sha}`,
    state: rolledUp(contexts.map(({ state }) => String(state))),
    contexts,
  };
}

function suiteNode(graph: Graph, repository: Repository, run: CheckRun): Record<string, unknown> {
  const { id, slug, name } = appOf(graph.world, run.app);
  const isOurs = (each: CheckRun) => each.headSha === run.headSha && each.app === run.app;
  return {
    ...{ __typename: "CheckSuite", id: `CS_${suiteOf(run)}`, databaseId: suiteOf(run) },
    ...{ status: run.status.toUpperCase(), conclusion: run.conclusion?.toUpperCase() ?? null },
    app: { __typename: "App", id: `A_${id}`, databaseId: id, slug, name },
    workflowRun: null,
    checkRuns: (page: PageArguments & { filterBy?: { checkName?: string; checkType?: string } | null }) => {
      const all = page.filterBy?.checkType === "ALL" ? repository.checkRuns : latestRuns(repository, run.headSha);
      const wanted = page.filterBy?.checkName;
      const kept = all.filter((each) => isOurs(each) && (wanted ?? each.name) === each.name);
      return connection("checkRuns", kept, page, (each) => runNode(graph, repository, each));
    },
  };
}

function suitesOf(
  graph: Graph,
  repository: Repository,
  sha: string,
  page: PageArguments & { filterBy?: { appId?: number; checkName?: string } | null },
): unknown {
  graph.need(repository, "checks");
  const { appId, checkName } = page.filterBy ?? {};
  const kept = latestRuns(repository, sha).filter(
    ({ app, name }) => (appId ?? app) === app && (checkName ?? name) === name,
  );
  const byApp = [...new Map(kept.map((run) => [run.app, run])).values()];
  return connection("checkSuites", byApp, page, (run) => suiteNode(graph, repository, run));
}
