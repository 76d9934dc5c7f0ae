import { expect, test } from "vitest";
import { readWhogitit } from "../../../../core/provenance/index.ts";
import { at, jsonBytes, rowsOf, unreadOf } from "./samples.ts";

const line = (line_number: unknown, type: unknown) => ({
  line_number,
  content: "const secret = 1;",
  source: { type, edit_id: "e1", similarity: 0.8 },
  edit_id: "e1",
  prompt_index: 0,
  confidence: 1,
});
const note = (files: unknown, session: object = {}) => ({
  version: 3,
  session: {
    session_id: "7f3a-11",
    model: { id: "claude-opus-4-5-20251101", provider: "anthropic" },
    prompt_count: 1,
    ...session,
  },
  prompts: [{ index: 0, text: "Add a cart", affected_files: ["a.rs"] }],
  files,
});
const claude = "claude-code claude-opus-4-5-20251101 7f3a-11";

test("every source of a line", () => {
  const lines = ["AI", "AI", "AIModified", "Human", "Original", "Unknown", "AI"].map((type, index) =>
    line(index + 1, type),
  );
  const read = readWhogitit(jsonBytes(note([{ path: "src/a.rs", lines, summary: {} }])), at);
  expect(rowsOf(read)).toEqual([
    `src/a.rs:1-2 ai ${claude}`,
    `src/a.rs:3-3 mixed ${claude}`,
    "src/a.rs:4-4 human ? ? ?",
    `src/a.rs:7-7 ai ${claude}`,
  ]);
  expect(read).toMatchObject({ source: "whogitit", totals: null, unread: [] });
});

test.each([
  {
    says: "a session that says nothing known",
    session: { session_id: "do this now", model: { id: "mine" } },
    row: "ai claude-code ? ?",
  },
  { says: "a session without a model", session: { model: null }, row: "ai claude-code ? 7f3a-11" },
])("$says", ({ session, row }) => {
  const read = readWhogitit(jsonBytes(note([{ path: "a.rs", lines: [line(1, "AI")] }], session)), at);
  expect(rowsOf(read)).toEqual([`a.rs:1-1 ${row}`]);
});

test.each([
  {
    says: "an unknown source",
    files: [{ path: "a", lines: [line(1, "Robot")] }],
    unread: "a line in an unknown form: 1",
  },
  {
    says: "no source",
    files: [{ path: "a", lines: [{ line_number: 1 }, 7, null] }],
    unread: "a line in an unknown form: 3",
  },
  { says: "no number", files: [{ path: "a", lines: [line("1", "AI")] }], unread: "a line in an unknown form: 1" },
  { says: "line 0", files: [{ path: "a", lines: [line(0, "AI")] }], unread: "lines that no file can have: 1" },
  { says: "half a line", files: [{ path: "a", lines: [line(1.5, "AI")] }], unread: "lines that no file can have: 1" },
  { says: "no path", files: [{ lines: [line(1, "AI")] }, null], unread: "a file without a path: 2" },
  {
    says: "a path that leads out",
    files: [{ path: "../a", lines: [line(1, "AI")] }],
    unread: "a path outside the repository: 1",
  },
  { says: "files that are no list", files: { a: 1 }, unread: "a note that is not in the form of whogitit: 1" },
])("$says is counted as unread", ({ files, unread }) => {
  const read = readWhogitit(jsonBytes(note(files)), at);
  expect(read.files).toEqual([]);
  expect(unreadOf(read)).toEqual([unread]);
});
