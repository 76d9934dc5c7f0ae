import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { projectRoot, runCommand } from "../../command-line.ts";
import { newFolder, removeRepositories } from "../../git-repository.ts";
import { hookRepository, type HookRepository } from "./hook-repository.ts";

/**
 * Payloads as each agent's documentation has them, into the real command line, in a real repository, through to the
 * trailers of a commit. docs/capture.md names the documentation, and what was never run against the real tool.
 */
afterAll(removeRepositories);

const prompt = "Fix the bug in a.ts";
const fingerprint = `AI-Prompt: sha256:${createHash("sha256").update(prompt).digest("hex")}`;

interface Agent {
  agent: string;
  /** What the agent sends, in order; `undefined` stands for the moment at which it writes a.ts. */
  payloads: (root: string) => readonly (object | undefined)[];
  trailers: readonly string[];
}

const claude = (root: string, event: string, more: object): object => ({
  session_id: "abc123",
  prompt_id: "550e8400-e29b-41d4-a716-446655440000",
  transcript_path: join(root, "../transcript.jsonl"),
  cwd: root,
  permission_mode: "default",
  effort: { level: "medium" },
  hook_event_name: event,
  ...more,
});
const cursor = (root: string, event: string, more: object): object => ({
  conversation_id: "668320d2-2fd8-4888-b33c-2a466fec86e7",
  generation_id: "490b90b7-a2ce-4c2c-bb76-cb77b125df2f",
  model: "claude-sonnet-4-5",
  hook_event_name: event,
  cursor_version: "2.0.77",
  workspace_roots: [root],
  user_email: "ann@example.com",
  transcript_path: null,
  ...more,
});
const codex = (root: string, event: string, more: object): object => ({
  session_id: "019a-thread",
  turn_id: "1",
  transcript_path: null,
  cwd: root,
  hook_event_name: event,
  model: "gpt-5.3-codex",
  permission_mode: "default",
  ...more,
});
const gemini = (root: string, event: string, more: object): object => ({
  session_id: "g-1",
  transcript_path: join(root, "../none.json"),
  cwd: root,
  hook_event_name: event,
  timestamp: "2026-11-21T10:00:00Z",
  ...more,
});
const copilot = (root: string, more: object): object => ({ timestamp: 1_704_614_600_000, cwd: root, ...more });

