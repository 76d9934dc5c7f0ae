import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand, runScript } from "../../command-line.ts";
import { createRepository, newFolder, removeRepositories } from "../../git-repository.ts";
import { problemsOf } from "../../report-schemas.ts";
import { policyRepository, policyText } from "./policy-repository.ts";

/** `countersign policy check`: errors, warnings, formats and exit codes. */

let cwd: string;
let alone: string;

beforeAll(() => {
  cwd = policyRepository().path;
  alone = newFolder("alone");
  writeFileSync(join(alone, "good.yml"), "version: 1\nrules:\n  - id: secret\n    require: { secrets: none }\n");
  writeFileSync(
    join(alone, "bad.yml"),
    "version: 1\nmdoe: warn\nrules:\n  - id: secret\n    require: { secret: none }\n",
  );
  writeFileSync(join(alone, "hostile.yml"), 'version: 1\n"mo\\u202ede\\n::error::x": warn\n');
  writeFileSync(
    join(alone, "pinned.yml"),
    `version: 1\nextends: [{ repo: acme/policies, path: ai.yml, ref: ${"a".repeat(40)} }]\nrules: []\n`,
  );
});
afterAll(removeRepositories);

interface Checked {
  state: string;
  digest: string | null;
  problems: { level: string; code: string; file: string; line: number; path: string; what: string; fix: string }[];
}

async function checked(args: readonly string[] = [], folder = cwd): Promise<Checked> {
  const { stdout } = await runCommand(["policy", "check", "--json", ...args], { cwd: folder });
  return JSON.parse(stdout) as Checked;
}

describe("what the repository shows", () => {
  test.each([
    { code: "CS201", path: "areas.crypto", line: 5, says: "matches no file" },
    { code: "CS203", path: "areas.billing", line: 4, says: "only ann owns" },
    { code: "CS109", path: "waivers[1]", line: 18, says: "2026-11-01" },
    { code: "CS109", path: "waivers[0]", line: 17, says: "2026-11-30" },
    { code: "CS205", path: "", line: 2, says: "Invalid pattern, so GitHub skips the line" },
  ])("$code $path: $says", async ({ code, path, line, says }) => {
    const { problems } = await checked();
    const found = problems.find(
      (problem) => problem.code === code && problem.path.startsWith(path) && problem.line === line,
    );
    expect(found?.what).toContain(says);
    expect(found?.level).toBe("warning");
  });

  test("areas with two owners and files are not warned of", async () => {
    const { problems } = await checked();
    expect(problems.filter(({ path }) => path === "areas.auth")).toEqual([]);
  });

  test("a rule whose paths match nothing is found where it stands", async () => {
    const text = policyText.replace("when: { area: [auth, billing, crypto] }", "when: { paths: ['gone/**'] }");
    const folder = policyRepository(text).path;
    const { problems } = await checked([], folder);
    expect(problems.find(({ code }) => code === "CS202")).toMatchObject({ path: "rules[0].when.paths", line: 9 });
  });

  test("files that are not committed yet count", async () => {
    const made = policyRepository();
    made.repository.write("src/crypto/key.ts", "export {};\n");
    expect((await checked([], made.path)).problems.map(({ code }) => code)).not.toContain("CS201");
  });
});

