import { describe, expect, test } from "vitest";
import { resolveBreakGlass, resolveWaiver } from "../../../../core/policy/written/exceptions.ts";
import { problemsOf } from "./problems.ts";

const problems = (waiver: string) =>
  problemsOf(`rules: [{ id: r, require: { secrets: none } }]\nwaivers: [{ ${waiver} }]`, ["CS011", "CS027"]);
const rest = 'reason: x, owner: ann, expires: "2027-01-15"';

describe("the id of a waiver", () => {
  const longest = "x".repeat(80);
  test.each(["W-12", "w", "1", "PAY-881.2_b", "W-", "W.", longest])("%s is one", (id) =>
    expect(problems(`id: "${id}", rule: r, ${rest}`)).toEqual([]),
  );

  test.each([
    { says: "nothing", id: "", shown: '""', fix: "Write `id: W-12`." },
    { says: "81 characters", id: `${longest}x`, shown: `"${"x".repeat(59)}…"`, fix: "Write `id: W-12`." },
    { says: "a hyphen in front", id: "-W1", shown: '"-W1"', fix: "Write `id: w1`." },
    { says: "a dot in front", id: ".W1", shown: '".W1"', fix: "Write `id: w1`." },
    { says: "a space", id: "W 1", shown: '"W 1"', fix: "Write `id: W-1`." },
    { says: "a slash", id: "W/1", shown: '"W/1"', fix: "Write `id: w-1`." },
    { says: "a letter of another script", id: "W\u0430", shown: '"W\u0430"', fix: "Write `id: W-12`." },
  ])("$says is none", ({ id, shown, fix }) =>
    expect(problems(`id: "${id}", rule: r, ${rest}`)).toEqual([
      `CS027 waivers[0].id: expected letters, digits, hyphens and dots, got ${shown}. ${fix}`,
    ]),
  );
});

describe("a waiver names one of a rule and a finding", () => {
  const one = ["CS011 waivers[0]: a waiver names one of `rule` and `finding`. Write one of the two."];
  test.each([
    { names: "rule: r, ", are: [] },
    { names: "finding: swallowed-error, ", are: [] },
    { names: "rule: r, finding: swallowed-error, ", are: one },
    { names: "", are: one },
  ])("`$names`", ({ names, are }) => expect(problems(`id: W1, ${names}${rest}`)).toEqual(are));
});

describe("a waiver as it is judged", () => {
  const written = { id: "W1", reason: "moves", owner: "ann", expires: "2027-01-15" };
  const whole = { ...written, rule: null, finding: null, paths: null };
  test.each([
    { says: "of a rule", more: { rule: "r" }, is: { rule: "r" } },
    { says: "of a finding", more: { finding: "swallowed-error" }, is: { finding: "swallowed-error" } },
    { says: "of some files", more: { rule: "r", paths: ["src/**"] }, is: { rule: "r", paths: ["src/**"] } },
    { says: "with a reason of several lines", more: { reason: "moves\nin May" }, is: { reason: "moves in May" } },
    { says: "with the longest reason", more: { reason: "x".repeat(500) }, is: { reason: "x".repeat(500) } },
    { says: "with a longer reason", more: { reason: "x".repeat(501) }, is: { reason: `${"x".repeat(499)}…` } },
    { says: "with the longest owner", more: { owner: "x".repeat(100) }, is: { owner: "x".repeat(100) } },
    { says: "with a longer owner", more: { owner: "x".repeat(101) }, is: { owner: `${"x".repeat(99)}…` } },
    { says: "with an owner that turns text around", more: { owner: "a\u202enn" }, is: { owner: "ann" } },
  ])("$says", ({ more, is }) => expect(resolveWaiver({ ...written, ...more })).toEqual({ ...whole, ...is }));
});

test("whoever may break the glass is sorted, and the longest override is in milliseconds", () =>
  expect(resolveBreakGlass({ who: { users: ["bob", "ann"] }, max_age: "4h" })).toEqual({
    who: { users: ["ann", "bob"], teams: [] },
    maxAgeMs: 14_400_000,
  }));
