import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import libCoverage from "istanbul-lib-coverage";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { firstDifference } from "../../examples/orders/compare-example.ts";
import expected from "../../examples/orders/expected.json" with { type: "json" };
import { runGit } from "../../examples/orders/run-git.ts";

const example = fileURLToPath(new URL("../../examples/orders/", import.meta.url));
const bundle = join(example, "orders.bundle");
const head = expected.refs["feature/refunds"];

let temporary: string;
let clone: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "orders-test-"));
  clone = join(temporary, "clone");
  runGit({ directory: temporary, args: ["clone", "--quiet", "--branch", "feature/refunds", bundle, clone] });
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const git = (...args: string[]): string => runGit({ directory: clone, args });

describe("the script", () => {
  test("makes exactly what is shipped", () => {
    expect(make("--check")).toEqual({ status: 0, out: "The example is what the script makes.\n", err: "" });
  });

  test("says in which line a shipped file is another one", () => {
    const changed = join(temporary, "changed");
    for (const name of ["coverage", "expected.json", "orders.bundle"]) {
      cpSync(join(example, name), join(changed, name), { recursive: true });
    }
    const report = join(changed, "coverage", "base", "lcov.info");
    writeFileSync(report, readFileSync(report, "utf8").replace("FNH:1\n", "FNH:2\n"));
    rmSync(join(changed, "expected.json"));
    expect(make("--check", "--out", changed)).toEqual({
      status: 1,
      out: "",
      err: [
        "expected.json is missing",
        'coverage/base/lcov.info:6: is "FNH:2", the script makes "FNH:1"',
        "Run `node examples/orders/make.ts` and commit what it makes.\n",
      ].join("\n"),
    });
  });

  test("refuses an argument that it does not know", () => {
    const { status, err } = make("--chekc");
    expect(status).toBe(3);
    expect(err).toContain("Usage: node examples/orders/make.ts");
  });

  test.each([
    { says: "the same text", is: "a\nb\n", line: "" },
    { says: "another line", is: "a\nc\n", line: 'f:2: is "c", the script makes "b"' },
    { says: "a line too few", is: "a\n", line: 'f:2: is "", the script makes "b"' },
    { says: "a line too many", is: "a\nb\nc\n", line: 'f:3: is "c", the script makes ""' },
    { says: "no last newline", is: "a\nb", line: 'f:3: is no such line, the script makes ""' },
    { says: "no file", is: undefined, line: "f is missing" },
  ])("compares $says", ({ is, line }) => {
    expect(firstDifference("f", is, "a\nb\n")).toBe(line);
  });
});

describe("the bundle", () => {
  test("is whole and holds the commits of expected.json", () => {
    expect(git("bundle", "verify", bundle)).toContain("The bundle records a complete history");
    expect(git("fsck", "--strict")).toBe("");
    expect(git("rev-parse", "origin/main", "origin/feature/refunds")).toBe(`${expected.refs.main}\n${head}`);
    expect(git("rev-parse", "--abbrev-ref", "origin/HEAD")).toBe("origin/main");
  });

  test("has a branch that left main before its tip", () => {
    expect(git("merge-base", "origin/main", head)).toBe(expected.mergeBase);
    expect(git("rev-parse", "origin/main~1")).toBe(expected.mergeBase);
    expect(git("diff", "--name-only", expected.mergeBase, "origin/main")).toBe(".github/countersign.yml");
    expect(git("rev-list", "--count", "--no-merges", `${expected.mergeBase}..${head}`)).toBe(String(expected.commits));
  });

  test("has a policy on main that names the refunds, and the branch does not touch it", () => {
    const policy: unknown = parse(git("show", "origin/main:.github/countersign.yml"));
    expect(policy).toMatchObject({ version: 1, areas: { payments: { paths: ["src/payments/**", "src/refunds/**"] } } });
    expect(git("diff", "--name-only", `origin/main...${head}`, "--", ".github")).toBe("");
  });
});

const ana = "Ana Ruiz <ana@example.com>";
const jonas = "Jonas Lind <jonas@example.com>";
const tom = "Tom Berger <tom@example.com>";

