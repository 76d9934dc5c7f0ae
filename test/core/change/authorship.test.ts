import fc from "fast-check";
import { expect, test } from "vitest";
import { writerOf, type Writer, type WrittenLines } from "../../../core/change/authorship.ts";

const writer = (agent: string): Writer => ({
  verdict: "agent-assisted",
  acceptance: "unstated",
  agent,
  model: null,
  commit: null,
  evidence: "none",
  session: null,
});

const stretches: WrittenLines[] = [
  { start: 2, end: 4, writer: writer("a") },
  { start: 5, end: 5, writer: writer("b") },
  { start: 9, end: 12, writer: writer("c") },
];
const authorship = { files: new Map([["src/a.ts", stretches]]) };

test.each([
  { says: "before the first stretch", line: 1, agent: undefined },
  { says: "the first line of a stretch", line: 2, agent: "a" },
  { says: "the last line of a stretch", line: 4, agent: "a" },
  { says: "a stretch of one line", line: 5, agent: "b" },
  { says: "between two stretches", line: 7, agent: undefined },
  { says: "the last line of the last stretch", line: 12, agent: "c" },
  { says: "behind the last stretch", line: 13, agent: undefined },
])("$says", ({ line, agent }) => expect(writerOf(authorship, "src/a.ts", line)?.agent).toBe(agent));

test("a file that the change did not touch has no writers", () => {
  expect(writerOf(authorship, "src/b.ts", 2)).toBeNull();
});

test("each line of any stretches has its own writer, every other line none", () => {
  const lengths = fc.array(fc.record({ gap: fc.nat(3), length: fc.integer({ min: 1, max: 4 }) }), { maxLength: 12 });
  fc.assert(
    fc.property(lengths, (parts) => {
      const owners: (string | undefined)[] = [undefined];
      const lines: WrittenLines[] = parts.map(({ gap, length }, index) => {
        owners.push(...Array<undefined>(gap).fill(undefined));
        const start = owners.length;
        owners.push(...Array<string>(length).fill(String(index)));
        return { start, end: start + length - 1, writer: writer(String(index)) };
      });
      const files = { files: new Map([["f", lines]]) };
      for (let line = 1; line <= owners.length; line += 1) expect(writerOf(files, "f", line)?.agent).toBe(owners[line]);
    }),
  );
});
