import fc from "fast-check";
import { expect, test } from "vitest";
import { readLcov } from "../../../core/coverage/read-lcov.ts";
import { FileCoverage } from "../../../core/coverage/report.ts";
import { anyFile, nearlyLcov } from "./arbitraries.ts";
import { bytes } from "./samples.ts";
import { writeLcov, type LcovStyle } from "./write-lcov.ts";

const style: fc.Arbitrary<LcovStyle> = fc.record({
  lineBreak: fc.constantFrom("\n", "\r\n"),
  functionGroups: fc.boolean(),
  globalBlocks: fc.boolean(),
  checksums: fc.boolean(),
});

test("what is written in any style is read again, but for regions, which lcov has none of", () => {
  fc.assert(
    fc.property(fc.tuple(anyFile("a.ts"), anyFile("b/ü.ts")), style, (files, how) => {
      const wanted = files.map((file) => ({ ...file, regions: [] }));
      expect(readLcov(bytes(writeLcov(files, how)), "x")).toEqual({ ok: true, value: wanted });
    }),
  );
});

test.each([
  { says: "any bytes", anyBytes: fc.uint8Array({ maxLength: 60 }) },
  { says: "nearly a report", anyBytes: nearlyLcov },
])("$says: read, or refused with a line; never thrown, and nothing outside the schema", ({ anyBytes }) => {
  fc.assert(
    fc.property(anyBytes, (input) => {
      const before = input.slice();
      const reading = readLcov(input, "x");
      expect(input).toEqual(before);
      if (reading.ok) for (const file of reading.value) expect(FileCoverage.safeParse(file).error).toBeUndefined();
      else expect(reading.problem.line).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test("every way to cut a report off is refused, or ends between two sections", () => {
  const text = writeLcov(
    [{ path: "a.ts", lines: { numbers: [1, 2], hits: [1, 0] }, branches: [], functions: [], regions: [] }],
    { lineBreak: "\n", functionGroups: false, globalBlocks: false, checksums: true },
  );
  const whole = bytes(text);
  const begin = text.indexOf("SF:");
  for (let length = 1; length < text.trimEnd().length; length++) {
    const reading = readLcov(whole.subarray(0, length), "x");
    // Before the section there may be nothing wrong: `TN:` alone is a report without files.
    expect([length, reading.ok]).toEqual([length, length >= 3 && length <= begin]);
  }
});