const commits = [
  {
    subject: "Decide whether a refund may happen",
    author: ana,
    trailers: [
      "Claude-Session: https://claude.ai/code/session_011CVExampleRefundPolicy26",
      "Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>",
    ],
  },
  {
    subject: "Store refunds beside their orders",
    author: jonas,
    trailers: [
      "Assisted-by: Crush:glm-5.2",
      "AI-Prompt: sha256:f122b4c85f2821c06372da7935107e8cdf673554564347c0cc178b34a6b1d4ca",
      "AI-Accepted: edited",
      "AI-Validated: tests, types",
      "Signed-off-by: Jonas Lind <jonas@example.com>",
    ],
  },
  {
    subject: "Ask for, list, find and approve refunds over HTTP",
    author: "copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>",
    trailers: [
      "Agent-Logs-Url: https://github.com/acme/orders/sessions/3f0c2c1e-5d5b-4a0e-9c57-0d2f6f7b8a11",
      "Co-authored-by: Ana Ruiz <ana@example.com>",
    ],
  },
  {
    subject: "Refuse a refund in another currency",
    author: "Mira Okafor <mira@example.org>",
    trailers: ["AI-Assisted: no", "Signed-off-by: Mira Okafor <mira@example.org>"],
  },
  {
    subject: "Apply suggestion from code review",
    author: ana,
    committer: "GitHub <noreply@github.com>",
    trailers: ["Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>"],
  },
  {
    subject: "Pay refunds out, and try again while the provider is busy",
    author: jonas,
    trailers: ["Co-authored-by: Codex <noreply@openai.com>"],
  },
  {
    subject: "refactor: move session tokens to lib",
    author: "Jonas Lind (aider) <jonas@example.com>",
    trailers: [],
  },
  { subject: "Report refunds per customer", author: tom, trailers: [] },
  {
    subject: "Bump typescript from 6.0.2 to 6.0.3",
    author: "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
    committer: tom,
    trailers: ["Signed-off-by: dependabot[bot] <support@github.com>"],
  },
  // The footer and the trailer share a paragraph: git sees no trailer.
  { subject: "Tell the finance team about refunds", author: ana, trailers: [] },
  {
    subject: "Write the refunds of a day into the finance archive",
    author: ana,
    trailers: ["Made-with: Cursor", "Co-authored-by: Cursor <cursoragent@cursor.com>"],
  },
  {
    subject: "Quiet the tests that fail on the slow runners",
    author: tom,
    trailers: ["Assisted-by: Claude Sonnet 4.6 via GitHub Copilot", "skip-checks: true"],
  },
];

describe("the commits of the branch", () => {
  test("are these, in this order", () => {
    const subjects = git("log", "--reverse", "--format=%s", `${expected.mergeBase}..${head}`);
    expect(subjects.split("\n")).toEqual(commits.map(({ subject }) => subject));
  });

  test.each(commits.map((row, index) => ({ committer: row.author, ...row, index })))(
    "$subject",
    ({ index, author, committer, trailers }) => {
      const commit = `${head}~${commits.length - 1 - index}`;
      expect(git("log", "-1", "--format=%an <%ae>%n%cn <%ce>", commit)).toBe(`${author}\n${committer}`);
      expect(trailersOf(commit)).toEqual(trailers);
    },
  );

  test("leave the mark of Claude Code in the message that git reads no trailer from", () => {
    expect(git("log", "-1", "--format=%B", `${head}~2`)).toContain(
      "\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\nCo-Authored-By: Claude Sonnet 4.5 <noreply@anthropic.com>\n",
    );
  });

  test("move the session out of its sensitive folder, with an edit", () => {
    const status = git("diff", "-M", "--name-status", "--diff-filter=R", expected.mergeBase, head);
    expect(status).toMatch(/^R0?[5-9]\d\tsrc\/auth\/session\.ts\tsrc\/lib\/session\.ts$/);
  });
});

