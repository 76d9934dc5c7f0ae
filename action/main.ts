import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { deepen, readRemoteBranch, type Remote } from "../adapters/git/deepen.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository, tryGit, type GitRepository } from "../adapters/git/run-git.ts";
import { readPullRequest } from "../adapters/github/read-pull-request.ts";
import { changeAttributes, pipelineAttributes } from "../adapters/telemetry/attributes.ts";
import { openTelemetry } from "../adapters/telemetry/trace.ts";
import { present } from "../core/evidence.ts";
import { Problem } from "../core/problem.ts";
import type { Stage } from "../core/stage.ts";
import { inertText } from "../core/untrusted/index.ts";
import { engine } from "../gate/engine.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { GateInput } from "../gate/read-facts.ts";
import { runGate } from "../gate/run-gate.ts";
import { fail, say } from "./log.ts";
import { publishResult } from "./publish.ts";
import { readEvent, type WorkflowEvent } from "./read-event.ts";
import { readInputs, type Inputs } from "./read-inputs.ts";

/** Runs the Action once in the runner's environment. Never throws; sets the process's exit code as `check` does. */
export async function run(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    process.exitCode = await gate(env);
  } catch (error) {
    fail(explain(error));
    process.exitCode = error instanceof Problem ? exitCodes.usage : exitCodes.fault;
  }
}

/** How long a slow collector of traces may hold the job up. */
const traceTimeoutMs = 2000;

async function gate(env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const inputs = readInputs(env);
  const event = readEvent(env, await readEventFile(env["GITHUB_EVENT_PATH"] ?? ""));
  const workingDirectory = await openFolder(resolve(env["GITHUB_WORKSPACE"] ?? ".", inputs.workingDirectory));
  const telemetry = await openTelemetry(env, { "service.version": engine.version });
  telemetry.describe(pipelineAttributes(env));
  try {
    const input = await gateInput(inputs, event, workingDirectory, env, telemetry.stage);
    const result = await runGate(input, { now: () => new Date(), stage: telemetry.stage });
    telemetry.describe(changeAttributes(result.review));
    return await telemetry.stage("publish", () => publishResult(result, inputs, workingDirectory, env));
  } finally {
    const trouble = await telemetry.shutdown(traceTimeoutMs);
    if (trouble !== null) say(trouble);
  }
}

async function gateInput(
  inputs: Inputs,
  event: WorkflowEvent,
  workingDirectory: string,
  env: NodeJS.ProcessEnv,
  stage: Stage,
): Promise<GateInput> {
  const repository = await openRepository(workingDirectory);
  const remote = { url: `${serverUrl(env)}/${env["GITHUB_REPOSITORY"] ?? ""}`, token: inputs.token };
  const base = event.base.sha ?? (await stage("find base", () => tipOf(repository, remote, event.base.name)));
  const head = event.head.sha;
  // The report of the base is of the base commit unless the workflow names another one.
  const baseline = inputs.baseCoverage === null ? null : (inputs.baseCoverageCommit ?? base);
  const request = { base, head, others: baseline === null ? [] : [baseline] };
  await stage("fetch history", () => deepen(repository, remote, request));
  // What is checked out is what the tests ran on: on a pull request, usually the merge of head and base.
  const checkedOut = await resolveCommit(repository, "HEAD", "HEAD");
  return {
    repositoryPath: workingDirectory,
    range: { event: event.event, base, head, workTree: false, names: { base: event.base.name, head: event.head.name } },
    repository: event.repository,
    pullRequest: await stage("read pull request", () => currentPullRequest(event, inputs, env)),
    branch: event.branch,
    policy: { from: "base", path: inputs.policy },
    coverage: {
      folder: workingDirectory,
      head: inputs.coverage,
      base: inputs.baseCoverage,
      tested: checkedOut === head ? null : checkedOut,
      baseline,
    },
  };
}

async function tipOf(repository: GitRepository, remote: Remote, branch: string): Promise<string> {
  const known = await tryGit(repository, [
    "rev-parse",
    "--verify",
    "--quiet",
    `refs/remotes/origin/${branch}^{commit}`,
  ]);
  return known.code === 0 ? known.stdout.toString("utf8").trim() : readRemoteBranch(repository, remote, branch);
}

/** Labels and text as they are now, where the token may read them; else as the event had them. */
async function currentPullRequest(event: WorkflowEvent, inputs: Inputs, env: NodeJS.ProcessEnv) {
  if (event.pullRequest.state === "absent" || event.repository === null) return event.pullRequest;
  const reading = await readPullRequest({
    apiUrl: env["GITHUB_API_URL"] || "https://api.github.com",
    token: inputs.token,
    owner: event.repository.owner,
    name: event.repository.name,
    number: event.pullRequest.value.number,
  });
  if ("pullRequest" in reading) return present(reading.pullRequest);
  say(`The pull request's labels and text are those of the event that started this run: ${reading.failure}.`);
  return event.pullRequest;
}

function serverUrl(env: NodeJS.ProcessEnv): string {
  return env["GITHUB_SERVER_URL"] || "https://github.com";
}

async function readEventFile(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new Problem(
      "There is no event to read: GITHUB_EVENT_PATH names no readable file.",
      "Run Countersign as a step of a GitHub workflow; elsewhere use the command `countersign check`.",
      { cause },
    );
  });
}

async function openFolder(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return path;
  throw new Problem(
    `There is no folder ${inertText(path)}.`,
    "Run actions/checkout before this step, and name in `working-directory` the folder that it checks out into.",
  );
}

/** A person's mistake is said without a stack; our own keeps its stack and its causes. */
function explain(error: unknown): string {
  if (error instanceof Problem) return `${error.what}\n${error.fix}`;
  return `Countersign failed, and it is not your fault. No decision was made.\n${describe(error)}`;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by: ${describe(error.cause)}`;
}
