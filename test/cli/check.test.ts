import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseFacts, writeFacts } from "../../core/facts-file.ts";
import type { Facts } from "../../core/facts.ts";
import { failOnValues } from "../../gate/exit-code.ts";
import { runCommand, runScript, type CommandOptions } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../git-repository.ts";

/** `countersign check`: every flag, every decision's exit code, and every mistake that a person can make. */

const policies = {
  enforce: "version: 1\nmode: enforce\nrules:\n  - id: say-who\n    require: { disclosure: required }\n",
  warn: "version: 1\nmode: warn\nrules:\n  - id: say-who\n    require: { disclosure: required }\n",
  tested: "version: 1\nmode: enforce\nrules:\n  - id: tested\n    require: { coverage: { patch_lines: 50 } }\n",
  wrong:
    "version: 2\nmdoe: enforce\nrules:\n  - id: say-who\n    require: { disclosure: always, coverage: { patch_lines: eighty } }\n",
};

let repository: TestRepository;
let repo: string;
/** Where commands run: a folder of its own, outside the repository. */
let cwd: string;

beforeAll(() => {
  repository = createRepository();
  repo = repository.path;
  cwd = newFolder("work");
  repository.commit({ files: { ".github/countersign.yml": policies.enforce, "src/a.ts": "export const a = 1;\n" } });
  repository.switchTo("silent");
  repository.commit({ files: { "src/b.ts": "export const b = 2;\n" }, message: "Add b\n" });
  repository.switchTo("declared", "main");
  repository.commit({ files: { "src/c.ts": "export const c = 3;\n" }, message: "Add c\n\nAI-Assisted: no\n" });
  repository.switchTo("broken-policy", "main");
  repository.commit({ files: { ".github/countersign.yml": policies.wrong }, message: "Break the policy\n" });
  repository.switchTo("elsewhere");
  repository.commit({ files: { other: "x\n" }, parents: [], message: "Another project\n" });
  repository.checkOut("silent");
  for (const [name, text] of Object.entries(policies)) writeFileSync(join(cwd, `${name}.yml`), text);
  writeFileSync(join(cwd, "head.info"), "SF:src/b.ts\nDA:1,3\nend_of_record\n");
  writeFileSync(join(cwd, "base.info"), "SF:src/a.ts\nDA:1,1\nend_of_record\n");
  writeFileSync(join(cwd, "broken.info"), "SF:src/b.ts\nDA:one,3\nend_of_record\n");
  mkdirSync(join(cwd, "shards"));
  for (const shard of [1, 2])
    writeFileSync(join(cwd, `shards/${shard}.info`), `SF:src/b.ts\nDA:1,${shard}\nend_of_record\n`);
});
afterAll(removeRepositories);

const check = (args: readonly string[], options: CommandOptions = {}) =>
  runCommand(["check", "--repo", repo, ...args], { cwd, ...options });

async function facts(...args: string[]): Promise<Facts> {
  const { stdout } = await runCommand(
    ["check", "--repo", repo, "--base", "main", "--save-facts", "saved.json", ...args],
    { cwd },
  );
  expect(stdout).not.toBe("");
  return parseFacts(readFileSync(join(cwd, "saved.json"), "utf8"), "saved.json");
}

