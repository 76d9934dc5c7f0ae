import { Refusal } from "../refusal.ts";
import { laid, sample } from "../sample.ts";
import type { Artifact, Repository, WorkflowRun } from "../state.ts";
import { ok, type Call, type Routes } from "./route.ts";

/** Workflow runs and what they left behind. https://docs.github.com/en/rest/actions/artifacts */
export const actionRoutes: Routes = {
  "actions/list-workflow-runs-for-repo": {
    needs: ["actions: read"],
    answer: (call) => {
      const head = call.query("head_sha");
      const event = call.query("event");
      const kept = call
        .repository()
        .runs.filter((run) => (head === null || run.headSha === head) && (event === null || run.event === event));
      return ok({ total_count: kept.length, workflow_runs: kept.reverse().map((run) => runData(call, run)) });
    },
  },
  "actions/get-workflow-run": { needs: ["actions: read"], answer: (call) => ok(runData(call, run(call))) },
  "actions/list-workflow-run-artifacts": {
    needs: ["actions: read"],
    answer: (call) => {
      const { id } = run(call);
      const name = call.query("name");
      const kept = call
        .repository()
        .artifacts.filter((each) => each.run === id && (name === null || each.name === name));
      return ok({ total_count: kept.length, artifacts: kept.map((each) => artifactData(call, each)) });
    },
  },
  "actions/list-artifacts-for-repo": {
    needs: ["actions: read"],
    answer: (call) => {
      const name = call.query("name");
      const kept = call.repository().artifacts.filter((each) => name === null || each.name === name);
      return ok({ total_count: kept.length, artifacts: kept.map((each) => artifactData(call, each)) });
    },
  },
  "actions/get-artifact": { needs: ["actions: read"], answer: (call) => ok(artifactData(call, artifact(call))) },
  "actions/download-artifact": {
    needs: ["actions: read"],
    answer: (call) => {
      const { id, expired } = artifact(call);
      if (expired) throw new Refusal(410, "Artifact has expired");
      // Another host at GitHub, where no token is wanted; the address is good for a minute.
      return { status: 302, headers: { location: `${call.world.url}/_artifacts/${call.repository().id}/${id}` } };
    },
  },
};

function run(call: Call): WorkflowRun {
  const found = call.repository().runs.find(({ id }) => id === call.number("run_id"));
  if (found === undefined) throw new Refusal(404, "Not Found");
  return found;
}

function artifact(call: Call): Artifact {
  const found = call.repository().artifacts.find(({ id }) => id === call.number("artifact_id"));
  if (found === undefined) throw new Refusal(404, "Not Found");
  return found;
}

function runData(
  call: Call,
  { id, name, path, event, headSha, headBranch, status, conclusion, actor, headRepository }: WorkflowRun,
): unknown {
  const { answers, world } = call;
  const head = headRepository === null ? null : (world.repositories.get(headRepository) ?? call.repository());
  const lite = (repository: Repository) => answers.repository(repository, "repository-lite");
  return laid(sample("workflow-run"), {
    ...{ id, name, path, event, head_sha: headSha, head_branch: headBranch, status, conclusion, pull_requests: [] },
    ...{ actor: answers.user(actor), triggering_actor: answers.user(actor) },
    ...{ repository: lite(call.repository()), head_repository: head === null ? null : lite(head), head_commit: null },
  });
}

function artifactData(call: Call, { id, run: runId, name, zip, expired }: Artifact): unknown {
  const from = call.repository().runs.find((each) => each.id === runId);
  const workflow_run = from === undefined ? null : { id: runId, head_sha: from.headSha, head_branch: from.headBranch };
  const over = { id, name, size_in_bytes: zip.length, expired, workflow_run };
  return laid(sample("artifact"), over);
}
