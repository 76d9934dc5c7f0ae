import { expect, test } from "vitest";
import { datedWarnings } from "../../../core/policy/dated-warnings.ts";
import { buildPolicy } from "../../subjects.ts";

const waivers = ["2026-11-20", "2026-11-21", "2026-12-05", "2026-12-06"].map(
  (day, index) => `{ id: W-${index}, finding: swallowed-error, reason: x, owner: ann, expires: "${day}" }`,
);

/** The warnings of a policy with these rules and waivers, `code place: sentence`. */
function told(rules: readonly string[], exceptions: readonly string[], asOf: string | null): string[] {
  const written = rules.map((rest, index) => `{ id: r${index}, ${rest}, require: { size: { max_files: ${index} } } }`);
  const policy = buildPolicy(`rules: [${written.join(", ")}]\nwaivers: [${exceptions.join(", ")}]`);
  const placed = policy.rules.map((rule, index) => ({ rule, index }));
  return datedWarnings(policy, placed, asOf).map(({ code, path, what, fix }) => {
    return `${code} ${path.join(".")}: ${what}. ${fix}`;
  });
}

const from = (day: string, mode: string) => `mode: ${mode}, enforce_after: "${day}"`;
const come = (rule: number, day: string) =>
  `CS108 rules.${rule}.enforce_after: the day has come: the rule is enforced since ${day}. Write \`mode: enforce\` instead of both keys.`;
const idle =
  "CS108 rules.0.enforce_after: the rule is enforced already, so the day changes nothing. Write `mode: warn` beside it, or remove it.";
const ended =
  "CS109 waivers.0.expires: the waiver W-0 has ended on 2026-11-20 and exempts nothing. Remove it, or decide anew and write another day.";
const ends = (waiver: number, day: string) =>
  `CS109 waivers.${waiver}.expires: the waiver W-${waiver} ends with ${day}. Mend what it exempts, or decide anew.`;

test.each<{ says: string; rules?: string[]; waivers?: string[]; asOf: string | null; is: string[] }>([
  { says: "nothing, of rules without a day", rules: ["mode: warn", "mode: enforce"], asOf: "2026-11-21", is: [] },
  {
    says: "a day that changes nothing, without a clock",
    rules: [from("2026-11-21", "enforce")],
    asOf: null,
    is: [idle],
  },
  {
    says: "the same before it comes",
    rules: [from("2027-01-01", "enforce")],
    asOf: "2026-11-21T00:00:00Z",
    is: [idle],
  },
  {
    says: "days that have come, and none to come",
    rules: [from("2026-11-21", "warn"), from("2026-11-22", "warn"), from("2026-11-01", "observe")],
    asOf: "2026-11-21T00:00:00Z",
    is: [come(0, "2026-11-21"), come(2, "2026-11-01")],
  },
  { says: "no day that has come, without a clock", rules: [from("2020-01-01", "warn")], asOf: null, is: [] },
  {
    says: "waivers that have ended or are about to, and none that holds",
    waivers,
    asOf: "2026-11-21T00:00:00Z",
    is: [ended, ends(1, "2026-11-21"), ends(2, "2026-12-05")],
  },
  { says: "no waiver, without a clock", waivers, asOf: null, is: [] },
  {
    says: "rules before waivers",
    rules: [from("2026-11-21", "warn")],
    waivers: waivers.slice(0, 1),
    asOf: "2026-11-21T00:00:00Z",
    is: [come(0, "2026-11-21"), ended],
  },
])("of the days in a policy are told: $says", ({ rules = ["mode: warn"], waivers: exceptions = [], asOf, is }) => {
  expect(told(rules, exceptions, asOf)).toEqual(is);
});
