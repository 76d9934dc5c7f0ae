import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DefaultArtifactClient } from "@actions/artifact";
import { MockOtlpServer } from "@elastic/mockotlpserver";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { parseFacts } from "../../core/facts-file.ts";
import { plainStage } from "../../core/stage.ts";
import { documents } from "../../gate/documents.ts";
import { replay } from "../../gate/run-gate.ts";
import { buildAction } from "../../scripts/build.ts";
import { gitAiNote } from "../core/provenance/attribution/samples.ts";
import { startGitServer, type GitServer } from "../git-http-server.ts";
import {
  checkOut,
  git,
  makeServedRepository,
  mergeCommit,
  runStep,
  type Step,
  type StepResult,
} from "./workflow-run.ts";

/** The Action as users get it: the built bundle, as a process with a runner's bare environment, on a shallow clone. */
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "countersign-action-"));
const Expected = z.object({ refs: z.record(z.string(), z.string()), mergeBase: z.string(), commits: z.number() });
const expected = Expected.parse(JSON.parse(readFileSync(join(root, "examples/orders/expected.json"), "utf8")));
const base = expected.refs["main"] ?? "";
const head = expected.refs["feature/refunds"] ?? "";

let served: GitServer;
let server = "";
let merge = "";
let labels: string[] | null = null;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  await buildAction(root, join(folder, "dist"));
  const repository = makeServedRepository(folder);
  git(repository, ["fetch", "--quiet", join(root, "examples/orders/orders.bundle"), "refs/heads/*:refs/heads/*"]);
  merge = mergeCommit(repository, base, head);
  git(repository, ["update-ref", "refs/pull/12/merge", merge]);
  git(repository, ["update-ref", "refs/heads/gh-readonly-queue/main/pr-12", merge]);
  // As for a pull request from a fork: its commits are reachable from refs/pull alone.
  git(repository, ["update-ref", "refs/pull/12/head", head]);
  git(repository, ["update-ref", "-d", "refs/heads/feature/refunds"]);
  served = await startGitServer(folder, {
    other: (request, response) => {
      if (request.url !== "/api/repos/octo/orders/pulls/12") return false;
      response.setHeader("content-type", "application/json");
      if (labels === null) response.writeHead(403).end('{"message":"Resource not accessible by integration"}');
      else response.end(JSON.stringify({ ...pullRequest(), labels: labels.map((name) => ({ name })) }));
      return true;
    },
  });
  // The artifact client takes any other host for an Enterprise Server.
  server = served.url.replace("127.0.0.1", "github.localhost");
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  labels = null;
  for (const close of closers.splice(0)) await close();
});

