import { describe, expect, test } from "vitest";
import type { Disagreement } from "../../../core/provenance/provenance.ts";
import { renderSummary } from "../../../core/report/markdown.ts";
import { disagreementRows, sessionRows } from "../../../core/report/provenance-rows.ts";
import { renderTerminal } from "../../../core/report/terminal.ts";
import { sampleReview, sampleSha } from "../../builders.ts";

describe("sessions", () => {
  test("most lines first, each with its tool, files and lines; none that only a commit names", () => {
    const review = sampleReview();
    const limit = review.change.files.find(({ path }) => path === "src/orders/limit.ts")!;
    limit.written[0]!.writer.session = "s_limit";
    review.provenance.commits[2]!.sessions = ["s_unused"];
    expect(sessionRows(review)).toEqual([
      { session: "s_limit", agent: "copilot", model: null, lines: 96, files: 1 },
      { session: "5a6c4b1e-sample-session", agent: "claude-code", model: "claude-opus-4-5", lines: 56, files: 1 },
    ]);
  });

  test("a long list says by how much it is cut", () => {
    const review = sampleReview();
    const limit = review.change.files.find(({ path }) => path === "src/orders/limit.ts")!;
    const { start, writer } = limit.written[0]!;
    limit.written = Array.from({ length: 60 }, (_, index) => {
      return { start: start + index, end: start + index, writer: { ...writer, session: `s_${index}` } };
    });
    expect(renderTerminal(review, { width: 100, color: false, unicode: true })).toContain("… and 51 more sessions");
    expect(renderSummary(review, { maxBytes: 900_000 })).toContain("… 11 more sessions");
  });
});

describe("declared versus attested", () => {
  const found = (rest: Partial<Disagreement>): Disagreement => ({
    commit: sampleSha("retry"),
    kind: "attested-not-declared",
    source: "git-ai",
    aiLines: 0,
    humanLines: 0,
    agent: null,
    model: null,
    ...rest,
  });

  test.each<{ says: string; disagreement: Disagreement; declared: string; attested: string }>([
    {
      says: "attested, and another tool declared",
      disagreement: found({ aiLines: 41, humanLines: 3, agent: "cursor", model: "gpt-5" }),
      declared: "another tool",
      attested: "git-ai: 41 lines by cursor (gpt-5), 3 human",
    },
    {
      says: "attested and not declared",
      disagreement: found({ commit: sampleSha("elsewhere"), aiLines: 2, agent: "cursor" }),
      declared: "nothing",
      attested: "git-ai: 2 lines by cursor",
    },
    {
      says: "attested and denied",
      disagreement: found({ kind: "denied-but-attested", aiLines: 1 }),
      declared: "no tool",
      attested: "git-ai: 1 line by a tool we do not know",
    },
    {
      says: "declared and not attested",
      disagreement: found({ kind: "declared-not-attested", source: "entire", humanLines: 1204 }),
      declared: "claude-code (claude-opus-4-5)",
      attested: "entire: no line by a tool, 1,204 human",
    },
    {
      says: "declared by a commit that the report does not list",
      disagreement: found({ kind: "declared-not-attested", commit: sampleSha("elsewhere") }),
      declared: "a tool",
      attested: "git-ai: no line by a tool",
    },
  ])("$says", ({ disagreement, declared, attested }) => {
    const review = sampleReview();
    review.provenance.disagreements = [disagreement];
    expect(disagreementRows(review)).toEqual([{ commit: disagreement.commit, declared, attested }]);
  });

  test("no section where nothing disagrees", () => {
    const review = sampleReview();
    review.provenance.disagreements = [];
    expect(renderTerminal(review, { width: 100, color: false, unicode: true })).not.toContain("versus");
    expect(renderSummary(review, { maxBytes: 900_000 })).not.toContain("versus");
  });

  test("a long list says by how much it is cut", () => {
    const review = sampleReview();
    review.provenance.disagreements = Array.from({ length: 60 }, () => found({ aiLines: 1 }));
    expect(renderTerminal(review, { width: 100, color: false, unicode: true })).toContain("… and 50 more commits");
    expect(renderSummary(review, { maxBytes: 900_000 })).toContain("… 10 more commits");
  });
});
