import { showValue, type KeyPath } from "../policy/index.ts";
import { accountType } from "./account-type.ts";
import type { Played, Stage } from "./play.ts";
import { isSameName } from "./same-name.ts";
import { fullInstant } from "./times.ts";
import { madeSha } from "./made-files.ts";
import { pushNumber, type WrittenOverride, type WrittenReview } from "./written/events.ts";

/** The steps of a case that people take: reviews, break-glass, labels, and who is in which team. */

export function addReview(stage: Stage, written: WrittenReview, at: KeyPath): void {
  const { user, user_type, state, commit, at: when } = written;
  const seen = seenAt(stage, commit ?? "head", [...at, "commit"]);
  if (seen === undefined) return;
  stage.reviews.push({
    id: `review-${stage.reviews.length + 1}`,
    user,
    userType: user_type ?? accountType(user),
    state,
    commit: seen,
    submittedAt: when === undefined ? stage.asOf : fullInstant(when),
  });
}

export function addOverride(stage: Stage, { by, reason, at: when, commit }: WrittenOverride, at: KeyPath): void {
  const seen = seenAt(stage, commit ?? "head", [...at, "commit"]);
  if (seen === undefined) return;
  const id = `override-${stage.overrides.length + 1}`;
  const instant = when === undefined ? stage.asOf : fullInstant(when);
  stage.overrides.push({ id, by, reason, at: instant, commit: seen ?? madeSha("gone") });
}

/** The commit that was looked at; null for one that is gone, undefined (and a mistake) where there is none. */
function seenAt(stage: Stage, written: string, at: KeyPath): string | null | undefined {
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

export function dismiss(stage: Stage, user: string, at: KeyPath): void {
  if (!stage.reviews.some((review) => isSameName(review.user, user))) {
    const what = `${showValue(user)} has not reviewed by then`;
    stage.mistakes.push({ code: "CT004", at, what, fix: "Name somebody who has." });
  }
  stage.reviews = stage.reviews.map((review) =>
    isSameName(review.user, user) && review.state !== "commented" ? { ...review, state: "dismissed" as const } : review,
  );
}

export function addLabel(stage: Stage, label: string): void {
  if (!stage.labels.some((other) => isSameName(other, label))) stage.labels.push(label);
}

export function removeLabel(stage: Stage, label: string, at: KeyPath): void {
  const left = stage.labels.filter((other) => !isSameName(other, label));
  if (left.length === stage.labels.length) {
    const there = stage.labels.length === 0 ? "it has none" : `it has ${stage.labels.map(showValue).join(", ")}`;
    const what = `the pull request has no label ${showValue(label)} by then: ${there}`;
    stage.mistakes.push({ code: "CT004", at, what, fix: "Name a label that it has." });
  }
  stage.labels = left;
}

export function joinTeam(stage: Stage, { team, user }: Membership, at: KeyPath): void {
  const found = listedTeam(stage, team, at);
  if (found === null || found.members.some((member) => isSameName(member, user))) return;
  stage.teams.set(found.name, [...found.members, user]);
}

export function leaveTeam(stage: Stage, { team, user }: Membership, at: KeyPath): void {
  const found = listedTeam(stage, team, at);
  if (found === null) return;
  const left = found.members.filter((member) => !isSameName(member, user));
  if (left.length === found.members.length) {
    const what = `${showValue(user)} is not in the team ${showValue(team)} by then`;
    stage.mistakes.push({ code: "CT004", at: [...at, "user"], what, fix: "Name a member, or leave the event out." });
  }
  stage.teams.set(found.name, left);
}

interface Membership {
  team: string;
  user: string;
}

function listedTeam(stage: Stage, team: string, at: KeyPath): { name: string; members: readonly string[] } | null {
  const [name, members] = [...stage.teams].find(([known]) => isSameName(known, team)) ?? [team, "unread" as const];
  if (isList(members)) return { name, members };
  const what = `the case lists no members of a team ${showValue(team)}`;
  stage.mistakes.push({ code: "CT004", at: [...at, "team"], what, fix: "List them under `teams`." });
  return null;
}

function isList(members: MembersOfTeam): members is readonly string[] {
  return Array.isArray(members);
}

type MembersOfTeam = Played["teams"] extends Map<string, infer Members> ? Members : never;
