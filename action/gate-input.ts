import { resolve } from "node:path";
import { deepen, readRemoteBranch, type DeepenRequest } from "../adapters/git/deepen.ts";
import { listPaths } from "../adapters/git/read-tree.ts";
import type { Remote } from "../adapters/git/remote.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository, tryGit, type GitRepository } from "../adapters/git/run-git.ts";
import { isAgents } from "../adapters/github/pull-request.ts";
import { readPullRequest } from "../adapters/github/read-pull-request.ts";
import { findDefaultCoverage } from "../adapters/workspace/read-coverage-files.ts";
import { present } from "../core/evidence.ts";
import type { Stage } from "../core/stage.ts";
import { inertText } from "../core/untrusted/index.ts";
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
  const now = await stage("read pull request", () => currentPullRequest(event, inputs, env));
  const tip = await stage("find base", () => findBase(now.base, repository, remote));
  const head = event.head.sha;
  // The reports of the base are of the base commit unless the workflow names another one.
  const ofBase = inputs.baseCoverage ?? inputs.baseFindings;
  const baseline = ofBase === null ? null : (inputs.baseCoverageCommit ?? event.base.sha ?? tip);
  const request = { base: tip, head, others: baseline === null ? [] : [baseline] };
  const base = await stage("fetch history", () => fetchHistory(repository, remote, request, event));
  // What is checked out is what the tests ran on: on a pull request, usually the merge of head and base.
  const checkedOut = await resolveCommit(repository, "HEAD", "HEAD");
  return {
    clone: repository,
    range: { event: event.event, base, head, workTree: false, names: { base: now.base.name, head: event.head.name } },
    repository: event.repository,
    pullRequest: now.pullRequest,
    branch: event.branch,
    ...(inputs.notes === "fetch" ? { notesFrom: remote } : {}),
    ...platformOf(event, now.unsure, inputs, env),
    reviewedFrom: remote,
    floors: { clones: new Map(), server: { url: serverUrl(env), token: inputs.token }, set: inputs.floor },
    policy: { from: "base", path: inputs.policy },
    coverage: {
      folder: workingDirectory,
      head: inputs.coverage ?? (await usualCoverage(repository, workingDirectory, checkedOut)),
      base: inputs.baseCoverage,
      tested: checkedOut === head ? null : checkedOut,
      baseline,
    },
    findings: { head: inputs.findings, base: inputs.baseFindings },
    earlier:
      inputs.earlierReport === null
        ? null
        : { path: resolve(workingDirectory, inputs.earlierReport), name: inputs.earlierReport },
  };
}

/** Whom to ask about reviews: a pull request and a merge group have some, a push has none. */
function platformOf(
  event: WorkflowEvent,
  unsure: string | null,
  inputs: Inputs,
  env: NodeJS.ProcessEnv,
): Pick<GateInput, "platform"> {
  if (event.repository === null) return {};
  const about =
    event.queue !== null
      ? { mergeGroup: event.queue }
      : event.pullRequest.state === "present"
        ? { pullRequest: event.pullRequest.value.number }
        : null;
  const { owner, name } = event.repository;
  const address = { apiUrl: apiUrl(env), token: inputs.token, owner, name };
  const [run, id] = [env["GITHUB_RUN_ID"], env["GITHUB_JOB"]];
  const job = run === undefined || id === undefined ? null : { run, id };
  return about === null ? {} : { platform: { address, about, job, ...(unsure === null ? {} : { unsure }) } };
}

/** The reports that the tests of this job left in the usual places; null when there are none. */
async function usualCoverage(repository: GitRepository, folder: string, commit: string): Promise<string[] | null> {
  const tracked = await listPaths(repository, commit);
  const found = await findDefaultCoverage({ cwd: folder, repositoryRoot: repository.workTree ?? folder }, tracked);
  return found.length === 0 ? null : found;
}

/**
 * What a change is compared with, and whose policy judges it: of a pull request and of a merge group the tip that the base
 * branch has on the server now. A pull request's event has a commit that lags behind, and a repeated run gets that of its
 * first time, with the policy of then. A merge group's event has the commit that the group was put on, which holds the
 * pull requests ahead in the queue: what one of them makes of the policy is not merged yet, and a queue may merge them all
 * because the last one's check passed.
 */
async function findBase(base: Base, repository: GitRepository, remote: Remote): Promise<string> {
  if (base.sha !== null && !base.atTip) return base.sha;
  return base.atTip ? readRemoteBranch(repository, remote, base.name) : tipOf(repository, remote, base.name);
}

/** Fetches what is missing between base and head, and says what the base is after all. */
async function fetchHistory(
  repository: GitRepository,
  remote: Remote,
  request: DeepenRequest,
  { queue, base }: WorkflowEvent,
): Promise<string> {
  await deepen(repository, remote, request);
  if (queue === null || base.sha === null) return request.base;
  const contained = await tryGit(repository, ["merge-base", "--is-ancestor", request.head, request.base]);
  if (contained.code !== 0) return request.base;
  // The group was merged since: nothing is left between it and the tip, so it is compared with what it was put on.
  await deepen(repository, remote, { ...request, base: base.sha });
  return base.sha;
}

interface Base {
  name: string;
  sha: string | null;
  atTip: boolean;
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

interface Now {
  pullRequest: WorkflowEvent["pullRequest"];
  base: Base;
  /** Why nobody knows at whose request an agent opened it; null: that is known. */
  unsure: string | null;
}

/**
 * Base, labels and text as they are now, where the token may read them; else as the event had them. Who asked an agent for
 * the work is whoever was assigned then or is now: an assignee who is taken off may still not approve.
 */
async function currentPullRequest(event: WorkflowEvent, inputs: Inputs, env: NodeJS.ProcessEnv): Promise<Now> {
  const known = event.pullRequest;
  if (known.state === "absent") {
    const atTip = event.queue !== null;
    return { pullRequest: known, base: { ...event.base, atTip }, unsure: null };
  }
  const atEvent = { ...event.base, atTip: !event.isMerged };
  const reading =
    event.repository === null
      ? { failure: "the repository is not known" }
      : await readPullRequest({
          apiUrl: apiUrl(env),
          token: inputs.token,
          owner: event.repository.owner,
          name: event.repository.name,
          number: known.value.number,
        });
  if ("failure" in reading) {
    say(`The pull request's base, labels and text are those of the event that started this run: ${reading.failure}.`);
    const unsure = `the pull request was opened by ${inertText(known.value.author, { maxGraphemes: 60 })}, and at whose request could not be read: ${reading.failure}`;
    return { pullRequest: known, base: atEvent, unsure: isAgents(known.value) ? unsure : null };
  }
  const { pullRequest, base } = reading;
  const requesters = [...new Set([...known.value.agentRequesters, ...pullRequest.agentRequesters])].sort();
  return {
    pullRequest: present({ ...pullRequest, agentRequesters: requesters }),
    base: { name: base.name, sha: base.sha, atTip: !base.isMerged },
    unsure: null,
  };
}

function apiUrl(env: NodeJS.ProcessEnv): string {
  return env["GITHUB_API_URL"] || "https://api.github.com";
}

function serverUrl(env: NodeJS.ProcessEnv): string {
  return env["GITHUB_SERVER_URL"] || "https://github.com";
}