describe("exit codes", () => {
  test.each([
    { says: "warnings alone", args: [], folder: () => cwd, code: 0 },
    { says: "warnings where none may be", args: ["--strict"], folder: () => cwd, code: 1 },
    { says: "a clean file, strictly", args: ["good.yml", "--strict"], folder: () => alone, code: 0 },
    { says: "a broken file", args: ["bad.yml"], folder: () => alone, code: 3 },
    { says: "a broken file, as JSON", args: ["bad.yml", "--json"], folder: () => alone, code: 3 },
    { says: "no such file", args: ["none.yml"], folder: () => alone, code: 3 },
    { says: "no repository and no file", args: [], folder: () => alone, code: 3 },
    { says: "two formats", args: ["--json", "--format", "sarif"], folder: () => cwd, code: 3 },
    { says: "another repository's policy, not at hand", args: ["pinned.yml"], folder: () => alone, code: 0 },
  ])("$says: $code", async ({ args, folder, code }) => {
    expect((await runCommand(["policy", "check", ...args], { cwd: folder() })).code).toBe(code);
  });

  test("every problem at once, each with its place and its fix", async () => {
    const { stdout } = await runCommand(["policy", "check", "bad.yml"], { cwd: alone });
    expect(stdout).toMatch(/bad\.yml:2:1 CS010 mdoe: /);
    expect(stdout).toMatch(/bad\.yml:5:16 CS010 rules\[0\]\.require\.secret: /);
    expect(stdout).toContain("Did you mean `mode`?");
    expect(stdout).toContain("bad.yml does not load: 2 errors.");
  });

  test("a policy of another repository without a digest says which to write", async () => {
    const { state, digest, problems } = await checked(["pinned.yml"], alone);
    expect({ state, digest }).toEqual({ state: "incomplete", digest: null });
    expect(problems.map(({ code }) => code)).toEqual(["CS034"]);
  });

  test("two policies at once are an error that names both", async () => {
    const made = policyRepository();
    made.repository.write(".github/countersign.yaml", "version: 1\n");
    const { code, stdout } = await runCommand(["policy", "check"], { cwd: made.path });
    expect(code).toBe(3);
    expect(stdout).toContain(
      ".github/countersign.yaml:1:1 CS024: there are 2 policy files: .github/countersign.yml and",
    );
  });

  test.each([
    {
      says: "a name that is not read",
      files: { ".github/countersign.json": "{}\n" },
      is: { file: ".github/countersign.json", what: ".github/countersign.json is not read as a policy" },
    },
    {
      says: "no policy",
      files: {},
      is: {
        file: ".github/countersign.yml",
        what: "there is no policy here: .github/countersign.yml does not exist",
        fix: "Write one with `countersign policy init`, or name a file.",
      },
    },
  ])("$says is a problem as every other, in every format", async ({ files, is }) => {
    const repository = createRepository();
    for (const [path, text] of Object.entries(files)) repository.write(path, text);
    const { problems } = await checked([], repository.path);
    expect(problems).toMatchObject([{ level: "error", code: "CS024", line: 1, column: 1, ...is }]);
    const sarif = await runCommand(["policy", "check", "--format", "sarif"], { cwd: repository.path });
    expect(sarif).toMatchObject({ code: 3, stderr: "" });
    expect(sarif.stdout).toContain(`"uri": "${is.file}"`);
  });
});

describe("formats", () => {
  test.each([[], ["good.yml"], ["bad.yml"], ["hostile.yml"]].map((args) => ({ args })))(
    "SARIF of $args is valid",
    async ({ args }) => {
      const folder = args.length === 0 ? cwd : alone;
      const { stdout } = await runCommand(["policy", "check", ...args, "--format", "sarif"], { cwd: folder });
      expect(problemsOf("report.sarif", stdout)).toEqual([]);
      const { problems } = await checked(args, folder);
      const { runs } = JSON.parse(stdout) as { runs: { results: { ruleId: string }[] }[] };
      expect(runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(problems.map(({ code }) => code));
    },
  );

  test("annotations name file and line, and escape what they hold", () => {
    const { stdout } = runScript("cli/main.ts", ["policy", "check", "--format", "github"], { cwd });
    expect(stdout).toMatch(
      /^::warning title=CS201 areas\.crypto,file=\.github\/countersign\.yml,line=5,endLine=5,col=\d+::/m,
    );
    const hostile = runScript("cli/main.ts", ["policy", "check", "hostile.yml", "--format", "github"], { cwd: alone });
    const lines = hostile.stdout.split("\n").filter((line) => line !== "");
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/^::(error|warning) title=CS\d{3}/);
  });

  test.each(["terminal", "json"])("%s is inert", async (format) => {
    const { stdout } = await runCommand(["policy", "check", "hostile.yml", "--format", format], { cwd: alone });
    expect(stdout).not.toMatch(/\u202e/);
    expect(stdout).not.toMatch(/^::/m);
  });
});

test("a policy that is too large is told with its place, in every format", async () => {
  writeFileSync(join(alone, "large.yml"), `version: 1\n${"#".repeat(256 * 1024)}`);
  const { problems } = await checked(["large.yml"], alone);
  expect(problems).toMatchObject([{ level: "error", code: "CS001", file: "large.yml", line: 1 }]);
  const { stdout } = runScript("cli/main.ts", ["policy", "check", "large.yml", "--format", "github"], { cwd: alone });
  expect(stdout).toMatch(/^::error title=CS001,file=large\.yml,line=1,/);
});

test("a policy that is not UTF-8 is told where it is not", async () => {
  writeFileSync(
    join(alone, "latin.yml"),
    Buffer.from('version: 1\nareas: { a: { paths: ["caf\xe9/**"] } }\n', "latin1"),
  );
  const { problems } = await checked(["latin.yml"], alone);
  expect(problems).toMatchObject([{ level: "error", code: "CS004", line: 2 }]);
});
