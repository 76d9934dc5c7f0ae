import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  normalisedPrompt,
  promptFingerprint,
  promptSummary,
} from "../../../../core/provenance/record/prompt-fingerprint.ts";
import { trailerProblem } from "../../../../core/provenance/trailers/vocabulary.ts";
import { cpuTime } from "../../../cpu-time.ts";

const Vectors = z.strictObject({
  version: z.literal(1),
  key: z.strictObject({ id: z.string(), secret: z.string() }),
  vectors: z.array(
    z.strictObject({
      says: z.string(),
      input: z.string(),
      normalised: z.string(),
      sha256: z.string(),
      hmac: z.string(),
    }),
  ),
});

/** The published vectors. Their digests were computed in Python (unicodedata, hashlib, hmac), not with this code. */
const { key, vectors } = Vectors.parse(
  JSON.parse(readFileSync(new URL("../../../../docs/prompt-fingerprints.json", import.meta.url), "utf8")),
);

describe("the published vectors", () => {
  test("are many", () => expect(vectors.length).toBeGreaterThanOrEqual(20));
  test.each(vectors)("$says", ({ input, normalised, sha256, hmac }) => {
    expect(normalisedPrompt(input)).toBe(normalised);
    expect(promptFingerprint(input)).toBe(sha256);
    expect(promptFingerprint(input, key)).toBe(hmac);
  });
  test("the key's bytes are the UTF-8 of its text", () => {
    expect(promptFingerprint("fix the tests", { ...key, secret: Buffer.from(key.secret) })).toBe(
      promptFingerprint("fix the tests", key),
    );
  });
});

describe("a fingerprint", () => {
  test.each(vectors)("is what the vocabulary takes under AI-Prompt: $says", ({ sha256, hmac }) => {
    expect([trailerProblem("AI-Prompt", sha256), trailerProblem("AI-Prompt", hmac)]).toEqual([null, null]);
  });
  test("of other prompts, or with another key, is another one", () => {
    const other = { id: key.id, secret: "another key, as long as that" };
    const all = [promptFingerprint("a"), promptFingerprint("b"), promptFingerprint("a", key)];
    expect(new Set([...all, promptFingerprint("a", other)]).size).toBe(4);
  });
  test("of the normalised text is the same, for any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "é", "e\u0301", "\n", "\r", " ", "\t", "\ud83d", "\ufeff") }),
        (text) => {
          const once = normalisedPrompt(text.replaceAll("\ufeff", ""));
          expect(normalisedPrompt(once)).toBe(once);
          expect(normalisedPrompt(`\r\n${once} \t\r\n\n`)).toBe(once);
        },
      ),
    );
  });
  test("of a megabyte of blanks takes no time to speak of", () => {
    const spent = cpuTime();
    promptFingerprint(`a${" ".repeat(1_000_000)}b${"\t\n".repeat(500_000)}`);
    expect(spent()).toBeLessThan(2_000);
  });
});

describe("a key that protects nothing is refused", () => {
  test.each([
    { says: "no id", id: "", secret: key.secret, names: "id" },
    { says: "an id with a colon", id: "a:b", secret: key.secret, names: "id" },
    { says: "an id with a line break", id: "a\nb", secret: key.secret, names: "id" },
    {
      says: "an id of 13 characters, with which the trailer is too long",
      id: "a".repeat(13),
      secret: key.secret,
      names: "id",
    },
    { says: "an empty secret", id: "k", secret: "", names: "bytes" },
    { says: "a secret of 15 bytes", id: "k", secret: "x".repeat(15), names: "bytes" },
  ])("$says", ({ id, secret, names }) => {
    expect(() => promptFingerprint("fix", { id, secret })).toThrow(names);
  });
  test("the longest id gives a line of exactly 100 characters", () => {
    const value = promptFingerprint("fix", { id: "a".repeat(12), secret: "x".repeat(16) });
    expect(`AI-Prompt: ${value}`).toHaveLength(100);
  });
});

describe("a summary", () => {
  test.each([
    { says: "a short prompt as it is", text: "fix the tests\n", summary: "fix the tests" },
    { says: "on one line", text: "fix\n\nthe tests", summary: "fix  the tests" },
    {
      says: "without a secret",
      text: `use ghp_${"a1B2c3D4e5F6".repeat(3)} to push`,
      summary: "use (redacted:github-token) to push",
    },
    { says: "without what nobody sees", text: "fix\u200b \u202ethe\u0007 tests", summary: "fix the tests" },
    { says: "nothing of nothing", text: " \n ", summary: "" },
  ])("$says", ({ text, summary }) => expect(promptSummary(text)).toBe(summary));
  test.each([
    { says: "long words", text: "x".repeat(500) },
    { says: "emoji of several code units", text: "👩‍💻".repeat(100) },
    { says: "a megabyte", text: "word ".repeat(200_000) },
  ])("stays within a line of 100 characters with its key: $says", ({ text }) => {
    const line = `AI-Prompt-Summary: ${promptSummary(text)}`;
    expect(line.length).toBeLessThanOrEqual(100);
    expect(line.length).toBeGreaterThan(90);
    expect(line.endsWith("…")).toBe(true);
    expect(line.isWellFormed()).toBe(true);
  });
});
