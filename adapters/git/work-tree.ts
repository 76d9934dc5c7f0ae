import { copyFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";
import { splitAtNul } from "./read-blobs.ts";
import { gitText, tryGit, type GitOptions, type GitRepository } from "./run-git.ts";
import { asConfiguration } from "./safe-git.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Uncommitted work as a commit that exists only outside the repository. */
export interface WorkTreeCommit {
  /** The head itself when nothing is uncommitted. */
  commit: string;
  /** The repository, seeing the new objects too. */
  repository: GitRepository;
}

/**
 * Makes a commit of everything in the working tree that git does not ignore, on top of `head`, in a temporary object
 * store beside the repository's own: nothing in the repository changes and no filter or hook runs, so a file that a
 * filter would shorten (Git LFS) is judged by its contents. Its author is no one, because nobody has committed it yet;
 * its date is fixed, so that the same work gives the same commit.
 */
export async function commitWorkTree(repository: GitRepository, head: string): Promise<WorkTreeCommit> {
  if (repository.workTree === null) {
    throw new Problem(
      "`--worktree` needs a working tree, and this repository is bare.",
      "Point `--repo` at a clone with files.",
    );
  }
  const folder = await temporaryFolder("worktree");
  const withObjects = addObjectFolder(repository, folder);
  const index = join(folder, "index");
  await copyFile(join(repository.gitDir, "index"), index).catch(() => undefined);
  const tree = await writeTree(withObjects, index);
  const headTree = await gitText(repository, ["rev-parse", `${head}^{tree}`]);
  if (tree === headTree) return { commit: head, repository };
  const commit = await gitText(withObjects, ["commit-tree", tree, "-p", head, "-m", "Uncommitted work"], {
    environment: nobody,
    settings: ["i18n.commitEncoding=utf-8"],
  });
  return { commit, repository: withObjects };
}

/** The repository, writing new objects into `folder` and reading from both. */
function addObjectFolder(repository: GitRepository, folder: string): GitRepository {
  const alternate = quoteForList(repository.objects.path);
  const environment = { GIT_OBJECT_DIRECTORY: folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: alternate };
  return { ...repository, environment: { ...repository.environment, ...environment } };
}

/** The list of object folders is cut at each colon, unless a path stands in quotes. Source: git(1). */
function quoteForList(path: string): string {
  if (!path.includes(delimiter) && !path.startsWith('"')) return path;
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

async function writeTree(repository: GitRepository, index: string): Promise<string> {
  const habits = await readSettings(repository, "^core\\.(excludesfile|autocrlf|eol)$", ownConfiguration);
  const filters = await readSettings(repository, "^filter\\.");
  const options: GitOptions = {
    inWorkTree: true,
    settings: ["core.splitIndex=false", "core.safecrlf=false", "advice.addEmbeddedRepo=false"],
    environment: {
      ...asConfiguration([...habits, ...filters.map(switchOff)]),
      GIT_INDEX_FILE: index,
      XDG_CONFIG_HOME: process.env.XDG_CONFIG_HOME,
    },
  };
  const added = await tryGit(repository, ["add", "--all"], options);
  // The same settings again: whoever writes an index looks at files whose time stamps leave a doubt, through filters.
  if (added.code === 0) return gitText(repository, ["write-tree"], options);
  throw new Problem(
    `Some of the working tree could not be read: ${inertText(added.stderr.trim(), { maxGraphemes: 500 })}`,
    "Make these files readable, have git ignore them, or judge only what is committed, without `--worktree`.",
  );
}

/** Lets git see what the person configured for all repositories: there stands what git ignores and how lines end. */
const ownConfiguration = {
  GIT_CONFIG_GLOBAL: undefined,
  GIT_CONFIG_NOSYSTEM: undefined,
  XDG_CONFIG_HOME: process.env.XDG_CONFIG_HOME,
};

type Setting = readonly [name: string, value: string];

async function readSettings(
  repository: GitRepository,
  pattern: string,
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Setting[]> {
  // Reading configuration runs nothing.
  const args = ["config", "--includes", "-z", "--get-regexp", pattern];
  const { stdout } = await tryGit(repository, args, { inWorkTree: true, environment });
  return splitAtNul(stdout).map((entry) => {
    const [name = "", ...value] = entry.toString("utf8").split("\n");
    return [name, value.length === 0 ? "true" : value.join("\n")];
  });
}

/** A filter without a command and not required passes files through as they are. */
function switchOff([name]: Setting): Setting {
  return [name, name.endsWith(".required") ? "false" : ""];
}

const nobody = {
  GIT_AUTHOR_NAME: "not committed",
  GIT_AUTHOR_EMAIL: "",
  GIT_AUTHOR_DATE: "1970-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "not committed",
  GIT_COMMITTER_EMAIL: "",
  GIT_COMMITTER_DATE: "1970-01-01T00:00:00Z",
};
