import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asInstallation, asUser, refusal } from "./ask.ts";
import { startGitHub, type GitHub } from "./github.ts";
import type { PullHandle } from "./pull.ts";
import type { RepositoryHandle } from "./repository.ts";
import type { Installation } from "./state.ts";

/** The REST API by a real client. Every answer is held against GitHub's description on its way out. */
const at = { owner: "octo", repo: "orders" };
const one = { ...at, pull_number: 1 };
const issue = { ...at, issue_number: 1 };

let github: GitHub;
let orders: RepositoryHandle;
let pull: PullHandle;
let installation: Installation;
let octokit: Octokit;

beforeEach(async () => {
  github = await startGitHub();
  orders = github.repository("octo/orders", { isPrivate: true, files: { "a.ts": "1\n", "b.ts": "1\n2\n3\n4\n5\n" } });
  for (const login of ["mona", "ann"]) orders.collaborator(login, "write");
  installation = github.install("octo");
  octokit = asInstallation(github, installation);
  orders.push("refunds", { files: { "a.ts": "2\n" }, rename: { "b.ts": "c.ts" } }, "mona");
  pull = orders.pullRequest({ head: "refunds", title: "Refunds" });
});
afterEach(() => github.close());

function clean(): void {
  expect(github.violations).toEqual([]);
}

describe("pull requests", () => {
  test("are told whole, with files and commits", async () => {
    const { data } = await octokit.pulls.get(one);
    expect(data).toMatchObject({ number: 1, commits: 1, changed_files: 2, additions: 1, head: { sha: pull.head } });
    const files = (await octokit.pulls.listFiles(one)).data;
    expect(files.map(({ filename, status, previous_filename: from }) => [filename, status, from])).toEqual([
      ["a.ts", "modified", undefined],
      ["c.ts", "renamed", "b.ts"],
    ]);
    expect((await octokit.pulls.listCommits(one)).data).toMatchObject([{ sha: pull.head, author: { login: "mona" } }]);
    clean();
  });

  test("are listed by state, base and order", async () => {
    orders.push("more", { files: { "d.ts": "1\n" } }, "mona");
    orders.pullRequest({ head: "more" }).close();
    const numbers = async (over: object) =>
      (await octokit.pulls.list({ ...at, ...over })).data.map(({ number }) => number);
    expect(await numbers({})).toEqual([1]);
    expect(await numbers({ state: "all" })).toEqual([2, 1]);
    expect(await numbers({ state: "all", sort: "created", direction: "asc" })).toEqual([1, 2]);
    expect(await numbers({ base: "release" })).toEqual([]);
    expect(
      (await octokit.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: pull.head })).data,
    ).toHaveLength(1);
    clean();
  });

  test("are opened, edited and merged by people", async () => {
    const mona = asUser(github, "mona");
    orders.push("more", { files: { "d.ts": "1\n" } }, "mona");
    const { data } = await mona.pulls.create({ ...at, title: "More", head: "more", base: "main", draft: true });
    expect(data).toMatchObject({ number: 2, draft: true, user: { login: "mona" } });
    await mona.pulls.update({ ...one, title: "Refunds again" });
    expect(await refusal(mona.pulls.merge({ ...one, sha: "0".repeat(40) }))).toMatchObject({ status: 409 });
    const merged = await mona.pulls.merge({ ...one, merge_method: "squash" });
    expect(merged.data).toMatchObject({ merged: true, sha: orders.tip() });
    expect(await refusal(mona.pulls.merge(one))).toMatchObject({ status: 405 });
    expect(await refusal(octokit.pulls.merge(one))).toMatchObject({ status: 403 });
    clean();
  });

  test("know their reviews", async () => {
    pull.review("ann", "APPROVED", { body: "Fine." });
    pull.review("mona", "PENDING");
    const { data } = await octokit.pulls.listReviews(one);
    expect(data).toMatchObject([
      { state: "APPROVED", commit_id: pull.head, user: { login: "ann" } },
      { state: "PENDING" },
    ]);
    expect(data[1]).not.toHaveProperty("submitted_at");
    clean();
  });

  test("ask people and teams to look: all of them, or none", async () => {
    github.team("octo/payments", { may: { "octo/orders": "write" } });
    github.team("octo/others");
    const ask = (reviewers: string[], team_reviewers: string[] = []) =>
      octokit.pulls.requestReviewers({ ...one, reviewers, team_reviewers });
    expect(await refusal(ask(["ann"], ["payments", "others"]))).toMatchObject({ status: 422 });
    expect(await refusal(ask(["stranger"]))).toMatchObject({ status: 422 });
    expect(await refusal(ask(["mona"]))).toMatchObject({ status: 422 });
    expect((await octokit.pulls.listRequestedReviewers(one)).data).toEqual({ users: [], teams: [] });
    await ask(["ann"], ["payments"]);
    expect((await octokit.pulls.get(one)).data).toMatchObject({
      requested_reviewers: [{ login: "ann" }],
      requested_teams: [{ slug: "payments" }],
    });
    await octokit.pulls.removeRequestedReviewers({ ...one, reviewers: ["ann"] });
    expect((await octokit.pulls.listRequestedReviewers(one)).data.users).toEqual([]);
    clean();
  });
});

