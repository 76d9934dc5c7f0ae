import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  findDefaultCoverage,
  readCoverageFiles,
  type CoverageFilesRequest,
} from "../../../adapters/workspace/read-coverage-files.ts";
import { Problem } from "../../../core/problem.ts";

const fixtures = resolve(import.meta.dirname, "../../fixtures/coverage/reports");
const treePaths = ["src/cart.ts", "src/currency.ts", "src/discount.ts", "src/stock.ts", "a.c"];
const tree = "1".repeat(40);
const lcov = "TN:\nSF:a.c\nDA:1,1\nend_of_record\n";

let outer: string;
let cwd: string;

beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), "countersign-"));
  cwd = join(outer, "repo");
  mkdirSync(cwd);
});
afterEach(() => rmSync(outer, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

function copy(fixture: string, path: string): void {
  cpSync(join(fixtures, fixture), join(cwd, path));
}

function read(patterns: string[], rest: Partial<CoverageFilesRequest> = {}) {
  return readCoverageFiles({ patterns, cwd, repositoryRoot: cwd, treePaths, tree, ...rest });
}

async function problemOf(patterns: string[], rest: Partial<CoverageFilesRequest> = {}): Promise<string> {
  const result = await read(patterns, rest).catch((error: unknown) => error);
  if (!(result instanceof Problem)) throw new Error(`expected a Problem, got ${JSON.stringify(result)}`);
  return result.message;
}

describe("what is found", () => {
  beforeEach(() => {
    copy("after/lcov.info", "coverage/lcov.info");
    put("packages/x/coverage/lcov.info", lcov);
    put("packages/[y]/lcov.info", lcov.replace("DA:1,1", "DA:1,5"));
    put("node_modules/z/lcov.info", "not lcov");
  });

  test.each([
    { says: "a path", patterns: ["coverage/lcov.info"], is: ["coverage/lcov.info"] },
    { says: "a glob", patterns: ["packages/*/coverage/*.info"], is: ["packages/x/coverage/lcov.info"] },
    { says: "a path that would be a glob", patterns: ["packages/[y]/lcov.info"], is: ["packages/[y]/lcov.info"] },
    {
      says: "everywhere but in node_modules",
      patterns: ["**/lcov.info"],
      is: ["coverage/lcov.info", "packages/[y]/lcov.info", "packages/x/coverage/lcov.info"],
    },
    {
      says: "two patterns for one file: once",
      patterns: ["coverage/lcov.info", "cov*/lcov.info"],
      is: ["coverage/lcov.info"],
    },
  ])("$says", async ({ patterns, is }) => {
    expect(await read(patterns)).toMatchObject({ state: "present", value: { sources: is, tree } });
  });

  test("shards are merged, and paths are those of the tree", async () => {
    const found = await read(["packages/**/lcov.info"]);
    expect(found).toMatchObject({
      value: { files: [{ path: "a.c", lines: { numbers: [1], hits: [6] } }], unmatched: [], notes: [] },
    });
  });

  test("a path outside the repository that the user names", async () => {
    writeFileSync(join(outer, "outside.info"), lcov);
    expect(await read([join(outer, "outside.info")])).toMatchObject({
      value: { sources: [join(outer, "outside.info")] },
    });
    expect(await read(["../*.info"])).toMatchObject({ state: "present" });
  });
});

describe("row 61: what is missing or given twice is named", () => {
  beforeEach(() => put("shard-1/lcov.info", lcov));
  test.each([
    { says: "nothing there", patterns: ["coverage/lcov.info"], is: "no file matches `coverage/lcov.info`" },
    { says: "a glob for nothing", patterns: ["cov/*.info"], is: "no file matches `cov/*.info`" },
    {
      says: "one shard of two: not half a report",
      patterns: ["shard-1/lcov.info", "shard-2/lcov.info"],
      is: "no file matches `shard-2/lcov.info`",
    },
    { says: "two of three", patterns: ["shard-1/lcov.info", "b", "c"], is: "no file matches `b` nor `c`" },
    { says: "a folder is no file", patterns: ["shard-1"], is: "no file matches `shard-1`" },
    { says: "no pattern", patterns: [], is: "no coverage report was named" },
    {
      says: "a pattern that would print",
      patterns: ["a\u001b[31m\n::error::x"],
      is: "no file matches `a[31m ::error::x`",
    },
  ])("$says", async ({ patterns, is }) => expect(await read(patterns)).toEqual({ state: "absent", reason: is }));

  test("a shard given twice is counted once", async () => {
    put("copy/lcov.info", lcov);
    expect(await read(["*/lcov.info"])).toMatchObject({
      value: {
        files: [{ lines: { hits: [1] } }],
        notes: ["shard-1/lcov.info is the same report as copy/lcov.info and was counted once"],
      },
    });
  });
});

describe("row 58: a broken report is an error that says what to do", () => {
  test("one", async () => {
    put("lcov.info", "SF:a.c\nDA:1,-1\nend_of_record\n");
    expect(await problemOf(["lcov.info"])).toBe(
      "The coverage report cannot be used: lcov.info:2: the count is not a whole number from 0 to 9,007,199,254,740,991. " +
        "Write the report again; with gcc, `-fprofile-update=atomic` keeps counts of parallel tests whole.\n" +
        "Mend or remove these reports; docs/coverage.md says what is read.",
    );
  });

  test("several at once, also beside a sound one", async () => {
    put("a.info", "SF:a.c\n");
    put("b.info", lcov);
    put("c.info", "<?xml version='1.0'?><coverage line-rate='1'>");
    put("d.info", "");
    const message = await problemOf(["*.info"]);
    expect(message.split("\n").map((line) => line.trim().split(":")[0])).toEqual([
      "These coverage reports cannot be used",
      "a.info",
      "c.info",
      "d.info",
      "Mend or remove these reports; docs/coverage.md says what is read.",
    ]);
    expect(message).toContain("looks like Cobertura XML, which this version does not read");
  });

  test("larger than the limit, before a byte of it is read", async () => {
    put("lcov.info", lcov);
    expect(await problemOf(["lcov.info"], { limits: { lcov: 5, json: 9 } })).toContain(
      `lcov.info: the file has ${lcov.length} bytes; the limit is 9.`,
    );
  });

  test("two instrumenters", async () => {
    copy("after/coverage-final.json", "a.json");
    copy("after-v8/coverage-final.json", "b.json");
    expect(await problemOf(["*.json"])).toContain("two instrumenters: istanbul and v8");
  });

  test("none of its paths is in the tree: present, and nothing matches", async () => {
    put("lcov.info", "SF:../other/x.c\nDA:1,1\nend_of_record\nSF:/etc/passwd\nDA:1,1\nend_of_record\n");
    expect(await read(["lcov.info"])).toMatchObject({
      value: { files: [], unmatched: ["../other/x.c", "/etc/passwd"] },
    });
  });
});

describe("symbolic links do not lead out of the repository", () => {
  beforeEach(() => {
    writeFileSync(join(outer, "secret.info"), lcov);
    mkdirSync(join(outer, "elsewhere"));
    writeFileSync(join(outer, "elsewhere/lcov.info"), lcov);
    put("real.info", lcov);
  });

  test.each([
    { says: "a file that is a link", link: "coverage.info", to: "../secret.info", pattern: "coverage.info" },
    { says: "a folder that is a link", link: "coverage", to: "../elsewhere", pattern: "coverage/lcov.info" },
  ])("$says", async ({ link, to, pattern }) => {
    symlinkSync(to, join(cwd, link));
    expect(await problemOf([pattern])).toContain("is a symbolic link that leads out of the repository");
  });

  test.each([
    { says: "enters no folder that is a link", link: "coverage", to: "../elsewhere", pattern: "*/lcov.info" },
    { says: "finds no file that is a link", link: "coverage.info", to: "../secret.info", pattern: "cov*.info" },
  ])("a glob $says", async ({ link, to, pattern }) => {
    symlinkSync(to, join(cwd, link));
    expect(await read([pattern])).toEqual({ state: "absent", reason: `no file matches \`${pattern}\`` });
  });

  test("a link within the repository is fine", async () => {
    symlinkSync("real.info", join(cwd, "coverage.info"));
    expect(await read(["coverage.info"])).toMatchObject({ state: "present" });
  });

  test("a working folder that is itself reached through a link is fine", async () => {
    symlinkSync("repo", join(outer, "link"));
    const linked = join(outer, "link");
    expect(await read(["real.info"], { cwd: linked, repositoryRoot: linked })).toMatchObject({ state: "present" });
  });
});

describe("a report that the change itself brought is no evidence", () => {
  beforeEach(() => {
    put("committed/lcov.info", lcov);
    put("coverage/lcov.info", lcov);
    symlinkSync("../committed/lcov.info", join(cwd, "coverage/link.info"));
    symlinkSync("coverage", join(cwd, "baseline"));
    writeFileSync(join(outer, "outside.info"), lcov);
  });
  const paths = ["committed/lcov.info", "baseline", "outside.info", "a.c"];

  test.each([
    { says: "named", pattern: "committed/lcov.info" },
    { says: "found by a glob, beside a product", pattern: "co*/lcov.info", file: "committed/lcov.info" },
    { says: "behind a link", pattern: "coverage/link.info" },
    { says: "behind a link of the change to what is a product", pattern: "baseline/lcov.info" },
  ])("$says", async ({ pattern, file }) => {
    for (const [side, why] of [
      ["base", "says nothing about the base"],
      ["head", "is of no test run"],
    ] as const)
      expect(await read([pattern], { tracked: { paths, side } })).toEqual({
        state: "absent",
        reason: `${file ?? pattern} is a file of the change itself, tracked by git, so it ${why}`,
      });
  });

  test.each(["coverage/lcov.info", "../outside.info"])("%s is a product of a run", async (pattern) => {
    expect(await read([pattern], { tracked: { paths, side: "base" } })).toMatchObject({ state: "present" });
  });

  test("so is one in a submodule, which git tracks as a whole", async () => {
    put("module/lcov.info", lcov);
    const tracked = { paths: ["module"], side: "head" } as const;
    expect(await read(["module/lcov.info"], { tracked })).toMatchObject({ state: "present" });
  });
});

describe("the reports of a workspace when none is named", () => {
  const find = (tracked: string[] = []) => findDefaultCoverage({ cwd, repositoryRoot: cwd }, tracked);

  test.each([
    { says: "none", files: [], is: [] },
    { says: "one", files: ["coverage/lcov.info"], is: ["coverage/lcov.info"] },
    {
      says: "of one folder the JSON, which has more",
      files: ["coverage/lcov.info", "coverage/coverage-final.json"],
      is: ["coverage/coverage-final.json"],
    },
    {
      says: "that of the whole repository before those of packages",
      files: ["lcov.info", "packages/a/coverage/lcov.info"],
      is: ["lcov.info"],
    },
    {
      says: "one of each package",
      files: ["packages/a/coverage/lcov.info", "packages/b/coverage/lcov.info", "packages/b/coverage/coverage.lcov"],
      is: ["packages/a/coverage/lcov.info", "packages/b/coverage/coverage.lcov"],
    },
    {
      says: "JSON where every package has it",
      files: ["packages/a/coverage-final.json", "packages/a/lcov.info", "packages/b/coverage-final.json"],
      is: ["packages/a/coverage-final.json", "packages/b/coverage-final.json"],
    },
    {
      says: "lcov where only that is everywhere",
      files: ["packages/a/coverage-final.json", "packages/a/lcov.info", "packages/b/lcov.info"],
      is: ["packages/a/lcov.info", "packages/b/lcov.info"],
    },
    { says: "never in node_modules", files: ["node_modules/x/lcov.info"], is: [] },
  ])("$says", async ({ files, is }) => {
    for (const file of files) put(file, lcov);
    expect(await find()).toEqual(is);
  });

  test("a report that git tracks is no product of this run", async () => {
    put("coverage/lcov.info", lcov);
    put("test/fixtures/lcov.info", lcov);
    expect(await find(["coverage/lcov.info", "test/fixtures/lcov.info"])).toEqual([]);
  });
});
