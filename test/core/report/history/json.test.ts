import { describe, expect, test } from "vitest";
import { historyLine, renderHistoryJson } from "../../../../core/report/index.ts";
import { recorded, sampleAttribution, sampleSha } from "../../../builders.ts";
import { judged, type SampleCommit } from "../../provenance/history-commits.ts";
import { canaries, secretPart } from "../../../untrusted-canaries.ts";
import { wholeHistory } from "./sample-history.ts";

/** A history as JSON: in sum, and line by line. */

const line = (commit: SampleCommit): string => judged(commit).map(historyLine).join("");
const parsed = (commit: SampleCommit): unknown => JSON.parse(line(commit));

test("a commit with everything", () => {
  const note = sampleAttribution({
    path: "a.ts",
    lines: [
      recorded("ai", 1, 4, { agent: "cursor", model: "gpt-5" }),
      recorded("mixed", 5, 5),
      recorded("human", 6, 7),
    ],
    unread: [{ reason: "an entry of an unknown shape", count: 2 }],
  });
  expect(parsed({ message: "Fix\n\nAssisted-by: codex:gpt-5\n", records: [note] })).toEqual({
    commit: sampleSha("history 0"),
    verdict: "agent-assisted",
    agent: "cursor",
    model: "gpt-5",
    trailers: [{ key: "Assisted-by", value: "codex:gpt-5" }],
    signals: [
      expect.objectContaining({ kind: "assisted-by", agent: "codex", raw: "Assisted-by: codex:gpt-5" }),
      expect.objectContaining({ kind: "note", source: "git-ai", class: "note" }),
    ],
    notes: [
      {
        source: "git-ai",
        aiLines: 4,
        mixedLines: 1,
        humanLines: 2,
        agent: "cursor",
        model: "gpt-5",
        unread: [{ reason: "an entry of an unknown shape", count: 2 }],
      },
    ],
    conflict: false,
    date: "2026-01-15T12:00:00+00:00",
    lines: { added: 10, deleted: 1 },
  });
});

test("the first keys come first, in their order", () => {
  const keys = Object.keys(parsed({}) as object);
  expect(keys).toEqual([
    "commit",
    "verdict",
    "agent",
    "model",
    "trailers",
    "signals",
    "notes",
    "conflict",
    "date",
    "lines",
  ]);
});

test("a record that shows no line names its tool all the same", () => {
  const totals = { aiLines: 0, humanLines: 10, agent: "claude-code", model: null, session: null };
  const record = { ...sampleAttribution({ path: "a", lines: [] }), totals };
  expect(parsed({ records: [record], lines: 10 })).toMatchObject({ notes: [{ humanLines: 10, agent: "claude-code" }] });
});

describe("hostile text", () => {
  test.each([
    { says: "terminal escapes", value: "x\u001b[2J\u009b31m" },
    { says: "direction controls and invisible characters", value: "a\u202eb\u200bc\u{e0041}" },
    { says: "a line separator", value: "a\u2028::error::b" },
    { says: "a workflow command of the old form", value: "##[error]x" },
    { says: "half a surrogate pair", value: "a\ud800b" },
  ])("$says: one line, inert, and the same string when parsed", ({ value }) => {
    const text = line({ message: `Fix\n\nNote: ${value}\n` });
    expect(text.indexOf("\n")).toBe(text.length - 1);

    expect(text.slice(0, -1)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u200b]|##\[/);
    expect((JSON.parse(text) as { trailers: unknown[] }).trailers).toEqual([{ key: "Note", value }]);
  });

  test.each(canaries.map((canary, index) => ({ index, canary })))(
    "$index $canary.kind comes out nowhere",
    ({ canary }) => {
      // Each line after the first is folded into the value, as git would read it.
      const folded = canary.value.split("\n").join("\n ");
      const text = line({ message: `Fix\n\nNote: ${folded}\nAssisted-by: codex:gpt-5 ${folded}\n` });
      expect(text).not.toContain(secretPart(canary));
      expect(text).toContain("(redacted:");
      expect(JSON.parse(text)).toMatchObject({ verdict: "agent-assisted", agent: "codex" });
    },
  );
});

test.each([150, 165, 175, 180])(
  "a secret that is cut with its mark after %i characters comes out nowhere",
  (length) => {
    const canary = canaries.find(({ kind }) => kind === "github-token")!;
    const filler = "word ".repeat(40).slice(0, length);
    const text = line({ message: `Fix\n\nAssisted-by: codex:gpt-5 ${filler} ${canary.value}\n` });
    for (let end = 8; end < canary.value.length; end++) expect(text).not.toContain(canary.value.slice(0, end));
  },
);

test("the sums have a version, and the same history gives the same bytes", () => {
  const text = renderHistoryJson(wholeHistory());
  expect(JSON.parse(text)).toEqual(wholeHistory());
  expect(text).toBe(renderHistoryJson(wholeHistory()));
  expect(text.startsWith('{\n  "version": 1,\n')).toBe(true);
});
