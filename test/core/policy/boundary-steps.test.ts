import { describe, expect, test } from "vitest";
import { stepsOfBoundaries } from "../../../core/policy/boundary-steps.ts";
import type { Boundary } from "../../../core/policy/policy.ts";
import { newWork } from "../../../core/policy/work.ts";
import { stepTexts } from "./difference-texts.ts";

const anywhere: Boundary = { agents: [], branches: [], paths: [], kinds: [] };
const whole = (parts: readonly Partial<Boundary>[]) => parts.map((part): Boundary => ({ ...anywhere, ...part }));

describe("how boundaries differ", () => {
  const rows: readonly {
    says: string;
    before: readonly Partial<Boundary>[];
    after: readonly Partial<Boundary>[];
    is: readonly string[];
  }[] = [
    { says: "not", before: [{ kinds: ["docs"] }], after: [{ kinds: ["docs"] }], is: [] },
    { says: "one is gone", before: [{ kinds: ["docs"] }], after: [], is: ["loosens: without that of docs"] },
    { says: "one is new", before: [], after: [{ paths: ["a/**"] }], is: ["tightens: with that of a/**"] },
    {
      says: "one that names everything",
      before: [],
      after: [
        {
          paths: ["a/**", "b/**"],
          kinds: ["docs"],
          branches: ["main"],
          agents: ["codex", "claude-code"],
        },
      ],
      is: ["tightens: with that of a/**, b/**, docs, main, codex"],
    },
    { says: "one for every file", before: [], after: [{}], is: ["tightens: with that of every file"] },
    {
      says: "one is wider, and holds where two did",
      before: [{ paths: ["src/a/**"] }, { paths: ["src/b/**"], agents: ["codex"] }],
      after: [{ paths: ["src/**"] }],
      is: ["tightens: with that of src/**"],
    },
    {
      says: "one is for fewer kinds",
      before: [{ kinds: ["docs", "test"] }],
      after: [{ kinds: ["docs"] }],
      is: ["loosens: without that of docs, test"],
    },
    {
      says: "one is for one agent alone",
      before: [{ paths: ["a/**"] }],
      after: [{ paths: ["a/**"], agents: ["codex"] }],
      is: ["loosens: without that of a/**"],
    },
    {
      says: "one is for other branches",
      before: [{ paths: ["a/**"], branches: ["main"] }],
      after: [{ paths: ["a/**"], branches: ["next"] }],
      is: ["loosens: without that of a/**, main", "tightens: with that of a/**, next"],
    },
  ];
  test.each(rows)("$says", ({ before, after, is }) =>
    expect(stepTexts(stepsOfBoundaries(whole(before), whole(after), newWork(Infinity)))).toEqual(is),
  );
});

test("the names of two boundaries that are compared count as work", () => {
  const work = newWork(Infinity);
  const [one, other] = whole([
    { agents: ["codex"], kinds: ["docs"], paths: ["a/**"], branches: ["main"] },
    { agents: ["claude-code"], kinds: ["docs", "test"], paths: ["a/**", "b/**", "c/**"], branches: ["main"] },
  ]);
  if (one === undefined || other === undefined) throw new Error("there are no two boundaries");
  stepsOfBoundaries([one], [other], work);
  // Four names and seven, there and back; the agents differ, so that nothing else is compared.
  expect(work.spent).toBe(20 * 2 * (4 + 7));
});
