import type { FileLineMap } from "../change/line-map.ts";
import { showValue, type KeyPath } from "../policy/index.ts";
import type { CaseMistake } from "./case-problem.ts";
import { makeCommit } from "./made-commits.ts";
import { changedFile, writeFile } from "./made-files.ts";
import type { Head, Stage } from "./play.ts";
import type { WrittenCommit } from "./written/change.ts";
import type { WrittenFile } from "./written/files.ts";

/** What is pushed. */
interface Pushed {
  files: readonly WrittenFile[];
  commits: readonly WrittenCommit[] | undefined;
}

/** A push, or what the change was opened with: its files go to the commits that touch them, and there is a new head. */
export function addPush(
  stage: Stage,
  { files, commits = [{}] }: Pushed,
  at: { files: KeyPath; commits: KeyPath },
): void {
  const diffs: FileLineMap[][] = commits.map(() => []);
  stage.mistakes.push(...unknownFiles(commits, files, at.commits));
  for (const [index, written] of files.entries()) {
    const touching = commitsThatTouch(written, commits);
    if (touching.length === 0) {
      stage.mistakes.push(untouched(written, commits, [...at.files, index]));
      stage.untouched.add(written.path);
    } else addFile(stage, written, touching, diffs);
  }
  const number = stage.pushes.length;
  for (const [index, written] of commits.entries()) {
    const name = number === 0 ? `commit ${index + 1}` : `commit ${index + 1} of push ${number}`;
    const parent = stage.commits.at(-1)?.commit.sha ?? stage.mergeBase;
    const request = { name, written, changeAuthor: stage.author, parent, files: diffs[index] ?? [], at: stage.asOf };
    stage.commits.push(makeCommit(request));
  }
  stage.pushes.push(takeHead(stage));
}

function addFile(stage: Stage, written: WrittenFile, touching: readonly number[], diffs: FileLineMap[][]): void {
  const known = [written.previous_path, written.path].filter((path) => path !== undefined);
  const index = stage.files.findIndex(({ path }) => known.includes(path));
  const made = writeFile(stage.files[index] ?? null, written, touching.length);
  for (const [n, diff] of made.diffs.entries()) diffs[touching[n] ?? 0]?.push(diff);
  stage.files.splice(index === -1 ? stage.files.length : index, 1, made.file);
  // What the change brought and took away again is not part of it.
  if (made.file.isNew && made.file.deleted) stage.files = stage.files.filter((file) => file !== made.file);
}

function commitsThatTouch({ path, commit }: WrittenFile, commits: readonly WrittenCommit[]): number[] {
  if (commit !== undefined) return commit <= commits.length ? [commit - 1] : [];
  return commits.flatMap(({ files }, index) => (files === undefined || files.includes(path) ? [index] : []));
}

function untouched({ path, commit }: WrittenFile, commits: readonly WrittenCommit[], at: KeyPath): CaseMistake {
  return commit === undefined
    ? {
        ...{ code: "CT004", at, what: `no commit touches ${showValue(path)}: each names other files` },
        fix: "Name it in the `files` of a commit, or leave `files` out there.",
      }
    : {
        ...{ code: "CT004", at: [...at, "commit"], what: `there is no commit ${commit}: ${commits.length} in all` },
        fix: "Write the number of a commit, from 1.",
      };
}

function unknownFiles(commits: readonly WrittenCommit[], files: readonly WrittenFile[], at: KeyPath): CaseMistake[] {
  const known = files.flatMap(({ path, previous_path }) => [path, previous_path]);
  return commits.flatMap(({ files: named = [] }, index) =>
    named.flatMap((path, n): CaseMistake[] => {
      if (known.includes(path)) return [];
      const what = `${showValue(path)} is not among the files beside these commits`;
      return [
        { code: "CT004", at: [...at, index, "files", n], what, fix: "List it under `files` of the change or push." },
      ];
    }),
  );
}

/** What the change is at this moment becomes a head. */
export function takeHead(stage: Stage): Head {
  const files = stage.files.map(changedFile).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const head = { sha: stage.commits.at(-1)?.commit.sha ?? stage.mergeBase, files };
  stage.heads.push(head);
  return head;
}
