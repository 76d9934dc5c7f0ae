import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { policyJsonSchema } from "../../../core/policy/index.ts";
import { runCommand } from "../../command-line.ts";
import { newFolder, removeRepositories } from "../../git-repository.ts";

/** `countersign policy print` and `policy schema`. */

const extending = `version: 1
extends: [{ preset: observe@1 }, { preset: recommended@1 }]
mode: warn
areas:
  auth: { paths: ["src/auth/**"] }
  mine: { paths: ["x/**"], tier: 3 }
rules:
  - id: nobody-commits-a-secret
    title: "No \\u202e secret ##[error]"
    require: { secrets: none }
  - id: fresh
    when: { area: mine, if: 'change.size.files > 1' }
    require: { owner_approval: { count: 1 } }
`;

let cwd: string;

beforeAll(() => {
  cwd = newFolder("work");
  writeFileSync(join(cwd, "extending.yml"), extending);
  writeFileSync(join(cwd, "broken.yml"), "version: 2\nmdoe: warn\n");
});
afterAll(removeRepositories);

const print = (args: readonly string[]) => runCommand(["policy", "print", ...args], { cwd });

interface Printed {
  digest: string;
  origins: { areas: Record<string, string>; rules: Record<string, string> };
  written: { extends?: unknown };
}

test("what is printed loads to the same digest", async () => {
  const { stdout } = await print(["--resolved", "extending.yml"]);
  writeFileSync(join(cwd, "resolved.yml"), stdout);
  const [own, again] = await Promise.all(
    ["extending.yml", "resolved.yml"].map(async (file) => {
      return JSON.parse((await print(["--resolved", "--json", file])).stdout) as Printed;
    }),
  );
  expect(again?.digest).toBe(own?.digest);
  expect(stdout).toContain(`Digest sha256:${own?.digest ?? ""}`);
  expect(own?.written).not.toHaveProperty("extends");
});

test("each area and rule says where it was written", async () => {
  const { origins } = JSON.parse((await print(["--resolved", "--json", "extending.yml"])).stdout) as Printed;
  expect(origins.areas).toMatchObject({
    auth: "this file over preset recommended@1 over preset observe@1",
    mine: "this file",
    billing: "preset recommended@1 over preset observe@1",
  });
  expect(origins.rules).toMatchObject({
    "nobody-commits-a-secret": "this file",
    fresh: "this file",
    "sensitive-ai-needs-owner": "preset recommended@1",
  });
  const { stdout } = await print(["--resolved", "extending.yml"]);
  expect(stdout).toMatch(/# preset recommended@1\n {2}- id: "sensitive-ai-needs-owner"/);
  expect(stdout).toMatch(/# this file over preset recommended@1 over preset observe@1\n {2}auth:/);
});

test.each([["--resolved"], ["--resolved", "--json"], []].map((flags) => ({ flags })))(
  "$flags is inert",
  async ({ flags }) => {
    const { stdout } = await print([...flags, "extending.yml"]);
    expect(stdout).not.toContain("\u202e");
    if (flags.length > 0) expect(stdout).not.toContain("##[");
  },
);

test("without --resolved it is the file as it stands", async () => {
  writeFileSync(join(cwd, "plain.yml"), "version: 1 # kept\nrules: []\n");
  expect((await print(["plain.yml"])).stdout).toBe("version: 1 # kept\nrules: []\n");
});

test.each([
  { says: "a policy that does not load", args: ["--resolved", "broken.yml"], message: "has 2 problems:" },
  { says: "JSON of the file as it stands", args: ["--json", "extending.yml"], message: "Add `--resolved` for JSON" },
  { says: "no such file", args: ["none.yml"], message: "none.yml could not be read (ENOENT)" },
])("$says is one clear error", async ({ args, message }) => {
  const { code, stdout, stderr } = await print(args);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toContain(message);
});

test("the schema is that of the loader", async () => {
  const { code, stdout } = await runCommand(["policy", "schema"]);
  expect(code).toBe(0);
  expect(await runCommand(["policy", "schema", "--json"])).toMatchObject({ code, stdout });
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())));
});