describe("a pull request, with no input at all", () => {
  let result: StepResult;
  beforeAll(async () => {
    result = await gate({});
  });

  test("is deepened, judged with the base's policy, and fails the step by its decision", () => {
    expect(result.stderr).toBe("");
    expect(result.outputs).toMatchObject({
      decision: "block",
      "change-id": "github.localhost/octo/orders#12",
      "patch-coverage": "",
    });
    expect(result.code).toBe(1);
    expect(Number(result.outputs["ai-lines"])).toBeGreaterThan(0);
    const { review } = reports(result);
    expect(review.change).toMatchObject({
      event: "pull_request",
      base: { name: "main", sha: base },
      head: { name: "feature/refunds", sha: head },
      mergeBase: expected.mergeBase,
    });
    expect(review.change.commits).toHaveLength(expected.commits);
    expect(review.decision.policy).toMatchObject({
      source: "repository",
      path: ".github/countersign.yml",
      commit: base,
    });
  });

  test("leaves five files that its facts make again, byte for byte", async () => {
    const folder = result.outputs["report-dir"] ?? "";
    expect(readdirSync(folder).sort()).toEqual([
      "facts.json",
      "record.json",
      "report.json",
      "report.sarif",
      "summary.md",
    ]);
    const facts = parseFacts(readFileSync(join(folder, "facts.json"), "utf8"), "facts.json");
    const run = {
      ...{ GITHUB_ACTIONS: "true", GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: "octo/orders" },
      ...{ GITHUB_RUN_ID: "77", GITHUB_RUN_ATTEMPT: "1" },
    };
    for (const { name, text } of documents(await replay(facts, { stage: plainStage }), run))
      expect(text === readFileSync(join(folder, name), "utf8"), name).toBe(true);
  });

  test("writes the job summary", () => {
    expect(result.summary).toContain(readFileSync(result.outputs["report-summary"] ?? "", "utf8").trim());
    expect(Buffer.byteLength(result.summary)).toBeLessThan(1024 * 1024);
  });

  test("prints what is worth a note on its lines, and one error for the step itself", () => {
    const commands = commandsOf(result.stdout);
    expect(commands.filter((command) => command === "error").length).toBeGreaterThan(1);
    expect(result.stdout).toMatch(/^::error title=[^:]+,file=src\/config\.ts,line=\d+,endLine=\d+::/m);
    expect(result.stdout.match(/^::error::Countersign: /gm)).toHaveLength(1);
  });

  test("says that labels are the event's when the token may not read them, and where it could not store the report", () => {
    expect(result.stdout).toContain("those of the event that started this run: there is no token.");
    expect(result.stdout).toMatch(
      /^::warning::The report was not stored as the artifact countersign-report: this runner offers no artifact storage/m,
    );
  });
});

describe("events", () => {
  test("a merge group is judged as one change from the tip of its branch", async () => {
    const payload = {
      merge_group: {
        base_sha: base,
        head_sha: merge,
        base_ref: "refs/heads/main",
        head_ref: "refs/heads/gh-readonly-queue/main/pr-12",
      },
    };
    const result = await gate({
      event: "merge_group",
      payload,
      ref: "refs/heads/gh-readonly-queue/main/pr-12",
      sha: merge,
    });
    expect(result.code).toBe(1);
    const { review } = reports(result);
    expect(review.change).toMatchObject({ event: "merge_group", base: { sha: base }, head: { sha: merge } });
    expect(review.change.commits).toHaveLength(expected.commits + 1);
  });

  test("a push is judged from where the branch was", async () => {
    const before = git(join(folder, "octo/orders.git"), ["rev-parse", `${base}~1`]);
    const payload = { ref: "refs/heads/main", before, after: base, repository: { default_branch: "main" } };
    const result = await gate({ event: "push", payload, ref: "refs/heads/main", sha: base });
    expect(result.outputs["change-id"]).toBe(`github.localhost/octo/orders@${before}..${base}`);
    expect(reports(result).review.change.commits).toHaveLength(1);
  });

  test("a branch that is new, or a start by hand, is compared with the default branch on the server", async () => {
    const payload = {
      ref: "refs/heads/feature/refunds",
      before: "0".repeat(40),
      after: head,
      repository: { default_branch: "main" },
    };
    const result = await gate({ event: "push", payload, ref: "refs/pull/12/head", sha: head });
    expect(reports(result).review.change).toMatchObject({
      base: { name: "main", sha: base },
      mergeBase: expected.mergeBase,
    });
  });

  test("a push that deletes a branch succeeds with a word and no decision", async () => {
    const payload = {
      ref: "refs/heads/old",
      before: base,
      after: "0".repeat(40),
      repository: { default_branch: "main" },
    };
    const result = await gate({ event: "push", payload, ref: "refs/heads/main", sha: base });
    expect(result).toMatchObject({
      code: 0,
      outputs: {},
      stdout: expect.stringContaining("nothing to judge") as string,
    });
  });

  test("a fork's pull request needs no token and no right to write", async () => {
    const result = await gate({ payload: { pull_request: pullRequest("mona/orders") } });
    expect(result.outputs["decision"]).toBe("block");
    expect(reports(result).facts.pullRequest).toMatchObject({ value: { fork: true } });
  });

  test.each([
    {
      says: "pull_request_target",
      event: "pull_request_target",
      what: "Countersign does not run on pull_request_target",
    },
    {
      says: "an event without a change",
      event: "schedule",
      what: "Countersign cannot judge a change from the event schedule",
    },
  ])("$says is refused", async ({ event, what }) => {
    const result = await gate({ event });
    expect(result.code).toBe(3);
    expect(result.stdout).toContain(what);
    expect(result.outputs).toEqual({});
  });
});

