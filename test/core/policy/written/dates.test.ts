import { describe, expect, test } from "vitest";
import { dayIn, durationMs, isDay } from "../../../../core/policy/written/dates.ts";
import { problemsOf } from "./problems.ts";

describe("a day of the calendar", () => {
  test.each([
    { text: "2027-01-15", is: true },
    { text: "2028-02-29", is: true },
    { text: "2027-02-29", is: false },
    { text: "2027-02-30", is: false },
    { text: "2027-13-01", is: false },
    { text: "2027-00-10", is: false },
    { text: "2027-1-5", is: false },
    { text: "2027-01-15T00:00:00Z", is: false },
    { text: " 2027-01-15", is: false },
    { text: "+02027-01-15", is: false },
    { text: "+012027-01-15", is: false },
    { text: "2027-01-15-01", is: false },
    { text: "2027-01", is: false },
    { text: "2027", is: false },
    { text: "", is: false },
  ])("$text: $is", ({ text, is }) => expect(isDay(text)).toBe(is));
});

describe("the day that a text means", () => {
  test.each([
    { text: "2027-01-15", is: "2027-01-15" },
    { text: "2027-1-5", is: "2027-01-05" },
    { text: "2027-1-05", is: "2027-01-05" },
    { text: "2027-01-15T10:00:00Z", is: "2027-01-15" },
    { text: "2027-01-15t10:00:00z", is: "2027-01-15" },
    { text: "2027-1-5 10:00", is: "2027-01-05" },
    { text: "2027-1-5-6", is: null },
    { text: "2027-1", is: null },
    { text: "2027", is: null },
    { text: "27-1-5", is: null },
    { text: "2027-2-30", is: null },
    { text: "2027-001-5", is: null },
    { text: "5.1.2027", is: null },
    { text: "", is: null },
  ])("$text: $is", ({ text, is }) => expect(dayIn(text)).toBe(is));
});

describe("a span of time", () => {
  test.each([
    { text: "30m", is: 1_800_000 },
    { text: "4h", is: 14_400_000 },
    { text: "2d", is: 172_800_000 },
    { text: "30d", is: 2_592_000_000 },
    { text: "720h", is: 2_592_000_000 },
    { text: "721h", is: null },
    { text: "0h", is: null },
    { text: "4", is: null },
    { text: "4 h", is: null },
    { text: "1.5h", is: null },
    { text: "-4h", is: null },
    { text: "4w", is: null },
    { text: "4H", is: null },
    { text: "x4h", is: null },
    { text: "4h ", is: null },
    { text: "4h30m", is: null },
    { text: "", is: null },
  ])("$text: $is", ({ text, is }) => expect(durationMs(text)).toBe(is));
});

describe("what is to be written in its place", () => {
  const days = (day: string) =>
    problemsOf(`rules: [{ id: r, require: { secrets: none }, mode: warn, enforce_after: "${day}" }]`, ["CS029"]);
  const noDay = "CS029 rules[0].enforce_after: expected a day that exists, year-month-day.";
  test.each([
    { day: "2027-03-09", are: [] },
    { day: "2027-3-9", are: [`${noDay} Write "2027-03-09".`] },
    { day: "2027-03-09T10:00:00Z", are: [`${noDay} Write "2027-03-09".`] },
    { day: "2027-02-30", are: [`${noDay} Write "2027-01-15".`] },
    { day: "", are: [`${noDay} Write "2027-01-15".`] },
  ])("the day $day: $are", ({ day, are }) => expect(days(day)).toEqual(are));

  const spans = (span: string) => problemsOf(`break_glass: { who: { users: [ann] }, max_age: ${span} }`, ["CS030"]);
  const noSpan = "CS030 break_glass.max_age: expected minutes, hours or days, at most 30 days.";
  test.each([
    { span: "30d", are: [] },
    { span: "31d", are: [`${noSpan} Write \`4h\`, \`30m\` or \`2d\`.`] },
    { span: "2w", are: [`${noSpan} Write \`4h\`, \`30m\` or \`2d\`.`] },
  ])("the span $span: $are", ({ span, are }) => expect(spans(span)).toEqual(are));
});
