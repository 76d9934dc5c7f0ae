import { expect, test } from "vitest";
import { faultRow, holdsFor, judgedRow, overRow, pendingRow } from "../../../app/publish/verdict-row.ts";
import type { Subject } from "../../../app/subject.ts";
import { sampleSha } from "../../builders.ts";
import { judgedCase } from "../../core/report/judged-case.ts";

const at = "2026-11-21T20:15:09.000Z";
const head = sampleSha("head");
const subject: Subject = { kind: "pull-request", installation: 1, repository: 17, number: 7 };
const { facts, review } = judgedCase();

/** What is stored of a verdict for a branch. */
function judgedFor(base: string) {
  const change = { ...review.change, base: { ...review.change.base, name: base } };
  return judgedRow({ state: "judged", subject, head, facts, review: { ...review, change }, earlier: [] }, at);
}

const main = judgedFor("main");
const fault = faultRow({ subject, what: "w", fix: "f" }, head, at);
const pending = pendingRow(main, { head, base: "main" }, at);
const token = `ghp_${"a1B2".repeat(9)}`;

test.each([
  { says: "a verdict, for its own base", row: main, base: "main", holds: true },
  { says: "a verdict, for another", row: main, base: "Main", holds: false },
  { says: "a verdict that is over, for its own", row: overRow(main, at), base: "main", holds: true },
  { says: "that it is being judged, for its own", row: pending, base: "main", holds: true },
  { says: "that it is being judged, for another", row: pending, base: "next", holds: false },
  { says: "a fault, for each", row: fault, base: "next", holds: true },
  { says: "a fault that is over, for each", row: overRow(fault, at), base: "next", holds: true },
  { says: "a base with the shape of a secret", row: judgedFor(token), base: token, holds: true },
  { says: "a base that hides its letters", row: judgedFor("a\u202eb\u200b"), base: "a\u202eb\u200b", holds: true },
  {
    says: "what another version wrote in another shape",
    row: { ...main, review: '{"change":7}' },
    base: "main",
    holds: false,
  },
  { says: "what is no JSON", row: { ...main, review: "" }, base: "main", holds: false },
])("$says: $holds", ({ row, base, holds }) => {
  expect(holdsFor(row, base)).toBe(holds);
});

test("that it is being judged is told once for a place, and shows no secret", () => {
  const again = pendingRow(main, { head, base: "main" }, "2027-01-01T00:00:00.000Z");
  expect(again.evaluation).toBe(pending.evaluation);
  expect(pendingRow(main, { head, base: "next" }, at).evaluation).not.toBe(pending.evaluation);
  expect(JSON.stringify(pendingRow(main, { head, base: token }, at))).not.toContain(token);
});
