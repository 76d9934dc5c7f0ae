import { payloadShapes } from "../payloads.ts";
import type { Repository, WorkflowRun, World } from "../state.ts";

/** A workflow came to its end: what it left behind may be fetched. */
export function tellRun(world: World, repository: Repository, run: WorkflowRun): void {
  const shapes = payloadShapes(world);
  const { id, name, path, event, headSha, headBranch, status, conclusion, actor } = run;
  const head = (run.headRepository === null ? undefined : world.repositories.get(run.headRepository)) ?? repository;
  const lite = (each: Repository) => shapes.repository(each, "repository-lite");
  const workflow_run = {
    ...{ id, name, path, event, head_sha: headSha, head_branch: headBranch, status, conclusion, pull_requests: [] },
    ...{ actor: shapes.user(actor), triggering_actor: shapes.user(actor) },
    ...{ repository: lite(repository), head_repository: lite(head) },
  };
  world.emit({ event: "workflow_run", action: "completed", repository, sender: actor, over: { workflow_run } });
}
