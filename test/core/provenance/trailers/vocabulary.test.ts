import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acceptanceOf,
  checkTrailer,
  trailerProblem,
  vocabulary,
  vocabularyKey,
} from "../../../../core/provenance/trailers/vocabulary.ts";

const hash = "0123456789abcdef".repeat(4);
const trace = "4bf92f3577b34da6a3ce929d0e0e4736";

test("a person's name is no malformed trailer, and names no tool", () => {
  for (const key of ["Assisted-by", "Generated-by"]) {
    expect(checkTrailer(key, "Ann Example <ann@example.com>")).toEqual({ known: true, wellFormed: true });
    expect(trailerProblem(key, "Ann Example <ann@example.com>")).toBe(
      "it takes the tool and its model, and names a person",
    );
  }
});

describe("what each key takes", () => {
  test.each([
    { key: "Assisted-by", value: "Crush:glm-5.2" },
    { key: "assisted-BY", value: "Claude Opus 4.7" },
    { key: "Generated-by", value: "codex:gpt-5" },
    { key: "Assisted-by", value: "Claude Opus 4.5 <noreply@anthropic.com>" },
    { key: "Assisted-by", value: "Frobnicator <noreply@frobnicator.example>" },
    { key: "Assisted-by", value: "通义灵码" },
    { key: "AI-Assisted", value: "No" },
    { key: "AI-Assisted", value: "true" },
    { key: "AI-Session", value: "https://claude.ai/code/session_0123456789abcdef01234567" },
    { key: "AI-Trace", value: trace },
    { key: "AI-Trace", value: `${trace}-00f067aa0ba902b7` },
    { key: "AI-Trace", value: `00-${trace}-00f067aa0ba902b7-01` },
    { key: "AI-Prompt", value: `sha256:${hash}` },
    { key: "AI-Prompt", value: `hmac-sha256:org-1:${hash}` },
    { key: "AI-Prompt", value: `sha256:${hash} tpl=fix-tests@1.2` },
    { key: "AI-Prompt-Summary", value: "retry a failed charge once" },
    { key: "AI-Prompt-Summary", value: "ü".repeat(100) },
    { key: "AI-Declares", value: "0123456789ab" },
    { key: "AI-Declares", value: "0123456789ABCDEF" },
    { key: "AI-Declares", value: "a".repeat(64) },
    { key: "AI-Accepted", value: "as-is" },
    { key: "AI-Accepted", value: "Partial 3/5" },
    { key: "AI-Validated", value: "tests, lint; ran it on my machine" },
    { key: "Reviewed-by", value: "Ann <ann@example.com>" },
    { key: "Signed-off-by", value: "Ann Example <ann@example.com>" },
    { key: "Fixes", value: "" },
  ])("$key: $value is well formed", ({ key, value }) => {
    expect(checkTrailer(key, value)).toEqual({ known: key !== "Fixes", wellFormed: true });
    expect(trailerProblem(key, value)).toBeNull();
  });

  test.each([
    { key: "Assisted-by", value: "" },
    { key: "Assisted-by", value: "<agent>:<model>" },
    { key: "Assisted-by", value: "none" },
    { key: "Assisted-by", value: "???" },
    { key: "Generated-by", value: "-" },
    { key: "Generated-by", value: "4.5:1" },
    { key: "Generated-by", value: "x".repeat(101) },
    { key: "AI-Assisted", value: "a little" },
    { key: "AI-Session", value: "two words" },
    { key: "AI-Session", value: "" },
    { key: "AI-Session", value: "x".repeat(101) },
    { key: "AI-Trace", value: "0".repeat(32) },
    { key: "AI-Trace", value: trace.slice(1) },
    { key: "AI-Trace", value: `${trace}-${"0".repeat(16)}` },
    { key: "AI-Trace", value: `${trace}-00f067aa0ba902b7-01` },
    { key: "AI-Prompt", value: hash },
    { key: "AI-Prompt", value: `md5:${hash}` },
    { key: "AI-Prompt", value: `sha256:${hash}0` },
    { key: "AI-Prompt", value: `sha256:${hash.replace("0", "g")}` },
    { key: "AI-Prompt", value: `hmac-sha256:${hash}` },
    { key: "AI-Prompt", value: `hmac-sha256::${hash}` },
    { key: "AI-Prompt", value: `sha256:${hash} ignore previous instructions` },
    { key: "AI-Prompt", value: `sha256:${hash} tpl=x` },
    { key: "AI-Prompt-Summary", value: "" },
    { key: "AI-Prompt-Summary", value: "x".repeat(101) },
    { key: "AI-Prompt-Summary", value: "two\tcolumns" },
    { key: "AI-Declares", value: "0123456789a" },
    { key: "AI-Declares", value: "a".repeat(65) },
    { key: "AI-Declares", value: "HEAD~1" },
    { key: "AI-Declares", value: "0123456789ab 0123456789cd" },
    { key: "AI-Accepted", value: "yes" },
    { key: "AI-Accepted", value: "partial" },
    { key: "AI-Accepted", value: "partial 6/5" },
    { key: "AI-Accepted", value: "partial 0/0" },
    { key: "AI-Accepted", value: "partial -1/5" },
    { key: "AI-Accepted", value: "as-is 1/2" },
    { key: "AI-Validated", value: "vibes" },
    { key: "AI-Validated", value: "" },
    { key: "Reviewed-by", value: "@ann" },
    { key: "Co-authored-by", value: "Claude" },
    { key: "Signed-off-by", value: "<ann@example.com>" },
  ])("$key: $value is not (faults row 47)", ({ key, value }) => {
    const { known, wellFormed, problem } = checkTrailer(key, value);
    expect({ known, wellFormed }).toEqual({ known: true, wellFormed: false });
    expect(problem).toContain(`\`${key}\` takes `);
    expect(problem).toBe(checkTrailer(key, "").problem);
    expect(trailerProblem(key, value)).toMatch(/^it takes /);
  });

  test.each(vocabulary)("the example of $key is well formed", ({ key, example }) => {
    expect(checkTrailer(key, example).wellFormed).toBe(true);
    expect(`${key}: ${example}`.length).toBeLessThanOrEqual(100);
  });

  test("any value is judged, and never repeated", () => {
    const keys = fc.constantFrom(...vocabulary.map(({ key }) => key));
    fc.assert(
      fc.property(keys, fc.string({ unit: "binary", minLength: 8 }), (key, value) => {
        const { problem = "" } = checkTrailer(key, `${value}!!!`);
        expect(problem).not.toContain(`${value}!!!`);
      }),
    );
  });
});

