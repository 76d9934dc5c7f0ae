import { describe, expect, test } from "vitest";
import type { Ruling } from "../../../core/provenance/provenance.ts";
import { rulingsByCommit } from "../../../core/provenance/rulings.ts";
import { sampleSha } from "../../builders.ts";

const commit = sampleSha("a");
const ruling = (at: string, reason: string): Ruling => ({ commit, verdict: "human", by: "ann", reason, at });

describe("the decision that holds", () => {
  test.each([
    { says: "the only one", rulings: [ruling("2026-01-01T00:00:00Z", "first")], holds: "first" },
    {
      says: "the latest, in whatever order they come",
      rulings: [ruling("2026-01-03T00:00:00Z", "third"), ruling("2026-01-02T00:00:00Z", "second")],
      holds: "third",
    },
    {
      says: "the latest instant, not the latest text",
      rulings: [ruling("2026-01-01T23:00:00-05:00", "later"), ruling("2026-01-02T00:00:00Z", "earlier")],
      holds: "later",
    },
    {
      says: "of two at once, the one recorded last",
      rulings: [ruling("2026-01-01T00:00:00Z", "first"), ruling("2026-01-01T00:00:00Z", "last")],
      holds: "last",
    },
    {
      says: "one whose instant can be read",
      rulings: [ruling("2026-01-01T00:00:00Z", "dated"), ruling("yesterday", "undated")],
      holds: "dated",
    },
  ])("$says", ({ rulings, holds }) => expect(rulingsByCommit(rulings).get(commit)?.reason).toBe(holds));

  test("of another commit: none", () => {
    expect(rulingsByCommit([ruling("2026-01-01T00:00:00Z", "x")]).get(sampleSha("b"))).toBeUndefined();
  });
});