describe("decisions and exit codes", () => {
  const rows = [
    { decision: "pass", args: ["--head", "declared"], codes: [0, 0, 0] },
    { decision: "warn", args: ["--head", "silent", "--policy", "warn.yml"], codes: [0, 0, 0] },
    { decision: "block", args: ["--head", "silent"], codes: [0, 1, 1] },
  ];

  test.each(
    rows.flatMap(({ codes, ...row }) => codes.map((code, index) => ({ ...row, code, failOn: failOnValues[index]! }))),
  )("$decision with --fail-on $failOn ends with $code", async ({ decision, args, code, failOn }) => {
    const result = await check(["--base", "main", "--json", "--fail-on", failOn, ...args]);
    expect({ code: result.code, stderr: result.stderr, state: stateOf(result.stdout) }).toEqual({
      code,
      stderr: "",
      state: decision,
    });
  });

  test.each([
    { failOn: "never", code: 0 },
    { failOn: "block", code: 2 },
    { failOn: "needs-approval", code: 2 },
  ])("undecided with --fail-on $failOn ends with $code", async ({ failOn, code }) => {
    const whole = await facts("--head", "declared");
    const incomplete = { ...whole, change: { ...whole.change, incomplete: ["10,001 commits, and 10,000 are read"] } };
    writeFileSync(join(cwd, "incomplete.json"), writeFacts(incomplete));
    const result = await runCommand(["check", "--facts", "incomplete.json", "--json", "--fail-on", failOn], { cwd });
    expect({ code: result.code, state: stateOf(result.stdout) }).toEqual({ code, state: "undecided" });
  });

  test("block is the default of --fail-on", async () => {
    expect((await check(["--base", "main"])).code).toBe(1);
  });
});

describe("what is judged", () => {
  test.each([
    { says: "the head is HEAD unless told", args: ["--base", "main"], subjects: ["Add b"] },
    { says: "--head", args: ["--base", "main", "--head", "declared"], subjects: ["Add c"] },
    { says: "the base is a local main where there is no remote", args: [], subjects: ["Add b"] },
    {
      says: "a flag given twice counts as given last",
      args: ["--base", "declared", "--base", "main"],
      subjects: ["Add b"],
    },
  ])("$says", async ({ args, subjects }) => {
    const { change } = report((await check([...args, "--json"])).stdout);
    expect(change.commits.map(({ subject }) => subject)).toEqual(subjects);
  });

  test("--repo is the current folder unless told", async () => {
    const { stdout } = await runCommand(["check", "--base", "main", "--json"], { cwd: join(repo, "src") });
    expect(report(stdout).change.commits).toHaveLength(1);
  });

  test("--worktree adds what is not committed, and nobody is said to have written it", async () => {
    repository.write("src/new.ts", "export const d = 4;\n");
    try {
      const without = report((await check(["--base", "main", "--json"])).stdout).change;
      const { change, provenance } = report((await check(["--base", "main", "--worktree", "--json"])).stdout);
      expect(without.files.map(({ path }) => path)).toEqual(["src/b.ts"]);
      expect(change.files.map(({ path }) => path)).toEqual(["src/b.ts", "src/new.ts"]);
      expect(change.uncommitted).toBe(change.head.sha);
      expect(provenance.commits.at(-1)?.verdict).toBe("undeclared");
    } finally {
      repository.git(["clean", "--quiet", "--force", "-d"]);
    }
  });

  test("--branch says the name where git does not know it", async () => {
    const branch = async (...args: string[]) =>
      report((await check(["--base", "main", "--json", ...args])).stdout).change.branch;
    expect(await branch()).toBe("silent");
    expect(await branch("--head", "declared")).toBeNull();
    expect(await branch("--head", "declared", "--branch", "copilot/fix-1")).toBe("copilot/fix-1");
  });

  test("--policy tries a file, under the name that it was given", async () => {
    const { policy, state } = report(
      (await check(["--base", "main", "--policy", "warn.yml", "--json"])).stdout,
    ).decision;
    expect({ state, ...policy, digest: "" }).toEqual({
      state: "warn",
      source: "local",
      path: "warn.yml",
      commit: null,
      mode: "warn",
      digest: "",
    });
  });
});