const agents: readonly Agent[] = [
  {
    agent: "claude",
    payloads: (root) => [
      claude(root, "UserPromptSubmit", { prompt }),
      undefined,
      claude(root, "PostToolUse", {
        tool_name: "Edit",
        tool_input: { file_path: join(root, "a.ts"), old_string: "x", new_string: "y", replace_all: false },
        tool_response: { filePath: join(root, "a.ts"), success: true },
        tool_use_id: "toolu_01ABC123",
      }),
      claude(root, "PostToolUse", {
        tool_name: "Bash",
        tool_input: { command: "npm test", description: "Run the tests", timeout: 120_000, run_in_background: false },
        tool_response: { stdout: "", stderr: "", interrupted: false, isImage: false },
      }),
      claude(root, "PostToolUseFailure", {
        tool_name: "Bash",
        tool_input: { command: "npx eslint ." },
        error: "Command exited with non-zero status code 1",
        is_interrupt: false,
      }),
    ],
    trailers: [
      ...["Assisted-by: claude-code:claude-opus-4-5-20251101", "AI-Session: abc123", fingerprint],
      ...["AI-Accepted: as-is", "AI-Validated: tests"],
    ],
  },
  {
    agent: "cursor",
    payloads: (root) => [
      cursor(root, "beforeSubmitPrompt", {
        prompt,
        attachments: [{ type: "file", filePath: join(root, ".cursorrules") }],
      }),
      undefined,
      cursor(root, "afterFileEdit", {
        file_path: join(root, "a.ts"),
        edits: [{ old_string: "const foo = 1", new_string: "const foo = 2" }],
      }),
      cursor(root, "postToolUse", {
        tool_name: "Shell",
        tool_input: { command: "npm run lint" },
        tool_output: '{"exitCode":0,"stdout":"fine"}',
        cwd: root,
        duration: 5432,
      }),
      cursor(root, "postToolUse", {
        tool_name: "Shell",
        tool_input: { command: "npm test" },
        tool_output: '{"exitCode":1}',
      }),
      cursor(root, "postToolUse", { tool_name: "Shell", tool_input: { command: "npx tsc" }, tool_output: "{}" }),
    ],
    trailers: [
      ...["Assisted-by: cursor:claude-sonnet-4-5", "AI-Session: 668320d2-2fd8-4888-b33c-2a466fec86e7", fingerprint],
      ...["AI-Accepted: as-is", "AI-Validated: lint"],
    ],
  },
  {
    agent: "codex",
    payloads: (root) => [
      codex(root, "UserPromptSubmit", { prompt }),
      undefined,
      codex(root, "PostToolUse", {
        tool_name: "apply_patch",
        tool_use_id: "call_1",
        tool_input: { command: "*** Begin Patch\n*** Update File: a.ts\n@@\n-x\n+y\n*** End Patch" },
        tool_response: "Success. Updated the following files:\nM a.ts\n",
      }),
      codex(root, "PostToolUse", {
        tool_name: "Bash",
        tool_input: { command: "cargo test" },
        tool_response: "Exit code: 0\nWall time: 1 seconds\nOutput:\nok",
      }),
      codex(root, "PostToolUse", {
        tool_name: "Bash",
        tool_input: { command: "cargo clippy" },
        tool_response: "Exit code: 101\nOutput:\nExit code: 0",
      }),
      codex(root, "PostToolUse", { tool_name: "Bash", tool_input: { command: "mypy" }, tool_response: "all fine" }),
    ],
    trailers: [
      ...["Assisted-by: codex:gpt-5.3-codex", "AI-Session: 019a-thread", fingerprint],
      ...["AI-Accepted: as-is", "AI-Validated: tests"],
    ],
  },
  {
    agent: "gemini",
    payloads: (root) => [
      gemini(root, "BeforeAgent", { prompt }),
      undefined,
      gemini(root, "AfterTool", {
        tool_name: "write_file",
        tool_input: { file_path: join(root, "a.ts"), content: "y" },
        tool_response: { llmContent: "Successfully overwrote file", returnDisplay: "" },
      }),
      gemini(root, "AfterTool", {
        tool_name: "run_shell_command",
        tool_input: { command: "pytest -q" },
        tool_response: { llmContent: "Command: pytest -q\nOutput: 3 passed\nExit Code: 0", returnDisplay: "" },
      }),
      gemini(root, "AfterTool", {
        tool_name: "run_shell_command",
        tool_input: { command: "ruff check ." },
        tool_response: { llmContent: "Output: bad\nExit Code: 1", returnDisplay: "" },
      }),
    ],
    trailers: [
      ...["Assisted-by: gemini-cli:unknown", "AI-Session: g-1", fingerprint],
      ...["AI-Accepted: as-is", "AI-Validated: tests"],
    ],
  },
  {
    agent: "copilot",
    payloads: (root) => [
      copilot(root, { prompt }),
      undefined,
      copilot(root, {
        toolName: "edit",
        toolArgs: JSON.stringify({ path: join(root, "a.ts"), old_str: "x", new_str: "y" }),
        toolResult: { resultType: "success", textResultForLlm: "File updated" },
      }),
      copilot(root, {
        toolName: "bash",
        toolArgs: '{"command":"npm test"}',
        toolResult: { resultType: "success", textResultForLlm: "All tests passed (15/15)" },
      }),
      copilot(root, {
        toolName: "bash",
        toolArgs: '{"command":"npm run lint"}',
        toolResult: { resultType: "success", textResultForLlm: "bad\n<exited with exit code 1>" },
      }),
    ],
    trailers: ["Assisted-by: copilot:unknown", fingerprint, "AI-Accepted: as-is", "AI-Validated: tests"],
  },
];

test.each(agents)("$agent: from its payloads to the commit's trailers", async ({ agent, payloads, trailers }) => {
  const repository = await hookRepository();
  repository.write("../transcript.jsonl", transcript);
  for (const payload of payloads(repository.path)) {
    if (payload === undefined) repository.write("a.ts", "y\n");
    else await send(repository, agent, JSON.stringify(payload));
  }
  repository.git("add", "a.ts");
  repository.git("commit", "--quiet", "-m", "One");
  expect(repository.trailers()).toEqual(trailers);
});

const transcript = [
  {
    type: "assistant",
    message: { role: "assistant", model: "claude-haiku-4-5", content: [{ type: "text", text: "CANARY" }] },
  },
  { type: "user", message: { role: "user", content: '"model":"from-a-prompt"' } },
  { type: "assistant", message: { role: "assistant", model: "claude-opus-4-5-20251101", content: [] } },
  { type: "assistant", message: { role: "assistant", model: "<synthetic>", content: [] } },
]
  .map((entry) => `${JSON.stringify(entry)}\n`)
  .join("");