describe("what the branch brings", () => {
  test.each([
    { pattern: "swallowed-error", path: "src/refunds/webhook.ts", added: "} catch {}" },
    { pattern: "retry-without-jitter", path: "src/payments/client.ts", added: "await sleep(delayMs * 2 ** attempt);" },
    { pattern: "sql-concatenation", path: "src/refunds/store.ts", added: "where += ` AND refunds.status = '${" },
    { pattern: "missing-authorization", path: "src/refunds/routes.ts", added: 'router.get("/refunds/:id", (context)' },
    { pattern: "test-weakened", path: "test/orders.test.ts", added: 'test.skip("an open order can be cancelled"' },
    { pattern: "new-suppression", path: "src/refunds/report.ts", added: "eslint-disable" },
    { pattern: "new-suppression", path: "src/refunds/archive.ts", added: "// @ts-ignore" },
    { pattern: "type-escape", path: "src/refunds/report.ts", added: ".all(since) as any;" },
    { pattern: "secret-literal", path: "src/config.ts", added: '"AKIAIOSFODNN7EXAMPLE"' },
    { pattern: "weak-crypto", path: "src/refunds/archive.ts", added: 'createHmac("sha1"' },
    { pattern: "clone-of-existing", path: "src/refunds/report.ts", added: ".padStart(2, " },
    { pattern: "new-dependency", path: "package.json", added: '"csv-stringify": "6.6.0"' },
    { pattern: "lock of the new dependency", path: "package-lock.json", added: '"node_modules/csv-stringify"' },
  ])("$pattern in $path", ({ path, added }) => {
    const lines = changedLines(path, "+");
    expect(lines.filter((line) => line.includes(added))).toHaveLength(1);
  });

  test.each([
    { says: "a constant-time comparison", path: "src/auth/session.ts", removed: "timingSafeEqual(a, b)" },
    { says: "an assertion", path: "test/refunds.test.ts", removed: "{ status: 403 }", parent: `${head}~1` },
  ])("$says less in $path", ({ path, removed, parent = expected.mergeBase }) => {
    expect(changedLines(path, "-", parent).filter((line) => line.includes(removed))).toHaveLength(1);
  });

  test.each(["src/refunds/webhook.ts", "src/payments/client.ts"])("no-timeout in %s", (path) => {
    const added = changedLines(path, "+").join("\n");
    expect(added).toContain("await fetch(");
    expect(added).not.toContain("AbortSignal");
  });
});

describe("the coverage", () => {
  const before = coverage("base");
  const after = coverage("head");

  test("is that of the two commits, with paths as git names them", () => {
    for (const { report, commit } of [
      { report: before, commit: expected.coverage.base },
      { report: after, commit: expected.coverage.head },
    ]) {
      const files = git("ls-tree", "-r", "--name-only", commit, "src").split("\n");
      expect(report.files().sort()).toEqual(files.sort());
    }
  });

  test.each(["base", "head"])("is the same in lcov and in istanbul JSON: %s", (side) => {
    const text = readFileSync(join(example, "coverage", side, "lcov.info"), "utf8");
    const covered = coverage(side)
      .files()
      .map((path) => coverage(side).fileCoverageFor(path).toSummary().lines.covered);
    expect(sum(text, "LH:")).toBe(covered.reduce((all, count) => all + count, 0));
  });

  test("rises by line and falls by branch in the payment client", () => {
    const summaries = [before, after].map((report) => report.fileCoverageFor("src/payments/client.ts").toSummary());
    const [was, is] = summaries;
    expect(is?.lines.pct).toBeGreaterThan(was?.lines.pct ?? 100);
    expect(is?.branches.pct).toBeLessThan(was?.branches.pct ?? 0);
  });

  test("is whole by line and not by branch in the report", () => {
    const { lines, branches } = after.fileCoverageFor("src/refunds/report.ts").toSummary();
    expect(lines.pct).toBe(100);
    expect(branches.pct).toBeLessThan(100);
  });

  test("knows of no call of the new archive", () => {
    expect(after.fileCoverageFor("src/refunds/archive.ts").toSummary().functions).toMatchObject({
      total: 1,
      covered: 0,
    });
  });

  test("has lost the lines that the skipped test ran", () => {
    const lost = after.fileCoverageFor("src/orders/routes.ts").getUncoveredLines();
    expect(before.fileCoverageFor("src/orders/routes.ts").getUncoveredLines()).toEqual([]);
    expect(lost).toHaveLength(4);
  });
});

function make(...args: string[]): { status: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [join(example, "make.ts"), ...args], { encoding: "utf8" });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

function trailersOf(commit: string): string[] {
  const message = join(temporary, "message.txt");
  writeFileSync(message, git("log", "-1", "--format=%B", commit));
  const text = git("interpret-trailers", "--parse", "--no-divider", message);
  return text === "" ? [] : text.split("\n");
}

function changedLines(path: string, sign: "+" | "-", parent: string = expected.mergeBase): string[] {
  const diff = git("diff", "-U0", "--no-renames", "--no-ext-diff", parent, head, "--", path);
  return diff.split("\n").filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3)));
}

function coverage(side: string): libCoverage.CoverageMap {
  const text = readFileSync(join(example, "coverage", side, "coverage-final.json"), "utf8");
  const report: libCoverage.CoverageMapData = JSON.parse(text);
  return libCoverage.createCoverageMap(report);
}

function sum(lcov: string, key: string): number {
  return lcov
    .split("\n")
    .filter((line) => line.startsWith(key))
    .reduce((all, line) => all + Number(line.slice(key.length)), 0);
}
