import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { bar, heading, paragraph, table, type Column } from "../../../../core/report/terminal/layout.ts";
import { openScreen } from "../../../../core/report/terminal/screen.ts";

const screen = openScreen({ width: 40, color: false, unicode: true });
const colored = openScreen({ width: 40, color: true, unicode: true });

describe("a paragraph", () => {
  test("wraps between words and lines up after its marker", () => {
    const text = "one two three four five six seven eight nine ten";
    expect(paragraph(screen, 2, [{ text }], { text: "1." })).toEqual([
      "  1. one two three four five six seven",
      "     eight nine ten",
    ]);
  });

  test("keeps a number and its percent sign on one line", () => {
    const text = `${"x".repeat(36)} 65 % more`;
    expect(paragraph(screen, 0, [{ text }])).toEqual(["x".repeat(36), "65 % more"]);
  });

  test("closes a colour at the end of a line and opens it on the next", () => {
    const lines = paragraph(colored, 0, [{ text: "word ".repeat(12).trim(), style: "bad" }]);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^\u001b\[31m[^\u001b]*\u001b\[39m$/);
  });

  test("is never wider than the screen, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.nat(12), (text, indent) => {
        const lines = paragraph(screen, indent, [{ text }], { text: "*" });
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe("a table", () => {
  const columns: Column[] = [
    { title: "name", cut: "start" },
    { title: "number", align: "right" },
    { title: "extra", optional: true },
  ];

  test("has its titles, and numbers to the right", () => {
    const rows = [
      [{ text: "a" }, { text: "1" }, { text: "x" }],
      [{ text: "bb" }, { text: "22" }, { text: "y" }],
    ];
    expect(table(screen, 2, columns, rows)).toEqual([
      "  name  number  extra",
      "  a          1  x",
      "  bb        22  y",
    ]);
  });

  test("gives up an optional column before it cuts another below its least", () => {
    const rows = [[{ text: `src/${"a".repeat(30)}.ts` }, { text: "1" }, { text: "z".repeat(20) }]];
    const lines = table(screen, 0, columns, rows);
    expect(lines[1]).toBe(`…${"a".repeat(28)}.ts       1`);
  });

  test("a column without any text is left out with its title", () => {
    expect(table(screen, 0, columns, [[{ text: "a" }, { text: "" }, { text: "x" }]])).toEqual([
      "name  extra",
      "a     x",
    ]);
  });

  test("no rows, no table", () => expect(table(screen, 0, columns, [])).toEqual([]));

  test("is never wider than the screen, whatever its cells hold", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 80 });
    const wide: Column[] = [
      { title: "a", cut: "start" },
      { title: "b", cut: "end", givesFirst: true },
      { title: "c", cut: "end", optional: true },
    ];
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { maxLength: 4 }), (rows) => {
        const lines = table(
          screen,
          2,
          wide,
          rows.map((row) => row.map((cell) => ({ text: cell }))),
        );
        expect(Math.max(0, ...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
      }),
    );
  });
});

test.each([
  { says: "nothing of nothing", covered: 0, total: 0, drawn: "░░░░░" },
  { says: "none", covered: 0, total: 9, drawn: "░░░░░" },
  { says: "hardly any is not none", covered: 1, total: 900, drawn: "█░░░░" },
  { says: "half", covered: 5, total: 10, drawn: "███░░" },
  { says: "nearly all is not all", covered: 899, total: 900, drawn: "████░" },
  { says: "all", covered: 9, total: 9, drawn: "█████" },
])("a bar of $says", ({ covered, total, drawn }) => expect(bar(screen, { covered, total }, 5)).toBe(drawn));

test("a heading reaches the edge of the screen", () => {
  expect(heading(screen, "Policy")).toEqual(["", `Policy ${"─".repeat(33)}`]);
  expect(heading(screen, "P".repeat(40))).toEqual(["", "P".repeat(40)]);
  expect(heading(screen, "P".repeat(41))).toEqual(["", `${"P".repeat(39)}…`]);
});
