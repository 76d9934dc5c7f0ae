import { describe, expect, test } from "vitest";
import {
  consecutive,
  count,
  finePercent,
  grouped,
  lineRanges,
  ofTotal,
  percent,
  points,
} from "../../../core/report/numbers.ts";

describe("percent", () => {
  test.each([
    { says: "nothing measured is no percent", covered: 0, total: 0, whole: null, fine: null },
    { says: "none is 0 %", covered: 0, total: 9, whole: "0 %", fine: "0.0 %" },
    { says: "all is 100 %", covered: 9, total: 9, whole: "100 %", fine: "100.0 %" },
    { says: "nearly all is not 100 %", covered: 9999, total: 10_000, whole: "99 %", fine: "99.9 %" },
    { says: "hardly any is not 0 %", covered: 1, total: 10_000, whole: "<1 %", fine: "<0.1 %" },
    { says: "rounds down", covered: 2, total: 3, whole: "66 %", fine: "66.6 %" },
    { says: "29 of 100 is 29, not 28.999…", covered: 29, total: 100, whole: "29 %", fine: "29.0 %" },
  ])("$says", ({ covered, total, whole, fine }) => {
    expect(percent({ covered, total })).toBe(whole);
    expect(finePercent({ covered, total })).toBe(fine);
  });
});

test.each([
  { delta: 0, text: "±0.0" },
  { delta: 0.0004, text: "±0.0" },
  { delta: -0.0004, text: "±0.0" },
  { delta: 0.012, text: "+1.2" },
  { delta: -0.035, text: "−3.5" },
  { delta: 1, text: "+100.0" },
])("a difference of $delta is $text points", ({ delta, text }) => expect(points(delta)).toBe(text));

test.each([
  { number: 0, text: "0" },
  { number: 999, text: "999" },
  { number: 1000, text: "1,000" },
  { number: 1_234_567, text: "1,234,567" },
  { number: -1234, text: "-1,234" },
])("$number is written $text", ({ number, text }) => expect(grouped(number)).toBe(text));

test.each([
  { number: 0, text: "0 errors" },
  { number: 1, text: "1 error" },
  { number: 1200, text: "1,200 errors" },
])("$text", ({ number, text }) => expect(count(number, "error")).toBe(text));

test.each([
  { says: "with a noun", ratio: { covered: 1200, total: 2000 }, noun: "lines", text: "1,200 of 2,000 lines (60 %)" },
  { says: "without one", ratio: { covered: 1, total: 3 }, noun: "", text: "1 of 3 (33 %)" },
  { says: "of nothing there is nothing to say", ratio: { covered: 0, total: 0 }, noun: "lines", text: null },
])("of total: $says", ({ ratio, noun, text }) => expect(ofTotal(ratio, noun)).toBe(text));

test.each([
  { says: "no lines", lines: [], most: 3, text: "" },
  { says: "one line", lines: [7], most: 3, text: "7" },
  { says: "a range and a line", lines: [12, 13, 14, 33], most: 3, text: "12–14, 33" },
  { says: "what is left is counted in lines", lines: [1, 3, 5, 6, 7, 9], most: 2, text: "1, 3 and 4 more" },
])("line ranges: $says", ({ lines, most, text }) => expect(lineRanges(lines, most)).toBe(text));

test("consecutive numbers become stretches", () => {
  expect(consecutive([1, 2, 4, 5, 6, 9])).toEqual([
    { start: 1, end: 2 },
    { start: 4, end: 6 },
    { start: 9, end: 9 },
  ]);
});
