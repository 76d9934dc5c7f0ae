import { createHash } from "node:crypto";
import type { Delivery, Store } from "../../../adapters/store/store.ts";
import type { Evaluation } from "../../../app/evaluation.ts";
import { subjectKey, type Subject } from "../../../app/subject.ts";
import type { HookDelivery, InstalledAt, Lent, OpenPull } from "../../../app/worker/index.ts";
import type { Clock } from "../../../core/clock.ts";
import type { Facts } from "../../../core/facts.ts";
import type { Review } from "../../../core/report/index.ts";

/**
 * GitHub as the worker sees it: open pull requests that change, deliveries that tell of it, and what was published. The
 * truth about a pull request is its `version`, which each change raises; a verdict is right when it is about the last one.
 */
export interface World {
  lent: Lent;
  installations: InstalledAt[];
  /** By repository. */
  repositories: Map<number, { installation: number; people: number; gone: boolean }>;
  pulls: Map<string, Pull>;
  /** What is shown, by the subject's key: `<head>@<version>`, or `fault: …`. */
  shown: Map<string, string>;
  /** How often each subject was judged. */
  judged: Map<string, number>;
  hooks: HookDelivery[];
  redelivered: number[];
  /** Runs before an evaluation answers: what happens meanwhile, or a fault to answer with. */
  meanwhile: (subject: Subject, signal: AbortSignal) => Promise<Evaluation | undefined>;
  /** What is shown when nothing was lost. */
  oracle: () => Map<string, string>;
}

export interface Pull {
  repository: number;
  number: number;
  head: string;
  base: string;
  open: boolean;
  version: number;
  /** What a list tells of it. Changes of people and checks are not in it. */
  listed: number;
}

export function buildWorld(pullRequests = 3, repositories = 1): World {
  const world: World = {
    lent: undefined as unknown as Lent,
    installations: [{ id: 7, account: "acme", suspendedAt: null }],
    repositories: new Map(),
    pulls: new Map(),
    shown: new Map(),
    judged: new Map(),
    hooks: [],
    redelivered: [],
    meanwhile: () => Promise.resolve(undefined),
    oracle: () =>
      new Map(
        [...world.pulls.values()]
          .filter((pull) => pull.open && world.repositories.get(pull.repository)?.gone === false)
          .map((pull) => [keyOf(pull), shownOf(pull, world)]),
      ),
  };
  for (let index = 1; index <= repositories; index += 1) {
    world.repositories.set(70 + index, { installation: 7, people: 0, gone: false });
  }
  for (let number = 1; number <= pullRequests; number += 1) addPull(world, 71 + ((number - 1) % repositories), number);
  world.lent = lentBy(world);
  return world;
}

/** What is shown of those that are open. */
export function pullsShown(world: World): Map<string, string | undefined> {
  return new Map([...world.oracle().keys()].map((key) => [key, world.shown.get(key)]));
}

export function addPull(world: World, repository: number, number: number): Pull {
  const pull = {
    ...{ repository, number, head: shaOf(`${repository}/${number}/1`), base: number % 2 === 0 ? "main" : "next" },
    ...{ open: true, version: 1, listed: 1 },
  };
  world.pulls.set(`${repository}/${number}`, pull);
  return pull;
}

export function keyOf({ repository, number }: Pick<Pull, "repository" | "number">): string {
  return `pull-request/${repository}/${number}`;
}

