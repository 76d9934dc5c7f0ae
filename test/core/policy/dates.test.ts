import { describe, expect, test } from "vitest";
import { evaluate } from "../../../core/policy/index.ts";
import { buildPolicy, buildSubject, sampleVocabulary } from "../../subjects.ts";
import { comesWithin, daysUntilEndOf, hasCome, instantOf, isOver } from "../../../core/policy/dates.ts";

describe("a day of the policy against the instant of reading, in UTC", () => {
  test.each([
    { says: "the last millisecond before", asOf: "2027-01-14T23:59:59.999Z", come: false, over: false },
    { says: "midnight", asOf: "2027-01-15T00:00:00Z", come: true, over: false },
    { says: "the last millisecond of the day", asOf: "2027-01-15T23:59:59.999Z", come: true, over: false },
    { says: "midnight after it", asOf: "2027-01-16T00:00:00.000Z", come: true, over: true },
    { says: "still the day before, told in another zone", asOf: "2027-01-15T01:59:59+02:00", come: false, over: false },
    { says: "the day, told in another zone", asOf: "2027-01-14T19:00:00-05:00", come: true, over: false },
  ])("$says", ({ asOf, come, over }) => {
    expect({ come: hasCome("2027-01-15", asOf), over: isOver("2027-01-15", asOf) }).toEqual({ come, over });
  });

  test.each([
    { asOf: "2026-12-31T23:59:59Z", within: false },
    { asOf: "2027-01-01T00:00:00Z", within: true },
    { asOf: "2027-01-15T12:00:00Z", within: true },
  ])("14 days before 15 January it is announced: at $asOf, $within", ({ asOf, within }) => {
    expect(comesWithin(14, "2027-01-15", asOf)).toBe(within);
  });

  test.each(["", "yesterday", "2027-01-01", "2027-01-01T00:00:00", "2027-13-01T00:00:00Z"])(
    "what is no instant (%j) is later than every day: nothing is let through by it",
    (asOf) => {
      expect(instantOf(asOf)).toBeNaN();
      expect([hasCome("2999-01-01", asOf), isOver("2999-01-01", asOf)]).toEqual([true, true]);
    },
  );

  test("what is no day has come and is over", () => {
    expect([hasCome("soon", "2026-11-21T00:00:00Z"), isOver("soon", "2026-11-21T00:00:00Z")]).toEqual([true, true]);
  });
});

describe("days on which something still holds", () => {
  test.each([
    { says: "the day itself", asOf: "2027-01-15T00:00:00Z", is: 1 },
    { says: "its last millisecond", asOf: "2027-01-15T23:59:59.999Z", is: 1 },
    { says: "the day before", asOf: "2027-01-14T00:00:00Z", is: 2 },
    { says: "the evening before", asOf: "2027-01-14T12:00:00Z", is: 2 },
    { says: "none when it has ended", asOf: "2027-01-16T00:00:00Z", is: 0 },
    { says: "less than none later on", asOf: "2027-01-17T00:00:00Z", is: -1 },
    { says: "nobody knows without an instant", asOf: "soon", is: NaN },
  ])("$says: $is", ({ asOf, is }) => expect(daysUntilEndOf("2027-01-15", asOf)).toBe(is));
});

describe("an instant", () => {
  const midnight = Date.UTC(2027, 0, 15);
  test.each([
    { text: "2027-01-15T00:00Z", is: midnight },
    { text: "2027-01-15T00:00:00Z", is: midnight },
    { text: "2027-01-15T00:00:00.5Z", is: midnight + 500 },
    { text: "2027-01-15T00:00:00.123456789Z", is: midnight + 123 },
    { text: "2027-01-15T02:00:00+02:00", is: midnight },
    { text: "2027-01-14T19:00-05:00", is: midnight },
    { text: "2027-01-15T00:00:00.1234567891Z", is: NaN },
    { text: "2027-01-15T00:00:00.Z", is: NaN },
    { text: "2027-01-15T00:00:0Z", is: NaN },
    { text: "2027-01-15T0:00Z", is: NaN },
    { text: "2027-01-15T00:0Z", is: NaN },
    { text: "2027-01-15T00:00:00", is: NaN },
    { text: "2027-01-15T00:00:00z", is: NaN },
    { text: "2027-01-15T00:00:00+0200", is: NaN },
    { text: "2027-01-15T00:00:00+2:00", is: NaN },
    { text: "2027-01-15T00:00:00+02:0", is: NaN },
    { text: "2027-01-15 00:00:00Z", is: NaN },
    { text: "2027-1-15T00:00:00Z", is: NaN },
    { text: "2027-01-5T00:00:00Z", is: NaN },
    { text: "+002027-01-15T00:00:00Z", is: NaN },
    { text: "2027-01-15T00:00:00Z ", is: NaN },
    { text: " 2027-01-15T00:00:00Z", is: NaN },
  ])("$text", ({ text, is }) => expect(instantOf(text)).toBe(is));
});

describe("`enforce_after`", () => {
  const policy = (mode: string) =>
    buildPolicy(
      `mode: ${mode}\nprovenance: { detected_without_trailer: allow }\nrules: [{ id: r, enforce_after: "2027-01-15", require: { trailers: [T] } }]`,
    );
  const judge = (mode: string, asOf: string) =>
    evaluate(
      policy(mode),
      { ...buildSubject({ commits: [{ name: "c", verdict: "agent-assisted" }] }), asOf },
      sampleVocabulary,
    );
  test.each([
    { mode: "observe", asOf: "2027-01-14T23:59:59Z", is: "observe warned warn" },
    { mode: "observe", asOf: "2027-01-15T00:00:00Z", is: "enforce unsatisfied block" },
    { mode: "warn", asOf: "2027-01-14T23:59:59Z", is: "warn warned warn" },
    { mode: "warn", asOf: "2027-01-15T00:00:00Z", is: "enforce unsatisfied block" },
    { mode: "enforce", asOf: "2027-01-14T23:59:59Z", is: "enforce unsatisfied block" },
  ])("a rule in mode $mode at $asOf: $is", ({ mode, asOf, is }) => {
    const [rule] = judge(mode, asOf).rules;
    expect(`${rule?.mode} ${rule?.state} ${rule?.decision}`).toBe(is);
  });

  test("the day is told once it changes something", () => {
    expect(judge("warn", "2027-01-14T23:59:59Z").inForce).toEqual([]);
    expect(judge("warn", "2027-01-15T00:00:00Z").inForce).toEqual(["enforce_after r"]);
    expect(judge("enforce", "2027-01-15T00:00:00Z").inForce).toEqual([]);
  });
});
