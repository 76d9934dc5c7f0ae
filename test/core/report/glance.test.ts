import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { atAGlance } from "../../../core/report/glance.ts";
import type { Review } from "../../../core/report/review.ts";
import { sampleReview } from "../../builders.ts";

function line(review: Review, label: string): string | undefined {
  return atAGlance(review).find((entry) => entry.label === label)?.text;
}

const nothing = { covered: 0, total: 0 };

describe("who wrote it", () => {
  test("AI's share, by tool, and what nobody declared", () => {
    expect(line(sampleReview(), "Written by")).toBe(
      "AI, 265 of 304 added lines (87 %): claude-code 130, copilot 96, cursor 39; 4 suggestion; 13 automation; 13 human; 9 undeclared",
    );
  });

  test("a fourth tool is counted, not named", () => {
    const review = sampleReview();
    const file = review.change.files[0]!;
    const writer = { ...file.written[0]!.writer, verdict: "agent-assisted" as const };
    file.written = ["amp", "zed"].map((agent, index) => ({
      start: index + 1,
      end: index + 1,
      writer: { ...writer, agent },
    }));
    expect(line(review, "Written by")).toContain(": claude-code 130, copilot 96, cursor 39, 2 more tools 2");
  });

  test("lines of a tool that is not named are counted too", () => {
    const review = sampleReview();
    const [file] = review.change.files;
    const writer = { ...file!.written[0]!.writer, verdict: "agent-assisted" as const, agent: null };
    file!.written.push({ start: 900, end: 902, writer });
    expect(line(review, "Written by")).toContain("cursor 39, 3 by a tool not named; ");
  });

  test("undeclared lines that count as AI stand among AI's, whatever tool they bear", () => {
    const text = line(sampleReview({ countsAsAi: ["agent-authored", "agent-assisted", "undeclared"] }), "Written by");
    expect(text).toContain("cursor 39, 9 undeclared; ");
  });

  test("a change that only deletes adds no lines", () => {
    const review = sampleReview();
    for (const verdict of Object.keys(review.provenance.totals.lines)) {
      Object.assign(review.provenance.totals.lines, { [verdict]: 0 });
    }
    expect(line(review, "Written by")).toBe("no lines are added");
  });

  test("undeclared lines that count as AI are not told a second time", () => {
    expect(line(sampleReview({ countsAsAi: ["agent-assisted", "undeclared"] }), "Written by")).not.toContain(
      "; 9 undeclared",
    );
  });
});

describe("what the tests reach", () => {
  test("all added lines that can run, and AI's among them", () => {
    expect(line(sampleReview(), "Tests")).toBe(
      "reach 74 of 113 added lines that can run (65 %); 68 of 106 by AI (64 %); 1 changed file not measured",
    );
  });

  test("without a report it is unknown, and says why", () => {
    const review = sampleReview();
    review.coverage.patch = absent("no coverage report was given");
    expect(line(review, "Tests")).toBe("unknown: no coverage report was given");
  });

  test.each([
    { says: "nothing to run is not 0 %", unmeasured: [], is: "no added line can run" },
    {
      says: "nothing known is not nothing to run",
      unmeasured: ["src/a.js"],
      is: "unknown: no report measures src/a.js",
    },
    {
      says: "of many files the first is named",
      unmeasured: ["a.js", "b.js", "c.js"],
      is: "unknown: no report measures a.js and 2 more files",
    },
  ])("$says", ({ unmeasured, is }) => {
    const review = sampleReview();
    review.coverage.patch = present({ lines: nothing, branches: nothing, functions: nothing });
    review.coverage.unmeasured = unmeasured;
    expect(line(review, "Tests")).toBe(is);
  });
});

describe("the policy", () => {
  test("names its file and what is not met", () => {
    expect(line(sampleReview(), "Policy")).toBe("enforce, .github/countersign.yml; 3 of 4 rules not met");
  });

  test("without a file it says that observe applies", () => {
    const review = sampleReview();
    Object.assign(review.decision, { rules: [], policy: { ...review.decision.policy, source: "default", path: null } });
    expect(line(review, "Policy")).toBe("no policy file, so observe applies; no rule applies");
  });

  test.each([
    { rules: 1, text: "the one rule that applies holds" },
    { rules: 2, text: "all 2 rules that apply hold" },
  ])("$rules that hold", ({ rules, text }) => {
    const review = sampleReview();
    const holding = review.decision.rules.find(({ state }) => state === "satisfied")!;
    review.decision.rules = Array.from({ length: rules }, () => holding);
    expect(line(review, "Policy")).toBe(`enforce, .github/countersign.yml; ${text}`);
  });
});

test("no finding is said in a word", () => expect(line(sampleReview({ findings: [] }), "Findings")).toBe("none"));