describe("evidence", () => {
  test("coverage of the merge that was checked out is told in the lines of the head, before and after", async () => {
    const workspace = await checkOut(folder, server, "refs/pull/12/merge");
    cpSync(join(root, "examples/orders/coverage"), join(workspace, "coverage"), { recursive: true });
    const result = await gate({
      workspace,
      inputs: {
        coverage: "coverage/head/lcov.info",
        "base-coverage": "coverage/base/lcov.info",
        "base-coverage-commit": expected.mergeBase,
      },
    });
    expect(Number(result.outputs["patch-coverage"])).toBeGreaterThan(10);
    expect(Number(result.outputs["patch-coverage"])).toBeLessThan(100);
    const { review, facts } = reports(result);
    expect(facts.coverage).toMatchObject({
      head: { state: "present", value: { tree: merge } },
      base: { state: "present", value: { tree: expected.mergeBase } },
    });
    expect(review.coverage.project.delta.state).toBe("present");
  });

  test("a report that the pull request itself commits says nothing, of head or base", async () => {
    const lcov = "SF:src/config.ts\nDA:1,1\nend_of_record\n";
    const forged = commitOn(head, "forged", { "baseline/lcov.info": lcov, "head.info": lcov });
    const result = await gate({
      payload: { pull_request: { ...pullRequest(), head: { ...pullRequest().head, sha: forged } } },
      ref: "refs/heads/forged",
      sha: forged,
      inputs: { coverage: "head.info", "base-coverage": "baseline/lcov.info" },
    });
    expect(reports(result).facts.coverage).toEqual({
      head: { state: "absent", reason: expect.stringContaining("head.info is a file of the change itself") as string },
      base: { state: "absent", reason: expect.stringContaining("says nothing about the base") as string },
    });
  });

  test("a report in a usual place is found without being named", async () => {
    const workspace = await checkOut(folder, server, "refs/pull/12/merge");
    cpSync(join(root, "examples/orders/coverage/head"), join(workspace, "coverage"), { recursive: true });
    const { facts } = reports(await gate({ workspace }));
    expect(facts.coverage).toMatchObject({
      head: { state: "present", value: { sources: ["coverage/coverage-final.json"] } },
    });
  });

  test.each([
    { says: "are fetched", inputs: {}, state: "present" },
    { says: "are those of the clone where it is told so", inputs: { notes: "local" }, state: "absent" },
  ])("notes beside the commits $says", async ({ inputs, state }) => {
    const repository = join(folder, "octo/orders.git");
    const note = gitAiNote([["src/config.ts", ["ab72f5a 1"]]], {});
    const author = ["-c", "user.name=Mona", "-c", "user.email=mona@example.com"];
    git(repository, [...author, "notes", "--ref=refs/notes/ai", "add", "-f", "--file=-", head], note);
    closers.push(() => git(repository, ["update-ref", "-d", "refs/notes/ai"]));
    const { attributions } = reports(await gate({ inputs })).facts;
    expect(attributions.state).toBe(state);
    if (state === "present") expect(attributions.value).toMatchObject([{ commit: head, source: "git-ai", unread: [] }]);
  });

  test("labels are those of now, not those of the event that a re-run replays", async () => {
    labels = ["now"];
    const { facts } = reports(await gate({ inputs: { token: "t0ken" } }));
    expect(facts.pullRequest).toMatchObject({ value: { labels: ["now"] } });
  });

  test("a token that may not read the pull request changes nothing else", async () => {
    const result = await gate({ inputs: { token: "t0ken" } });
    expect(result.stdout).toContain("those of the event that started this run: GitHub answered 403.");
    expect(result.outputs["decision"]).toBe("block");
  });
});