describe("check runs", () => {
  const annotation = (line: number) => ({
    ...{
      path: "a.ts",
      start_line: line,
      end_line: line,
      annotation_level: "warning" as const,
      message: `Line ${line}`,
    },
  });
  const output = (count: number, from = 1) => ({
    ...{
      title: "Waits",
      summary: "For ann.",
      annotations: Array.from({ length: count }, (_, index) => annotation(from + index)),
    },
  });
  const create = (over: object = {}) =>
    octokit.checks.create({
      ...at,
      name: "countersign",
      head_sha: pull.head,
      external_id: "e1",
      conclusion: "action_required",
      ...over,
    });

  test("are written in one request, and annotations are added by more", async () => {
    const { data } = await create({ output: output(50) });
    expect(data).toMatchObject({
      status: "completed",
      conclusion: "action_required",
      external_id: "e1",
      app: { id: 4711 },
    });
    await octokit.checks.update({ ...at, check_run_id: data.id, output: output(5, 51) });
    const all = await octokit.paginate(octokit.checks.listAnnotations, { ...at, check_run_id: data.id, per_page: 20 });
    expect(all.map(({ message }) => message)).toEqual(Array.from({ length: 55 }, (_, index) => `Line ${index + 1}`));
    expect((await octokit.checks.get({ ...at, check_run_id: data.id })).data.output.annotations_count).toBe(55);
    clean();
  });

  test("are found by name and App, the latest of each or all", async () => {
    await create();
    await create({ external_id: "e2" });
    orders.checkRun(pull.head, "countersign", { conclusion: "success" });
    const list = async (over: object) => {
      const { data } = await octokit.checks.listForRef({ ...at, ref: pull.head, check_name: "countersign", ...over });
      return data.check_runs.map(({ external_id, app }) => [external_id, app?.id]);
    };
    expect(await list({ app_id: 4711 })).toEqual([["e2", 4711]]);
    expect(await list({ app_id: 4711, filter: "all" })).toEqual([
      ["e2", 4711],
      ["e1", 4711],
    ]);
    expect(await list({})).toHaveLength(2);
    expect((await octokit.checks.listSuitesForRef({ ...at, ref: pull.head })).data.total_count).toBe(2);
    clean();
  });

  test.each([
    { says: "51 annotations", over: () => ({ output: output(51) }) },
    { says: "a summary that is too long", over: () => ({ output: { title: "x", summary: "é".repeat(40_000) } }) },
    {
      says: "an annotation's message that is too long",
      over: () => ({
        output: { title: "x", summary: "x", annotations: [{ ...annotation(1), message: "x".repeat(65_536) }] },
      }),
    },
    {
      says: "an annotation's title that is too long",
      over: () => ({
        output: { title: "x", summary: "x", annotations: [{ ...annotation(1), title: "x".repeat(256) }] },
      }),
    },
    {
      says: "four buttons",
      over: () => ({
        actions: Array.from({ length: 4 }, (_, id) => ({ label: "x", description: "x", identifier: String(id) })),
      }),
    },
    {
      says: "a button's label that is too long",
      over: () => ({ actions: [{ label: "x".repeat(21), description: "x", identifier: "x" }] }),
    },
    { says: "a commit that is not there", over: () => ({ head_sha: "0".repeat(40) }) },
    { says: "an end without a conclusion", over: () => ({ status: "completed", conclusion: undefined }) },
  ])("refuse $says", async ({ over }) => {
    expect(await refusal(create(over()))).toMatchObject({ status: 422 });
    expect(orders.state.checkRuns).toEqual([]);
  });

  test("are their App's alone", async () => {
    const run = orders.checkRun(pull.head, "build");
    expect(await refusal(octokit.checks.update({ ...at, check_run_id: run.id, conclusion: "success" }))).toMatchObject({
      status: 403,
    });
    expect(
      await refusal(asUser(github, "mona").checks.create({ ...at, name: "x", head_sha: pull.head })),
    ).toMatchObject({ status: 403 });
    clean();
  });
});

