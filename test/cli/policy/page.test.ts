import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryCodes } from "../../../core/policy/index.ts";
import { projectRoot, runCommand } from "../../command-line.ts";
import { removeRepositories } from "../../git-repository.ts";
import { policyRepository } from "./policy-repository.ts";

/** docs/policy-commands.md shows what the commands print, and has every code that only they know. */
const page = readFileSync(join(projectRoot, "docs/policy-commands.md"), "utf8");
const block = /```console\n\$ countersign ([^\n]*)\n[^]*?```/g;
const commands = [...page.matchAll(block)].map(([, command = ""]) => command);

const newPolicy = `version: 1
extends: [{ preset: observe@1 }]
mode: enforce
rules:
  - id: sensitive-changes-say-who-wrote-them
    when: { area: auth }
    require: { disclosure: required }
`;

let cwd: string;

beforeAll(async () => {
  cwd = policyRepository().path;
  await runCommand(["check", "--base", "main", "--head", "feature", "--save-facts", "facts.json"], { cwd });
  writeFileSync(join(cwd, "new.yml"), newPolicy);
});
afterAll(removeRepositories);

test("it shows a command of each kind", () => {
  expect(commands.map((command) => command.split(" ")[1])).toEqual(
    expect.arrayContaining(["check", "explain", "simulate", "replay", "waivers", "print"]),
  );
});

// `vitest run test/cli/policy/page.test.ts -u` writes the page anew, for whoever changed a word of the output.
test("every command prints what the page shows", async () => {
  const outputs = new Map<string, string>();
  for (const command of commands) {
    const { code, stdout } = await runCommand(command.split(" "), { cwd });
    expect(code).toBe(0);
    outputs.set(command, stdout);
  }
  const shown = page.replace(block, (_whole, command: string) => {
    return `\`\`\`console\n$ countersign ${command}\n${outputs.get(command) ?? ""}\`\`\``;
  });
  await expect(shown).toMatchFileSnapshot(join(projectRoot, "docs/policy-commands.md"));
});

test("every code of the repository's own has its row", () => {
  const rows = [...page.matchAll(/^\| (CS2\d\d) \| (.*) \|$/gm)].map(([, code, says]) => [code, says]);
  expect(Object.fromEntries(rows)).toEqual(repositoryCodes);
});
