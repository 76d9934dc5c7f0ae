import { describe, expect, test } from "vitest";
import type { Place } from "../../../core/findings/finding.ts";
import { atHead, headPlaces, inDiff } from "../../../core/report/head-places.ts";
import { sampleReview } from "../../builders.ts";

const review = sampleReview();
review.change.files.push({ ...review.change.files[0]!, path: "src/gone.ts", status: "deleted", written: [] });
const places = headPlaces(review);

const lines = (path: string, start: number, end: number): Place => ({ kind: "lines", path, start, end });

describe("fault 69: a place that the diff does not show moves to its file or to the change", () => {
  const rows: { says: string; place: Place; head: Place; diff: Place }[] = [
    {
      says: "added lines stay",
      place: lines("src/payments/charge.ts", 44, 46),
      head: lines("src/payments/charge.ts", 44, 46),
      diff: lines("src/payments/charge.ts", 44, 46),
    },
    {
      says: "lines that reach beyond the added ones are cut to them",
      place: lines("src/payments/charge.ts", 2, 90),
      head: lines("src/payments/charge.ts", 2, 90),
      diff: lines("src/payments/charge.ts", 12, 71),
    },
    {
      says: "lines out of the diff become their file",
      place: lines("src/payments/charge.ts", 200, 201),
      head: lines("src/payments/charge.ts", 200, 201),
      diff: { kind: "file", path: "src/payments/charge.ts" },
    },
    {
      says: "lines under the path before a rename become the file under its new one",
      place: lines("src/auth/session.ts", 3, 3),
      head: { kind: "file", path: "src/session.ts" },
      diff: { kind: "file", path: "src/session.ts" },
    },
    {
      says: "lines of a deleted file become the change",
      place: lines("src/gone.ts", 1, 2),
      head: { kind: "change" },
      diff: { kind: "change" },
    },
    {
      says: "a file that the change does not touch stays at head and is not in the diff",
      place: lines("src/untouched.ts", 1, 1),
      head: lines("src/untouched.ts", 1, 1),
      diff: { kind: "change" },
    },
    {
      says: "a changed file stays",
      place: { kind: "file", path: "README.md" },
      head: { kind: "file", path: "README.md" },
      diff: { kind: "file", path: "README.md" },
    },
    {
      says: "a commit stays a commit",
      place: { kind: "commit", sha: "a".repeat(40) },
      head: { kind: "commit", sha: "a".repeat(40) },
      diff: { kind: "commit", sha: "a".repeat(40) },
    },
  ];
  test.each(rows)("$says", ({ place, head, diff }) => {
    expect(atHead(places, place)).toEqual(head);
    expect(inDiff(places, place)).toEqual(diff);
  });
});
