import type { FileLineMap } from "../change/line-map.ts";
import { showValue, type KeyPath } from "../policy/index.ts";
import type { CaseMistake } from "./case-problem.ts";
import type { Step, TrialCase } from "./inherit.ts";
import { makeCommit, type MadeCommit } from "./made-commits.ts";
import { changedFile, madeSha, writeFile, type MadeFile } from "./made-files.ts";
import { addLabel, addOverride, addReview, dismiss, joinTeam, leaveTeam, removeLabel } from "./played-people.ts";
import { fullInstant, minuteAfter } from "./times.ts";
import type { WrittenCommit } from "./written/change.ts";
import type { WrittenFile } from "./written/files.ts";
import type { ChangedFile, Sha } from "../change/change.ts";
import type { Override, PullRequestReview } from "../ownership/index.ts";
import type { z } from "zod";

/** The change at one moment: what somebody could look at. */
export interface Head {
  sha: Sha;
  files: ChangedFile[];
}

/** Everything that the script of a case came to. */
export interface Played {
  mergeBase: Sha;
  base: string;
  /** When the base branch was changed last; null: never. */
  retargetedAt: string | null;
  /** As opened, and after each push and rebase; the last one is the head. */
  heads: Head[];
  commits: MadeCommit[];
  reviews: z.infer<typeof PullRequestReview>[];
  overrides: z.infer<typeof Override>[];
  labels: string[];
  draft: boolean;
  /** Members of each team that the case lists. */
  teams: Map<string, readonly string[] | "missing" | "unread">;
  /** ISO 8601, UTC: when the last step was taken. */
  asOf: string;
  mistakes: CaseMistake[];
}

/** A case in the middle of being played. */
export interface Stage extends Played {
  files: MadeFile[];
  /** The heads that people name: `opened` is 0, `1st push` is 1. */
  pushes: Head[];
  author: string;
}

/** Plays a case from the opening of its pull request to its last event, each step a minute after the one before it. */
export function play(one: TrialCase): Played {
  const { change, setting } = one;
  const mergeBase = madeSha("base");
  const stage: Stage = {
    ...{
      mergeBase,
      base: change.base ?? "main",
      retargetedAt: null,
      heads: [],
      commits: [],
      reviews: [],
      overrides: [],
    },
    labels: [...(change.labels ?? [])],
    draft: change.draft ?? false,
    teams: new Map(Object.entries(setting.teams ?? {})),
    asOf: fullInstant(setting.as_of ?? "2026-01-15T12:00:00Z"),
    mistakes: [],
    files: [],
    pushes: [],
    author: change.author ?? "author",
  };
  const at = one.writtenAt.get("files") ?? one.at;
  const opened = { files: change.files ?? [{ path: "src/index.ts" }], commits: change.commits };
  addPush(stage, opened, { files: at, commits: one.writtenAt.get("commits") ?? one.at });
  for (const step of one.steps) take(stage, step);
  return stage;
}

function take(stage: Stage, { event, at }: Step): void {
  if (event.date === undefined) stage.asOf = minuteAfter(stage.asOf);
  else passTime(stage, event.date, at);
  if (event.push !== undefined) {
    const { files = [], commits } = event.push;
    addPush(stage, { files, commits }, { files: [...at, "files"], commits: [...at, "commits"] });
  }
  if (event.review !== undefined) addReview(stage, event.review, at);
  if (event.override !== undefined) addOverride(stage, event.override, at);
  if (event.dismiss !== undefined) dismiss(stage, event.dismiss, at);
  if (event.rebase === true) rebase(stage);
  if (event.retarget !== undefined) retarget(stage, event.retarget);
  if (event.label !== undefined) addLabel(stage, event.label);
  if (event.unlabel !== undefined) removeLabel(stage, event.unlabel, at);
  if (event.draft !== undefined) stage.draft = event.draft;
  if (event.join !== undefined) joinTeam(stage, event.join, at);
  if (event.leave !== undefined) leaveTeam(stage, event.leave, at);
}

function passTime(stage: Stage, date: string, at: KeyPath): void {
  const then = fullInstant(date);
  if (Date.parse(then) >= Date.parse(stage.asOf)) stage.asOf = then;
  else {
    const what = `${date} is before ${stage.asOf}, when the step before it was taken`;
    stage.mistakes.push({
      code: "CT005",
      at,
      what,
      fix: "Time only passes: write a later date, or `as_of` for the beginning.",
    });
  }
}

interface Pushed {
  files: readonly WrittenFile[];
  commits: readonly WrittenCommit[] | undefined;
}

function addPush(stage: Stage, { files, commits = [{}] }: Pushed, at: { files: KeyPath; commits: KeyPath }): void {
  const diffs: FileLineMap[][] = commits.map(() => []);
  stage.mistakes.push(...unknownFiles(commits, files, at.commits));
  for (const [index, written] of files.entries()) {
    const touching = commitsThatTouch(written, commits);
    if (touching.length === 0) stage.mistakes.push(untouched(written, commits, [...at.files, index]));
    else addFile(stage, written, touching, diffs);
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

function takeHead(stage: Stage): Head {
  const files = stage.files.map(changedFile).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const head = { sha: stage.commits.at(-1)?.commit.sha ?? stage.mergeBase, files };
  stage.heads.push(head);
  return head;
}

/** A step is a minute, or a day: what was said in the same moment was said before. */
function retarget(stage: Stage, base: string): void {
  if (stage.base !== base) stage.retargetedAt = stage.asOf;
  stage.base = base;
}

/** The same work on a later base: other commits, the same files. */
function rebase(stage: Stage): void {
  stage.mergeBase = madeSha(`base ${stage.heads.length}`);
  let parent = stage.mergeBase;
  stage.commits = stage.commits.map(({ commit, ...rest }) => {
    const sha = madeSha(`${commit.sha} on ${parent}`);
    const diffs = commit.diffs.map((diff) => ({ ...diff, parent }));
    const moved = { commit: { ...commit, sha, parents: [parent], diffs }, ...rest };
    parent = sha;
    return moved;
  });
  takeHead(stage);
}
