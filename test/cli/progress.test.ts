import stringWidth from "string-width";
import { expect, test } from "vitest";
import { progressBar } from "../../cli/progress.ts";

/** The bar on the terminal that standard error is. */

function drawn(columns: number | null, total: number | null, steps: readonly { done: number; ms: number }[]) {
  const written: string[] = [];
  let clock = 0;
  const io = {
    stderr: (text: string) => void written.push(text),
    errorTerminal: columns === null ? null : { columns, color: false },
    now: () => new Date(clock),
  };
  const bar = progressBar(io, "commits", total);
  for (const { done, ms } of steps) {
    clock = ms;
    bar.at(done);
  }
  bar.clear();
  return written;
}

const erase = "\u001b[K";

test("a bar, and nothing of it at the end", () => {
  expect(drawn(60, 2_000, [{ done: 1_000, ms: 0 }])).toEqual([
    `\r${"█".repeat(15)}${"░".repeat(15)} 1,000 of 2,000 commits${erase}`,
    `\r${erase}`,
  ]);
});

test("a counter where the number is not known", () => {
  expect(drawn(60, null, [{ done: 1_000, ms: 0 }])[0]).toBe(`\r1,000 commits${erase}`);
});

test("not more often than ten times a second", () => {
  const steps = [0, 50, 99, 100, 150, 250].map((ms) => ({ done: ms, ms }));
  expect(drawn(60, 300, steps).length).toBe(3 + 1);
});

test.each([10, 24, 30, 40, 200])("%i columns are enough, however far it is", (columns) => {
  for (const line of drawn(columns, 100, [
    { done: 0, ms: 0 },
    { done: 150, ms: 200 },
  ]))
    expect(stringWidth(line.replaceAll(erase, ""))).toBeLessThan(columns);
});

test.each([
  { says: "where standard error is no terminal", columns: null, steps: [{ done: 1, ms: 0 }] },
  { says: "where nothing was done", columns: 80, steps: [] },
])("nothing is written $says", ({ columns, steps }) => {
  expect(drawn(columns, 10, steps)).toEqual([]);
});