describe("a floor of the organisation that the policy does not name", () => {
  const floor = "version: 1\nrules: [{ id: floor-says-who, require: { trailers: [Reviewed-By-Security] } }]\n";
  let named = "";
  beforeAll(() => {
    const bare = makeServedRepository(folder, "octo/policies");
    const stream = `commit refs/heads/main\ncommitter M <m@example.com> 1700000000 +0000\ndata 1\nx\nM 644 inline ai.yml\ndata ${Buffer.byteLength(floor)}\n${floor}\n`;
    git(bare, ["fast-import", "--quiet"], stream);
    named = `octo/policies/ai.yml@${git(bare, ["rev-parse", "refs/heads/main"])}`;
  });

  test("judges all the same, read with the token", async () => {
    const result = await gate({ inputs: { token: "t0ken", floor: named } });
    expect(result.outputs["decision"]).toBe("block");
    expect(result.stdout).toContain("floor-says-who of octo/policies");
    const asked = served.requests.filter(({ line }) => line.includes("/octo/policies"));
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(
      new Set([`basic ${Buffer.from("x-access-token:t0ken").toString("base64")}`]),
    );
  });

  test.each([
    { says: "a repository that is not there", floor: () => named.replace("policies", "gone") },
    { says: "a commit that is not there", floor: () => `${named.slice(0, -40)}${"7".repeat(40)}` },
    { says: "a file that is not there", floor: () => named.replace("ai.yml", "other.yml") },
  ])("decides nothing when it cannot be read: $says", async ({ floor }) => {
    const result = await gate({ inputs: { "fail-on": "never", floor: floor() } });
    expect(result.code).toBe(3);
    expect(result.stdout).toMatch(
      /^::error::The floor octo\/.* holds whatever the policy says, and it was not read: /m,
    );
    expect(result.outputs).toEqual({});
  });
});

describe("the step's outcome", () => {
  test.each([
    { failOn: "never", code: 0 },
    { failOn: "block", code: 1 },
    { failOn: "needs-approval", code: 1 },
  ])("fail-on: $failOn ends a blocked change with $code", async ({ failOn, code }) => {
    const result = await gate({ inputs: { "fail-on": failOn } });
    expect(result.code).toBe(code);
    expect(result.outputs["decision"]).toBe("block");
    expect(result.stdout.includes("::error::Countersign: ")).toBe(code !== 0);
  });

  test("outputs that cannot be written are a warning, and the decision stays", async () => {
    const result = await gate({ env: { GITHUB_OUTPUT: join(folder, "gone/output") }, inputs: { "fail-on": "never" } });
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^::warning::The outputs of this step were not written: /m);
    expect(result.summary).toContain("Countersign");
  });

  test("annotations, summary and upload can be left out", async () => {
    const result = await gate({
      inputs: { annotations: "false", summary: "false", upload: "false", "fail-on": "never" },
    });
    expect(commandsOf(result.stdout)).toEqual([]);
    expect(result.summary).toBe("");
  });

  test.each([
    {
      says: "wrong inputs, all at once",
      inputs: { "fail-on": "warn", upload: "maybe" },
      what: ["fail-on: expected", "upload: expected true or false"],
    },
    {
      says: "a policy that the base does not have",
      inputs: { policy: "policies/mine.yml" },
      what: ["policies/mine.yml does not exist at main", "counts from the moment it is merged"],
    },
    {
      says: "a working directory that is not there",
      inputs: { "working-directory": "gone" },
      what: ["There is no folder", "actions/checkout"],
    },
  ])("a mistake fails the step with what to do, whatever fail-on says: $says", async ({ inputs, what }) => {
    const result = await gate({ inputs: { "fail-on": "never", ...inputs } });
    expect(result.code).toBe(3);
    for (const words of what) expect(result.stdout).toContain(words);
    expect(result.stdout).not.toMatch(/^ +at /m);
  });

  test("a server that gives no history (row 40) is an exact error, not a change without commits", async () => {
    const gone = { ...pullRequest(), head: { ...pullRequest().head, sha: "7".repeat(40) } };
    const result = await gate({ payload: { pull_request: gone } });
    expect(result.code).toBe(3);
    expect(result.stdout).toMatch(/^::error::The history of this change could not be fetched: .*%0A.*fetch-depth: 0/m);
    expect(result.outputs).toEqual({});
  });

  test("a base whose tip cannot be read is an exact error, not the policy of an older commit", async () => {
    const result = await gate({ env: { GITHUB_REPOSITORY: "octo/gone" } });
    expect(result.code).toBe(3);
    expect(result.stdout).toMatch(
      /^::error::The tip of the branch main, where the policy stands, could not be read: /m,
    );
    expect(result.stdout).toContain("contents: read");
    expect(result.outputs).toEqual({});
  });
});

