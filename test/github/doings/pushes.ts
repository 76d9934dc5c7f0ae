import { accountOf, now } from "../find.ts";
import { bring, commitOf, commitsBetween, commitTree, filesBetween, mergedTree, setRef, tipOf } from "../git.ts";
import type { PullRequest, Repository, World } from "../state.ts";
import { tellPull } from "./tell.ts";

const none = "0".repeat(40);

/** What follows from a branch that moved: `push`, `create` or `delete`, and every open pull request whose head it is. */
export function branchMoved(
  world: World,
  repository: Repository,
  branch: string,
  { before, after, sender }: { before: string | null; after: string | null; sender: string },
): void {
  if (before === after) return;
  const made = { ref_type: "branch", pusher_type: "user" };
  world.emit({
    event: "push",
    action: null,
    repository,
    sender,
    over: pushData(world, repository, branch, before, after, sender),
  });
  if (before === null)
    world.emit({
      ...{ event: "create", action: null, repository, sender },
      over: { ref: branch, master_branch: repository.defaultBranch, ...made },
    });
  if (after === null) world.emit({ event: "delete", action: null, repository, sender, over: { ref: branch, ...made } });
  for (const pull of pullsFrom(world, repository, branch)) if (after !== null) headMoved(world, pull, after, sender);
}

function pullsFrom(world: World, repository: Repository, branch: string): PullRequest[] {
  const all = [...world.repositories.values()].flatMap(({ pulls }) => [...pulls.values()]);
  return all.filter(
    ({ state, headRepository, headRef }) => state === "open" && headRepository === repository.id && headRef === branch,
  );
}

/** A push to the head of an open pull request: its refs, the base as of now, and `synchronize`. */
function headMoved(world: World, pull: PullRequest, after: string, sender: string): void {
  const before = pull.headSha;
  pull.headSha = after;
  pull.updatedAt = now(world);
  const base = world.repositories.get(pull.repository)!;
  pull.baseSha = tipOf(base, pull.baseRef) ?? pull.baseSha;
  writeRefs(world, pull);
  tellPull(world, pull, "synchronize", sender, { before, after });
}

/** `refs/pull/N/head`, and `…/merge` while it merges without conflict. */
export function writeRefs(world: World, pull: PullRequest): void {
  const repository = world.repositories.get(pull.repository)!;
  const from = pull.headRepository === null ? undefined : world.repositories.get(pull.headRepository);
  bring(from ?? repository, repository, pull.headSha, `refs/pull/${pull.number}/head`);
  const tree = mergedTree(repository, pull.baseSha, pull.headSha);
  const ref = `refs/pull/${pull.number}/merge`;
  if (tree === null) {
    setRef(repository, ref, null);
    return;
  }
  const message = `Merge ${pull.headSha} into ${pull.baseSha}`;
  setRef(repository, ref, commitTree(repository, { tree, parents: [pull.baseSha, pull.headSha], message }));
}

function pushData(
  world: World,
  repository: Repository,
  branch: string,
  before: string | null,
  after: string | null,
  sender: string,
) {
  const commits = after === null || before === null ? [] : commitsBetween(repository, before, after).slice(-20);
  return {
    ...{ ref: `refs/heads/${branch}`, before: before ?? none, after: after ?? none },
    ...{
      created: before === null,
      deleted: after === null,
      forced: isForced(repository, before, after),
      base_ref: null,
    },
    ...{ compare: world.url, pusher: { name: sender, email: accountOf(world, sender).emails[0] ?? "x@example.com" } },
    commits: commits.map((sha) => pushedCommit(repository, sha)),
    head_commit: after === null ? null : pushedCommit(repository, after),
  };
}

function isForced(repository: Repository, before: string | null, after: string | null): boolean {
  if (before === null || after === null) return false;
  return commitsBetween(repository, after, before).length > 0;
}

function pushedCommit(repository: Repository, sha: string): unknown {
  const { tree, message, author, committer, parents } = commitOf(repository, sha);
  const files = parents[0] === undefined ? [] : filesBetween(repository, parents[0], sha);
  const named = (status: string) => files.filter((file) => file.status === status).map(({ filename }) => filename);
  return {
    ...{
      id: sha,
      tree_id: tree,
      distinct: true,
      message,
      timestamp: author.date,
      url: `https://github.com/commit/${sha}`,
    },
    ...{
      author: { name: author.name, email: author.email },
      committer: { name: committer.name, email: committer.email },
    },
    ...{ added: named("added"), removed: named("removed"), modified: named("modified") },
  };
}
