import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { promptFingerprint } from "../../core/provenance/index.ts";
import { runCommand, type CommandOptions } from "../command-line.ts";
import { newFolder, removeRepositories } from "../git-repository.ts";

afterAll(removeRepositories);
const folder = newFolder();
const secret = "0123456789abcdef-and-more";
writeFileSync(join(folder, "prompt.key"), `${secret}\n`);
const keyed = `AI-Prompt: ${promptFingerprint("fix the tests", { id: "team", secret })}\n`;

const run = (args: string[], options: CommandOptions = {}) =>
  runCommand(["fingerprint", ...args], { cwd: folder, stdin: "fix the tests\n", ...options });

test("without a key: the trailer, and a word of warning", async () => {
  const { code, stdout, stderr } = await run([]);
  expect([code, stdout]).toEqual([0, `AI-Prompt: ${promptFingerprint("fix the tests")}\n`]);
  expect(stderr).toContain("short prompts are guessed easily");
});

describe("with a key", () => {
  const environment = { COUNTERSIGN_PROMPT_KEY: secret, COUNTERSIGN_PROMPT_KEY_ID: "team" };
  test.each([
    {
      says: "from a file, whose last line break is no part of it",
      args: ["--key-id", "team", "--key-file", "prompt.key"],
      environment: {},
    },
    { says: "from the environment", args: [], environment },
    {
      says: "the file before the environment",
      args: ["--key-file", "prompt.key"],
      environment: { ...environment, COUNTERSIGN_PROMPT_KEY: "another secret of some length" },
    },
  ])("$says", async ({ args, environment: given }) => {
    expect(await run(args, { environment: given })).toEqual({ code: 0, stdout: keyed, stderr: "" });
  });

  test.each([
    { says: "an id without a key", args: ["--key-id", "team"], why: "no prompt key" },
    { says: "a key without an id", args: ["--key-file", "prompt.key"], why: "no id" },
    { says: "no such file", args: ["--key-id", "team", "--key-file", "nowhere"], why: "could not be read" },
    { says: "an id that no trailer holds", args: ["--key-id", "a b", "--key-file", "prompt.key"], why: "The id" },
  ])("a mistake ends with 3: $says", async ({ args, why }) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(why);
    expect(stderr).not.toContain(secret);
  });
});

test.each(["", " \n\t\n"])("no prompt is a mistake: %j", async (stdin) => {
  expect(await run([], { stdin })).toMatchObject({ code: 3, stdout: "" });
});

test("bytes that are no UTF-8 are hashed as U+FFFD, and a byte order mark is dropped", async () => {
  const stdin = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]);
  expect((await run([], { stdin })).stdout).toBe(`AI-Prompt: ${promptFingerprint("a\ufffd")}\n`);
});