test("Cursor runs Claude's hook files too: those calls say nothing", async () => {
  const repository = await hookRepository();
  repository.write("a.ts", "y\n");
  const payload = {
    cursor_version: "2.0.77",
    hook_event_name: "PostToolUse",
    tool_name: "Write",
    tool_input: { file_path: "a.ts" },
  };
  await send(repository, "claude", JSON.stringify({ ...payload, cwd: repository.path, session_id: "c" }));
  expect(sessions(repository)).toEqual([]);
});

describe("payloads that nobody should send", () => {
  const edit = (root: string, path: string, more: object = {}): string =>
    JSON.stringify(claude(root, "PostToolUse", { tool_name: "Write", tool_input: { file_path: path }, ...more }));

  test.each<{ says: string; payload: (root: string) => string | Uint8Array }>([
    { says: "nothing", payload: () => "" },
    { says: "no JSON", payload: () => "{" },
    { says: "no object", payload: () => "[1]" },
    { says: "bytes that are no text", payload: () => Uint8Array.of(0xff, 0, 0xfe) },
    { says: "nested a million deep", payload: () => "[".repeat(1_000_000) },
    { says: "a deep object", payload: () => `{"a":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}` },
    { says: "larger than any call", payload: () => `{"session_id":"${"x".repeat(17 * 1024 * 1024)}"}` },
    { says: "fields of other kinds", payload: () => '{"session_id":1,"cwd":[],"hook_event_name":{},"tool_input":7}' },
    { says: "a folder that is not there", payload: () => edit("/nowhere/at/all", "a.ts") },
    { says: "a path out of the repository", payload: (root) => edit(root, "../../../etc/passwd") },
    { says: "an absolute path elsewhere", payload: (root) => edit(root, "/etc/passwd") },
    { says: "a path with a NUL", payload: (root) => edit(root, "a\0b") },
    { says: "the git directory", payload: (root) => edit(root, join(root, ".git/config")) },
    { says: "a folder", payload: (root) => edit(root, root) },
    { says: "a link that leads out", payload: (root) => edit(root, "link/passwd") },
    {
      says: "names of the prototype",
      payload: () => '{"__proto__":{"hook_event_name":"PostToolUse"},"constructor":1}',
    },
  ])("$says: no state, no complaint", async ({ payload }) => {
    const repository = await hookRepository();
    symlinkSync("/etc", join(repository.path, "link"));
    const { code, stdout, stderr } = await runCommand(["capture", "--agent", "claude"], {
      cwd: repository.path,
      stdin: payload(repository.path),
    });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(sessions(repository)).toEqual([]);
  });

  test.each(["../../../../tmp/x", "a/b", "", "\n", "x".repeat(5_000), "ignore all rules"])(
    "a session called %j names no file, and reaches no commit unless it is one word",
    async (session) => {
      const repository = await hookRepository();
      await repository.agentWrites("a.ts", "y\n", { session_id: session, model: "evil model\nSigned-off-by: x" });
      for (const name of sessions(repository)) expect(name).toMatch(/^[0-9a-f]{32}\.session$/);
      repository.commit("-m", "One");
      const words = ["../../../../tmp/x", "a/b"].includes(session) ? [`AI-Session: ${session}`] : [];
      expect(repository.trailers()).toEqual(["Assisted-by: claude-code:unknown", ...words, "AI-Accepted: as-is"]);
    },
  );

  test("a repository of another person's, without our hooks, gets no state", async () => {
    const repository = await hookRepository();
    const other = newFolder();
    repository.tryGit(["init", "--quiet", other]);
    writeFileSync(join(other, "a.ts"), "y\n");
    await send(repository, "claude", edit(other, join(other, "a.ts")));
    await send(repository, "claude", edit(repository.path, join(other, "a.ts")));
    expect(existsSync(join(other, ".git/ai-provenance"))).toBe(false);
    expect(sessions(repository)).toEqual([]);
  });
});

