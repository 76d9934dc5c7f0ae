import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { base, baseTip, feature, type CommitSource } from "./history.ts";
import { runGit } from "./run-git.ts";

const source = fileURLToPath(new URL("source/", import.meta.url));

/** What must come out the same on every machine. */
export interface Expected {
  /** The commit of each branch in the bundle. */
  refs: Record<"main" | "feature/refunds", string>;
  /** Where the branch left `main`. */
  mergeBase: string;
  /** How many commits the branch carries. */
  commits: number;
  /** The commits whose tests made the coverage. */
  coverage: { base: string; head: string };
}

/** Makes the example's repository in an empty folder, commit by commit. Leaves `feature/refunds` checked out. */
export function buildRepository(directory: string): Expected {
  refuseForgottenFiles();
  runGit({ directory, args: ["init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main"] });
  for (const commit of base) addCommit(directory, commit);
  runGit({ directory, args: ["branch", "feature/refunds"] });
  for (const commit of baseTip) addCommit(directory, commit);
  runGit({ directory, args: ["checkout", "--quiet", "feature/refunds"] });
  for (const commit of feature) addCommit(directory, commit);

  const refs = { main: commitOf(directory, "main"), "feature/refunds": commitOf(directory, "feature/refunds") };
  const mergeBase = runGit({ directory, args: ["merge-base", "main", "feature/refunds"] });
  return { refs, mergeBase, commits: feature.length, coverage: { base: mergeBase, head: refs["feature/refunds"] } };
}

// A file of source/base that no commit brings in would silently be missing from the service.
function refuseForgottenFiles(): void {
  const added = new Set(base.flatMap((commit) => commit.adds ?? []));
  const forgotten = readdirSync(join(source, "base"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(source, "base").length + 1)
        .replaceAll("\\", "/"),
    )
    .filter((path) => !added.has(path));
  if (forgotten.length > 0) throw new Error(`history.ts: no commit adds source/base/${forgotten.join(", ")}`);
}

function addCommit(directory: string, commit: CommitSource): void {
  const folder = join(source, "commits", commit.folder);
  if (commit.adds) addFiles(directory, commit.adds);
  else runGit({ directory, args: ["apply", "--index", "--whitespace=nowarn", join(folder, "change.patch")] });

  const committer = commit.committer ?? commit.author;
  runGit({
    directory,
    // Cleaning up would touch the messages, and the messages are what the example is about.
    args: ["commit", "--quiet", "--no-verify", "--cleanup=verbatim", "--file", join(folder, "message.txt")],
    env: {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.mail,
      GIT_AUTHOR_DATE: commit.date,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.mail,
      GIT_COMMITTER_DATE: commit.date,
    },
  });
}

function addFiles(directory: string, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    cpSync(join(source, "base", path), join(directory, path));
  }
  runGit({ directory, args: ["add", "--force", "--", ...paths] });
}

function commitOf(directory: string, ref: string): string {
  return runGit({ directory, args: ["rev-parse", `refs/heads/${ref}`] });
}
