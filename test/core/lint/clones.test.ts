import { expect, test } from "vitest";
import { findClones, indexClones } from "../../../core/lint/clones.ts";

const lines = (name: string) => [
  `export function ${name}(order) {`,
  "  let total = 0;",
  "  for (const line of order.lines) {",
  "    if (line.amount <= 0) continue;",
  "    const price = line.price * line.amount;",
  "    total += price - (line.discount ?? 0);",
  "    if (line.shipped) total += order.shipping;",
  "  }",
  "  return Math.round(total * 100) / 100;",
  "}",
];
const original = { path: "src/a.ts", text: ["// Ours.", ...lines("totalOf")].join("\n") };
const index = indexClones([original, { path: "src/empty.ts", text: "" }]);
const find = (path: string, text: readonly string[], ranges: { start: number; end: number }[] | null = null) =>
  findClones({ path, text: text.join("\n") }, ranges, index);

test("a copy is named with its lines and those of the original", () => {
  expect(find("src/b.ts", ["use();", "", ...lines("totalOf")])).toEqual([
    { start: 3, end: 12, tokens: expect.any(Number), isRenamed: false, of: { path: "src/a.ts", start: 2, end: 11 } },
  ]);
});

test.each([
  { says: "another name", text: lines("sumOf") },
  {
    says: "names of its own",
    text: lines("sumOf").map((line) => line.replaceAll("total", "sum").replaceAll("price ", "cost ")),
  },
  { says: "other spaces", text: lines("sumOf").map((line) => `\t${line}`) },
  { says: "comments in it", text: lines("sumOf").flatMap((line) => ["// so", line]) },
])("a copy with $says is found", ({ text }) => expect(find("src/b.ts", text)).toHaveLength(1));

test.each([
  { says: "other members", text: lines("sumOf").map((line) => line.replace(/\.(\w)/g, ".other$1")) },
  {
    says: "names that are mixed up",
    text: lines("a").map((line, at) => line.replaceAll("total", `t${at}`).replaceAll("line", `l${at}`)),
  },
  { says: "four lines", text: [lines("sumOf").join(" ")] },
])("code with $says is no copy", ({ text }) => expect(find("src/b.ts", text)).toEqual([]));

test("a file is no copy of itself, only of what stands before in it", () => {
  expect(find("src/a.ts", original.text.split("\n"))).toEqual([]);
  const twice = { path: "c.ts", text: [...lines("one"), "", ...lines("two")].join("\n") };
  expect(findClones(twice, null, indexClones([twice]))).toMatchObject([{ start: 12, of: { start: 1, end: 10 } }]);
});

test("only copies that touch the lines asked for are looked at", () => {
  expect(find("src/b.ts", lines("totalOf"), [{ start: 40, end: 50 }])).toEqual([]);
  expect(find("src/b.ts", lines("totalOf"), [{ start: 2, end: 3 }])).toHaveLength(1);
});