describe("coverage", () => {
  const patch = async (...args: string[]) => {
    const result = await check(["--base", "main", "--policy", "tested.yml", "--json", ...args]);
    expect(result.stderr).toBe("");
    return { code: result.code, review: report(result.stdout) };
  };

  test("a report that meets the limit passes", async () => {
    const { code, review } = await patch("--coverage", "head.info");
    expect({ code, patch: review.coverage.patch }).toMatchObject({
      code: 0,
      patch: { state: "present", value: { lines: { covered: 1, total: 1 } } },
    });
  });

  test("several names and globs are one report", async () => {
    const { review } = await patch("--coverage", "head.info", "shards/*.info");
    expect(review.coverage.patch.state).toBe("present");
  });

  test("--base-coverage gives the numbers before", async () => {
    const { review } = await patch("--coverage", "head.info", "--base-coverage", "base.info");
    expect(review.coverage.project.before).toMatchObject({
      state: "present",
      value: { lines: { covered: 1, total: 1 } },
    });
  });

  test("--base-coverage-commit says of which commit they are", async () => {
    const { review } = await patch(
      "--coverage",
      "head.info",
      "--base-coverage",
      "base.info",
      "--base-coverage-commit",
      "declared",
    );
    expect(review.coverage.baseline.quality).not.toBe("exact");
  });

  // Faults rows 58 and 60: no report is never 0 % nor 100 %.
  test.each([
    { says: "no report", args: [], reason: "no coverage report was given" },
    {
      says: "a glob that matches nothing",
      args: ["--coverage", "nowhere/*.info"],
      reason: "no file matches `nowhere/*.info`",
    },
    {
      says: "one shard of two is lost",
      args: ["--coverage", "head.info", "lost.info"],
      reason: "no file matches `lost.info`",
    },
  ])("$says is an outcome with its reason, and blocks a rule that asks for coverage", async ({ args, reason }) => {
    const { code, review } = await patch(...args);
    expect(code).toBe(1);
    expect(review.coverage.patch).toEqual({ state: "absent", reason });
    expect(JSON.stringify(review.decision.rules)).toContain(reason);
  });
});

