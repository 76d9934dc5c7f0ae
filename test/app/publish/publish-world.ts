import { Octokit } from "@octokit/rest";
import { NotTold, openGitHub, type GitHub as Reader } from "../../../adapters/github/client.ts";
import type { InstallationClient } from "../../../adapters/github/installation.ts";
import type { Store } from "../../../adapters/store/store.ts";
import type { Evaluation } from "../../../app/evaluation.ts";
import type { AppPorts } from "../../../app/ports.ts";
import { publisher, type PublishSettings } from "../../../app/publish/index.ts";
import { plainStage } from "../../../core/stage.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { judgedCase } from "../../core/report/judged-case.ts";
import { startGitHub, type GitHub } from "../../github/github.ts";
import type { PullHandle } from "../../github/pull.ts";
import type { RepositoryHandle } from "../../github/repository.ts";
import type { Installation } from "../../github/state.ts";
import { keptLog, noMetrics, type KeptLog } from "../quiet-ports.ts";

/** A GitHub with a pull request, a store, and a publisher between them. */
export interface World {
  github: GitHub;
  orders: RepositoryHandle;
  pull: PullHandle;
  installation: Installation;
  store: Store;
  log: KeptLog;
  ports: AppPorts;
  settings: PublishSettings;
  publish: (evaluation: Evaluation) => Promise<void>;
}

export type Judged = Extract<Evaluation, { state: "judged" }>;

export async function makeWorld(): Promise<World> {
  const github = await startGitHub();
  const orders = github.repository("acme/orders", { writers: ["ann", "bob", "dev"] });
  github.team("acme/identity", { members: ["ann"], may: { "acme/orders": "write" } });
  const installation = github.install("acme");
  orders.push("refunds", { files: { "src/auth/login.ts": "1\n", "src/list.ts": "1\n" } }, "dev");
  const pull = orders.pullRequest({ head: "refunds", author: "dev" });
  return withStore({ github, orders, pull, installation });
}

/** The same GitHub with an App that remembers nothing, or what another store does. */
export function withStore(
  world: Pick<World, "github" | "orders" | "pull" | "installation">,
  store = modelStore(),
): World {
  const log = keptLog();
  const client = clientOf(world.github, world.installation);
  const ports: AppPorts = {
    ...{ store, log, metrics: noMetrics, stage: plainStage, instance: "one", installation: () => client },
    clock: hurriedClock(),
  };
  const settings: PublishSettings = {
    app: { id: world.github.app.id },
    choices: { metricsToken: null, comment: false, labels: usualLabels },
  };
  const publish = (evaluation: Evaluation) => publisher(ports, settings)(evaluation, new AbortController().signal);
  return { ...world, store, log, ports, settings, publish };
}

/** Who sleeps is woken at once, and it is later. */
function hurriedClock(): AppPorts["clock"] {
  let passed = 0;
  return {
    now: () => new Date(Date.now() + passed),
    sleep: (ms) => {
      passed += ms;
      return Promise.resolve();
    },
  };
}

const usualLabels = {
  ...{ aiAssisted: "ai-assisted", aiAuthored: "ai-authored", provenanceMissing: "provenance-missing" },
  needsOwnerApproval: "needs-owner-approval",
};

/** What judging the pull request came to, as `judgedCase` makes it. */
export function judged(
  { orders, installation, pull }: World,
  sketch: Parameters<typeof judgedCase>[0] = {},
  of: PullHandle = pull,
): Judged {
  const { facts: made, review } = judgedCase(sketch);
  const base = { ...review.change.base, name: of.state.baseRef };
  const facts = { ...made, change: { ...made.change, base } };
  const labels = [...of.state.labels];
  const { pullRequest } = facts;
  const read = pullRequest.state === "present" ? { ...pullRequest.value, labels, draft: of.state.draft } : null;
  return {
    state: "judged",
    subject: { kind: "pull-request", installation: installation.id, repository: orders.id, number: of.number },
    head: of.head,
    facts: read === null ? facts : { ...facts, pullRequest: { state: "present", value: read } },
    // As another pull request has another number, and so other facts.
    review: {
      ...review,
      change: { ...review.change, base },
      decision: { ...review.decision, evaluationId: `${review.decision.evaluationId}/${of.number}` },
    },
    earlier: [],
  };
}

export const approved = { rest: "reviews: [{ user: ann, state: approved }]" };

/** An installation's client without budgets: each write is tried once, as that of the product for what must not be repeated. */
export function clientOf(github: GitHub, installation: Installation): InstallationClient {
  const octokit = () => new Octokit({ baseUrl: github.apiUrl, auth: github.token(installation), log: silent });
  const told = async (request: Promise<{ data: unknown }>): Promise<unknown> => {
    try {
      return (await request).data;
    } catch (error) {
      const status = error instanceof Error && "response" in error && "status" in error ? Number(error.status) : null;
      throw new NotTold(error instanceof Error ? error.message : "unknown", status);
    }
  };
  return {
    id: installation.id,
    repository: (owner, name) => readerOf(github, installation, owner, name),
    nameOf: async (repository) => {
      const found = github.world.repositories.get(repository);
      if (found === undefined) throw new NotTold("GitHub answered 404", 404);
      const { owner, name, private: isPrivate, defaultBranch } = found;
      return Promise.resolve({ owner, name, private: isPrivate, defaultBranch });
    },
    write: (route, parameters) =>
      told(octokit().request(route, { ...parameters, request: { signal: AbortSignal.timeout(1_000) } })),
    token: () => Promise.resolve(github.token(installation)),
    pausedUntil: () => null,
  };
}

function readerOf(github: GitHub, installation: Installation, owner: string, name: string): Reader {
  const open = () => openGitHub({ apiUrl: github.apiUrl, token: github.token(installation), owner, name });
  return {
    repository: { owner, name },
    get: async (...args) => (await open()).get(...args),
    list: async (...args) => (await open()).list(...args),
    query: async (...args) => (await open()).query(...args),
  };
}

const ignore = (): void => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** What people see of the pull request, without ids and instants. */
export function visible({ orders, pull }: Pick<World, "orders" | "pull">): object {
  const runs = orders.state.checkRuns.map(({ name, status, conclusion, externalId, title, summary, annotations }) => {
    return { name, status, conclusion, externalId, title, summary, annotations };
  });
  return {
    ...{ runs, labels: [...pull.state.labels].sort(), created: [...orders.state.labels.keys()].sort() },
    ...{ users: [...pull.state.requestedUsers].sort(), teams: [...pull.state.requestedTeams].sort() },
    comments: orders.state.comments.map(({ user, body }) => ({ user, body })),
  };
}
