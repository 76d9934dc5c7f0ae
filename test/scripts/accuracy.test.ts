import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  accuracyOf,
  floors,
  isGoodEnough,
  readRows,
  renderAccuracy,
  type LabelledRow,
} from "../../scripts/accuracy.ts";
import { projectRoot } from "../command-line.ts";

/** `npm run accuracy`: the labelled table, and how well it is read. */

const rows = readRows();
const accuracy = accuracyOf(rows);

describe("the table", () => {
  test("has at least 300 rows, a third of them without a tool", () => {
    const negatives = rows.filter(({ expect: verdict }) => ["undeclared", "automation", "human"].includes(verdict));
    expect(rows.length).toBeGreaterThanOrEqual(300);
    expect(negatives.length).toBeGreaterThanOrEqual(rows.length / 3);
  });

  test("no row comes twice", () => {
    const texts = rows.map((row) => JSON.stringify({ ...row, place: "" }));
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  test.each(["public history", "documentation", "made up"] as const)("has rows from %s", (from) => {
    expect(rows.some((row) => row.from === from)).toBe(true);
  });
});

describe("what is said of it", () => {
  test("nothing is wrong but what is known to be", () => {
    expect(accuracy.wrong.map(({ row, verdict, agent, model }) => ({ at: row.place, verdict, agent, model }))).toEqual(
      [],
    );
  });

  test("what is known to be wrong still is", () => expect(accuracy.mended.map(({ row }) => row.place)).toEqual([]));

  test("the floors hold, known misses included", () => {
    expect(accuracy.isAi.precision).toBeGreaterThanOrEqual(floors.precision);
    expect(accuracy.isAi.recall).toBeGreaterThanOrEqual(floors.recall);
    expect(isGoodEnough(accuracy)).toBe(true);
  });

  test("docs/accuracy.md gives the figures of today", () => {
    const page = readFileSync(join(projectRoot, "docs/accuracy.md"), "utf8");
    const figures = renderAccuracy(accuracy).split("\n\nWrong")[0] ?? "";
    expect(page).toContain(figures.trimEnd());
  });
});

describe("the count", () => {
  const row = (message: string, expected: LabelledRow["expect"], known?: string): LabelledRow => ({
    message,
    author: "Ann Example <ann@example.com>",
    expect: expected,
    agent: null,
    model: null,
    from: "made up",
    place: "here",
    ...(known !== undefined && { known }),
  });
  const session = "Fix\n\nAgent-Session: 1\n";

  test("a miss and a false alarm are counted on their own sides", () => {
    const { isAi, wrong, byVerdict } = accuracyOf([
      row(session, "agent-assisted"),
      row(session, "undeclared"),
      row("Fix\n", "agent-assisted"),
      row("Fix\n", "agent-authored"),
    ]);
    expect(isAi).toEqual({ right: 1, said: 2, expected: 3, precision: 0.5, recall: 1 / 3 });
    expect(byVerdict["agent-authored"]).toMatchObject({ said: 0, expected: 1, recall: 0 });
    expect(wrong).toHaveLength(3);
  });

  test("a known miss counts against recall and is no fault; one that is mended is", () => {
    const missed = accuracyOf([row("Fix\n", "agent-assisted", "no mark")]);
    expect(missed).toMatchObject({ wrong: [], isAi: { recall: 0 } });
    const mended = accuracyOf([row(session, "agent-assisted", "no mark")]);
    expect(mended.mended).toHaveLength(1);
    expect(isGoodEnough(mended)).toBe(false);
  });

  test("a wrong row is printed with what was said", () => {
    expect(renderAccuracy(accuracyOf([row("Fix the door\n", "agent-assisted")]))).toContain(
      "here (Fix the door): expected agent-assisted, –, –; said undeclared, –, –",
    );
  });
});
