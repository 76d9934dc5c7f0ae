import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { runCommand } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../git-repository.ts";

const drop = "def save():\n    try:\n        write()\n    except OSError:\n        pass\n";
const old = "try {\n  old();\n} catch {\n}\n";

let repository: TestRepository;
let folder: string;

beforeAll(() => {
  repository = createRepository();
  repository.commit({ files: { "old.js": old, "moved.js": old, "a.txt": "text\n" }, message: "Start\n" });
  repository.switchTo("feature");
  repository.commit({
    files: { "save.py": drop, "old.js": `// one line more\n${old}` },
    message: "Save\n\nAssisted-by: claude-code:claude-opus-4-5\nAI-Accepted: as-is\n",
  });
  repository.commit({ files: { "person.py": drop }, message: "By hand\n" });
  folder = newFolder();
  mkdirSync(join(folder, "src"));
  mkdirSync(join(folder, "node_modules/x"), { recursive: true });
  writeFileSync(join(folder, "src/save.py"), drop);
  writeFileSync(join(folder, "node_modules/x/index.js"), old);
  writeFileSync(join(folder, "notes.txt"), "nothing to see\n");
  writeFileSync(join(folder, "bad.ts"), "catch \0 bytes");
});
afterAll(removeRepositories);

const Answer = z.object({
  findings: z.array(
    z.looseObject({
      rule: z.string(),
      severity: z.string(),
      path: z.string(),
      line: z.number(),
      severityReason: z.string(),
    }),
  ),
  notAnalysed: z.array(z.object({ path: z.string(), reason: z.string() })),
});

const only = ["--rules", "swallowed-error"];

async function lint(args: readonly string[], cwd = repository.path) {
  const { code, stdout, stderr } = await runCommand(["lint", ...args], { cwd });
  return { code, stdout, stderr, read: () => Answer.parse(JSON.parse(stdout)) };
}

function places({ findings }: z.infer<typeof Answer>): string[] {
  return findings.map(({ path, line, severity }) => `${path}:${line} ${severity}`);
}

describe("a change", () => {
  test("shows what its added lines brought, weighed by who wrote them", async () => {
    const { code, read } = await lint(["--base", "main", "--head", "feature", "--json", ...only]);
    expect(places(read())).toEqual(["save.py:4 error", "person.py:4 warning"]);
    expect(read().findings[0]!.severityReason).toBe("error because it was accepted as it came from claude-code");
    expect(code).toBe(1);
  });

  test.each([
    { filter: "ai", expected: ["save.py:4 error"] },
    { filter: "file", expected: ["save.py:4 error", "old.js:4 warning", "person.py:4 warning"] },
  ])("with --filter $filter shows $expected", async ({ filter, expected }) => {
    const { read } = await lint(["--base", "main", "--head", "feature", "--json", "--filter", filter, ...only]);
    expect(places(read())).toEqual(expected);
  });

  test.each([
    { failOn: "error", head: "feature~1", code: 1 },
    { failOn: "never", head: "feature", code: 0 },
    { failOn: "warning", head: "feature", code: 1 },
  ])("exits $code with --fail-on $failOn", async ({ failOn, head, code }) => {
    expect((await lint(["--base", "main", "--head", head, "--fail-on", failOn, ...only])).code).toBe(code);
  });
});

describe("files", () => {
  test("of a folder are those that hold source, without what package managers keep", async () => {
    const { read, code } = await lint([".", "--json", ...only], folder);
    expect(places(read())).toEqual(["src/save.py:4 warning"]);
    expect(read().notAnalysed).toEqual([{ path: "bad.ts", reason: "it holds a NUL byte, which no source text does" }]);
    expect(code).toBe(0);
  });

  test("need no repository, and are named as they were", async () => {
    const { read } = await lint(["src/save.py", "--json", ...only], folder);
    expect(places(read())).toEqual(["src/save.py:4 warning"]);
  });

  test.each(["terminal", "markdown", "github", "sarif"])("print as %s", async (format) => {
    const { stdout } = await lint(["src/save.py", "--format", format, ...only], folder);
    // What the runner's library prints goes past the test's terminal.
    expect(stdout).toContain(format === "github" ? "Countersign: 1 warning" : "swallowed-error");
  });

  test("without anything wrong say so", async () => {
    expect((await lint(["notes.txt"], folder)).stdout).toBe("No findings.\n");
  });
});

test.each([
  { says: "a rule that is none", args: ["--rules", "swalowed-error"], error: "did you mean `swallowed-error`" },
  { says: "a file that is not there", args: ["nope.py"], error: "nope.py does not exist." },
  { says: "a pattern without a match", args: ["src/*.rb"], error: "src/*.rb matches no file." },
  { says: "a change and files at once", args: ["a.py", "--base", "main"], error: "--base would change nothing" },
  { says: "two formats", args: ["a.py", "--json", "--format", "sarif"], error: "cannot go with --format sarif" },
])("$says is one clear error", async ({ args, error }) => {
  const { code, stderr, stdout } = await lint(args, folder);
  expect(stderr).toContain(error);
  expect(stdout).toBe("");
  expect(code).toBe(3);
});
