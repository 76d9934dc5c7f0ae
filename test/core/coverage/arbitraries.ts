import fc from "fast-check";
import { canonicalFile } from "../../../core/coverage/merge-files.ts";
import type { FileCoverage } from "../../../core/coverage/report.ts";

const line = fc.integer({ min: 1, max: 40 });
const hits = fc.oneof(fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER), fc.integer({ min: 0, max: 5 }), fc.maxSafeNat());

const lineHits = fc.uniqueArray(fc.tuple(line, hits), { selector: ([number]) => number, maxLength: 15 });

const point = fc.record({
  line,
  points: fc.array(fc.array(fc.option(hits), { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
});

const declared = fc.record({
  name: fc.constantFrom("f", "run", "(anonymous_1)", "operator,", "ä"),
  line,
  endLine: fc.option(fc.integer({ min: 40, max: 60 })),
  hits,
});

const region = fc.record({ line, start: line, end: line, hits });

/** One file as a reader gives it: sorted, each place once, blocks and arms without gaps. */
export const anyFile = (path = "a.ts"): fc.Arbitrary<FileCoverage> =>
  fc
    .record({
      lines: lineHits,
      points: fc.uniqueArray(point, { selector: (each) => each.line, maxLength: 4 }),
      functions: fc.uniqueArray(declared, { selector: (each) => each.name, maxLength: 4 }),
      regions: fc.array(region, { maxLength: 4 }),
    })
    .map(({ lines, points, functions, regions }) =>
      canonicalFile({
        path,
        lines: { numbers: lines.map(([number]) => number), hits: lines.map(([, count]) => count) },
        branches: points.flatMap(({ line, points: blocks }) =>
          blocks.flatMap((arms, block) =>
            arms.map((taken, arm) => ({
              line,
              block: `${block}`,
              arm: `${arm}`,
              hits: taken,
              column: null,
              type: null,
            })),
          ),
        ),
        functions,
        regions,
      }),
    );

/** Bytes that are nearly a report: pieces of one, put together, with a few bytes changed. */
export const nearlyLcov: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.constantFrom("TN:", "SF:a.c", "DA:1,1", "DA:2,0,x", "BRDA:1,0,0,-", "BRDA:1,e0,a,b,1", "FN:1,2,f", "FN:1,f"),
        fc.constantFrom(
          "FNDA:1,f",
          "FNL:0,1,2",
          "FNA:0,1,f",
          "BA:1,2",
          "MCDC:1,2,t,0,0,x",
          "end_of_record",
          "#",
          "",
          "LF:1",
        ),
        fc.string({ maxLength: 8 }),
      ),
      { maxLength: 20 },
    ),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
  )
  .map(([lines, changes]) => {
    const text = new TextEncoder().encode(lines.join("\n"));
    for (const [at, byte] of changes) if (text.length > 0) text[at % text.length] = byte;
    return text;
  });
