import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canaries, secretPart } from "../untrusted-canaries.ts";
import { runCommand, runScript } from "../command-line.ts";
import { createRepository, removeRepositories, type TestRepository } from "../git-repository.ts";

/** `countersign trailers`: one message, from standard input or from a commit. */

let repository: TestRepository;
beforeAll(() => {
  repository = createRepository();
  repository.commit({ message: "First\n\nAI-Assisted: no\n", files: { a: "1\n" } });
  repository.commit({
    message: "Second\n\nAssisted-by: claude-code:opus-4.5\n",
    author: "copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>",
    files: { a: "2\n" },
  });
});
afterAll(removeRepositories);

const trailers = (stdin: string | Uint8Array, ...args: string[]) => runCommand(["trailers", ...args], { stdin });

describe("a message on standard input", () => {
  test("as a page", async () => {
    const result = await trailers("Fix\n\nReviewed-by: A <a@b.c>\nAssisted-by: claude-code:opus-4.5\n");
    expect(result).toEqual({
      code: 0,
      stderr: "",
      stdout: [
        "Trailers, as git reads them:",
        "  Reviewed-by: A <a@b.c>",
        "  Assisted-by: claude-code:opus-4.5",
        "",
        "Recognised:",
        "  agent-assisted: claude-code, opus-4.5 (assisted-by, line 4)",
        "",
        "Verdict: agent-assisted",
        "",
      ].join("\n"),
    });
  });

  test("as JSON: trailers with key and value, embedded ones, signals, the verdict", async () => {
    const message = "Fix\n\nAssisted-by: codex:gpt-5\n\nMore text.\n\nReviewed-by: A <a@b.c>\n";
    const { code, stdout } = await trailers(message, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      trailers: [{ key: "Reviewed-by", value: "A <a@b.c>" }],
      embedded: [{ key: "Assisted-by", value: "codex:gpt-5", line: 3 }],
      signals: [
        {
          kind: expect.any(String) as string,
          source: expect.any(String) as string,
          agent: "codex",
          class: expect.any(String) as string,
          strength: expect.any(String) as string,
          place: { commit: null, field: "message", line: 3 },
        },
      ],
      verdict: "agent-assisted",
    });
  });

  test.each([
    { says: "one line", message: "Fix", verdict: "undeclared" },
    { says: "an empty line, as git prints an empty message", message: "\n", verdict: "undeclared" },
    { says: "no valid UTF-8", message: Buffer.from([0xff, 0xfe, 0x0a]), verdict: "undeclared" },
    { says: "line ends of Windows", message: "Fix\r\n\r\nAI-Assisted: no\r\n", verdict: "human" },
  ])("$says is a message", async ({ message, verdict }) => {
    const { code, stdout } = await trailers(message, "--json");
    expect({ code, verdict: (JSON.parse(stdout) as { verdict: string }).verdict }).toEqual({ code: 0, verdict });
  });

  test("nothing at all is a mistake: the command before the pipe failed", async () => {
    const { code, stdout, stderr } = await trailers("");
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^error: Standard input is empty\.\n {2}Give a commit message: /);
  });

  // Faults row 41: 10 MB, NUL.
  test("10 MB: the end is read, where trailers stand, and that is said", async () => {
    const began = performance.now();
    const { code, stdout, stderr } = await trailers(
      `${"word ".repeat(2_000_000)}\n\nAssisted-by: codex:gpt-5\n`,
      "--json",
    );
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "note: the message has 10000027 bytes; only the last 1000000 were read\n",
    });
    expect(stdout).toContain('"verdict": "agent-assisted"');
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test("what stands behind a NUL is not read, as in git", async () => {
    const { stdout, stderr } = await trailers("Fix\n\0\nAssisted-by: codex:gpt-5\n", "--json");
    expect(stderr).toBe("note: the message goes on after a NUL byte, where git shows no more of it\n");
    expect(stdout).toContain('"verdict": "undeclared"');
  });

  test("a real process reads its standard input", () => {
    const result = runScript("cli/main.ts", ["trailers", "--json"], { input: "Fix\n\nAI-Assisted: no\n" });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: "" });
    expect((JSON.parse(result.stdout) as { verdict: string }).verdict).toBe("human");
  });
});

describe("a commit", () => {
  test.each([
    {
      says: "HEAD of the current folder's repository",
      args: ["--commit", "HEAD"],
      inside: true,
      verdict: "agent-authored",
    },
    { says: "an older one", args: ["--commit", "HEAD~1"], inside: true, verdict: "human" },
    { says: "HEAD of --repo", args: ["--repo", "."], inside: true, verdict: "agent-authored" },
  ])("$says", async ({ args, verdict }) => {
    const { code, stdout } = await runCommand(["trailers", ...args, "--json"], { cwd: repository.path });
    expect({ code, verdict: (JSON.parse(stdout) as { verdict: string }).verdict }).toEqual({ code: 0, verdict });
  });

  test.each([
    { says: "an unknown one", commit: "nope" },
    { says: "a tree", commit: "HEAD^{tree}" },
    { says: "what looks like an option", commit: "--all" },
  ])("$says ends with 3", async ({ commit }) => {
    const { code, stdout, stderr } = await runCommand(["trailers", `--commit=${commit}`], { cwd: repository.path });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(`${commit} is no commit in this repository (--commit).`);
  });

  test("outside of a repository ends with 3", async () => {
    const { code, stderr } = await runCommand(["trailers", "--commit", "HEAD"], { cwd: "/" });
    expect({ code, stderr }).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("is not in a git repository") as string,
    });
  });
});

describe("nothing of a message comes out raw", () => {
  test.each(["page", "json"])("no secret on the %s", async (form) => {
    const message = `Fix\n\n${canaries.map(({ value }, index) => `Note-${index}: ${value.replaceAll("\n", "\n ")}`).join("\n")}\n`;
    const { code, stdout } = await trailers(message, ...(form === "json" ? ["--json"] : []));
    expect(code).toBe(0);
    expect(canaries.filter((canary) => stdout.includes(secretPart(canary).slice(-16)))).toEqual([]);
  });

  test.each(["page", "json"])("no control character and no command of a workflow on the %s", async (form) => {
    const hostile = "\u001b[31m\u009b31m\u202e ::error::x ##[error]y";
    const message = `Fix\n\nAssisted-by: ${hostile}\n${hostile}: x\nNote: ${hostile}\n::error::z\n`;
    const { stdout } = await trailers(message, ...(form === "json" ? ["--json"] : []));
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout).not.toContain("##[");
  });
});
