import { afterEach, beforeEach, expect, test } from "vitest";
import { startGitHub, type GitHub } from "./github.ts";
import { receiveHooks } from "./hook-receiver.ts";
import { asApp } from "./ask.ts";
import type { PullHandle } from "./pull.ts";
import type { RepositoryHandle } from "./repository.ts";
import { signature } from "./webhooks.ts";

/** Every kind of webhook, signed, as GitHub's schemas have it: each one is held against them when it is sent. */
let github: GitHub;
let hooks: Awaited<ReturnType<typeof receiveHooks>>;
let orders: RepositoryHandle;
let pull: PullHandle;
let status = 202;

beforeEach(async () => {
  status = 202;
  github = await startGitHub();
  hooks = await receiveHooks(() => status);
  github.app.webhookUrl = hooks.url;
  orders = github.repository("octo/orders", { writers: ["mona", "ann"] });
  github.install("octo");
  orders.push("refunds", { files: { "a.ts": "1\n" } }, "mona");
  pull = orders.pullRequest({ head: "refunds", author: "mona" });
  await github.settled();
  hooks.received.length = 0;
});
afterEach(() => {
  expect(github.violations).toEqual([]);
  hooks.close();
  github.close();
});

async function told(): Promise<string[]> {
  await github.settled();
  return hooks.received.map(({ event, body }) => {
    const { action } = JSON.parse(body) as { action?: string };
    return action === undefined ? event : `${event}.${action}`;
  });
}

const rows: { says: string; does: () => unknown; tells: string[] }[] = [
  {
    says: "a pull request that is opened",
    does: () => {
      orders.push("more", { files: { "b.ts": "1\n" } }, "mona");
      return orders.pullRequest({ head: "more" });
    },
    tells: ["push", "create", "pull_request.opened"],
  },
  {
    says: "a push to its head",
    does: () => orders.push("refunds", {}, "mona"),
    tells: ["push", "pull_request.synchronize"],
  },
  {
    says: "a forced push",
    does: () => orders.forcePush("refunds", {}, "mona"),
    tells: ["push", "pull_request.synchronize"],
  },
  { says: "a push to its base alone", does: () => orders.push("main", { files: { "c.ts": "1\n" } }), tells: ["push"] },
  {
    says: "another base",
    does: () => {
      orders.push("release", {});
      pull.retarget("release");
    },
    tells: ["push", "create", "pull_request.edited"],
  },
  { says: "another title", does: () => pull.edit({ title: "Refunds" }), tells: ["pull_request.edited"] },
  { says: "closing", does: () => pull.close(), tells: ["pull_request.closed"] },
  {
    says: "reopening",
    does: () => {
      pull.close();
      pull.reopen();
    },
    tells: ["pull_request.closed", "pull_request.reopened"],
  },
  {
    says: "a draft, and no draft any more",
    does: () => {
      pull.draft();
      pull.ready();
    },
    tells: ["pull_request.converted_to_draft", "pull_request.ready_for_review"],
  },
  { says: "an approval", does: () => pull.review("ann", "APPROVED"), tells: ["pull_request_review.submitted"] },
  {
    says: "a dismissal",
    does: () => pull.dismiss(pull.review("ann", "APPROVED")),
    tells: ["pull_request_review.submitted", "pull_request_review.dismissed"],
  },
  { says: "a review that is not sent yet", does: () => pull.review("ann", "PENDING"), tells: [] },
  {
    says: "labels, made on the way",
    does: () => {
      pull.label("ai-assisted");
      pull.unlabel("ai-assisted");
    },
    tells: ["label.created", "pull_request.labeled", "pull_request.unlabeled"],
  },
  {
    says: "a comment, edited and deleted",
    does: () => {
      const comment = pull.comment("ann", "/countersign explain");
      pull.editComment(comment, "never mind");
      pull.deleteComment(comment);
    },
    tells: ["issue_comment.created", "issue_comment.edited", "issue_comment.deleted"],
  },
  {
    says: "who is asked to look",
    does: () => pull.requestReview({ users: ["ann"] }),
    tells: ["pull_request.review_requested"],
  },
  { says: "who has it", does: () => pull.assign("ann"), tells: ["pull_request.assigned"] },
  {
    says: "somebody else's check",
    does: () => orders.checkRun(pull.head, "build", { status: "completed", conclusion: "success" }),
    tells: ["check_run.created", "check_run.completed"],
  },
  { says: "a status", does: () => orders.status(pull.head, "ci/lint", "success"), tells: ["status"] },
  {
    says: "the App's own check, asked for again and a button of it pressed",
    does: () => {
      const run = orders.checkRun(pull.head, "countersign", { conclusion: "success" }, github.app.id);
      pull.press(run, "ann");
      pull.press(run, "ann", "recheck");
    },
    tells: ["check_run.created", "check_run.completed", "check_run.rerequested", "check_run.requested_action"],
  },
  { says: "a merge", does: () => pull.merge(), tells: ["pull_request.closed", "push"] },
  {
    says: "a merge group that is merged",
    does: () => orders.endMergeGroup(orders.mergeGroup(pull.number), "merged"),
    tells: [
      "pull_request.enqueued",
      "merge_group.checks_requested",
      "merge_group.destroyed",
      "pull_request.closed",
      "push",
    ],
  },
  {
    says: "a workflow's end",
    does: () => orders.workflowRun({ headSha: pull.head }),
    tells: ["workflow_run.completed"],
  },
  {
    says: "a team, who is in it, and what it may",
    does: () => {
      const team = github.team("octo/payments", { members: ["ann"], may: { "octo/orders": "write" } });
      github.leave(team, "ann");
      github.giveTeam(team, "octo/orders", null);
      github.deleteTeam(team);
    },
    tells: [
      ...["team.created", "membership.added", "team.added_to_repository", "membership.removed"],
      ...["team.removed_from_repository", "team.deleted"],
    ],
  },
  {
    says: "a collaborator",
    does: () => {
      orders.collaborator("bob", "read");
      orders.collaborator("bob", "write");
      orders.collaborator("bob", null);
    },
    tells: ["member.added", "member.edited", "member.removed"],
  },
  { says: "another name", does: () => orders.rename("purchases"), tells: ["repository.renamed"] },
  {
    says: "hidden and shown",
    does: () => {
      orders.setPrivate(true);
      orders.setPrivate(false);
    },
    tells: ["repository.privatized", "repository.publicized"],
  },
  {
    says: "a repository more",
    does: () => github.repository("octo/ledger"),
    tells: ["repository.created", "push", "create"],
  },
  { says: "a repository less", does: () => orders.delete(), tells: ["repository.deleted"] },
  { says: "a branch that goes", does: () => orders.setBranch("refunds", null), tells: ["push", "delete"] },
];

