import { describe, expect, test } from "vitest";
import { explained } from "../../cli/run-cli.ts";
import type { Io } from "../../cli/io.ts";
import { Problem } from "../../core/problem.ts";
import { engine } from "../../gate/engine.ts";
import { runCommand, runScript } from "../command-line.ts";
import { canaries, secretPart } from "../untrusted-canaries.ts";

/** What every command has in common: help, mistakes on the command line, and how errors end. */

describe("help", () => {
  test.each([
    {
      args: ["--help"],
      has: ["Usage: countersign [options] [command]", "check [options]", "trailers [options]", "Exit codes", "Example"],
    },
    { args: ["help"], has: ["Usage: countersign"] },
    { args: ["check", "--help"], has: ["Usage: countersign check [options]", "--fail-on <decision>", "Examples"] },
    { args: ["help", "check"], has: ["Usage: countersign check [options]"] },
    { args: ["help", "policy"], has: ["Usage: countersign policy [options]"] },
    { args: ["help", "policy", "explain"], has: ["Usage: countersign policy explain [options]", "--rule <id...>"] },
    { args: ["trailers", "--help"], has: ["Usage: countersign trailers [options]", "--commit <rev>", "Examples"] },
  ])("$args", async ({ args, has }) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const text of has) expect(stdout).toContain(text);
    expect(stdout.split("\n").length).toBeLessThan(60);
  });

  test.each([60, 80, 120])("fits %i columns, but for what people copy", async (columns) => {
    const { stdout } = await runCommand(["check", "--help"], { terminal: { columns, color: true } });
    const [options = ""] = stdout.split("\nExamples\n");
    expect(Math.max(...options.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(stdout).not.toContain("\u001b");
  });

  test("--version is the package's", async () => {
    expect(await runCommand(["--version"])).toEqual({ code: 0, stdout: `${engine.version}\n`, stderr: "" });
  });

  test("no command at all shows the help as a mistake", async () => {
    const { code, stdout, stderr } = await runCommand([]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("Usage: countersign");
  });
});

describe("mistakes on the command line end with 3", () => {
  test.each([
    { says: "an unknown command", args: ["chekc"], message: "error: unknown command 'chekc'\n(Did you mean check?)" },
    {
      says: "an unknown flag",
      args: ["check", "--bsae", "x"],
      message: "error: unknown option '--bsae'\n(Did you mean --base?)",
    },
    {
      says: "an unknown choice",
      args: ["check", "--format", "xml"],
      message: "argument 'xml' is invalid. Allowed choices are terminal, json, markdown, sarif, github.",
    },
    {
      says: "a choice in another case",
      args: ["check", "--fail-on", "Block"],
      message: "Allowed choices are never, block, needs-approval.",
    },
    {
      says: "a flag without its value",
      args: ["check", "--base"],
      message: "error: option '--base <ref>' argument missing",
    },
    { says: "a word too many", args: ["trailers", "HEAD"], message: "error: too many arguments for 'trailers'." },
  ])("$says", async ({ args, message }) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toContain("`countersign --help` lists the commands");
  });

  // Faults row 54 and threat 1.6: what is repeated of the command line is harmless in a job's log.
  test.each([
    ["zz\n::error::x"],
    ["check", "--zz\n::error::x"],
    ["check", "--format=z\n::error::x"],
    ["check", "z\n::error::\u001b[31mx"],
  ])("%j is repeated without a command of a workflow", async (...args) => {
    const { code, stderr } = await runCommand(args);
    expect(code).toBe(3);
    expect(stderr).not.toMatch(/^\s*::/m);
    expect(stderr).not.toContain("\u001b");
  });

  test("as a process", () => {
    const { code, stdout, stderr } = runScript("cli/main.ts", ["chekc"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^error: unknown command 'chekc'/);
  });
});

describe("what is thrown", () => {
  test("a person's mistake has no stack", async () => {
    expect(await thrown(new Problem("It is wrong.", "Mend it."))).toEqual({
      code: 3,
      stderr: "error: It is wrong.\n  Mend it.\n",
    });
  });

  test("our own keeps its stack and its causes, and ends with 4", async () => {
    const { code, stderr } = await thrown(new Error("outer", { cause: new TypeError("inner") }));
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^Countersign failed, and it is not your fault\. No decision was made\.\nError: outer\n {4}at /,
    );
    expect(stderr).toMatch(/^caused by: TypeError: inner\n {4}at /m);
  });

  test("what is no error is said too", async () => {
    const result = await caught(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- libraries do
      throw "a text";
    });
    expect(result).toMatchObject({ code: 4, stderr: expect.stringContaining("a text") as string });
  });

  // Faults row 70.
  test.each(["a problem", "a fault"])("no secret comes out of %s", async (kind) => {
    const text = canaries.map(({ value }) => value).join("\n");
    const error = kind === "a problem" ? new Problem(text, text) : new Error(text, { cause: new Error(text) });
    const { stderr } = await thrown(error);
    expect(canaries.filter((canary) => stderr.includes(secretPart(canary).slice(-16)))).toEqual([]);
  });

  test("no secret that only invisible characters keep apart", async () => {
    const token = canaries.find(({ kind }) => kind === "github-token")?.value ?? "";
    const { stderr } = await thrown(new Problem(Array.from(token).join("\u200b"), "Mend it."));
    expect(stderr).not.toContain(token.slice(8, 24));
  });
});

function thrown(error: Error): Promise<{ code: number; stderr: string }> {
  return caught(() => {
    throw error;
  });
}

async function caught(run: () => never): Promise<{ code: number; stderr: string }> {
  const errors: string[] = [];
  const io: Io = {
    stdout: () => undefined,
    stderr: (text) => void errors.push(text),
    drained: () => Promise.resolve(true),
    readStdin: () => Promise.resolve(new Uint8Array()),
    terminal: null,
    errorTerminal: null,
    cwd: "/",
    environment: {},
    now: () => new Date(0),
  };
  const code = await explained(io, () => Promise.resolve().then(run));
  return { code, stderr: errors.join("") };
}
