import { expect, test } from "vitest";
import { buildSignal, firstRule, sentences } from "../../../subjects.ts";

const policy = "rules: [{ id: r, when: { tools: [Claude Code, codex] }, require: { secrets: none } }]";
const commit = { name: "a", verdict: "agent-assisted" as const };
const answer = (sketch: Parameters<typeof firstRule>[1]) =>
  sentences(firstRule(policy, sketch)).find((sentence) => sentence.includes("files: was written with"));

test.each([
  { says: "a commit names it by its id", commits: [{ ...commit, agent: "claude-code" }], is: "yes" },
  { says: "a commit names another", commits: [{ ...commit, agent: "cursor" }], is: "no" },
  { says: "a tool's work that names none", commits: [commit], is: "unknown" },
  { says: "a signal names it", commits: [{ ...commit, agent: "cursor", signals: [buildSignal()] }], is: "yes" },
  { says: "nobody says that a tool had a part", commits: [{ name: "a" }], is: "no" },
  { says: "no commit is known", commits: [], is: "unknown" },
])("$says: $is", ({ commits, is }) => expect(answer({ commits })?.split(":")[0]).toBe(is));

test("a signal about the whole change counts for each file", () => {
  expect(answer({ commits: [{ ...commit, agent: "cursor" }], signals: [buildSignal({ agent: "codex" })] })).toMatch(
    /^yes/,
  );
});

test("only the file that it touched", () => {
  const commits = [
    { ...commit, agent: "codex" },
    { name: "b", verdict: "human" as const },
  ];
  const files = [
    { path: "a.ts", commits: ["a"] },
    { path: "b.ts", commits: ["b"] },
  ];
  expect(firstRule(policy, { commits, files }).files).toEqual(["a.ts"]);
});
