import { mkdtemp, copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Problem } from "../../core/problem.ts";
import { gitText, type GitRepository } from "./run-git.ts";

/** Uncommitted work as a commit that exists only outside the repository. */
export interface WorkTreeCommit {
  commit: string;
  /** The repository, seeing the new objects too. */
  repository: GitRepository;
}

/**
 * Makes a commit of everything in the working tree that git does not ignore, on top of `head`, in a temporary object
 * store beside the repository's own: nothing in the repository changes. Its author is no one, because nobody has
 * committed it yet; its date is fixed, so that the same work gives the same commit.
 */
export async function commitWorkTree(repository: GitRepository, head: string): Promise<WorkTreeCommit> {
  if (repository.workTree === null) {
    throw new Problem(
      "`--worktree` needs a working tree, and this repository is bare.",
      "Point `--repo` at a clone with files.",
    );
  }
  const folder = await mkdtemp(join(tmpdir(), "countersign-worktree-"));
  // A linked working tree has its objects in the main repository.
  const objects = await gitText(repository, ["rev-parse", "--git-path", "objects"]);
  const environment = {
    GIT_OBJECT_DIRECTORY: folder,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(repository.gitDir, objects),
  };
  const withObjects: GitRepository = { ...repository, environment: { ...repository.environment, ...environment } };
  const index = join(folder, "index");
  await copyFile(join(repository.gitDir, "index"), index).catch(() => undefined);
  // Filters that run here are those of the person's own configuration in their own clone, as with `git add`.
  await gitText(withObjects, ["add", "--all"], {
    inWorkTree: true,
    environment: { GIT_INDEX_FILE: index, GIT_LITERAL_PATHSPECS: "0" },
  });
  const tree = await gitText(withObjects, ["write-tree"], { inWorkTree: true, environment: { GIT_INDEX_FILE: index } });
  const headTree = await gitText(repository, ["rev-parse", `${head}^{tree}`]);
  if (tree === headTree) return { commit: head, repository };
  const commit = await gitText(withObjects, ["commit-tree", tree, "-p", head, "-m", "Uncommitted work"], {
    environment: nobody,
  });
  return { commit, repository: withObjects };
}

const nobody = {
  GIT_AUTHOR_NAME: "not committed",
  GIT_AUTHOR_EMAIL: "",
  GIT_AUTHOR_DATE: "1970-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "not committed",
  GIT_COMMITTER_EMAIL: "",
  GIT_COMMITTER_DATE: "1970-01-01T00:00:00Z",
};
