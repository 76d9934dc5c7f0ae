import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Writer } from "../../../core/change/authorship.ts";
import { calibrate, groupOf, type MeasuredCommit, type RuleMeasured } from "../../../core/calibration/index.ts";
import { holm } from "../../../core/calibration/holm.ts";
import { poissonDraw, randomNumbers } from "./draws.ts";

const severity = { human: "notice", aiEdited: "notice", aiAsIs: "warning" } as const;
const rule = (id: string, more: Partial<RuleMeasured> = {}): RuleMeasured => ({
  id,
  severity,
  languages: null,
  ...more,
});
const rules = [rule("a"), rule("b"), rule("c", { languages: ["python"] })];

interface Written {
  group: MeasuredCommit["group"];
  lines: number;
  a?: number;
  b?: number;
  python?: number;
}
const commit = ({ group, lines, a = 0, b = 0, python = 0 }: Written): MeasuredCommit => ({
  group,
  lines: { go: lines, ...(python > 0 && { python }) },
  findings: new Map(Object.entries({ a, b }).filter(([, count]) => count > 0)),
});
const times = (number: number, written: Written) => Array.from({ length: number }, () => commit(written));
const ai = (number: number, more: Partial<Written>) => times(number, { group: "ai-as-is", lines: 100, ...more });
const others = (number: number, more: Partial<Written>) => times(number, { group: "undeclared", lines: 100, ...more });

describe("who a commit counts for", () => {
  const said = { agent: null, model: null, commit: null, evidence: "commit" as const, session: null };
  test.each<Pick<Writer, "verdict" | "acceptance"> & { group: string }>([
    { verdict: "agent-authored", acceptance: "as-is", group: "ai-as-is" },
    { verdict: "agent-assisted", acceptance: "unstated", group: "ai-as-is" },
    { verdict: "agent-assisted", acceptance: "edited", group: "ai-edited" },
    { verdict: "agent-authored", acceptance: "rewritten", group: "ai-edited" },
    { verdict: "suggestion", acceptance: "unstated", group: "ai-edited" },
    { verdict: "human", acceptance: "unstated", group: "human" },
    { verdict: "undeclared", acceptance: "unstated", group: "undeclared" },
    { verdict: "automation", acceptance: "unstated", group: "automation" },
  ])("$verdict, $acceptance", ({ group, ...writer }) => expect(groupOf({ ...said, ...writer })).toBe(group));
});

describe("the answer", () => {
  test.each([
    {
      says: "many beside few",
      commits: [...ai(40, { a: 1 }), ...others(40, {}), ...others(5, { a: 1 })],
      answer: "higher",
    },
    { says: "few beside many", commits: [...ai(40, {}), ...ai(5, { a: 1 }), ...others(40, { a: 1 })], answer: "lower" },
    { says: "none beside many", commits: [...ai(30, {}), ...others(30, { a: 1 })], answer: "lower" },
    { says: "as many", commits: [...ai(40, { a: 1 }), ...others(40, { a: 1 })], answer: "no-difference" },
    {
      says: "all of them in one commit",
      commits: [...ai(39, {}), ...ai(1, { a: 40 }), ...others(40, {}), ...others(5, { a: 1 })],
      answer: "no-difference",
    },
    { says: "few lines", commits: [...ai(40, { a: 1, lines: 40 }), ...others(40, {})], answer: "too-little" },
    { says: "few commits", commits: [...ai(19, { a: 9 }), ...others(40, {})], answer: "too-little" },
    { says: "few findings", commits: [...ai(9, { a: 1 }), ...ai(30, {}), ...others(40, {})], answer: "too-little" },
    { says: "one side only", commits: ai(40, { a: 1 }), answer: "too-little" },
    { says: "nothing at all", commits: [], answer: "too-little" },
  ])("$says: $answer", ({ commits, answer }) => expect(calibrate(commits, rules).overall.answer).toBe(answer));

  test("rates, ratio and exact interval", () => {
    const { overall, groups } = calibrate([...ai(40, { a: 1 }), ...others(20, { a: 1 }), ...others(20, {})], rules);
    expect(overall).toMatchObject({
      ai: { commits: 40, lines: 4_000, findings: 40, perThousand: 10, widening: 1 },
      ratio: 2,
    });
    expect(groups[0]).toMatchObject({ group: "ai-as-is", findings: 40 });
    expect(groups[0]?.exact?.low).toBeCloseTo(28.577 / 4, 3);
    expect(groups[0]?.exact?.high).toBeCloseTo(54.469 / 4, 3);
    expect(groups[2]).toMatchObject({ group: "human", lines: 0, perThousand: null, interval: null });
  });

  test("findings that come together widen the interval", () => {
    const { groups } = calibrate([...ai(4, { a: 10 }), ...ai(36, {})], rules);
    const [group] = groups;
    expect(group!.interval!.low).toBeLessThan(group!.exact!.low);
    expect(group!.interval!.high).toBeGreaterThan(group!.exact!.high);
  });
});

