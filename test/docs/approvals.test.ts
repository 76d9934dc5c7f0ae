import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { approvalReasons, areaStates, exclusions, staleWhen } from "../../core/ownership/approval.ts";

const page = readFileSync(join(resolve(import.meta.dirname, "../.."), "docs/approvals.md"), "utf8");

/** The words in the first column of every table of the page. */
const told = page
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("`")[1]);

describe("docs/approvals.md tells every word that a report can hold", () => {
  test.each([...approvalReasons, ...areaStates, ...staleWhen])("%s", (word) => {
    expect(told).toContain(word);
  });
});

test("whoever can be excluded is told of", () => {
  const words = { author: "`author`", committers: "`committer`", agent_requester: "`agent-requester`" };
  for (const exclusion of exclusions) expect(page).toContain(words[exclusion]);
});