test.each(rows)("tells of $says", async ({ does, tells }) => {
  does();
  expect(await told()).toEqual(tells);
});

test("tells of an installation's whole life", async () => {
  github.repository("acme/shop");
  const installation = github.install("acme", ["acme/shop"]);
  github.repository("acme/till");
  github.addRepositories(installation, "acme/till");
  github.removeRepositories(installation, "acme/shop");
  github.suspend(installation);
  github.repository("acme/unseen");
  github.unsuspend(installation);
  github.permit(installation, { checks: "write" });
  github.uninstall(installation);
  expect(await told()).toEqual([
    ...["installation.created", "installation_repositories.added", "installation_repositories.removed"],
    ...[
      "installation.suspend",
      "installation.unsuspend",
      "installation.new_permissions_accepted",
      "installation.deleted",
    ],
  ]);
});

test("a transferred repository is another account's: nobody is told where the App is not", async () => {
  orders.transfer("acme");
  expect(await told()).toEqual([]);
  github.install("acme");
  orders.transfer("octo");
  expect(await told()).toEqual(["installation.created", "repository.transferred"]);
});

test("signs the very bytes, and names each delivery", async () => {
  pull.comment("ann", "grüß \u0000 👋");
  await github.settled();
  const [{ headers, body, delivery, event } = { headers: {}, body: "", delivery: "", event: "" }] = hooks.received;
  expect(headers["x-hub-signature-256"]).toBe(signature(github.app.webhookSecret, body));
  expect({ delivery, event }).toEqual({ delivery: github.deliveries.at(-1)?.guid, event: "issue_comment" });
});

test("records what became of a delivery, and sends its bytes again when asked", async () => {
  status = 500;
  pull.label("one");
  await github.settled();
  status = 202;
  const app = asApp(github);
  const { data: failed } = await app.apps.listWebhookDeliveries({ status: "failure" });
  expect(failed.map(({ event, status_code }) => [event, status_code])).toEqual([
    ["pull_request", 500],
    ["label", 500],
  ]);
  for (const { id } of failed.reverse()) await app.apps.redeliverWebhookDelivery({ delivery_id: id });
  await github.settled();
  const [first, second, ...again] = hooks.received;
  expect(again.map(({ delivery, body }) => [delivery, body])).toEqual([
    [first?.delivery, first?.body],
    [second?.delivery, second?.body],
  ]);
  const { data: all } = await app.apps.listWebhookDeliveries({ per_page: 2 });
  expect(all.map(({ redelivery, status_code }) => [redelivery, status_code])).toEqual([
    [true, 202],
    [true, 202],
  ]);
});

test("pages deliveries by a cursor", async () => {
  for (let index = 0; index < 5; index += 1) pull.label(`l${index}`);
  await github.settled();
  const app = asApp(github);
  const all = await app.paginate(app.apps.listWebhookDeliveries, { per_page: 3 });
  expect(new Set(all.map(({ id }) => id)).size).toBe(github.deliveries.length);
});

test.each([
  { what: "duplicate" as const, sent: 2, known: 2 },
  { what: "lose" as const, sent: 0, known: 0 },
  { what: "fail" as const, sent: 0, known: 1 },
])("can $what one", async ({ what, sent, known }) => {
  const before = github.deliveries.length;
  github.webhookFaults.next("pull_request.labeled", what);
  orders.state.labels.set("l", { id: 1, name: "l", color: "ededed", description: null });
  pull.label("l");
  await github.settled();
  expect([hooks.received.length, github.deliveries.length - before]).toEqual([sent, known]);
  expect(new Set(hooks.received.map(({ delivery }) => delivery)).size).toBeLessThanOrEqual(1);
});

test("can mix up their order, the same way for the same seed", async () => {
  github.webhookFaults.dial.reorder = 0.5;
  for (let index = 0; index < 10; index += 1) pull.comment("ann", String(index));
  await github.settled();
  const order = hooks.received.map(({ body }) => (JSON.parse(body) as { comment: { body: string } }).comment.body);
  expect(order).not.toEqual([...order].sort());
  expect([...order].sort()).toEqual(Array.from({ length: 10 }, (_, index) => String(index)));
});
