import { describe, expect, test } from "vitest";
import { gitTrailers, ourTrailers } from "./git-trailers.ts";
import { randomMessages } from "./random-messages.ts";

// Each run tries messages of its own and says its seed; a difference is replayed with COUNTERSIGN_SEED.
const seed = Number(process.env["COUNTERSIGN_SEED"] ?? Date.now() % 1_000_000_000);

describe("our reading of trailers is git's", () => {
  test(`on 5,000 generated messages (seed ${seed})`, () => {
    const messages = randomMessages(5_000, seed);
    const expected = gitTrailers(messages);
    const differences = messages
      .map((message, index) => ({ message, git: expected[index], ours: ourTrailers(message) }))
      .filter(({ git, ours }) => git !== ours);
    expect(differences).toEqual([]);
    expect(expected.filter((printed) => printed !== "").length).toBeGreaterThan(1_000);
  });
});