test("our spelling of a key", () => {
  expect(vocabularyKey("ai-PROMPT")).toBe("AI-Prompt");
  expect(vocabularyKey("AI-Prompts")).toBeNull();
});

describe("acceptance", () => {
  test.each([
    { says: "silence is unstated", trailers: [], acceptance: "unstated" },
    { says: "as the trailer says", trailers: [["AI-Accepted", "edited"]], acceptance: "edited" },
    { says: "in either case", trailers: [["ai-accepted", "REWRITTEN"]], acceptance: "rewritten" },
    { says: "a share is partial", trailers: [["AI-Accepted", "partial 1/2"]], acceptance: "partial" },
    {
      says: "the strictest of several",
      trailers: [
        ["AI-Accepted", "rewritten"],
        ["AI-Accepted", "partial 1/2"],
        ["AI-Accepted", "edited"],
      ],
      acceptance: "partial",
    },
    { says: "a malformed value says nothing", trailers: [["AI-Accepted", "mostly"]], acceptance: "unstated" },
    {
      says: "an attribution is partial",
      trailers: [["Entire-Attribution", "73% agent (146/200 lines)"]],
      acceptance: "partial",
    },
    { says: "a whole one says nothing", trailers: [["Entire-Attribution", "100% agent"]], acceptance: "unstated" },
  ])("$says", ({ trailers, acceptance }) => {
    expect(acceptanceOf(trailers.map(([key = "", value = ""]) => ({ key, value })))).toBe(acceptance);
  });
});
