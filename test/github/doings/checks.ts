import { appOf, now } from "../find.ts";
import { payloadShapes } from "../payloads.ts";
import { Refusal } from "../refusal.ts";
import type { CheckRun, Repository, Status, World } from "../state.ts";

/** Check runs and statuses. https://docs.github.com/en/rest/checks/runs */

export type CheckChange = Partial<Omit<CheckRun, "id" | "app" | "startedAt">>;

export function createCheckRun(
  world: World,
  repository: Repository,
  app: number,
  given: CheckChange & { name: string; headSha: string },
): CheckRun {
  const run: CheckRun = {
    ...{ id: world.serial(), app, externalId: "", detailsUrl: null, status: "queued", conclusion: null },
    ...{ startedAt: now(world), completedAt: null, title: null, summary: null, text: null, actions: [] },
    ...{ name: given.name, headSha: given.headSha, annotations: [] },
  };
  change(world, run, given);
  repository.checkRuns.push(run);
  tell(world, repository, run, "created");
  if (run.status === "completed") tell(world, repository, run, "completed");
  return run;
}

export function updateCheckRun(world: World, repository: Repository, run: CheckRun, given: CheckChange): void {
  const was = run.status;
  change(world, run, given);
  if (run.status === "completed" && was !== "completed") tell(world, repository, run, "completed");
}

/** Annotations are added to those that are there; a conclusion completes the run. */
function change(world: World, run: CheckRun, { annotations, ...given }: CheckChange): void {
  if (given.status === "completed" && (given.conclusion ?? run.conclusion) === null)
    throw new Refusal(422, 'Invalid request.\n\nNo subschema in "oneOf" matched.');
  Object.assign(run, given);
  run.annotations.push(...(annotations ?? []));
  if (given.conclusion !== undefined && given.conclusion !== null) run.status = "completed";
  if (run.status !== "completed") run.conclusion = null;
  run.completedAt = run.status === "completed" ? (run.completedAt ?? now(world)) : null;
}

/** A person pressed "Re-run", or one of the run's own buttons: its App alone is told. */
export function askAgain(world: World, repository: Repository, run: CheckRun, by: string, button?: string): void {
  const action = button === undefined ? "rerequested" : "requested_action";
  const more = button === undefined ? {} : { requested_action: { identifier: button } };
  world.emit({
    ...{ event: "check_run", action, repository, sender: by, app: run.app },
    over: { check_run: payloadShapes(world).checkRun(repository, run), ...more },
  });
}

function tell(world: World, repository: Repository, run: CheckRun, action: string): void {
  const sender = `${appOf(world, run.app).slug}[bot]`;
  const over = { check_run: payloadShapes(world).checkRun(repository, run) };
  world.emit({ event: "check_run", action, repository, sender, over });
}

export function setStatus(
  world: World,
  repository: Repository,
  given: { sha: string; context: string; state: string; description?: string | null; targetUrl?: string | null },
  creator: string,
): Status {
  const same = repository.statuses.filter(({ sha, context }) => sha === given.sha && context === given.context);
  if (same.length >= 1000)
    throw new Refusal(422, "Validation Failed", [
      {
        resource: "Status",
        code: "custom",
        message: "This SHA and context has reached the maximum number of statuses.",
      },
    ]);
  const { description = null, targetUrl = null } = given;
  const status = { id: world.serial(), ...given, description, targetUrl, creator, createdAt: now(world) };
  repository.statuses.push(status);
  const { sha, context, state } = status;
  const shapes = payloadShapes(world);
  const at = status.createdAt;
  const commit = shapes.commit(repository, sha);
  const over = {
    id: status.id,
    sha,
    name: repository.name,
    context,
    state,
    description,
    target_url: targetUrl,
    commit,
  };
  const rest = { branches: [], created_at: at, updated_at: at };
  world.emit({ event: "status", action: null, repository, sender: creator, over: { ...over, ...rest } });
  return status;
}
