import { afterAll, expect, test } from "vitest";
import { removeRepositories } from "../../git-repository.ts";
import { hookRepository } from "./hook-repository.ts";

/** docs/capture.md, "Accepted", row by row: real commits of what a person made of what the agent left. */
afterAll(removeRepositories);

const old = "a\nb\nc\nd\n";

test.each([
  { says: "as it was left", base: old, left: "a\nb\nX\nY\nc\nd\n", committed: "a\nb\nX\nY\nc\nd\n", is: "as-is" },
  { says: "a new file, as it was left", base: null, left: "X\nY\n", committed: "X\nY\n", is: "as-is" },
  {
    says: "lines of the agent taken out",
    base: old,
    left: "a\nX\nY\nZ\nb\nc\nd\n",
    committed: "a\nX\nZ\nb\nc\nd\n",
    is: "partial 2/3",
  },
  {
    says: "one of three kept",
    base: old,
    left: "X\na\nY\nb\nZ\nc\nd\n",
    committed: "a\nb\nZ\nc\nd\n",
    is: "partial 1/3",
  },
  { says: "a replaced line put back", base: old, left: "a\nX\nc\nY\n", committed: "a\nX\nc\nd\n", is: "partial 1/2" },
  {
    says: "a line changed",
    base: old,
    left: "a\nX\nY\nZ\nb\nc\nd\n",
    committed: "a\nX\nY\nz\nb\nc\nd\n",
    is: "edited",
  },
  { says: "a line of one's own beside", base: old, left: `${old}X\n`, committed: `${old}X\nmine\n`, is: "edited" },
  { says: "an old line taken out beside", base: old, left: `${old}X\n`, committed: "b\nc\nd\nX\n", is: "edited" },
  { says: "half of it changed", base: null, left: "1\n2\n3\n4\n", committed: "1\n2\nthree\nfour\n", is: "edited" },
  {
    says: "more than half of it changed",
    base: null,
    left: "1\n2\n3\n4\n",
    committed: "1\ntwo\nthree\nfour\n",
    is: "rewritten",
  },
  { says: "all of it changed", base: old, left: `${old}X\nY\n`, committed: `${old}x\ny\n`, is: "rewritten" },
  { says: "all of it taken out", base: old, left: `${old}X\nY\n`, committed: "a\nb\nc\n", is: "rewritten" },
  {
    says: "an agent that only took lines out, and a person who took out more",
    base: old,
    left: "a\nb\n",
    committed: "a\n",
    is: "edited",
  },
  { says: "bytes that are no text", base: null, left: "\0\u0001X", committed: "\0\u0001X", is: "as-is" },
  { says: "no line break at the end", base: null, left: "X\nY", committed: "X\nY\n", is: "edited" },
])("$says: $is", async ({ base, left, committed, is }) => {
  const repository = await hookRepository();
  if (base !== null) {
    repository.write("file", base);
    repository.commit("-m", "Base");
  }
  await repository.agentWrites("file", left);
  repository.write("file", committed);
  repository.commit("-m", "Change");
  expect(repository.trailers().at(-1)).toBe(`AI-Accepted: ${is}`);
});

test("lines are counted over all files, whole ones too", async () => {
  const repository = await hookRepository();
  await repository.agentWrites("a", "1\n2\n");
  await repository.agentWrites("b", "1\n2\n3\n");
  repository.write("b", "1\n");
  repository.commit("-m", "Change");
  expect(repository.trailers().at(-1)).toBe("AI-Accepted: partial 3/5");
});

test("attributes of the repository cannot hide lines", async () => {
  const repository = await hookRepository();
  repository.write(".gitattributes", "* -diff -text\n");
  repository.commit("-m", "Base");
  await repository.agentWrites("a", "1\n2\n3\n");
  repository.write("a", "1\n2\n");
  repository.commit("-m", "Change");
  expect(repository.trailers().at(-1)).toBe("AI-Accepted: partial 2/3");
});

test("a session of 300 files costs a commit no more than its share", async () => {
  const repository = await hookRepository();
  const paths = Array.from({ length: 300 }, (_, index) => `src/${index % 7}/file ${index}.ts`);
  for (const path of paths) repository.write(path, "1\n");
  const patch = paths.map((path) => `*** Add File: ${path}\n+1\n`).join("");
  const call = { hook_event_name: "PostToolUse", tool_name: "apply_patch", tool_input: { command: patch } };
  await repository.hook(call, {}, "codex");
  repository.write(paths[7] ?? "", "2\n");
  const start = performance.now();
  repository.commit("-m", "Change");
  expect(repository.trailers().at(-1)).toBe("AI-Accepted: edited");
  // Far from what a search through all files for each file takes.
  expect(performance.now() - start).toBeLessThan(10_000);
});