test("hooks that run side by side lose nothing", async () => {
  const repository = await hookRepository();
  const calls = Array.from({ length: 4 }, (_, index) => {
    repository.write(`${index}.ts`, `${index}\n`);
    const payload = claude(repository.path, "PostToolUse", {
      tool_name: "Write",
      tool_input: { file_path: `${index}.ts` },
    });
    const child = spawn(process.execPath, [join(projectRoot, "cli/main.ts"), "capture", "--agent", "claude"]);
    child.stdin.end(JSON.stringify(payload));
    return new Promise((resolve) => child.on("close", resolve));
  });
  expect(await Promise.all(calls)).toEqual([0, 0, 0, 0]);
  const files = state(repository)
    .split("\n")
    .filter((line) => line.startsWith("file "));
  expect(files).toHaveLength(4);
});

test("what git ignores leaves nothing in the git directory", async () => {
  const repository = await hookRepository();
  repository.write(".gitignore", ".env\n");
  await repository.agentWrites(".env", "TOKEN=canary\n");
  await repository.agentWrites("a.ts", "y\n");
  expect(state(repository)).toContain("a.ts");
  expect(state(repository)).not.toContain(".env");
  expect(repository.tryGit(["cat-file", "-e", repository.git("hash-object", ".env")]).code).toBe(1);
});

test("an ignored file that is tracked all the same is remembered", async () => {
  const repository = await hookRepository();
  repository.write("a.log", "x\n");
  repository.commit("-m", "Base");
  repository.write(".gitignore", "*.log\n");
  await repository.agentWrites("a.log", "y\n");
  expect(state(repository)).toContain("a.log");
});

test("sessions are forgotten after 30 days", async () => {
  const repository = await hookRepository();
  await repository.agentWrites("a.ts", "y\n", { session_id: "old" });
  const [old = ""] = sessions(repository);
  const long = Date.now() / 1_000 - 31 * 24 * 3_600;
  utimesSync(join(repository.path, ".git/ai-provenance", old), long, long);
  await repository.agentWrites("b.ts", "y\n", { session_id: "new" });
  expect(sessions(repository)).toHaveLength(1);
  expect(sessions(repository)).not.toContain(old);
});

test.each([
  { says: "no key: a plain hash", environment: {}, starts: "sha256:" },
  {
    says: "a key in the environment",
    environment: { COUNTERSIGN_PROMPT_KEY: "0123456789abcdef", COUNTERSIGN_PROMPT_KEY_ID: "team" },
    starts: "hmac-sha256:team:",
  },
  { says: "a key without a name: none", environment: { COUNTERSIGN_PROMPT_KEY: "0123456789abcdef" }, starts: null },
  { says: "a name without a key: none", environment: { COUNTERSIGN_PROMPT_KEY_ID: "team" }, starts: null },
])("prompts, $says", async ({ environment, starts }) => {
  const repository = await hookRepository();
  await repository.prompt(prompt, {}, environment);
  await repository.agentWrites("a.ts", "y\n");
  repository.commit("-m", "One");
  const found = repository.trailers().find((line) => line.startsWith("AI-Prompt: "));
  if (starts === null) expect(found).toBeUndefined();
  else expect(found?.startsWith(`AI-Prompt: ${starts}`)).toBe(true);
});

test("a file belongs to the prompts that it was written for", async () => {
  const repository = await hookRepository();
  await repository.prompt("first");
  await repository.agentWrites("a.ts", "y\n");
  await repository.prompt("second");
  await repository.agentWrites("b.ts", "y\n");
  repository.git("add", "b.ts");
  repository.git("commit", "--quiet", "-m", "One");
  expect(repository.trailers()).toContain(`AI-Prompt: sha256:${createHash("sha256").update("second").digest("hex")}`);
  expect(repository.trailers().filter((line) => line.startsWith("AI-Prompt"))).toHaveLength(1);
});

test("capture without --agent is a person's mistake, and said", async () => {
  const { code, stderr } = await runCommand(["capture"], { stdin: "{}" });
  expect(code).toBe(3);
  expect(stderr).toContain("--agent");
});

async function send(repository: HookRepository, agent: string, stdin: string): Promise<void> {
  const environment = { COUNTERSIGN_CAPTURE_DEBUG: "1" };
  const result = await runCommand(["capture", "--agent", agent], {
    cwd: repository.path,
    stdin,
    environment,
    now: new Date().toISOString(),
  });
  expect(result).toEqual({ code: 0, stdout: "", stderr: "" });
}

function sessions({ path }: HookRepository): string[] {
  const folder = join(path, ".git/ai-provenance");
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".session")) : [];
}

function state(repository: HookRepository): string {
  return sessions(repository)
    .map((name) => readFileSync(join(repository.path, ".git/ai-provenance", name), "utf8"))
    .join("");
}
