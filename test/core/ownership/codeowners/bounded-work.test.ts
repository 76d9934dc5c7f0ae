import { expect, test } from "vitest";
import { boundedWork } from "../../../../core/ownership/codeowners/bounded-work.ts";
import { TooMuchWork } from "../../../../core/ownership/codeowners/pattern-index.ts";

const refuse = (): string => {
  throw new TooMuchWork(2_000, 15_000_000);
};

test("answers are given until one was refused, and none from then on", () => {
  const work = boundedWork("CODEOWNERS");
  const told = () => [work.within(() => "an answer", "none"), work.refusal()];
  expect(told()).toEqual(["an answer", null]);
  expect(work.within(refuse, "refused")).toBe("refused");
  expect(told()).toEqual([
    "none",
    "CODEOWNERS takes too much work for the files of this change, so nobody can say who owns them: begin its patterns with folders, write fewer wildcards, or split the change",
  ]);
});

test("any other error is one", () => {
  const work = boundedWork("CODEOWNERS");
  const wrong = (): string => {
    throw new Error("wrong");
  };
  expect(() => work.within(wrong, "refused")).toThrow("wrong");
  expect(work.refusal()).toBeNull();
});

test("what is refused is told with its size and the limit", () => {
  const { name, message } = new TooMuchWork(2_000, 15_000_000);
  expect([name, ...message.split("\n")]).toEqual([
    "TooMuchWork",
    "CODEOWNERS takes too much work: for these files its 2,000 lines need more than 15,000,000 comparisons of names, so nobody can say who owns them.",
    "Begin patterns with the folders that they are about, write fewer wildcards, or ask about fewer files at once.",
  ]);
});
