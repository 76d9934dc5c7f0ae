import { describe, expect, test } from "vitest";
import { readInstant } from "../../cli/dates.ts";

/** What `--since` and `--until` take. Dates without a zone are local, so they are compared with local dates. */

const now = new Date(2026, 10, 21, 10, 30, 0);
const local = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0) =>
  Math.floor(new Date(year, month - 1, day, hour, minute, second).getTime() / 1000);

test.each([
  { text: "2026-01-31", begins: local(2026, 1, 31), ends: local(2026, 1, 31, 23, 59, 59) },
  { text: "2024-02-29", begins: local(2024, 2, 29), ends: local(2024, 2, 29, 23, 59, 59) },
  { text: "2026-02", begins: local(2026, 2, 1), ends: local(2026, 2, 28, 23, 59, 59) },
  { text: "2026-12", begins: local(2026, 12, 1), ends: local(2026, 12, 31, 23, 59, 59) },
  { text: "2026", begins: local(2026, 1, 1), ends: local(2026, 12, 31, 23, 59, 59) },
  { text: " 2026 ", begins: local(2026, 1, 1), ends: local(2026, 12, 31, 23, 59, 59) },
  { text: "today", begins: local(2026, 11, 21), ends: local(2026, 11, 21, 23, 59, 59) },
  { text: "Yesterday", begins: local(2026, 11, 20), ends: local(2026, 11, 20, 23, 59, 59) },
])("$text is a stretch", ({ text, begins, ends }) => {
  expect(readInstant(text, "--since", "begins", now)).toBe(begins);
  expect(readInstant(text, "--until", "ends", now)).toBe(ends);
});

test.each([
  { text: "2026-01-31T12:00:00Z", at: 1_769_860_800 },
  { text: "2026-01-31T12:00:00+01:00", at: 1_769_857_200 },
  { text: "2026-01-31 12:00", at: local(2026, 1, 31, 12) },
  { text: "3 days ago", at: local(2026, 11, 18, 10, 30) },
  { text: "1 week ago", at: local(2026, 11, 14, 10, 30) },
  { text: "6.months.ago", at: local(2026, 5, 21, 10, 30) },
  { text: "2 years ago", at: local(2024, 11, 21, 10, 30) },
  { text: "12 hours ago", at: local(2026, 11, 20, 22, 30) },
])("$text is an instant", ({ text, at }) => {
  expect(readInstant(text, "--since", "begins", now)).toBe(at);
  expect(readInstant(text, "--until", "ends", now)).toBe(at);
});

describe("what git would read as now is a mistake", () => {
  test.each([
    ...["", "nonsense", "2026-02-30", "2026-13", "2026-1-5", "26-01-01", "2026-01-01T25:00:00Z", "tomorrow"],
    ...["ago", "x days ago", "-1 days ago", "1 fortnight ago", "3 days", "999999 days ago", "2026-01-31T12:00:00Zx"],
    ...["2026-01-01..2026-02-01", "1700000000", "\u001b[2J"],
  ])("%j", (text) => {
    expect(() => readInstant(text, "--since", "begins", now)).toThrow(/--since takes a date, and .* is none/);
  });
});