test("statuses: the latest of each context counts", async () => {
  for (const state of ["pending", "success"] as const)
    await octokit.repos.createCommitStatus({ ...at, sha: pull.head, state, context: "countersign", description: "x" });
  orders.status(pull.head, "ci/lint", "failure");
  const { data } = await octokit.repos.getCombinedStatusForRef({ ...at, ref: pull.head });
  expect([data.state, data.statuses.map(({ context, state }) => [context, state])]).toEqual([
    "failure",
    [
      ["countersign", "success"],
      ["ci/lint", "failure"],
    ],
  ]);
  expect((await octokit.repos.listCommitStatusesForRef({ ...at, ref: pull.head })).data).toHaveLength(3);
  clean();
});

test("labels are made once, and added and removed one by one", async () => {
  const label = { ...at, name: "ai-assisted", color: "0366d6", description: "A tool had a part in it" };
  await octokit.issues.createLabel(label);
  expect(await refusal(octokit.issues.createLabel(label))).toMatchObject({ status: 422 });
  expect(await refusal(octokit.issues.createLabel({ ...at, name: "x".repeat(51) }))).toMatchObject({ status: 422 });
  const added = await octokit.issues.addLabels({ ...issue, labels: ["ai-assisted", "needs-owner"] });
  expect(added.data.map(({ name }) => name)).toEqual(["ai-assisted", "needs-owner"]);
  await octokit.issues.removeLabel({ ...issue, name: "ai-assisted" });
  expect(await refusal(octokit.issues.removeLabel({ ...issue, name: "ai-assisted" }))).toMatchObject({ status: 404 });
  expect((await octokit.issues.listLabelsOnIssue(issue)).data.map(({ name }) => name)).toEqual(["needs-owner"]);
  expect((await octokit.issues.listLabelsForRepo(at)).data).toHaveLength(2);
  expect((await octokit.issues.listEvents(issue)).data.map(({ event }) => event)).toEqual([
    "labeled",
    "labeled",
    "unlabeled",
  ]);
  clean();
});

test("comments come, change and go", async () => {
  const { data } = await octokit.issues.createComment({ ...issue, body: "One" });
  expect(data.user).toMatchObject({ login: "countersign[bot]", type: "Bot" });
  await octokit.issues.updateComment({ ...at, comment_id: data.id, body: "Two" });
  pull.comment("ann", "Three");
  expect((await octokit.issues.listComments(issue)).data.map(({ body }) => body)).toEqual(["Two", "Three"]);
  await octokit.issues.deleteComment({ ...at, comment_id: data.id });
  expect(await refusal(octokit.issues.getComment({ ...at, comment_id: data.id }))).toMatchObject({ status: 404 });
  expect(await refusal(octokit.issues.createComment({ ...issue, body: "x".repeat(65_537) }))).toMatchObject({
    status: 422,
  });
  clean();
});

test("people: what they may, by themselves and by their teams, and who is in a team", async () => {
  github.team("octo/all", { members: ["cy"], may: { "octo/orders": "maintain" } });
  github.team("octo/payments", { members: ["dee"], parent: "all" });
  orders.collaborator("bob", "triage");
  const may = async (username: string) =>
    (await octokit.repos.getCollaboratorPermissionLevel({ ...at, username })).data;
  expect(await may("ann")).toMatchObject({ permission: "write", role_name: "write" });
  expect(await may("bob")).toMatchObject({ permission: "read", role_name: "triage" });
  // By the parent of dee's team.
  expect(await may("dee")).toMatchObject({ permission: "write", role_name: "maintain" });
  github.user("eve");
  expect(await may("eve")).toMatchObject({ permission: "none" });
  const writers = await octokit.repos.listCollaborators({ ...at, permission: "push" });
  expect(writers.data.map(({ login }) => login)).toEqual(["ann", "cy", "dee", "mona"]);
  const members = await octokit.teams.listMembersInOrg({ org: "octo", team_slug: "all" });
  expect(members.data.map(({ login }) => login)).toEqual(["cy", "dee"]);
  const membership = (username: string) =>
    octokit.teams.getMembershipForUserInOrg({ org: "octo", team_slug: "all", username });
  expect((await membership("dee")).data.state).toBe("active");
  expect(await refusal(membership("ann"))).toMatchObject({ status: 404 });
  const team = { org: "octo", team_slug: "all", ...at };
  expect((await octokit.teams.checkPermissionsForRepoInOrg(team)).status).toBe(204);
  expect(await refusal(octokit.teams.checkPermissionsForRepoInOrg({ ...team, team_slug: "payments" }))).toMatchObject({
    status: 404,
  });
  clean();
});