describe("by rule", () => {
  test("what found something comes first, the rest by name", () => {
    const { rules: found, silent } = calibrate([...ai(40, { b: 1 }), ...others(40, {})], rules);
    expect(found.map((each) => [each.rule, each.answer])).toEqual([["b", "higher"]]);
    expect(silent).toEqual(["a", "c"]);
  });

  test("a rule is measured against lines of its languages", () => {
    const commits = [...ai(3, {}), commit({ group: "ai-as-is", lines: 100, python: 7 })].map((each) => ({
      ...each,
      findings: new Map(each.lines.python === undefined ? [] : [["c", 1]]),
    }));
    expect(calibrate(commits, rules).rules[0]).toMatchObject({ rule: "c", ai: { commits: 1, lines: 7, findings: 1 } });
  });

  test("of many rules at once one must stand out more", () => {
    const commits = [...ai(15, { a: 1 }), ...ai(25, {}), ...others(4, { a: 1 }), ...others(36, {})];
    const noise = Array.from({ length: 10 }, (_, index) => rule(`noise-${index}`));
    const loud = commits.map((each) => ({
      ...each,
      findings: new Map([...each.findings, ...noise.map(({ id }): [string, number] => [id, 1])]),
    }));
    expect(calibrate(loud, [rule("a")]).rules[0]?.answer).toBe("higher");
    expect(calibrate(loud, [rule("a"), ...noise]).rules.find((each) => each.rule === "a")?.answer).toBe(
      "no-difference",
    );
  });

  // Holm 1979, and the same numbers from p.adjust of R.
  test.each([
    { given: [0.01, 0.04, 0.03, 0.005], raised: [0.03, 0.06, 0.06, 0.02] },
    { given: [0.5], raised: [0.5] },
    { given: [0.6, 0.7], raised: [1, 1] },
    { given: [], raised: [] },
  ])("Holm of $given", ({ given, raised }) => {
    for (const [index, value] of holm(given).entries()) expect(value).toBeCloseTo(raised[index]!, 12);
    expect(holm(given)).toHaveLength(raised.length);
  });
});

describe("suggestions", () => {
  const more = [...ai(40, { a: 1 }), ...others(40, {})];
  test("a step up, for the columns that were seen", () => {
    expect(calibrate(more, rules).suggestions).toEqual([{ rule: "a", aiAsIs: "error", aiEdited: null }]);
  });
  test("nothing above an error", () => {
    const severe = rule("a", { severity: { human: "error", aiEdited: "error", aiAsIs: "error" } });
    expect(calibrate(more, [severe]).suggestions).toEqual([{ rule: "a", aiAsIs: null, aiEdited: null }]);
  });
  test("none where the numbers do not separate, nor where AI has fewer", () => {
    expect(calibrate([...ai(40, { a: 1, b: 1 }), ...others(40, { a: 1 })], [rule("a")]).suggestions).toEqual([]);
    expect(calibrate([...ai(40, {}), ...others(40, { a: 1 })], rules).suggestions).toEqual([]);
  });
});

const anyCommit = fc.record({
  group: fc.constantFrom("ai-as-is", "ai-edited", "human", "undeclared", "automation"),
  lines: fc.nat(400),
  a: fc.nat(5),
  b: fc.nat(1),
  python: fc.nat(50),
});

test("the order of the commits changes no digit", () => {
  fc.assert(
    fc.property(
      fc
        .array(anyCommit, { maxLength: 120 })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        expect(calibrate(shuffled.map(commit), rules)).toEqual(calibrate(all.map(commit), rules));
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});

/** Commits of very different sizes, and of very different habits where `spread` is above 0; the same on both sides. */
function alike(seed: number, spread: number): MeasuredCommit[] {
  const random = randomNumbers(seed);
  return Array.from({ length: 160 }, (_, index) => {
    const lines = Math.round(20 * Math.exp(3 * random()));
    // Rates of a gamma distribution with shape 1: mostly low, at times very high.
    const habit = spread === 0 ? 1 : -Math.log(1 - random());
    const a = poissonDraw((lines / 1000) * 6 * habit, random);
    return commit({ group: index % 2 === 0 ? "ai-as-is" : "undeclared", lines, a });
  });
}

test.each([
  { says: "findings that come one by one", spread: 0 },
  { says: "findings that come together", spread: 1 },
])("with $says, equal rates are seldom called different", ({ spread }) => {
  const answers = Array.from({ length: 400 }, (_, seed) => calibrate(alike(seed, spread), [rule("a")]).overall.answer);
  const wrong = answers.filter((answer) => answer === "higher" || answer === "lower").length;
  expect(answers).not.toContain("too-little");
  // 5 of 100 are promised; 3 standard errors of 400 draws above.
  expect(wrong / answers.length).toBeLessThan(0.083);
});
