import { accountOf, fullName, now, permissionOf, teamOf } from "../find.ts";
import { tipOf } from "../git.ts";
import { payloadShapes } from "../payloads.ts";
import { Refusal } from "../refusal.ts";
import type { IssueEvent, PullRequest, Repository, Review, ReviewState, World } from "../state.ts";
import { writeRefs } from "./pushes.ts";
import { repositoryOfPull, tellPull } from "./tell.ts";

/** What people and Apps do to pull requests. Each changes the state, and then tells of it. */

export interface NewPull {
  title: string;
  body?: string | null;
  head: string;
  /** The fork that the head is in. */
  from?: Repository;
  base: string;
  author: string;
  draft?: boolean;
}

export function openPull(world: World, repository: Repository, request: NewPull): PullRequest {
  const from = request.from ?? repository;
  const head = tipOf(from, request.head);
  const base = tipOf(repository, request.base);
  if (head === null) throw new Refusal(422, "Validation Failed", [invalid("head")]);
  if (base === null) throw new Refusal(422, "Validation Failed", [invalid("base")]);
  const at = now(world);
  const pull: PullRequest = {
    ...{ id: world.serial(), number: repository.nextNumber, repository: repository.id, title: request.title },
    ...{ body: request.body ?? null, author: request.author, state: "open", draft: request.draft ?? false },
    ...{ baseRef: request.base, baseSha: base, headRef: request.head, headRepository: from.id, headSha: head },
    ...{ merged: null, labels: new Set(), assignees: new Set(), requestedUsers: new Set(), requestedTeams: new Set() },
    ...{ reviews: [], events: [], createdAt: at, updatedAt: at, closedAt: null },
  };
  repository.nextNumber += 1;
  repository.pulls.set(pull.number, pull);
  writeRefs(world, pull);
  tellPull(world, pull, "opened", request.author);
  return pull;
}

function invalid(field: string) {
  return { resource: "PullRequest", field, code: "invalid" };
}

export interface PullChange {
  title?: string | undefined;
  body?: string | null | undefined;
  base?: string | undefined;
  state?: "open" | "closed" | undefined;
}

export function editPull(world: World, pull: PullRequest, change: PullChange, by: string): void {
  const changes = {
    ...(change.title === undefined ? {} : { title: { from: pull.title } }),
    ...(change.body === undefined ? {} : { body: { from: pull.body ?? "" } }),
    ...(change.base === undefined ? {} : retargeted(world, pull, change.base, by)),
  };
  pull.title = change.title ?? pull.title;
  if (change.body !== undefined) pull.body = change.body;
  if (Object.keys(changes).length > 0) {
    touch(world, pull);
    tellPull(world, pull, "edited", by, { changes });
  }
  if (change.state === "closed" && pull.state === "open") closePull(world, pull, by);
  if (change.state === "open" && pull.state === "closed") reopenPull(world, pull, by);
}

function retargeted(world: World, pull: PullRequest, base: string, by: string) {
  const tip = tipOf(repositoryOfPull(world, pull), base);
  if (tip === null) throw new Refusal(422, "Validation Failed", [invalid("base")]);
  const from = { ref: pull.baseRef, sha: pull.baseSha };
  pull.baseRef = base;
  pull.baseSha = tip;
  record(world, pull, "base_ref_changed", by, { from: from.ref, to: base });
  writeRefs(world, pull);
  return { base: { ref: { from: from.ref }, sha: { from: from.sha } } };
}

export function closePull(world: World, pull: PullRequest, by: string): void {
  pull.state = "closed";
  pull.closedAt = now(world);
  record(world, pull, "closed", by);
  tellPull(world, pull, "closed", by);
}

/** The head is what its branch is at by now: GitHub does not follow a closed one. */
export function reopenPull(world: World, pull: PullRequest, by: string): void {
  const from = pull.headRepository === null ? undefined : world.repositories.get(pull.headRepository);
  const head = from === undefined ? null : tipOf(from, pull.headRef);
  if (head === null || pull.merged !== null) throw new Refusal(422, "Validation Failed", [invalid("state")]);
  pull.headSha = head;
  pull.state = "open";
  pull.closedAt = null;
  writeRefs(world, pull);
  record(world, pull, "reopened", by);
  tellPull(world, pull, "reopened", by);
}

