import { resolve } from "node:path";
import { deepen, readRemoteBranch } from "../adapters/git/deepen.ts";
import { listPaths } from "../adapters/git/read-blobs.ts";
import type { Remote } from "../adapters/git/remote.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository, tryGit, type GitRepository } from "../adapters/git/run-git.ts";
import { readPullRequest } from "../adapters/github/read-pull-request.ts";
import { findDefaultCoverage } from "../adapters/workspace/read-coverage-files.ts";
import { readPath } from "../core/change/path-name.ts";
import { present } from "../core/evidence.ts";
import type { Stage } from "../core/stage.ts";
import type { GateInput } from "../gate/read-facts.ts";
import { say } from "./log.ts";
import type { WorkflowEvent } from "./read-event.ts";
import type { Inputs } from "./read-inputs.ts";

/**
 * What the gate is to look at, from a step's inputs and its event: finds the base, fetches what a shallow clone lacks, and
 * reads the pull request as it is now. Throws a `Problem` for what the workflow can mend.
 */
export async function gateInput(
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
    ...(inputs.notes === "fetch" ? { notesFrom: remote } : {}),
    ...platformOf(event, inputs, env),
    reviewedFrom: remote,
    baselines: { clones: new Map(), server: { url: serverUrl(env), token: inputs.token } },
    policy: { from: "base", path: inputs.policy },
    coverage: {
      folder: workingDirectory,
      head: inputs.coverage ?? (await usualCoverage(repository, workingDirectory, checkedOut)),
      base: inputs.baseCoverage,
      tested: checkedOut === head ? null : checkedOut,
      baseline,
    },
    earlier:
      inputs.earlierReport === null
        ? null
        : { path: resolve(workingDirectory, inputs.earlierReport), name: inputs.earlierReport },
  };
}

/** Whom to ask about reviews: a pull request and a merge group have some, a push has none. */
function platformOf(event: WorkflowEvent, inputs: Inputs, env: NodeJS.ProcessEnv): Pick<GateInput, "platform"> {
  if (event.repository === null) return {};
  const about =
    event.queue !== null
      ? { mergeGroup: event.queue }
      : event.pullRequest.state === "present"
        ? { pullRequest: event.pullRequest.value.number }
        : null;
  const { owner, name } = event.repository;
  const address = { apiUrl: apiUrl(env), token: inputs.token, owner, name };
  return about === null ? {} : { platform: { address, about, run: env["GITHUB_RUN_ID"] ?? null } };
}

/** The reports that the tests of this job left in the usual places; null when there are none. */
async function usualCoverage(repository: GitRepository, folder: string, commit: string): Promise<string[] | null> {
  const tracked = await listPaths(repository, commit, (bytes) => readPath(bytes).path);
  const found = await findDefaultCoverage({ cwd: folder, repositoryRoot: repository.workTree ?? folder }, tracked);
  return found.length === 0 ? null : found;
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
    apiUrl: apiUrl(env),
    token: inputs.token,
    owner: event.repository.owner,
    name: event.repository.name,
    number: event.pullRequest.value.number,
  });
  if ("pullRequest" in reading) return present(reading.pullRequest);
  say(`The pull request's labels and text are those of the event that started this run: ${reading.failure}.`);
  return event.pullRequest;
}

function apiUrl(env: NodeJS.ProcessEnv): string {
  return env["GITHUB_API_URL"] || "https://api.github.com";
}

function serverUrl(env: NodeJS.ProcessEnv): string {
  return env["GITHUB_SERVER_URL"] || "https://github.com";
}
