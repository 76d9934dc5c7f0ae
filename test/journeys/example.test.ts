import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Review } from "../../core/report/index.ts";
import { projectRoot, runCommand, runScript, type CommandResult } from "../command-line.ts";
import { newFolder, removeRepositories } from "../git-repository.ts";
import { problemsOf } from "../report-schemas.ts";

/** What a newcomer sees first: `npm start` gates the pull request that is shipped. */

let cwd: string;
/** What the system takes for its folder of temporary files. */
let temporary: string;
let result: CommandResult;
let review: Review;
beforeAll(() => {
  cwd = newFolder("newcomer");
  temporary = newFolder("temporary");
  result = runScript("scripts/start.ts", [], { cwd, environment: { TMPDIR: temporary } });
  review = JSON.parse(read("report.json")) as Review;
});
afterAll(removeRepositories);

const read = (name: string): string => readFileSync(join(cwd, "countersign-report", name), "utf8");

test("npm start is this script", () => {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  expect(scripts["start"]).toBe("node scripts/start.ts");
});

test("it ends well although the change is blocked, and prints the whole page", async () => {
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: "" });
  expect(Math.max(...result.stdout.split("\n").map((line) => Array.from(line).length))).toBeLessThanOrEqual(100);
  await expect(result.stdout).toMatchFileSnapshot("__snapshots__/example.txt");
});

test("the machine that it runs on does not show, in the page or in a report", () => {
  for (const text of [
    result.stdout,
    read("report.json"),
    read("summary.md"),
    read("report.sarif"),
    read("facts.json"),
  ]) {
    expect(text).not.toContain(dirname(temporary));
    expect(text).not.toContain(projectRoot);
  }
});

test("nothing stays behind but the report", () => {
  expect(readdirSync(cwd)).toEqual(["countersign-report"]);
  expect(readdirSync(temporary)).toEqual([]);
});

describe("what is decided", () => {
  test("blocked, by two rules, and five more warn", () => {
    expect(review.decision.state).toBe("block");
    expect(Object.fromEntries(review.decision.rules.map(({ id, decision }) => [id, decision]))).toEqual({
      "sensitive-change-says-who-wrote-it": "block",
      policy_owners: "pass",
      "no-secrets": "block",
      "ai-code-is-tested": "pass",
      "ai-branches-are-tested": "warn",
      "coverage-does-not-fall": "warn",
      "ai-is-declared-in-full": "warn",
      "pipeline-is-declared-in-full": "pass",
      "risky-patterns": "warn",
      "provenance.detected_without_trailer": "warn",
    });
  });

  test("the reasons name the commits and the line", () => {
    const reasons = JSON.stringify(review.decision.rules.filter(({ decision }) => decision === "block"));
    for (const part of ["d541797c3d", "bede5e1e21", "src/config.ts:34"]) expect(reasons).toContain(part);
  });

  test("there is something to do for every rule that is not met, the blocking ones first", () => {
    const open = review.decision.rules.filter(({ enforced }) => enforced !== "pass").map(({ id }) => id);
    const named = review.decision.nextSteps.map((step) => step.split(": ")[0]);
    expect(new Set(named)).toEqual(new Set(open));
    expect(named.slice(0, 2)).toEqual(["sensitive-change-says-who-wrote-it", "no-secrets"]);
  });
});

const commits = [
  { subject: "Decide whether a refund may happen", verdict: "agent-assisted", agent: "claude-code", lines: 87 },
  { subject: "Store refunds beside their orders", verdict: "agent-assisted", agent: "crush", lines: 127 },
  {
    subject: "Ask for, list, find and approve refunds over HTTP",
    verdict: "agent-authored",
    agent: "copilot",
    lines: 104,
  },
  { subject: "Refuse a refund in another currency", verdict: "human", agent: null, lines: 28 },
  { subject: "Apply suggestion from code review", verdict: "suggestion", agent: "copilot", lines: 1 },
  {
    subject: "Pay refunds out, and try again while the provider is busy",
    verdict: "agent-assisted",
    agent: "codex",
    lines: 80,
  },
  { subject: "refactor: move session tokens to lib", verdict: "agent-authored", agent: "aider", lines: 6 },
  { subject: "Report refunds per customer", verdict: "undeclared", agent: null, lines: 93 },
  { subject: "Bump typescript from 6.0.2 to 6.0.3", verdict: "automation", agent: "dependabot", lines: 4 },
  { subject: "Tell the finance team about refunds", verdict: "agent-assisted", agent: "claude-code", lines: 53 },
  {
    subject: "Write the refunds of a day into the finance archive",
    verdict: "agent-assisted",
    agent: "cursor",
    lines: 58,
  },
  { subject: "Quiet the tests that fail on the slow runners", verdict: "agent-assisted", agent: "copilot", lines: 1 },
];