test("row 66: of thirty warnings ten are shown, and the log and the summary say so", async () => {
  const commits = Array.from({ length: 30 }, (_, index) =>
    [
      "commit refs/heads/many",
      `author Mona (aider) <mona@example.com> ${1_700_000_000 + index} +0000`,
      `committer Mona (aider) <mona@example.com> ${1_700_000_000 + index} +0000`,
      "data 6\nChange",
      ...(index === 0 ? [`from ${base}`] : []),
      `M 644 inline notes/${index}.txt\ndata 2\nx\n`,
    ].join("\n"),
  );
  const repository = join(folder, "octo/orders.git");
  git(repository, ["fast-import", "--quiet"], `${commits.join("\n")}\n`);
  const many = git(repository, ["rev-parse", "refs/heads/many"]);
  const pull = { ...pullRequest(), head: { sha: many, ref: "many", repo: { full_name: "octo/orders" } } };
  const result = await gate({
    payload: { pull_request: pull },
    ref: "refs/heads/many",
    sha: many,
    inputs: { upload: "false" },
  });
  expect(commandsOf(result.stdout).filter((command) => command === "warning")).toHaveLength(10);
  const [note = ""] = /Annotations: \d+ of \d+ shown/.exec(result.stdout) ?? [];
  expect(note).not.toBe("");
  expect(result.summary).toContain(note);
});

