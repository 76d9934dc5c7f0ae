import { openMirrors } from "../../../adapters/git/mirror.ts";
import { openApp } from "../../../adapters/github/app-token.ts";
import { openInstallations } from "../../../adapters/github/installation-client.ts";
import type { Store } from "../../../adapters/store/store.ts";
import { evaluator } from "../../../app/evaluate/index.ts";
import type { Evaluate, Evaluation } from "../../../app/evaluation.ts";
import type { AppPorts } from "../../../app/ports.ts";
import type { Subject } from "../../../app/subject.ts";
import { plainStage } from "../../../core/stage.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { LentClock } from "../../adapters/github/lent-clock.ts";
import { newFolder } from "../../git-repository.ts";
import { startGitHub, type GitHub } from "../../github/github.ts";
import type { PullHandle } from "../../github/pull.ts";
import type { RepositoryHandle } from "../../github/repository.ts";
import type { Installation } from "../../github/state.ts";

const none = (): void => undefined;

/** An App that judges what is on a GitHub of its own. */
export interface EvaluateWorld {
  github: GitHub;
  orders: RepositoryHandle;
  installation: Installation;
  clock: LentClock;
  store: Store;
  /** A process that was just started: it knows no name, token or mirror. */
  start: () => void;
  evaluate: (subject: Subject, found?: Parameters<Evaluate>[2]) => Promise<Evaluation>;
  pull: (pull: PullHandle) => Promise<Evaluation>;
  /** Requests to the API that read, since the last time that this was asked. */
  reads: () => number;
}

export const owned = `version: 1
mode: enforce
areas:
  auth: { paths: ["src/auth/**"], owners: { teams: [owners] } }
rules:
  - id: auth-needs-its-owner
    when: { area: auth }
    require: { owner_approval: { per: area } }
`;

/** `octo/orders` with a policy, its owners, and a change on the branch `refunds`. */
export async function evaluateWorld(policy = owned, files: Record<string, string> = {}): Promise<EvaluateWorld> {
  const clock = new LentClock();
  const github = await startGitHub({ clock: () => new Date((clock.at += 7)) });
  const orders = github.repository("octo/orders", {
    files: { ".github/countersign.yml": policy, "src/auth/a.ts": "1\n", "b.ts": "b\n", ...files },
    isPrivate: true,
    writers: ["mona", "ann", "bob"],
  });
  github.user("mona", ["mona@example.com"]);
  github.team("octo/owners", { members: ["ann"], may: { "octo/orders": "write" } });
  const installation = github.install("octo");
  orders.push("refunds", { files: { "src/auth/a.ts": "2\n" } }, "mona");
  const store = modelStore();
  let asked = 0;
  let evaluate: EvaluateWorld["evaluate"];
  const start = (): void => {
    const { id: appId, privateKey } = github.app;
    const { apiUrl, url: webUrl } = github;
    const app = openApp({ apiUrl, appId, privateKey }, clock);
    const ports: AppPorts = {
      ...{ store, clock, stage: plainStage, instance: "test" },
      installation: openInstallations({ apiUrl, timeoutMs: 5000 }, app, clock),
      log: { info: none, warn: none, error: none },
      metrics: { count: none, gauge: none, observe: none },
    };
    const judge = evaluator(ports, { appId, webUrl, mirrors: openMirrors(newFolder("mirrors")) });
    evaluate = (subject, found) => judge(subject, new AbortController().signal, found);
  };
  start();
  return {
    ...{ github, orders, installation, clock, store, start },
    evaluate: (subject, found) => evaluate(subject, found),
    pull: ({ number }) =>
      evaluate({ kind: "pull-request", installation: installation.id, repository: orders.id, number }),
    reads: () => {
      const since = github.requests.slice(asked);
      asked = github.requests.length;
      return since.filter(({ kind }) => kind === "read").length;
    },
  };
}

/** In a word: the decision, or why there is none. */
export function came(evaluation: Evaluation): string {
  if (evaluation.state === "judged") return evaluation.review.decision.state;
  if (evaluation.state === "to-tell") return evaluation.state;
  return evaluation.state === "over" ? `over: ${evaluation.reason}` : `fault: ${evaluation.what}`;
}
