import { afterAll, expect, test } from "vitest";
import { runScript } from "../command-line.ts";
import { createRepository, removeRepositories } from "../git-repository.ts";

/** `scripts/history-accuracy.ts`: what a history shows, beside what rough patterns find in it. */

afterAll(removeRepositories);

const repository = createRepository();
const marked = repository.commit({
  message: "One\n\nCo-authored-by: Codex <noreply@openai.com>\n",
  files: { a: "1\n" },
});
const missed = repository.commit({ message: "Two\n\nThis change was written with Claude.\n", files: { a: "2\n" } });
repository.commit({ message: "Three\n", author: "dependabot[bot] <support@github.com>", files: { a: "3\n" } });
repository.commit({ message: "Four: the agent waits for its cursor\n", files: { a: "4\n" } });

test("it counts verdicts, lists what may be missed and samples what was found", () => {
  const { code, stdout, stderr } = runScript("scripts/history-accuracy.ts", [
    repository.path,
    "--list",
    "--sample",
    "9",
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [, figures, ...rest] = stdout.trimEnd().split("\n");
  // Commits, recognised, then by verdict from agent-authored to undeclared, and candidates.
  expect(figures).toBe("| 4 | 1 | 0 | 1 | 0 | 1 | 0 | 2 | 1 |");
  expect(rest).toEqual([
    `${missed} This change was written with Claude.`,
    `${marked} agent-assisted: codex: Co-authored-by: Codex <noreply@openai.com>`,
  ]);
});

test("no repository is a failure", () => {
  expect(runScript("scripts/history-accuracy.ts", []).code).not.toBe(0);
});
