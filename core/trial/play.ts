import type { KeyPath } from "../policy/index.ts";
import type { CaseMistake } from "./case-problem.ts";
import type { Step, TrialCase } from "./inherit.ts";
import type { MadeCommit } from "./made-commits.ts";
import { madeSha, type MadeFile } from "./made-files.ts";
import { addLabel, addOverride, addReview, dismiss, joinTeam, leaveTeam, removeLabel } from "./played-people.ts";
import { addPush, takeHead } from "./played-pushes.ts";
import { fullInstant, minuteAfter } from "./times.ts";
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
  /** Files that the case lists and no commit touches: a mistake each. */
  untouched: Set<string>;
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
    untouched: new Set(),
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
