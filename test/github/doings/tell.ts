import { payloadShapes } from "../payloads.ts";
import type { PullRequest, Repository, World } from "../state.ts";

/** Tells of a pull request, with its number and its present state beside what the action adds. */
export function tellPull(
  world: World,
  pull: PullRequest,
  action: string,
  sender: string,
  over: Record<string, unknown> = {},
  event = "pull_request",
): void {
  const repository = repositoryOfPull(world, pull);
  const number = event === "pull_request" ? { number: pull.number } : {};
  const data = payloadShapes(world).pull(pull, event === "pull_request" ? "pull" : "pull-simple");
  world.emit({ event, action, repository, sender, over: { ...number, pull_request: data, ...over } });
}

export function repositoryOfPull(world: World, pull: PullRequest): Repository {
  const repository = world.repositories.get(pull.repository);
  if (repository === undefined) throw new Error(`#${pull.number} has no repository`);
  return repository;
}