export function shaOf(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

function shownOf({ head, version, repository }: Pull, world: World): string {
  return `${head}@${version}.${world.repositories.get(repository)?.people ?? 0}`;
}

function lentBy(world: World): Lent {
  const isGone = (repository: number) => world.repositories.get(repository)?.gone !== false;
  return {
    evaluate: async (subject, signal) => {
      const key = subjectKey(subject);
      world.judged.set(key, (world.judged.get(key) ?? 0) + 1);
      const before = truth(subject, world);
      const instead = await world.meanwhile(subject, signal);
      return instead ?? before;
    },
    publish: (evaluation) => {
      const key = subjectKey(evaluation.subject);
      if (evaluation.state === "judged") world.shown.set(key, evaluation.earlier[0] ?? "");
      if (evaluation.state === "fault") world.shown.set(key, `fault: ${evaluation.what}`);
      return Promise.resolve();
    },
    openPulls: ({ repository }) => Promise.resolve(isGone(repository) ? null : openPulls(repository, world)),
    repositories: (installation) =>
      Promise.resolve(
        [...world.repositories]
          .filter(([id, each]) => each.installation === installation && !isGone(id))
          .map(([id]) => id),
      ),
    installations: () => Promise.resolve(world.installations.map((each) => ({ ...each }))),
    hookDeliveries: (since) =>
      Promise.resolve({
        attempts: world.hooks.filter(({ deliveredAt }) => deliveredAt >= since.toISOString()),
        isWhole: true,
      }),
    redeliver: (id) => {
      world.redelivered.push(id);
      return Promise.resolve();
    },
  };
}

function truth(subject: Subject, world: World): Evaluation {
  if (subject.kind === "merge-group") return judged(subject, subject.head, `${subject.head}@group`);
  if (subject.kind === "landing") return judged(subject, subject.after, `${subject.after}@landed`);
  if (subject.kind !== "pull-request") return { state: "over", subject, reason: "it is no change" };
  const pull = world.pulls.get(`${subject.repository}/${subject.number}`);
  if (!pull?.open || world.repositories.get(subject.repository)?.gone !== false) {
    return { state: "over", subject, reason: "it is not open" };
  }
  return judged(subject, pull.head, shownOf(pull, world));
}

function judged(subject: Subject, head: string, shown: string): Evaluation {
  const nothing: unknown = {};
  // The worker looks into neither.
  return { state: "judged", subject, head, facts: nothing as Facts, review: nothing as Review, earlier: [shown] };
}

function openPulls(repository: number, world: World): OpenPull[] {
  return [...world.pulls.values()]
    .filter((pull) => pull.repository === repository && pull.open)
    .map(({ number, head, base, listed }) => ({ number, head, base, fingerprint: `${head} ${base} ${listed}` }));
}

/** What somebody does on GitHub. */
export type Doing =
  | { kind: "push" | "edit" | "review" | "label" | "close" | "reopen" | "retarget" | "check" | "comment"; pull: number }
  | { kind: "policy"; branch: "main" | "next" }
  | { kind: "people" | "team" | "rename" };

let serial = 0;

/** It happens, and this is the delivery that tells of it. */
export function doIt(doing: Doing, world: World, clock: Clock): Delivery {
  if ("pull" in doing) return doToPull(doing.kind, doing.pull, world, clock);
  const [repository] = world.repositories.keys();
  if (doing.kind === "policy") {
    for (const pull of world.pulls.values())
      if (pull.repository === repository && pull.base === doing.branch) pull.version += 1;
    const push = { ref: `refs/heads/${doing.branch}`, before: shaOf("before"), after: shaOf(`tip ${(serial += 1)}`) };
    return deliveryOf("push", { ...push, ...placeOf(repository!) }, clock);
  }
  if (doing.kind === "rename") return deliveryOf("repository", { action: "renamed", ...placeOf(repository!) }, clock);
  for (const each of world.repositories.values()) each.people += 1;
  if (doing.kind === "team") return deliveryOf("membership", { action: "removed", installation: { id: 7 } }, clock);
  return deliveryOf("organization", { action: "member_removed", installation: { id: 7 } }, clock);
}

function doToPull(kind: string, index: number, world: World, clock: Clock): Delivery {
  const pull = [...world.pulls.values()][index % world.pulls.size]!;
  const [action, event] = actions[kind]!;
  const before = pull.head;
  pull.version += 1;
  if (!["check", "comment"].includes(kind)) pull.listed += 1;
  if (kind === "push") pull.head = shaOf(`${keyOf(pull)} ${pull.version}`);
  if (kind === "retarget") pull.base = pull.base === "main" ? "next" : "main";
  if (kind === "close") pull.open = false;
  if (kind === "reopen") pull.open = true;
  const at = clock.now().toISOString();
  const payload = {
    ...{ action, ...placeOf(pull.repository), sender: { login: "ann", type: "User" } },
    pull_request: {
      ...{ number: pull.number, merged: false, merge_commit_sha: null, updated_at: at },
      ...{ head: { sha: pull.head }, base: { ref: pull.base, sha: before } },
    },
    label: { name: "ai" },
    check_run: { id: 1, head_sha: pull.head, app: { id: 99 } },
    issue: { number: pull.number, pull_request: {} },
    comment: {
      ...{ id: pull.version, body: "/countersign recheck", created_at: at, updated_at: at },
      user: { login: "ann", type: "User" },
    },
  };
  return deliveryOf(event, payload, clock);
}

const actions: Readonly<Record<string, readonly [action: string, event: string]>> = {
  push: ["synchronize", "pull_request"],
  edit: ["edited", "pull_request"],
  review: ["submitted", "pull_request_review"],
  label: ["labeled", "pull_request"],
  close: ["closed", "pull_request"],
  reopen: ["reopened", "pull_request"],
  retarget: ["edited", "pull_request"],
  check: ["completed", "check_run"],
  comment: ["created", "issue_comment"],
};

export function placeOf(repository: number): object {
  return { installation: { id: 7 }, repository: { id: repository, default_branch: "main" } };
}

export function deliveryOf(event: string, payload: object, clock: Clock): Delivery {
  const body = JSON.stringify(payload);
  const bodyHash = createHash("sha256").update(body).digest("hex");
  return { id: `d-${(serial += 1)}`, event, bodyHash, body, receivedAt: clock.now().toISOString() };
}

/** What a store still has to do. */
export async function waiting(store: Store): Promise<{ deliveries: number; subjects: number }> {
  return { deliveries: (await store.deliveries.waiting()).count, subjects: (await store.subjects.waiting()).count };
}
