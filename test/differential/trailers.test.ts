import { describe, expect, test } from "vitest";
import { gitLogTrailers, gitTrailers, ourTrailers } from "./git-trailers.ts";
import { randomMessages } from "./random-messages.ts";

// Each run tries messages of its own and says its seed; a difference is replayed with COUNTERSIGN_SEED.
const seed = Number(process.env["COUNTERSIGN_SEED"] ?? Date.now() % 1_000_000_000);

describe(`our reading of trailers is git's (seed ${seed})`, () => {
  test("5,000 generated messages, beside `git interpret-trailers --parse --no-divider`", () => {
    const messages = randomMessages(5_000, seed);
    const expected = gitTrailers(messages);
    expect(differences(messages, expected)).toEqual([]);
    // The generator must go on making messages that have trailers, or the comparison says little.
    expect(expected.filter((printed) => printed !== "").length).toBeGreaterThan(1_000);
  });

  test("2,000 stored commits, beside `git log`", () => {
    const messages = randomMessages(2_000, seed + 1).filter(isPlain);
    const expected = gitLogTrailers(messages);
    expect(differences(messages, expected)).toEqual([]);
    expect(expected.filter((printed) => printed !== "").length).toBeGreaterThan(300);
  });
});

function differences(messages: readonly string[], expected: readonly string[]) {
  return messages
    .map((message, index) => ({ message, git: expected[index], ours: ourTrailers(message) }))
    .filter(({ git, ours }) => git !== ours);
}

function isPlain(message: string): boolean {
  const [first = ""] = message.split("\n");
  return first.trim() !== "" && !message.includes("\0");
}
