import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { gateInput } from "../../cli/reading.ts";
import { plainStage } from "../../core/stage.ts";
import { readFacts } from "../../gate/read-facts.ts";
import { runCommand } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../git-repository.ts";

/** Files of other tools, from the command line to the decision. */

const old = "one()\ntwo()\nthree()\n";
const ours = "def save():\n    try:\n        write()\n    except OSError:\n        pass\n";

let repository: TestRepository;
let folder: string;

beforeAll(() => {
  repository = createRepository();
  repository.commit({ files: { "src/a.py": old, "untouched.py": old, "committed.json": "[]" }, message: "Start\n" });
  repository.switchTo("feature");
  repository.commit({
    files: { "src/a.py": `zero()\n${old}four()\n`, "src/save.py": ours },
    message: "Work\n\nAssisted-by: claude-code:claude-opus-4-5\nAI-Accepted: as-is\n",
  });
  repository.checkOut("feature");
  folder = newFolder("reports");
});
afterAll(removeRepositories);

/** Others of our rules may find more in these files. */
const both = "swallowed-error,eslint/no-var,eslint/no-empty";

const Answer = z.object({
  findings: z.array(
    z.looseObject({
      rule: z.string(),
      severity: z.string(),
      path: z.string().nullable(),
      line: z.number().nullable(),
      message: z.string(),
      atBase: z.boolean(),
      alsoReportedBy: z.array(z.string()),
    }),
  ),
  notAnalysed: z.array(z.object({ path: z.string(), reason: z.string(), anyFile: z.boolean().optional() })),
});

