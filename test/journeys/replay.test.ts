import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot, runCommand, runScript } from "../command-line.ts";
import { exampleRepository } from "../example-facts.ts";
import { newFolder, removeRepositories } from "../git-repository.ts";

/** A decision can be had again from its facts alone: from anywhere, at any time, to the byte. */

const documents = ["report.json", "summary.md", "report.sarif"] as const;
const formats = ["terminal", "json", "markdown", "sarif"] as const;

let repository: string;
/** Where the change was judged first. */
let origin: string;
/** Where its facts were taken. */
let elsewhere: string;
const printed = new Map<string, string>();

beforeAll(async () => {
  repository = exampleRepository();
  origin = newFolder("origin");
  elsewhere = newFolder("elsewhere");
  const example = join(projectRoot, "examples/orders/coverage");
  for (const tree of ["head", "base"]) {
    mkdirSync(join(origin, tree));
    writeFileSync(join(origin, tree, "lcov.info"), readFileSync(join(example, tree, "lcov.info")));
  }
  for (const format of formats) printed.set(format, await judge(format, "2026-11-21T08:00:00Z"));
  writeFileSync(join(elsewhere, "facts.json"), read(origin, "facts.json"));
  // Nothing of the repository is left to be asked.
  renameSync(repository, `${repository}-gone`);
});
afterAll(removeRepositories);

async function judge(format: string, now: string): Promise<string> {
  const range = ["--repo", repository, "--base", "main", "--head", "feature/refunds"];
  const coverage = ["--coverage", "head/*.info", "--base-coverage", "base/*.info"];
  const files = ["--report-dir", "report", "--save-facts", "facts.json"];
  const { code, stdout, stderr } = await runCommand(["check", ...range, ...coverage, ...files, "--format", format], {
    cwd: origin,
    now,
  });
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  return stdout;
}

const read = (...parts: string[]): string => readFileSync(join(...parts), "utf8");

test("--save-facts writes what the report folder holds", () => {
  expect(read(origin, "facts.json")).toBe(read(origin, "report/facts.json"));
});

describe("with the repository gone, from another folder, years later", () => {
  test.each(formats)("%s is the same", async (format) => {
    const result = await runCommand(["check", "--facts", "facts.json", "--format", format], {
      cwd: elsewhere,
      now: "2031-01-01T00:00:00Z",
    });
    expect(result).toEqual({ code: 1, stdout: printed.get(format), stderr: "" });
  });

  test.each(documents)("%s is the same", async (name) => {
    await runCommand(["check", "--facts", "facts.json", "--report-dir", "again"], { cwd: elsewhere });
    expect(read(elsewhere, "again", name)).toBe(read(origin, "report", name));
  });

  test("the facts are written again as they were", async () => {
    await runCommand(["check", "--facts", "facts.json", "--save-facts", "copy.json"], { cwd: elsewhere });
    expect(read(elsewhere, "copy.json")).toBe(read(origin, "facts.json"));
  });

  test("as a process that finds no git", () => {
    const result = runScript("cli/main.ts", ["check", "--facts", "facts.json", "--json"], {
      cwd: elsewhere,
      environment: { PATH: "/nowhere", LANG: "C", TZ: "Pacific/Kiritimati" },
    });
    expect(result).toEqual({ code: 1, stdout: printed.get("json"), stderr: "" });
  });

  test("as facts on one line", async () => {
    writeFileSync(join(elsewhere, "compact.json"), JSON.stringify(JSON.parse(read(elsewhere, "facts.json"))));
    const { stdout } = await runCommand(["check", "--facts", "compact.json", "--json"], { cwd: elsewhere });
    expect(stdout).toBe(printed.get("json"));
  });
});

describe("the evaluation id", () => {
  test("does not know when the facts were read", async () => {
    expect(await idWith((text) => text.replace("2026-11-21T08:00:00.000Z", "1999-01-01T00:00:00.000Z"))).toBe(
      await idWith((text) => text),
    );
  });

  test.each([
    { says: "a commit's message", from: "Report refunds per customer", to: "Report refunds per Customer" },
    { says: "an author", from: "ana@example.com", to: "ane@example.com" },
    { says: "the policy", from: "patch_lines: 80", to: "patch_lines: 79" },
    { says: "a path", from: "src/refunds/report.ts", to: "src/refunds/reports.ts" },
    { says: "the head's name", from: '"name": "feature/refunds"', to: '"name": "feature/refund"' },
    { says: "a finding", from: "secret-literal", to: "odd-path" },
  ])("is another one with $says changed", async ({ from, to }) => {
    expect(read(elsewhere, "facts.json")).toContain(from);
    expect(await idWith((text) => text.replaceAll(from, to))).not.toBe(await idWith((text) => text));
  });
});

test("facts of another version of Countersign are decided by this one, and that is said", async () => {
  const old = read(elsewhere, "facts.json").replace(/("name": ?"countersign",\s*"version": ?)"[^"]+"/, '$1"0.0.1"');
  writeFileSync(join(elsewhere, "old.json"), old);
  const { code, stdout, stderr } = await runCommand(["check", "--facts", "old.json", "--json"], { cwd: elsewhere });
  const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string };
  expect(code).toBe(1);
  expect(stderr).toBe(
    `note: the facts were read by Countersign 0.0.1; this is ${version}, which may decide differently.\n`,
  );
  expect((JSON.parse(stdout) as { engine: { version: string } }).engine.version).toBe(version);
});

async function idWith(change: (text: string) => string): Promise<string> {
  writeFileSync(join(elsewhere, "changed.json"), change(read(elsewhere, "facts.json")));
  const { stdout } = await runCommand(["check", "--facts", "changed.json", "--json"], { cwd: elsewhere });
  return (JSON.parse(stdout) as { decision: { evaluationId: string } }).decision.evaluationId;
}