export function setDraft(world: World, pull: PullRequest, draft: boolean, by: string): void {
  if (pull.draft === draft) return;
  pull.draft = draft;
  record(world, pull, draft ? "convert_to_draft" : "ready_for_review", by);
  tellPull(world, pull, draft ? "converted_to_draft" : "ready_for_review", by);
}

export function assign(world: World, pull: PullRequest, login: string, by: string): void {
  pull.assignees.add(login);
  record(world, pull, "assigned", by, { assignee: login });
  tellPull(world, pull, "assigned", by, { assignee: payloadShapes(world).user(login) });
}

/** All or nothing, as GitHub does: one team that may not read the repository refuses the whole request. */
export function requestReviews(
  world: World,
  pull: PullRequest,
  wanted: { users: readonly string[]; teams: readonly string[] },
  by: string,
): void {
  const repository = repositoryOfPull(world, pull);
  for (const login of wanted.users) mustBeCollaborator(world, repository, pull, login);
  for (const slug of wanted.teams)
    if (teamOf(world, repository.owner, slug)?.repositories.has(repository.id) !== true)
      throw new Refusal(
        422,
        `Reviews may only be requested from collaborators. One or more of the teams you specified is not a collaborator of the ${fullName(repository)} repository.`,
      );
  for (const login of wanted.users) {
    pull.requestedUsers.add(login);
    record(world, pull, "review_requested", by);
    tellPull(world, pull, "review_requested", by, { requested_reviewer: payloadShapes(world).user(login) });
  }
  for (const slug of wanted.teams) {
    pull.requestedTeams.add(slug);
    record(world, pull, "review_requested", by);
    tellPull(world, pull, "review_requested", by, {
      requested_team: payloadShapes(world).team(repository.owner, slug),
    });
  }
}

function mustBeCollaborator(world: World, repository: Repository, pull: PullRequest, login: string): void {
  if (login === pull.author) throw new Refusal(422, "Review cannot be requested from pull request author.");
  if (permissionOf(world, repository, login) === null)
    throw new Refusal(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName(repository)} repository.`,
    );
}

export function withdrawRequests(
  world: World,
  pull: PullRequest,
  wanted: { users: readonly string[]; teams: readonly string[] },
  by: string,
): void {
  const shapes = payloadShapes(world);
  const { owner } = repositoryOfPull(world, pull);
  for (const login of wanted.users)
    if (pull.requestedUsers.delete(login))
      tellPull(world, pull, "review_request_removed", by, { requested_reviewer: shapes.user(login) });
  for (const slug of wanted.teams)
    if (pull.requestedTeams.delete(slug))
      tellPull(world, pull, "review_request_removed", by, { requested_team: shapes.team(owner, slug) });
}

export function submitReview(
  world: World,
  pull: PullRequest,
  given: { user: string; state: ReviewState; body?: string; commit?: string | null },
): Review {
  accountOf(world, given.user);
  const commit = given.commit === undefined ? pull.headSha : given.commit;
  const submittedAt = given.state === "PENDING" ? null : now(world);
  const review = {
    id: world.serial(),
    user: given.user,
    state: given.state,
    body: given.body ?? "",
    commit,
    submittedAt,
  };
  pull.reviews.push(review);
  pull.requestedUsers.delete(given.user);
  if (given.state !== "PENDING") tellReview(world, pull, review, "submitted", given.user);
  return review;
}

export function dismissReview(world: World, pull: PullRequest, id: number, by: string): void {
  const review = pull.reviews.find((each) => each.id === id);
  if (review === undefined) throw new Refusal(404, "Not Found");
  review.state = "DISMISSED";
  tellReview(world, pull, review, "dismissed", by);
}

function tellReview(world: World, pull: PullRequest, review: Review, action: string, by: string): void {
  touch(world, pull);
  const over = { review: payloadShapes(world).review(pull, review) };
  tellPull(world, pull, action, by, over, "pull_request_review");
}

export function record(
  world: World,
  pull: PullRequest,
  event: string,
  actor: string,
  more: Partial<IssueEvent> = {},
): void {
  touch(world, pull);
  pull.events.push({ id: world.serial(), event, actor, at: now(world), ...more });
}

function touch(world: World, pull: PullRequest): void {
  pull.updatedAt = now(world);
}
