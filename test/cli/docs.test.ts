import type { Command } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { processIo } from "../../cli/io.ts";
import { program } from "../../cli/run-cli.ts";
import { exitCodes } from "../../gate/exit-code.ts";
import { projectRoot, runCommand } from "../command-line.ts";

/** docs/cli.md says what the help says: the same commands, flags, choices, examples and exit codes. */
const page = readFileSync(join(projectRoot, "docs/cli.md"), "utf8");
const commands = leaves((await program(processIo(), () => undefined)).commands);

/** Commands that group others have no section of their own: those of their group stand under both names. */
function leaves(found: readonly Command[], group = ""): { name: string; command: Command }[] {
  return found.flatMap((command) => {
    const name = `${group}${command.name()}`;
    return command.commands.length > 0 ? leaves(command.commands, `${name} `) : [{ name, command }];
  });
}

test("every command has its section, in the order of the help", () => {
  const sections = [...page.matchAll(/^## ([a-z ]+)$/gm)].map((match) => match[1]);
  expect(sections).toEqual(commands.map(({ name }) => name));
});

describe.each(commands)("$name", ({ name, command }) => {
  test("the flags are those of the help, in its order", () => {
    const listed = [...section(name).matchAll(/^\| `(--[^`]+)` \|/gm)].map((match) => match[1]);
    expect(listed).toEqual(command.options.map((option) => option.flags));
  });

  test("every choice and its default is named", () => {
    for (const { flags, argChoices = [] } of command.options)
      for (const choice of argChoices) expect(row(name, flags)).toContain(`\`${choice}\``);
  });

  test("the examples are the help's", async () => {
    const { stdout } = await runCommand([...name.split(" "), "--help"]);
    const [, examples = ""] = stdout.split("Examples\n");
    const shown = examples
      .trimEnd()
      .split("\n")
      .map((line) => line.trim());
    expect(shown.length).toBeGreaterThan(1);
    expect(codeBlock(section(name))).toEqual(shown);
  });
});

test("every exit code has its row, and the help has them too", async () => {
  const listed = [...section("Exit codes").matchAll(/^\| (\d) \|/gm)].map((match) => Number(match[1]));
  expect(listed).toEqual(Object.values(exitCodes));
  const { stdout } = await runCommand(["--help"]);
  for (const code of listed) expect(stdout).toMatch(new RegExp(`^  ${code}  | ${code}  `, "m"));
});

function section(title: string): string {
  const [, after = ""] = page.split(`\n## ${title}\n`);
  return after.split("\n## ")[0] ?? "";
}

function row(name: string, flags: string): string {
  return (
    section(name)
      .split("\n")
      .find((line) => line.startsWith(`| \`${flags}\` |`)) ?? ""
  );
}

function codeBlock(text: string): string[] {
  return /```sh\n([^]*?)\n```/.exec(text)?.[1]?.split("\n") ?? [];
}
