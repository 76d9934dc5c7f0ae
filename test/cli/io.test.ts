import { spawn, spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { terminalOf, type MaybeTerminal } from "../../cli/io.ts";
import { projectRoot } from "../command-line.ts";

/** A terminal of 120 columns that shows 16 colours, asked as Node's own is. */
const terminal: MaybeTerminal = { isTTY: true, columns: 120, hasColors: (count) => count <= 16 };

test.each([
  { says: "a pipe is no terminal", stream: {}, environment: {}, expected: null },
  { says: "FORCE_COLOR makes none of a pipe", stream: {}, environment: { FORCE_COLOR: "1" }, expected: null },
  { says: "a terminal shows colours", stream: terminal, environment: {}, expected: { columns: 120, color: true } },
  { says: "NO_COLOR", stream: terminal, environment: { NO_COLOR: "1" }, expected: { columns: 120, color: false } },
  {
    says: "an empty NO_COLOR is none",
    stream: terminal,
    environment: { NO_COLOR: "" },
    expected: { columns: 120, color: true },
  },
  {
    says: "NO_COLOR comes before FORCE_COLOR",
    stream: terminal,
    environment: { NO_COLOR: "1", FORCE_COLOR: "3" },
    expected: { columns: 120, color: false },
  },
  {
    says: "a terminal without colours",
    stream: { ...terminal, hasColors: () => false },
    environment: {},
    expected: { columns: 120, color: false },
  },
  {
    says: "a terminal that does not know its width",
    stream: { ...terminal, columns: 0 },
    environment: {},
    expected: { columns: 80, color: true },
  },
])("$says", ({ stream, environment, expected }) => expect(terminalOf(stream, environment)).toEqual(expected));

describe("output that cannot be written", () => {
  const command = [join(projectRoot, "cli/main.ts"), "trailers", "--json"];

  test("a reader that has gone is no error: the exit code stays, and nothing is said", async () => {
    const child = spawn(process.execPath, command, {
      env: { PATH: process.env.PATH },
      stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdout.destroy();
    const errors: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.stdin.on("error", () => undefined);
    // More than a pipe holds, so that it must be written while nobody reads.
    child.stdin.end(`Subject\n\n${"Reviewed-by: A Person <person@example.com>\n".repeat(5000)}`);
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, stderr: Buffer.concat(errors).toString() }).toEqual({ code: 0, stderr: "" });
  });

  test.runIf(existsSync("/dev/full"))("a full disk ends with 3 and a sentence, and never looks like a pass", () => {
    const { status, stderr } = spawnSync(process.execPath, command, {
      env: { PATH: process.env.PATH },
      input: "Subject\n",
      stdio: ["pipe", openSync("/dev/full", "w"), "pipe"],
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: "error: Standard output could not be written (ENOSPC).\n",
    });
  });

  test("more on standard input than any message ends with 3", () => {
    const { status, stderr } = spawnSync(process.execPath, command, {
      env: { PATH: process.env.PATH },
      input: Buffer.alloc(64 * 1024 * 1024 + 1, "a"),
      encoding: "utf8",
    });
    expect(status).toBe(3);
    expect(stderr).toBe(
      "error: Standard input has more than 67108864 bytes.\n" +
        "  Give less at once: one message, or the files of one change.\n",
    );
  });
});
