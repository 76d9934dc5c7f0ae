import { describe, expect, test } from "vitest";
import type { Memo } from "../../../adapters/store/store.ts";
import { labelsOfPeople, ownLabelsThere, remembered } from "../../../app/publish/remembered.ts";

/** Whose label it is: what we put there is what we came to, and no claim of anybody's. */
const at = (minute: number): string => `2026-01-31T12:${String(minute).padStart(2, "0")}:00.000Z`;
const ours = (label: string, minute: number): Memo => memo("published", `label/${label}`, {}, minute);
const person = (label: string, set: boolean, minute: number): Memo =>
  memo("label", `${label}/${minute}`, { label, by: "mona", set }, minute);

function memo(kind: Memo["kind"], id: string, value: object, minute: number): Memo {
  return { subject: "pull-request/1/1", kind, id, value: JSON.stringify(value), at: at(minute) };
}

describe("a label that is on the pull request", () => {
  test.each([
    { says: "nobody is known to have set", memos: [], isClaim: true },
    { says: "we put there", memos: [ours("ai-assisted", 1)], isClaim: false },
    { says: "a person put there", memos: [person("ai-assisted", true, 1)], isClaim: true },
    {
      says: "a person set after us",
      memos: [ours("ai-assisted", 1), person("ai-assisted", true, 2)],
      isClaim: true,
    },
    {
      says: "we put there after a person took it away",
      memos: [person("AI-assisted", false, 1), ours("ai-assisted", 2)],
      isClaim: false,
    },
  ])("$says", ({ memos, isClaim }) => {
    expect(labelsOfPeople(["AI-Assisted", "bug"], memos)).toEqual(isClaim ? ["AI-Assisted", "bug"] : ["bug"]);
  });
});

describe("a label of ours is there", () => {
  test.each([
    { says: "since we put it there", memos: [ours("ai-assisted", 1)], there: ["ai-assisted"] },
    {
      says: "until a person takes it away",
      memos: [ours("ai-assisted", 1), person("ai-assisted", false, 2)],
      there: [],
    },
    {
      says: "again, since we put it there anew",
      memos: [person("ai-assisted", false, 1), ours("ai-assisted", 2)],
      there: ["ai-assisted"],
    },
  ])("$says", ({ memos, there }) => expect(ownLabelsThere(remembered(memos))).toEqual(there));
});
