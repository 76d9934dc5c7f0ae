import { expect, test } from "vitest";
import type { Memo } from "../../../adapters/store/store.ts";
import { idleMemos, memosOfComment, settledMemo } from "../../../app/commands/index.ts";

const key = "pull-request/70/3";
const at = (second: number) => new Date(1.77e12 + second * 1000).toISOString();

function said(body: string, second: number, more: { id?: number; association?: string; before?: string } = {}): Memo[] {
  const { id = 1, association = "NONE", before = null } = more;
  const text = body === "" ? "thanks" : `/countersign ${body}`;
  return memosOfComment({ subject: key, id, by: "ann", body: text, before, at: at(second), association });
}

function settled(second: number, granted: boolean, id = 1): Memo {
  const commit = granted ? "a".repeat(40) : null;
  return settledMemo(key, { comment: id, at: at(second), granted, commit, text: "so" }, at(second));
}

const rows: { says: string; memos: Memo[]; idle: string[] }[] = [
  { says: "nothing of one version", memos: said("clear abcdef1 x", 1), idle: [] },
  {
    says: "the version that was edited, with what was settled of it",
    memos: [...said("clear abcdef1 x", 1), settled(1, true), ...said("explain", 2), settled(2, true)],
    idle: [`ruling 1/${at(1)}`, `settled 1/${at(1)}`],
  },
  {
    says: "not the edit that took a command away",
    memos: [...said("override x", 1), ...said("", 2, { before: "/countersign override x" })],
    idle: [`override 1/${at(1)}`],
  },
  {
    says: "no declaration that counts, or that nobody has decided on, though it was edited",
    memos: [
      ...said("declare abcdef1 claude", 1),
      settled(1, true),
      ...said("declare abcdef1 codex", 2),
      ...said("explain", 3),
    ],
    idle: [],
  },
  {
    says: "a declaration that was refused and edited",
    memos: [...said("declare abcdef1 claude", 1), settled(1, false), ...said("explain", 2)],
    idle: [`declaration 1/${at(1)}`, `settled 1/${at(1)}`],
  },
  {
    says: "what is no request",
    memos: [{ subject: key, kind: "label", id: "x", value: "{}", at: at(1) }],
    idle: [],
  },
];
test.each(rows)("idle is $says", ({ memos, idle }) => {
  expect(idleMemos(memos).map(({ kind, id }) => `${kind} ${id}`)).toEqual(idle);
});

test.each([
  { says: "questions", body: "explain", refused: false, left: 1_000 },
  { says: "what was refused", body: "clear abcdef1 x", refused: true, left: 1_000 },
  { says: "what nobody has decided on stays", body: "clear abcdef1 x", refused: false, left: 1_200 },
])("of strangers the newest thousand stay: $says", ({ body, refused, left }) => {
  const memos = Array.from({ length: 1_200 }, (_, index) => {
    const id = index + 1;
    return [...said(body, id, { id }), ...(refused ? [settled(id, false, id)] : [])];
  }).flat();
  const oldest = Array.from({ length: 1_200 - left }, (_, index) => `${index + 1}/${at(index + 1)}`);
  expect(idleMemos(memos).map(({ id }) => id)).toEqual(oldest);
});

test("of the repository's people none is forgotten, and what was edited away goes before the edit", () => {
  const members = Array.from({ length: 1_200 }, (_, index) =>
    said("explain", index, { id: index + 1, association: "MEMBER" }),
  );
  expect(idleMemos(members.flat())).toEqual([]);
  const edited = Array.from({ length: 1_100 }, (_, index) => {
    return [...said("override x", index, { id: index + 1 }), ...said("explain", index + 5_000, { id: index + 1 })];
  });
  const kinds = idleMemos(edited.flat()).map(({ kind }) => kind);
  expect(kinds.lastIndexOf("override")).toBeLessThan(kinds.indexOf("command"));
  expect(kinds.length).toBe(1_200);
});