test("row 36: what a change is called obeys nobody", async () => {
  const names = [
    "a\n::error::pwned",
    "b\r\n::set-output name=x::pwned",
    "##[error]pwned",
    "::warning::pwned",
    "c%0A::error::pwned",
    "d\u2028::error::pwned",
  ];
  const repository = join(folder, "octo/orders.git");
  const quoted = (name: string): string =>
    `"${[...Buffer.from(name)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}"`;
  const message = "Add ::error::pwned\n\n::error::pwned\n\nAssisted-by: x\n  ::error::pwned";
  const stream = [
    "commit refs/heads/odd",
    "committer ::error::pwned <x@example.com> 1700000000 +0000",
    `data ${Buffer.byteLength(message)}\n${message}`,
    `from ${base}`,
    ...names.map((name) => `M 644 inline ${quoted(name)}\ndata 6\npwned\n`),
  ].join("\n");
  git(repository, ["fast-import", "--quiet"], `${stream}\n`);
  const odd = git(repository, ["rev-parse", "refs/heads/odd"]);
  const pull = {
    ...pullRequest(),
    title: "x\n::error::pwned",
    head: { sha: odd, ref: "::error::pwned", repo: { full_name: "octo/orders" } },
  };
  const result = await gate({ payload: { pull_request: pull }, ref: "refs/heads/odd", sha: odd });
  expect(result.outputs["decision"]).toBeDefined();
  expect(result.stdout).toContain("::error::pwned");
  const obeyed = result.stdout.split(/[\r\n]/).filter((line) => /^\s*::(?:\w|-)*[^:]*::pwned|##\[/.test(line));
  expect(obeyed).toEqual([]);
});

describe("the artifact", () => {
  test("is stored by a service that others wrote, whole", async () => {
    const service = await artifactService();
    const result = await gate({ env: service });
    expect(result.stdout).not.toContain("was not stored");
    for (const [name, value] of Object.entries({ ...service, GITHUB_SERVER_URL: server, GITHUB_WORKSPACE: folder }))
      vi.stubEnv(name, value);
    const client = new DefaultArtifactClient();
    const { artifact } = await client.getArtifact("countersign-report");
    const path = join(folder, "downloaded");
    await client.downloadArtifact(artifact.id, { path });
    expect(readdirSync(path).sort()).toEqual([
      "facts.json",
      "record.json",
      "report.json",
      "report.sarif",
      "summary.md",
    ]);
    expect(readFileSync(join(path, "report.json"))).toEqual(readFileSync(result.outputs["report-json"] ?? ""));
  });

  test.each([
    { says: "refuses", status: 403 },
    { says: "is missing", status: 404 },
  ])("a service that $says it is a warning, and the decision stays", async ({ status }) => {
    const url = await answering(status);
    const result = await gate({
      env: { ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: runtimeToken },
      inputs: { "fail-on": "never" },
    });
    expect(result.code).toBe(0);
    expect(result.outputs["decision"]).toBe("block");
    expect(result.stdout).toMatch(/^::warning::The report was not stored as the artifact countersign-report: /m);
  });

  test("GitHub Enterprise Server is said to lack it", async () => {
    const result = await gate({
      server: served.url,
      env: { ACTIONS_RESULTS_URL: served.url, ACTIONS_RUNTIME_TOKEN: runtimeToken },
    });
    expect(result.stdout).toContain("GitHub Enterprise Server does not support this version of artifacts");
    expect(result.outputs["decision"]).toBe("block");
  });
});

describe("the trace", () => {
  test("of one run arrives, with the change and the pipeline", async () => {
    const requests: unknown[] = [];
    const receiver = new MockOtlpServer({
      services: ["http"],
      httpHostname: "127.0.0.1",
      httpPort: 0,
      logLevel: "warn",
      onTrace: (request) => requests.push(request),
    });
    await receiver.start();
    closers.push(() => receiver.close());
    const result = await gate({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: String(receiver.httpUrl) } });
    const trace = JSON.stringify(requests);
    expect(requests).toHaveLength(1);
    for (const words of [
      "fetch history",
      "read change",
      "decide",
      "publish",
      "github.localhost/octo/orders#12",
      result.outputs["evaluation-id"],
      "/actions/runs/77/attempts/1",
    ])
      expect(trace).toContain(words);
  });

  test("row 71: a collector that is down costs one notice", async () => {
    const result = await gate({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" } });
    expect(result.code).toBe(1);
    expect(result.stdout.match(/The trace was not delivered/g)).toHaveLength(1);
  });
});

test("a symbolic link in the place of the report is not written through (row 35)", async () => {
  const repository = join(folder, "octo/orders.git");
  const target = join(folder, "outside");
  const stream = `commit refs/heads/linked\ncommitter M <m@example.com> 1700000000 +0000\ndata 1\nx\nfrom ${base}\nM 120000 inline countersign-report\ndata ${Buffer.byteLength(target)}\n${target}\n`;
  git(repository, ["fast-import", "--quiet"], stream);
  const linked = git(repository, ["rev-parse", "refs/heads/linked"]);
  const pull = { ...pullRequest(), head: { sha: linked, ref: "linked", repo: { full_name: "octo/orders" } } };
  const result = await gate({ payload: { pull_request: pull }, ref: "refs/heads/linked", sha: linked });
  expect(result.code).toBe(3);
  expect(result.stdout).toContain("has a file or a symbolic link there");
  expect(existsSync(target)).toBe(false);
});

interface Gate extends Partial<Omit<Step, "action">> {
  ref?: string;
}

/** Checks out as actions/checkout does and runs the bundle; a pull request unless told otherwise. */
async function gate(options: Gate): Promise<StepResult> {
  const address = options.server ?? server;
  const workspace = options.workspace ?? (await checkOut(folder, address, options.ref ?? "refs/pull/12/merge"));
  return runStep(folder, {
    action: join(folder, "dist/action.js"),
    event: "pull_request",
    payload: { action: "synchronize", pull_request: pullRequest() },
    sha: merge,
    ...options,
    server: address,
    workspace,
  });
}

/** A commit of files on a new branch of the served repository. */
function commitOn(parent: string, branch: string, files: Record<string, string>): string {
  const repository = join(folder, "octo/orders.git");
  const stream = [
    `commit refs/heads/${branch}`,
    "committer Mona <mona@example.com> 1700000000 +0000",
    "data 1\nx",
    `from ${parent}`,
    ...Object.entries(files).map(([name, text]) => `M 644 inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}`),
  ];
  git(repository, ["fast-import", "--quiet"], `${stream.join("\n")}\n`);
  return git(repository, ["rev-parse", `refs/heads/${branch}`]);
}

function pullRequest(from = "octo/orders") {
  return {
    number: 12,
    title: "Refunds",
    body: "Adds refunds.",
    draft: false,
    author_association: "MEMBER",
    user: { login: "mona", type: "User" },
    labels: [{ name: "then" }],
    base: { sha: base, ref: "main", repo: { full_name: "octo/orders" } },
    head: { sha: head, ref: "feature/refunds", repo: { full_name: from } },
  };
}

function reports({ outputs }: StepResult) {
  const read = (path: string | undefined): unknown => JSON.parse(readFileSync(path ?? "", "utf8"));
  return { review: Report.parse(read(outputs["report-json"])), facts: FactsPart.parse(read(outputs["report-facts"])) };
}
const Report = z.looseObject({
  change: z.looseObject({ commits: z.array(z.unknown()) }),
  decision: z.looseObject({ policy: z.unknown() }),
  coverage: z.looseObject({ project: z.looseObject({ delta: z.looseObject({ state: z.string() }) }) }),
});
const FactsPart = z.looseObject({
  pullRequest: z.unknown(),
  coverage: z.unknown(),
  attributions: z.looseObject({ state: z.string(), value: z.unknown().optional() }),
});

/** The names of the workflow commands that the runner would obey. */
function commandsOf(stdout: string): string[] {
  return stdout.split("\n").flatMap((line) => /^\s*::([\w-]+)/.exec(line)?.[1] ?? []);
}

/** Unsigned: the client reads its scopes, and only GitHub checks its signature. */
const runtimeToken = [
  "{}",
  JSON.stringify({ scp: "Actions.Results:11111111-1111-1111-1111-111111111111:22222222-2222-2222-2222-222222222222" }),
  "x",
]
  .map((part) => Buffer.from(part).toString("base64url"))
  .join(".");

async function artifactService(): Promise<Record<string, string>> {
  const place = mkdtempSync(join(folder, "service-"));
  const env = { PATH: process.env["PATH"], HOME: place, TMPDIR: place, DTU_LOGS_DIR: place, DTU_CACHE_DIR: place };
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, "artifact-service.ts")], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  closers.push(() => child.stdin?.end());
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim()));
    child.once("exit", () => reject(new Error("the artifact service did not start")));
  });
  return { ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: runtimeToken };
}

async function answering(status: number): Promise<string> {
  const other = createServer(
    (request, response) => void request.resume().on("end", () => response.writeHead(status).end("{}")),
  );
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    other.close();
    other.closeAllConnections();
  });
  const { port } = other.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
