import type { FileLineMap } from "../change/line-map.ts";
import { showValue, type KeyPath } from "../policy/index.ts";
import type { CaseMistake } from "./case-problem.ts";
import type { Step, TrialCase } from "./inherit.ts";
import { makeCommit, type MadeCommit } from "./made-commits.ts";
import { changedFile, madeSha, writeFile, type MadeFile } from "./made-files.ts";
import { pushNumber, type WrittenCommit, type WrittenFile, type WrittenReview } from "./written-case.ts";
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

interface Stage extends Played {
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
    ...{ mergeBase, base: change.base ?? "main", heads: [], commits: [], reviews: [], overrides: [] },
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

/** A day begins at midnight UTC. */
export function fullInstant(written: string): string {
  return written.includes("T") ? written : `${written}T00:00:00Z`;
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
  if (event.retarget !== undefined) stage.base = event.retarget;
  if (event.label !== undefined) stage.labels = [...new Set([...stage.labels, event.label])];
  if (event.unlabel !== undefined) stage.labels = stage.labels.filter((label) => label !== event.unlabel);
  if (event.draft !== undefined) stage.draft = event.draft;
  if (event.join !== undefined) changeTeam(stage, event.join, (members, user) => [...members, user], at);
  if (event.leave !== undefined)
    changeTeam(stage, event.leave, (members, user) => members.filter((member) => member !== user), at);
}

function minuteAfter(instant: string): string {
  return new Date(Date.parse(instant) + 60_000).toISOString().replace(".000Z", "Z");
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

function addReview(stage: Stage, { user, user_type, state, commit, at: written }: WrittenReview, at: KeyPath): void {
  const seen = seenAt(stage, commit ?? "head", [...at, "commit"]);
  if (seen === undefined) return;
  stage.reviews.push({
    id: `review-${stage.reviews.length + 1}`,
    user,
    userType: user_type ?? accountType(user),
    state,
    commit: seen,
    submittedAt: written === undefined ? stage.asOf : fullInstant(written),
  });
}

/** GitHub's account type, by the ending that it gives to the logins of Apps. */
export function accountType(login: string): "Bot" | "User" {
  return login.endsWith("[bot]") ? "Bot" : "User";
}

function addOverride(
  stage: Stage,
  {
    by,
    reason,
    at: written,
    commit,
  }: { by: string; reason: string; at?: string | undefined; commit?: string | undefined },
  at: KeyPath,
): void {
  const seen = seenAt(stage, commit ?? "head", [...at, "commit"]);
  if (seen === undefined) return;
  const id = `override-${stage.overrides.length + 1}`;
  const instant = written === undefined ? stage.asOf : fullInstant(written);
  stage.overrides.push({ id, by, reason, at: instant, commit: seen ?? madeSha("gone") });
}

/** The commit that was looked at; null for one that is gone, undefined (and a mistake) where there is none. */
function seenAt(stage: Stage, written: string, at: KeyPath): Sha | null | undefined {
  if (written === "gone") return null;
  if (written === "base") return stage.mergeBase;
  if (written === "head") return stage.heads.at(-1)?.sha;
  const number = written === "opened" ? 0 : pushNumber(written);
  const head = number === null ? undefined : stage.pushes[number];
  if (head !== undefined) return head.sha;
  const what = `there is no ${written} by then: ${stage.pushes.length - 1} in all`;
  stage.mistakes.push({ code: "CT004", at, what, fix: "Name a push that came before, or `head`." });
  return undefined;
}

function dismiss(stage: Stage, user: string, at: KeyPath): void {
  const known = stage.reviews.some((review) => review.user === user);
  if (!known) {
    const what = `${showValue(user)} has not reviewed by then`;
    stage.mistakes.push({ code: "CT004", at, what, fix: "Name somebody who has." });
  }
  stage.reviews = stage.reviews.map((review) =>
    review.user === user && review.state !== "commented" ? { ...review, state: "dismissed" as const } : review,
  );
}

/** The same work on a later base: other commits, the same files. */
function rebase(stage: Stage): void {
  stage.mergeBase = madeSha(`base ${stage.heads.length}`);
  let parent = stage.mergeBase;
  stage.commits = stage.commits.map(({ commit, signature }) => {
    const sha = madeSha(`${commit.sha} on ${parent}`);
    const diffs = commit.diffs.map((diff) => ({ ...diff, parent }));
    const moved = { commit: { ...commit, sha, parents: [parent], diffs }, signature };
    parent = sha;
    return moved;
  });
  takeHead(stage);
}

function changeTeam(
  stage: Stage,
  { team, user }: { team: string; user: string },
  after: (members: readonly string[], user: string) => string[],
  at: KeyPath,
): void {
  const members = stage.teams.get(team);
  if (Array.isArray(members)) stage.teams.set(team, after(members, user));
  else {
    const what = `the case lists no members of a team ${showValue(team)}`;
    stage.mistakes.push({ code: "CT004", at: [...at, "team"], what, fix: "List them under `teams`." });
  }
}