/** Writes ESLint's JSON: `path:line rule`. */
function report(name: string, rows: readonly string[]): string {
  const files = rows.map((row) => {
    const [, path = "", line = "", ruleId = ""] = /^(.*):(\d+) (.*)$/.exec(row) ?? [];
    return { filePath: path, messages: [{ ruleId, severity: 1, line: Number(line), message: `${ruleId} found` }] };
  });
  return write(name, JSON.stringify(files));
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function lint(args: readonly string[]) {
  const all = ["lint", "--base", "main", "--json", ...args];
  const { code, stdout, stderr } = await runCommand(all, { cwd: repository.path });
  return { code, stderr, read: () => Answer.parse(JSON.parse(stdout)) };
}

function places({ findings }: z.infer<typeof Answer>): string[] {
  return findings.map(({ path, line, rule, severity }) => `${path ?? ""}:${line ?? 0} ${rule} ${severity}`);
}

describe("a change", () => {
  test("gets what stands on its added lines, weighed by who wrote them", async () => {
    const rows = ["src/a.py:1 no-var", "src/a.py:3 no-var", "src/a.py:5 no-var", "untouched.py:1 no-var"];
    const { read, code } = await lint(["--findings", report("one.json", rows), "--rules", both]);
    expect(places(read())).toEqual([
      "src/a.py:1 eslint/no-var error",
      "src/a.py:5 eslint/no-var error",
      "src/save.py:4 swallowed-error error",
    ]);
    expect(read().notAnalysed).toEqual([]);
    expect(code).toBe(1);
  });

  test("by absolute paths of this machine and of another", async () => {
    const here = report("here.json", [`${repository.path}/src/a.py:1 no-var`]);
    const there = report("there.json", ["/builds/x/src/a.py:5 no-var"]);
    const { read } = await lint(["--findings", here, there, "--rules", "eslint/no-var"]);
    expect(places(read())).toEqual(["src/a.py:1 eslint/no-var error", "src/a.py:5 eslint/no-var error"]);
  });

  test("is told of files that the repository does not have, and of a report of another folder", async () => {
    const mixed = report("mixed.json", ["src/a.py:1 no-var", "../../etc/passwd:1 no-var", "dist/x.js:2 no-var"]);
    const foreign = report("foreign.json", ["/etc/passwd:1 no-var"]);
    const { read } = await lint(["--findings", mixed, foreign, "--rules", "eslint/no-var"]);
    expect(places(read())).toEqual(["src/a.py:1 eslint/no-var error"]);
    expect(read().notAnalysed).toEqual([
      {
        path: foreign,
        reason: "1 of its 1 findings are on files that the repository does not have, such as /etc/passwd",
        anyFile: true,
      },
      {
        path: mixed,
        reason: "2 of its 3 findings are on files that the repository does not have, such as ../../etc/passwd",
      },
    ]);
  });

  test("does not count what the base had, whose lines moved by one", async () => {
    const head = report("head.json", ["src/a.py:1 no-var", "src/a.py:4 no-var", "src/a.py:5 no-var"]);
    const base = report("base.json", ["src/a.py:3 no-var"]);
    const args = ["--findings", head, "--base-findings", base, "--rules", "eslint/no-var", "--filter", "file"];
    const { read } = await lint(args);
    expect(read().findings.map(({ line, atBase }) => [line, atBase])).toEqual([
      [1, false],
      [5, false],
      [4, true],
    ]);
  });

  test("counts once what we say too", async () => {
    const { read } = await lint(["--findings", report("same.json", ["src/save.py:4 no-empty"]), "--rules", both]);
    expect(read().findings.filter(({ path }) => path === "src/save.py")).toMatchObject([
      { rule: "swallowed-error", alsoReportedBy: ["eslint/no-empty"] },
    ]);
  });

  test("does not count what its own commits brought as a report", async () => {
    const { read, code } = await lint(["--findings", "committed.json", "--rules", "eslint/no-var"]);
    expect(read().notAnalysed).toEqual([
      {
        path: "committed.json",
        reason: "it is a file of the change itself, tracked by git, so it is of no run of the tool",
        anyFile: true,
      },
    ]);
    expect(code).toBe(0);
  });

  test("prints SARIF with the other tools' own rules", async () => {
    const args = ["lint", "--base", "main", "--format", "sarif", "--findings", report("s.json", ["src/a.py:1 no-var"])];
    const { stdout } = await runCommand(args, { cwd: repository.path });
    const Run = z.object({
      runs: z.tuple([
        z.looseObject({
          tool: z.object({ driver: z.looseObject({ rules: z.array(z.looseObject({ id: z.string() })) }) }),
          results: z.array(z.looseObject({ ruleId: z.string() })),
        }),
      ]),
    });
    const [run] = Run.parse(JSON.parse(stdout)).runs;
    expect(run.results.map(({ ruleId }) => ruleId)).toContain("eslint/no-var");
    expect(run.tool.driver.rules.map(({ id }) => id)).toContain("eslint/no-var");
  });
});

test("what ran on the merge of head and base is moved to the lines of the head", async () => {
  const merged = createRepository();
  const start = merged.commit({ files: { "a.py": old }, message: "Start\n" });
  merged.switchTo("feature");
  const head = merged.commit({ files: { "a.py": `${old}four()\n` }, message: "Work\n" });
  const tested = merged.commit({ files: { "a.py": `minus_one()\nzero()\n${old}four()\n` }, message: "Merge\n" });
  const input = gateInput(
    { base: start, head, findings: [report("m.json", ["a.py:6 no-var", "a.py:1 no-eval"])] },
    { cwd: merged.path },
  );
  const { rawFindings } = await readFacts(
    { ...input, coverage: { ...input.coverage, tested } },
    { now: () => new Date(0), stage: plainStage },
  );
  expect(rawFindings.filter(({ toolSeverity }) => toolSeverity).map(({ rule, place }) => ({ rule, place }))).toEqual([
    { rule: "eslint/no-var", place: { kind: "lines", path: "a.py", start: 4, end: 4 } },
  ]);
});

describe("plain files", () => {
  test("get what is reported of them", async () => {
    const findings = report("plain.json", ["src/save.py:3 no-var", "src/save.py:4 no-empty", "src/a.py:1 no-var"]);
    const args = ["lint", "src/save.py", "--json", "--rules", both, "--findings", findings];
    const { stdout } = await runCommand(args, { cwd: repository.path });
    const answer = Answer.parse(JSON.parse(stdout));
    expect(places(answer)).toEqual(["src/save.py:3 eslint/no-var warning", "src/save.py:4 swallowed-error warning"]);
    expect(answer.notAnalysed).toEqual([]);
  });
});

describe("the gate", () => {
  const policy = (rest: string) => write("policy.yml", `version: 1\n${rest}`);
  const rule = `rules:\n  - id: few\n    title: Few findings\n    mode: enforce\n    require:\n      findings: `;
  const check = async (args: readonly string[]) => {
    const { stdout, stderr, code } = await runCommand(["check", "--base", "main", "--json", ...args], {
      cwd: repository.path,
    });
    return { stdout, stderr, code };
  };
  const decisionOf = (stdout: string) =>
    z.object({ decision: z.object({ state: z.string() }) }).parse(JSON.parse(stdout)).decision.state;
  const tier1 = `areas:\n  core: { paths: ["src/**"], tier: 1 }\n`;

  test.each([
    { says: "a limit on another tool's rule", text: `${rule}{ rules: { eslint/no-var: 0 } }\n`, state: "block" },
    { says: "a limit that is kept", text: `${rule}{ rules: { eslint/no-var: 1 } }\n`, state: "pass" },
    {
      says: "a waiver",
      text: `${rule}{ rules: { eslint/no-var: 0 } }\nwaivers:\n  - { id: w, finding: eslint/no-var, reason: it is old, owner: "@a", expires: "2026-12-31" }\n`,
      state: "pass",
    },
    {
      says: "a severity that the policy gives",
      text: `lint: { severity: { eslint/no-var: notice } }\n${rule}{ max_errors: 0, rules: { eslint/no-var: 0 }, escalate: { eslint/no-var: error } }\n`,
      state: "block",
    },
  ])("$says: $state", async ({ text, state }) => {
    const found = report("gate.json", ["src/a.py:1 no-var"]);
    const { stdout, stderr } = await check(["--policy", policy(text), "--findings", found]);
    expect(stderr).toBe("");
    expect(decisionOf(stdout)).toBe(state);
  });

  test.each([
    { says: "a report that is missing", make: () => join(folder, "none.json"), areas: "", state: "warn" },
    {
      says: "a report that is missing, on tier 1",
      make: () => join(folder, "none.json"),
      areas: tier1,
      state: "undecided",
    },
    {
      says: "a run that failed, on tier 1",
      make: () =>
        write(
          "failed.sarif",
          `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"invocations":[{"executionSuccessful":false}]}]}`,
        ),
      areas: tier1,
      state: "undecided",
    },
    { says: "an empty file, on tier 1", make: () => write("empty.txt", ""), areas: tier1, state: "pass" },
  ])("$says: $state", async ({ make, areas, state }) => {
    const text = `${areas}${rule}{ rules: { eslint/no-var: 0 } }\n`;
    const { stdout } = await check(["--policy", policy(text), "--findings", make()]);
    expect(decisionOf(stdout)).toBe(state);
  });

  test("decides the same again from saved facts", async () => {
    const found = report("replay.json", ["src/a.py:1 no-var"]);
    const facts = join(folder, "facts.json");
    const first = await check(["--save-facts", facts, "--findings", found]);
    const again = await runCommand(["check", "--facts", facts, "--json"], { cwd: repository.path });
    expect(again.stdout).toBe(first.stdout);
    expect(first.stdout).toContain("eslint/no-var");
  });
});

test.each([
  {
    says: "a file of no known format",
    args: () => ["--findings", write("x.txt", "hello")],
    error: "x.txt: it is in no format that this version reads.",
  },
  {
    says: "two broken files",
    args: () => ["--findings", write("x.txt", "hello"), write("y.json", "{")],
    error: "These findings cannot be used:",
  },
  { says: "a base alone", args: () => ["--base-findings", "x"], error: "nothing to compare it with" },
])("$says is one clear error", async ({ args, error }) => {
  const { code, stderr } = await lint(args());
  expect(stderr).toContain(error);
  expect(code).toBe(3);
});