test("what a branch demands, by rulesets and by its own protection", async () => {
  const checks = {
    required_status_checks: [{ context: "countersign", integration_id: 4711 }],
    strict_required_status_checks_policy: false,
  };
  orders.rule("main", "required_status_checks", checks);
  orders.protect("main", { enforce_admins: { url: github.url, enabled: true } });
  const { data: rules } = await octokit.request("GET /repos/{owner}/{repo}/rules/branches/{branch}", {
    ...at,
    branch: "main",
  });
  expect(rules).toMatchObject([{ type: "required_status_checks", parameters: checks, ruleset_id: 1 }]);
  expect((await octokit.repos.getRepoRulesets(at)).data).toHaveLength(1);
  expect((await octokit.repos.getRepoRuleset({ ...at, ruleset_id: 1 })).data.rules).toHaveLength(1);
  expect((await octokit.repos.getBranchProtection({ ...at, branch: "main" })).data.enforce_admins?.enabled).toBe(true);
  expect(await refusal(octokit.repos.getBranchProtection({ ...at, branch: "refunds" }))).toMatchObject({ status: 404 });
  expect((await octokit.repos.getBranch({ ...at, branch: "main" })).data).toMatchObject({
    protected: true,
    commit: { sha: orders.tip() },
  });
  expect((await octokit.repos.listBranches(at)).data.map(({ name }) => name)).toEqual(["main", "refunds"]);
  clean();
});

test("contents, refs, commits and comparisons are git's", async () => {
  const file = { ...at, path: "a.ts", ref: pull.head };
  const { data } = await octokit.repos.getContent(file);
  expect(data).toMatchObject({ type: "file", encoding: "base64", content: Buffer.from("2\n").toString("base64") });
  expect(await refusal(octokit.repos.getContent({ ...file, path: "gone.ts" }))).toMatchObject({ status: 404 });
  const raw = await octokit.repos.getContent({ ...file, mediaType: { format: "raw" } });
  expect(Buffer.from(raw.data as unknown as ArrayBuffer).toString()).toBe("2\n");
  expect((await octokit.git.getRef({ ...at, ref: "heads/refunds" })).data.object.sha).toBe(pull.head);
  const refs = await octokit.git.listMatchingRefs({ ...at, ref: "pull/1" });
  expect(refs.data.map(({ ref }) => ref)).toEqual(["refs/pull/1/head", "refs/pull/1/merge"]);
  expect((await octokit.git.getCommit({ ...at, commit_sha: pull.head })).data.author.email).toBe("mona@example.com");
  expect((await octokit.repos.getCommit({ ...at, ref: "refunds" })).data.files).toHaveLength(2);
  orders.push("main", { files: { "e.ts": "1\n" } });
  const compared = await octokit.repos.compareCommitsWithBasehead({ ...at, basehead: `main...${pull.head}` });
  expect(compared.data).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1, total_commits: 1 });
  orders.state.codeownersErrors.push({
    ...{ line: 1, column: 3, kind: "Unknown owner", source: "* @x", suggestion: null },
    message: "x",
    path: "CODEOWNERS",
  });
  expect((await octokit.repos.codeownersErrors(at)).data.errors).toHaveLength(1);
  clean();
});

test("artifacts of a run are fetched from another place, without a token", async () => {
  const run = orders.workflowRun({ headSha: pull.head });
  const artifact = orders.artifact(run, "countersign-report", Buffer.from("PK"));
  const found = await octokit.actions.listWorkflowRunArtifacts({ ...at, run_id: run.id, name: "countersign-report" });
  expect(found.data.artifacts.map(({ id, size_in_bytes }) => [id, size_in_bytes])).toEqual([[artifact.id, 2]]);
  expect((await octokit.actions.listWorkflowRunsForRepo({ ...at, head_sha: pull.head })).data.total_count).toBe(1);
  const download = { ...at, artifact_id: artifact.id, archive_format: "zip" };
  const { data } = await octokit.actions.downloadArtifact(download);
  expect(Buffer.from(data as ArrayBuffer).toString()).toBe("PK");
  artifact.expired = true;
  expect(await refusal(octokit.actions.downloadArtifact(download))).toMatchObject({ status: 410 });
  clean();
});

test("a body that GitHub would not understand is refused, and remembered", async () => {
  const wrong = octokit.request({
    method: "POST",
    url: "/repos/octo/orders/check-runs",
    name: "x",
    headSha: pull.head,
  });
  expect(await refusal(wrong)).toMatchObject({ status: 422 });
  expect(github.violations.join()).toContain("checks/create takes no headSha");
});