describe("who wrote which commit", () => {
  test.each(commits.map((row, index) => ({ ...row, index })))(
    "$subject: $verdict",
    ({ index, subject, verdict, agent, lines }) => {
      const commit = review.change.commits[index]!;
      const provenance = review.provenance.commits[index]!;
      expect({
        subject: commit.subject,
        verdict: provenance.verdict,
        agent: provenance.agent,
        lines: commit.addedLines,
      }).toEqual({ subject, verdict, agent, lines });
      expect(provenance.sha).toBe(commit.sha);
      expect(provenance.signals.length > 0).toBe(verdict !== "undeclared");
    },
  );

  test("these are all, and their lines are git's own count", () => {
    expect(review.change.commits).toHaveLength(commits.length);
    expect(review.change.addedLines).toBe(642);
    expect(commits.reduce((sum, { lines }) => sum + lines, 0)).toBe(642);
  });

  test("a rename out of a sensitive path is seen on both sides", () => {
    expect(review.change.files.find(({ path }) => path === "src/lib/session.ts")).toMatchObject({
      previousPath: "src/auth/session.ts",
      status: "renamed",
      areas: ["auth"],
    });
  });
});

describe("what the tests reach", () => {
  test("of the added lines, branches and functions", () => {
    expect(review.coverage.patch).toEqual({
      state: "present",
      value: {
        lines: { covered: 113, total: 127 },
        branches: { covered: 68, total: 93 },
        functions: { covered: 25, total: 31 },
      },
    });
  });

  test("of the lines that count as AI, and of the others", () => {
    const lines = Object.fromEntries(
      Object.entries(review.coverage.byGroup).map(([group, counts]) => [group, counts.lines]),
    );
    expect(lines).toEqual({
      ai: { covered: 112, total: 125 },
      suggestion: { covered: 0, total: 0 },
      human: { covered: 0, total: 0 },
      undeclared: { covered: 1, total: 2 },
      automation: { covered: 0, total: 0 },
    });
  });

  test("before and after, in the project as a whole", () => {
    const { before, after, delta } = review.coverage.project;
    expect({ before, after }).toMatchObject({
      before: { state: "present", value: { lines: { covered: 175, total: 185 } } },
      after: { state: "present", value: { lines: { covered: 279, total: 307 } } },
    });
    expect(delta).toMatchObject({ state: "present" });
    expect(review.coverage.baseline.quality).toBe("exact");
  });

  test("before and after, by file", () => {
    const file = (path: string) => review.coverage.files.find((candidate) => candidate.path === path);
    expect(file("src/refunds/archive.ts")).toMatchObject({
      before: { state: "absent" },
      uncoveredAddedLines: [17, 18, 19, 20, 29, 30],
    });
    expect(file("src/orders/routes.ts")).toMatchObject({ lostLines: [41, 42, 43, 44] });
  });
});

describe("the five files", () => {
  test("are there, and no other", () => {
    expect(readdirSync(join(cwd, "countersign-report")).sort()).toEqual([
      "facts.json",
      "record.json",
      "report.json",
      "report.sarif",
      "summary.md",
    ]);
  });

  test.each(["report.json", "facts.json", "record.json", "report.sarif"] as const)("%s keeps to its schema", (name) => {
    expect(problemsOf(name, read(name))).toEqual([]);
  });

  test("the schemas refuse what they should", () => {
    for (const name of ["report.json", "facts.json", "record.json", "report.sarif"] as const)
      expect(problemsOf(name, "{}")).not.toEqual([]);
  });

  test("the facts decide the same again", async () => {
    const again = await runCommand(["check", "--facts", "countersign-report/facts.json", "--json"], { cwd });
    expect(again).toEqual({ code: 1, stdout: read("report.json"), stderr: "" });
  });

  test("the findings that have a file stand in the SARIF", () => {
    const { runs } = JSON.parse(read("report.sarif")) as { runs: { results: unknown[] }[] };
    expect(runs[0]?.results).toHaveLength(review.findings.filter(({ place }) => "path" in place).length);
  });

  test("the summary opens with the decision", () => {
    expect(read("summary.md").split("\n").slice(0, 3).join("\n")).toMatch(/Blocked/);
  });
});

describe("npm start -- … is check with a report", () => {
  test("it ends as check does, and names the mistakes of check", () => {
    const { code, stderr } = runScript("scripts/start.ts", ["--repo", "."], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("is not in a git repository.");
  });

  test("a folder of one's own choice comes first", () => {
    const facts = join(cwd, "countersign-report", "facts.json");
    const { code } = runScript("scripts/start.ts", ["--facts", facts, "--report-dir=mine"], { cwd });
    expect(code).toBe(1);
    expect(readFileSync(join(cwd, "mine/report.json"), "utf8")).toBe(read("report.json"));
    expect(readdirSync(cwd).sort()).toEqual(["countersign-report", "mine"]);
  });

  test("without git it says so", () => {
    const { code, stderr } = runScript("scripts/start.ts", [], { cwd, environment: { PATH: "/nowhere" } });
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: "error: git was not found on this machine.\n  Install git 2.30 or newer and put it on the PATH.\n",
    });
  });
});