describe("mistakes end with 3, one clear sentence, and what to do", () => {
  const rows: { says: string; args: () => string[]; what: string; fix: string }[] = [
    {
      says: "a folder that does not exist",
      args: () => ["--repo", "/no/such/folder"],
      what: "There is no folder /no/such/folder.",
      fix: "Give `--repo` the folder of a git repository.",
    },
    {
      says: "a folder that is no repository",
      args: () => ["--repo", "."],
      what: "is not in a git repository.",
      fix: "point `--repo` at one",
    },
    {
      says: "an unknown base",
      args: () => ["--repo", repo, "--base", "nope"],
      what: "nope is no commit in this repository (--base).",
      fix: "Give `--base` a branch, tag or commit that exists here",
    },
    {
      says: "an unknown head",
      args: () => ["--repo", repo, "--base", "main", "--head", "nope"],
      what: "nope is no commit in this repository (--head).",
      fix: "Give `--head`",
    },
    {
      says: "a base that looks like an option of git",
      args: () => ["--repo", repo, "--base=--output=/tmp/x"],
      what: "--output=/tmp/x is no commit in this repository (--base).",
      fix: "Give `--base`",
    },
    {
      says: "an empty range",
      args: () => ["--repo", repo, "--base", "silent"],
      what: "There is nothing to judge: HEAD has no commits that silent lacks.",
      fix: "`--worktree`",
    },
    {
      says: "histories that share nothing",
      args: () => ["--repo", repo, "--base", "elsewhere"],
      what: "HEAD and elsewhere share no history",
      fix: "Check that `--base` names a branch of the same project.",
    },
    {
      says: "a policy file that does not exist",
      args: () => ["--repo", repo, "--base", "main", "--policy", "none.yml"],
      what: "There is no policy file none.yml.",
      fix: "Give `--policy` the path of a policy file",
    },
    {
      says: "a policy that is a folder",
      args: () => ["--repo", repo, "--base", "main", "--policy", "."],
      what: "There is no policy file .",
      fix: "Give `--policy` the path of a policy file",
    },
    {
      says: "an invalid policy at the base",
      args: () => ["--repo", repo, "--base", "broken-policy"],
      what: "The policy .github/countersign.yml has 4 problems, so nothing was decided:",
      fix: "Mend the policy on the base branch; `--policy FILE` tries a copy first.",
    },
    {
      says: "a broken coverage report",
      args: () => ["--repo", repo, "--base", "main", "--coverage", "broken.info"],
      what: "The coverage report cannot be used: broken.info:2",
      fix: "Mend or remove these reports",
    },
    {
      says: "an unknown commit of the baseline",
      args: () => ["--repo", repo, "--base", "main", "--base-coverage", "base.info", "--base-coverage-commit", "nope"],
      what: "nope is no commit in this repository (--base-coverage-commit).",
      fix: "Give `--base-coverage-commit`",
    },
    {
      says: "a commit of a baseline that is not given",
      args: () => ["--repo", repo, "--base", "main", "--base-coverage-commit", "main"],
      what: "--base-coverage-commit says at which commit the reports of the base were made, and there are none.",
      fix: "Name them with --base-coverage, or leave out --base-coverage-commit.",
    },
    {
      says: "--worktree with --head",
      args: () => ["--repo", repo, "--worktree", "--head", "declared"],
      what: "--worktree judges the work on top of HEAD, so it cannot go with --head.",
      fix: "Leave out one of the two.",
    },
    {
      says: "--facts with what only a repository can answer",
      args: () => ["--facts", "x.json", "--repo", repo, "--base", "main", "--base-coverage-commit", "main"],
      what: "--facts decides from saved facts, so --repo, --base, --base-coverage-commit would change nothing.",
      fix: "Leave out --facts, or --repo, --base, --base-coverage-commit.",
    },
    {
      says: "--json with another format",
      args: () => ["--repo", repo, "--json", "--format", "sarif"],
      what: "--json is the same as --format json, so it cannot go with --format sarif.",
      fix: "Leave out one of the two.",
    },
    {
      says: "facts that do not exist",
      args: () => ["--facts", "none.json"],
      what: "none.json could not be read (ENOENT).",
      fix: "Name a file that exists and that you may read.",
    },
    {
      says: "facts that are a folder",
      args: () => ["--facts", "."],
      what: ". could not be read (EISDIR).",
      fix: "Name a file",
    },
    {
      says: "facts of another version",
      args: () => ["--facts", written("other.json", '{"version": 9}')],
      what: "other.json is not a facts file of version 1.",
      fix: "`countersign check --save-facts facts.json`",
    },
    {
      says: "facts that are cut off",
      args: () => ["--facts", written("cut.json", '{"version": 1, "asOf": "2026-')],
      what: "cut.json is not JSON:",
      fix: "Give a file that Countersign wrote, whole.",
    },
    {
      says: "facts that are too deep",
      args: () => ["--facts", written("deep.json", "[".repeat(200_000))],
      what: "deep.json nests deeper than 100.",
      fix: "Give a file that Countersign wrote.",
    },
    {
      says: "a report folder that is a file",
      args: () => ["--repo", repo, "--base", "main", "--report-dir", "head.info"],
      what: "head.info could not be written (ENOTDIR).",
      fix: "Name a place that you may write to.",
    },
    {
      says: "a report folder where no folder can be made",
      args: () => ["--repo", repo, "--base", "main", "--report-dir", "/proc/countersign"],
      what: "/proc/countersign could not be written (",
      fix: "Name a place that you may write to.",
    },
    {
      says: "facts to be saved where a folder is",
      args: () => ["--repo", repo, "--base", "main", "--save-facts", "shards"],
      what: "shards could not be written (EISDIR).",
      fix: "Name a place that you may write to.",
    },
  ];

  test.each(rows)("$says", async ({ args, what, fix }) => {
    const { code, stderr } = await runCommand(["check", ...args()], { cwd });
    const [first = "", ...rest] = stderr.trimEnd().split("\n");
    expect(code).toBe(3);
    expect(first).toMatch(/^error: /);
    expect(first).toContain(what);
    expect(rest.at(-1)).toMatch(/^ {2}\S/);
    expect(rest.at(-1)).toContain(fix);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test.each([
    "repo",
    "base",
    "head",
    "branch",
    "policy",
    "coverage",
    "base-coverage",
    "base-coverage-commit",
    "earlier",
    "report-dir",
    "save-facts",
    "facts",
  ])("an empty --%s, as an unset variable leaves it", async (flag) => {
    const result = await runCommand(["check", `--${flag}`, ""], { cwd: repo });
    expect(result).toEqual({
      code: 3,
      stdout: "",
      stderr: `error: --${flag} is empty.\n  Give it a value or leave it out. In a script, the variable that should hold the value may not be set.\n`,
    });
  });

  // Faults row 54: unknown keys are named, all at once, with place and fix.
  test("every problem of a policy is said at once, with its place", async () => {
    const { code, stdout, stderr } = await check(["--base", "main", "--policy", "wrong.yml"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    const places = [...stderr.matchAll(/^ {2}wrong\.yml:(\d+):(\d+) (CS\d{3})/gm)].map((match) =>
      match.slice(1).join(" "),
    );
    expect(places).toEqual(["1 10 CS023", "2 1 CS010", "5 28 CS012", "5 61 CS012"]);
    expect(stderr).toContain("Did you mean `mode`?");
    expect(stderr).toContain("Mend the file, and try again.");
  });
});

describe("what is written", () => {
  test("nothing, unless a folder or file is named", async () => {
    const before = [snapshot(repo), snapshot(cwd)];
    for (const args of [["--format", "json"], ["--worktree"], ["--coverage", "head.info", "--format", "sarif"]])
      await check(["--base", "main", ...args]);
    expect([snapshot(repo), snapshot(cwd)]).toEqual(before);
  });

  test("--report-dir makes the folder and fills it with the same as is printed", async () => {
    const args = ["--base", "main", "--report-dir", "out/deep/er"];
    const { stdout } = await check([...args, "--json"]);
    const read = (name: string) => readFileSync(join(cwd, "out/deep/er", name), "utf8");
    expect(readdirSync(join(cwd, "out/deep/er")).sort()).toEqual([
      "facts.json",
      "record.json",
      "report.json",
      "report.sarif",
      "summary.md",
    ]);
    expect(read("report.json")).toBe(stdout);
    expect(read("summary.md")).toBe((await check(["--base", "main", "--format", "markdown"])).stdout);
    expect(read("report.sarif")).toBe((await check(["--base", "main", "--format", "sarif"])).stdout);
    expect((await check([...args])).code).toBe(1);
  });

  test("the decision is printed even when the folder cannot be written", async () => {
    const { code, stdout } = await check(["--base", "main", "--json", "--report-dir", "head.info"]);
    expect({ code, state: stateOf(stdout) }).toEqual({ code: 3, state: "block" });
  });

  // A change can commit its report folder, or a file in it, as a link to any place of the machine.
  test.each([
    { says: "the folder is a link out", link: "linked-out", to: "..", args: ["--report-dir", "linked-out/report"] },
    { says: "a file in it is one", link: "plain/report.json", to: "../../../victim", args: ["--report-dir", "plain"] },
    {
      says: "the facts are one",
      link: "facts-link.json",
      to: "../../victim",
      args: ["--save-facts", "facts-link.json"],
    },
  ])("not through a link out of the working folder: $says", async ({ link, to, args }) => {
    mkdirSync(join(cwd, "plain"), { recursive: true });
    symlinkSync(to, join(cwd, link));
    const { code, stderr } = await check(["--base", "main", ...args]);
    expect(code).toBe(3);
    expect(stderr).toContain("would be written through a symbolic link, to a place outside the working folder.");
    expect(existsSync(join(cwd, "../victim"))).toBe(false);
    expect(existsSync(join(cwd, "../../victim"))).toBe(false);
    expect(existsSync(join(cwd, "../report"))).toBe(false);
  });

  test("through a link that stays inside", async () => {
    symlinkSync("shards", join(cwd, "linked-in"));
    expect((await check(["--base", "main", "--report-dir", "linked-in/report"])).code).toBe(1);
    expect(existsSync(join(cwd, "shards/report/report.json"))).toBe(true);
  });
});

describe("formats", () => {
  test("--json is --format json", async () => {
    const [short, long] = await Promise.all([
      check(["--base", "main", "--json"]),
      check(["--base", "main", "--format", "json"]),
    ]);
    expect(short).toEqual(long);
    expect(await check(["--base", "main", "--json", "--format", "json"])).toEqual(long);
  });

  const escape = "\u001b";
  test.each([
    { says: "no terminal", terminal: null, colored: false },
    { says: "a terminal", terminal: { columns: 100, color: true }, colored: true },
    { says: "a terminal without colour", terminal: { columns: 100, color: false }, colored: false },
  ])("colour: $says", async ({ terminal, colored }) => {
    const { stdout } = await check(["--base", "main"], terminal === null ? {} : { terminal });
    expect(stdout.includes(escape)).toBe(colored);
  });

  test.each([40, 60, 80, 100, 140])("lines fit a terminal of %i columns", async (columns) => {
    const { stdout } = await check(["--base", "main"], { terminal: { columns, color: false } });
    expect(Math.max(...stdout.split("\n").map((line) => Array.from(line).length))).toBeLessThanOrEqual(columns);
  });

  test.each([
    { environment: {}, unicode: true },
    { environment: { LANG: "en_US.UTF-8" }, unicode: true },
    { environment: { LC_ALL: "", LANG: "de_DE.utf8" }, unicode: true },
    { environment: { LC_ALL: "C", LANG: "en_US.UTF-8" }, unicode: false },
    { environment: { LANG: "en_US.UTF-8", TERM: "linux" }, unicode: false },
  ])("signs beyond ASCII under $environment: $unicode", async ({ environment, unicode }) => {
    const { stdout } = await check(["--base", "main"], { environment });
    expect(/[^\n -~]/.test(stdout)).toBe(unicode);
  });

  test("github prints commands for the runner and the decision, and no command of anyone else", () => {
    const { code, stdout, stderr } = runScript("cli/main.ts", [
      "check",
      "--repo",
      repo,
      "--base",
      "main",
      "--format",
      "github",
    ]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.at(-1)).toMatch(/^Countersign: Blocked: /i);
    expect(lines[0]).toMatch(/^::error title=say-who blocks::/);
    expect(lines.slice(0, -1).every((line) => /^::(error|warning|notice) title=[^:]+::/.test(line))).toBe(true);
  });
});

interface Reported {
  change: {
    branch: string | null;
    uncommitted: string | null;
    head: { sha: string };
    commits: { subject: string }[];
    files: { path: string }[];
  };
  provenance: { commits: { verdict: string }[] };
  coverage: {
    patch: { state: string };
    project: { before: unknown };
    baseline: { quality: string };
  };
  decision: { state: string; rules: unknown[]; policy: Record<string, unknown> };
}

function report(stdout: string): Reported {
  return JSON.parse(stdout) as Reported;
}

function stateOf(stdout: string): string {
  return report(stdout).decision.state;
}

/** Writes a file into the working folder, and returns its name. */
function written(name: string, text: string): string {
  writeFileSync(join(cwd, name), text);
  return name;
}

/** Everything in a folder that a run could have changed. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const { mtimeMs, size } = statSync(join(folder, name), { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
      return `${name} ${size} ${mtimeMs}`;
    });
}
