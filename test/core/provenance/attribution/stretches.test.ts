import fc from "fast-check";
import { expect, test } from "vitest";
import type { AttributedLines } from "../../../../core/provenance/attribution/attribution.ts";
import { joinStretches } from "../../../../core/provenance/attribution/stretches.ts";

const writer = fc.record({
  by: fc.constantFrom<AttributedLines["by"][]>("ai", "mixed", "human"),
  agent: fc.constantFrom(null, "cursor", "codex"),
  model: fc.constant(null),
  session: fc.constantFrom(null, "1"),
});
const stretches = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 12 }), writer)
    .map(([start, length, who]) => ({ start, end: start + length, ...who })),
  { maxLength: 12 },
);

test("each line has the strongest writer who claims it, line by line", () => {
  fc.assert(
    fc.property(stretches, (list) => {
      const joined = joinStretches(list);
      for (let line = 1; line <= 45; line++) {
        const claims = list.filter(({ start, end }) => start <= line && line <= end);
        const found = joined.filter(({ start, end }) => start <= line && line <= end);
        expect(found.length).toBe(Math.min(claims.length, 1));
        if (found[0] !== undefined) expect(rank(found[0])).toBe(Math.min(...claims.map(rank)));
        if (found[0] !== undefined) expect(claims.map(who)).toContain(who(found[0]));
      }
    }),
  );
});

test("what comes out is ascending, apart, and joined where neighbours say the same", () => {
  fc.assert(
    fc.property(stretches, (list) => {
      const joined = joinStretches(list);
      joined.forEach((stretch, index) => {
        const before = joined[index - 1];
        expect(stretch.end).toBeGreaterThanOrEqual(stretch.start);
        if (before === undefined) return;
        expect(stretch.start).toBeGreaterThan(before.end);
        if (stretch.start === before.end + 1) expect(who(stretch)).not.toBe(who(before));
      });
      expect(joinStretches(joined)).toEqual(joined);
    }),
  );
});

function rank({ by, agent }: AttributedLines): number {
  return ["ai", "mixed", "human"].indexOf(by) * 2 + (agent === null ? 1 : 0);
}

function who({ by, agent, model, session }: AttributedLines): string {
  return [by, agent, model, session].join();
}
