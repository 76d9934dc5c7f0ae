import { now } from "../find.ts";
import { payloadShapes } from "../payloads.ts";
import { Refusal } from "../refusal.ts";
import type { Comment, Label, PullRequest, Repository, World } from "../state.ts";
import { record } from "./pulls.ts";
import { repositoryOfPull, tellPull } from "./tell.ts";

/** Labels and comments. */

export function makeLabel(
  world: World,
  repository: Repository,
  {
    name,
    color = "ededed",
    description = null,
  }: { name: string; color?: string | undefined; description?: string | null | undefined },
  by: string,
): Label {
  if (repository.labels.has(name.toLowerCase()))
    throw new Refusal(422, "Validation Failed", [{ resource: "Label", code: "already_exists", field: "name" }]);
  if (Array.from(name).length > 50 || (description ?? "").length > 100)
    throw new Refusal(422, "Validation Failed", [{ resource: "Label", code: "custom", field: "name" }]);
  const label = { id: world.serial(), name, color, description };
  repository.labels.set(name.toLowerCase(), label);
  world.emit({
    event: "label",
    action: "created",
    repository,
    sender: by,
    over: { label: payloadShapes(world).label(label) },
  });
  return label;
}

/** One that the repository does not have is made on the way, as GitHub does. */
export function addLabel(world: World, pull: PullRequest, name: string, by: string): void {
  const repository = repositoryOfPull(world, pull);
  const label = repository.labels.get(name.toLowerCase()) ?? makeLabel(world, repository, { name }, by);
  if (pull.labels.has(label.name)) return;
  if (pull.labels.size >= 100) throw new Refusal(422, "Validation Failed", [{ resource: "Issue", code: "custom" }]);
  pull.labels.add(label.name);
  record(world, pull, "labeled", by, { label: label.name });
  tellPull(world, pull, "labeled", by, { label: payloadShapes(world).label(label) });
}

export function removeLabel(world: World, pull: PullRequest, name: string, by: string): void {
  const label = repositoryOfPull(world, pull).labels.get(name.toLowerCase());
  if (label === undefined || !pull.labels.delete(label.name)) throw new Refusal(404, "Label does not exist");
  record(world, pull, "unlabeled", by, { label: label.name });
  tellPull(world, pull, "unlabeled", by, { label: payloadShapes(world).label(label) });
}

export function addComment(world: World, pull: PullRequest, body: string, by: string): Comment {
  const repository = repositoryOfPull(world, pull);
  if (body.length > 65_536)
    throw new Refusal(422, "Validation Failed", [
      {
        resource: "IssueComment",
        code: "custom",
        field: "body",
        message: "body is too long (maximum is 65536 characters)",
      },
    ]);
  const at = now(world);
  const comment = { id: world.serial(), number: pull.number, user: by, body, createdAt: at, updatedAt: at };
  repository.comments.push(comment);
  pull.updatedAt = at;
  tellComment(world, repository, pull, comment, "created", by);
  return comment;
}

export function editComment(world: World, repository: Repository, comment: Comment, body: string, by: string): void {
  const changes = { body: { from: comment.body } };
  comment.body = body;
  comment.updatedAt = now(world);
  tellComment(world, repository, repository.pulls.get(comment.number)!, comment, "edited", by, { changes });
}

export function deleteComment(world: World, repository: Repository, comment: Comment, by: string): void {
  repository.comments = repository.comments.filter(({ id }) => id !== comment.id);
  tellComment(world, repository, repository.pulls.get(comment.number)!, comment, "deleted", by);
}

function tellComment(
  world: World,
  repository: Repository,
  pull: PullRequest,
  comment: Comment,
  action: string,
  sender: string,
  more: Record<string, unknown> = {},
): void {
  const shapes = payloadShapes(world);
  const link = `${world.url}/pulls/${pull.number}`;
  const issue = {
    ...{ number: pull.number, id: pull.id, title: pull.title, user: shapes.user(pull.author), state: pull.state },
    ...{ labels: shapes.labels(repository, pull), body: pull.body, locked: false, assignee: null },
    ...{ created_at: pull.createdAt, updated_at: pull.updatedAt, closed_at: pull.closedAt },
    pull_request: { url: link, html_url: link, diff_url: link, patch_url: link, merged_at: pull.merged?.at ?? null },
  };
  const over = { issue, comment: shapes.comment(comment), ...more };
  world.emit({ event: "issue_comment", action, repository, sender, over });
}
