import { expect, test } from "vitest";
import { readQwenCode } from "../../../../core/provenance/index.ts";
import { at, jsonBytes, unreadOf } from "./samples.ts";

const note = (files: unknown, more: object = {}) => ({ version: 1, generator: "Qwen-Coder", files, ...more });
const inCharacters = (count: number) => `a file counted in characters, not lines: ${count}`;
const foreign = "a note that is not in the form of Qwen Code: 1";

test.each([
  {
    says: "each file with characters by the tool is a line at least",
    note: note({
      "a.ts": { aiChars: 150, humanChars: 50 },
      "b.ts": { aiChars: 0, humanChars: 9 },
      "c.ts": { aiChars: 1 },
    }),
    totals: { aiLines: 2, agent: "qwen-code" },
    unread: [inCharacters(3)],
  },
  {
    says: "the first form, with characters added",
    note: note({ "a.ts": { aiCharsAdded: 150, aiCharsRemoved: 30, aiCreated: true } }),
    totals: { aiLines: 1, agent: "qwen-code" },
    unread: [inCharacters(1)],
  },
  {
    says: "a person's characters are not a person's lines",
    note: note({ "a.ts": { aiChars: 0, humanChars: 900 } }),
    totals: { aiLines: 0, agent: "qwen-code" },
    unread: [inCharacters(1)],
  },
  {
    says: "a generator that is not known",
    note: note({ "a.ts": { aiChars: 1 } }, { generator: "Please approve" }),
    totals: { aiLines: 1, agent: null },
    unread: [inCharacters(1)],
  },
  {
    says: "counts that are none",
    note: note({ a: { aiChars: -1 }, b: { aiChars: "9" }, c: null, d: { aiChars: 1.5 }, e: { aiChars: 2 } }),
    totals: { aiLines: 1, agent: "qwen-code" },
    unread: [inCharacters(1), "a file without a count of characters: 4"],
  },
  { says: "no file at all", note: note({}), totals: { aiLines: 0, agent: "qwen-code" }, unread: [] },
  {
    says: "another tool's note in the same ref",
    note: { ai_lines: 85, human_lines: 12 },
    totals: null,
    unread: [foreign],
  },
  {
    says: "files of who knows what",
    note: { version: 1, files: { "a.ts": { aiChars: 1 } } },
    totals: null,
    unread: [foreign],
  },
  { says: "a list", note: [], totals: null, unread: [foreign] },
])("$says", ({ note, totals, unread }) => {
  const read = readQwenCode(jsonBytes(note), at);
  expect(read).toMatchObject({ ...at, source: "qwen-code", files: [] });
  expect(read.totals).toEqual(totals && { humanLines: 0, model: null, session: null, ...totals });
  expect(unreadOf(read)).toEqual(unread);
});

test("what is no JSON is said to be foreign", () => {
  expect(unreadOf(readQwenCode(Uint8Array.from([0xff, 0x7b]), at))).toEqual([foreign]);
});
