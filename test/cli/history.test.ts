import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot, runCommand } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../git-repository.ts";

/** `countersign history`: who or what wrote a whole history. */

let repository: TestRepository;
let ids: string[];
beforeAll(() => {
  repository = createRepository();
  const at = (date: string) => Date.parse(date) / 1000;
  ids = repository.commitAll([
    { message: "One\n", files: { a: "1\n2\n3\n" }, date: at("2026-01-10T12:00:00Z") },
    { message: "Two\n\nAssisted-by: codex:gpt-5\n", files: { a: "1\n2\n3\n4\n" }, date: at("2026-02-10T12:00:00Z") },
    { message: "Three\n\nAI-Assisted: no\n", files: { b: "1\n2\n" }, date: at("2026-04-10T12:00:00Z") },
  ]);
  const note = `b\n  h_1234567890abcd 1\n  s_1234567890abcd::t_1234567890abcd 2\n---\n${JSON.stringify({
    schema_version: "authorship/3.0.0",
    base_commit_sha: ids[2],
    prompts: {},
    humans: { h_1234567890abcd: { author: "Ann" } },
    sessions: { s_1234567890abcd: { agent_id: { tool: "cursor", id: "1", model: "gpt-5" } } },
  })}`;
  repository.git(["notes", "--ref=ai", "add", "-F", "-", ids[2]!], { input: note });
});
afterAll(removeRepositories);

const history = (...args: string[]) => runCommand(["history", "--repo", repository.path, ...args]);
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("as a page", async () => {
  const { code, stdout, stderr } = await history();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("3 commits, 2026-01-10 to 2026-04-10; 6 added lines, 0 deleted");
  expect(stdout).toContain("Commits with a record: git-ai 1");
  expect(stdout).toMatch(/ 2026-03 +0 /);
});

test("as JSON, the same sums", async () => {
  const { stdout } = await history("--json", "--prompt-families");
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    range: { asked: "HEAD", head: ids[2], excluded: null, since: null, until: null, shallow: false },
    commits: { total: 3, merges: 0 },
    lines: { added: 6, deleted: 0 },
    verdicts: {
      "agent-authored": { commits: 0, lines: 1 },
      "agent-assisted": { commits: 2, lines: 1 },
      human: { commits: 0, lines: 1 },
      undeclared: { commits: 1, lines: 3 },
    },
    conflicts: 1,
    records: { withAiLines: { commits: 1, marked: 0 }, disagreements: { "denied-but-attested": 1 } },
    promptFamilies: { families: [], once: 0, dropped: 0 },
  });
});

test("line by line, newest first", async () => {
  const { stdout } = await history("--ndjson");
  const read = lines(stdout);
  expect(read.map(({ commit, verdict, agent, model, conflict }) => [commit, verdict, agent, model, conflict])).toEqual([
    [ids[2], "agent-assisted", "cursor", "gpt-5", true],
    [ids[1], "agent-assisted", "codex", "gpt-5", false],
    [ids[0], "undeclared", null, null, false],
  ]);
  expect(read[0]?.notes).toEqual([
    { source: "git-ai", aiLines: 1, mixedLines: 0, humanLines: 1, agent: "cursor", model: "gpt-5", unread: [] },
  ]);
});

test.each([
  { says: "a range", args: ["HEAD~2..HEAD~1"], total: 1 },
  { says: "one name", args: ["HEAD~1"], total: 2 },
  { says: "since", args: ["--since", "2026-02"], total: 2 },
  { says: "until the end of a month", args: ["--until", "2026-02"], total: 2 },
  { says: "both", args: ["--since", "2026-02-01", "--until", "2026-02-28"], total: 1 },
])("$says", async ({ args, total }) => {
  const { stdout } = await history("--json", ...args);
  expect(JSON.parse(stdout)).toMatchObject({ commits: { total } });
});

describe("nothing in the range is no mistake", () => {
  const note = "note: there is no commit in HEAD..HEAD.\n";

  test("as a page", async () => {
    const { code, stdout, stderr } = await history("HEAD..HEAD");
    expect({ code, stderr }).toEqual({ code: 0, stderr: note });
    expect(stdout).toContain("0 commits; 0 added lines, 0 deleted");
    expect(stdout).not.toContain("null");
  });

  test("line by line, there is no line", async () => {
    expect(await history("HEAD..HEAD", "--ndjson")).toMatchObject({ code: 0, stdout: "", stderr: note });
  });

  test("as JSON, the sums are 0", async () => {
    const { code, stdout } = await history("HEAD..HEAD", "--json", "--prompt-families");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      commits: { total: 0, merges: 0, first: null, last: null },
      lines: { added: 0, deleted: 0 },
      verdicts: { "agent-assisted": { commits: 0, lines: 0 }, undeclared: { commits: 0, lines: 0 } },
      tools: [],
      months: [],
      promptFamilies: { families: [], once: 0 },
    });
  });

  test("between two dates", async () => {
    const { code, stderr } = await history("--since", "2026-11-01");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "note: there is no commit in HEAD between the dates given.\n",
    });
  });
});

describe("mistakes", () => {
  test.each([
    { says: "half a range", args: ["nope..HEAD"], what: "nope is no commit in this repository" },
    { says: "an unknown name", args: ["nope"], what: "nope is no commit in this repository" },
    { says: "an empty name", args: [""], what: '"" is no commit' },
    { says: "an option as a name", args: ["--", "--all"], what: "--all is no commit" },
    { says: "no date", args: ["--since", "soon"], what: "--since takes a date" },
    { says: "an empty date", args: ["--since", ""], what: "--since is empty" },
    { says: "the future", args: ["--since", "2027-01-01"], what: "a date in the future" },
    {
      says: "dates the wrong way round",
      args: ["--since", "2026-02", "--until", "2026-01"],
      what: "a later date than --until",
    },
    { says: "sums of single commits", args: ["--json", "--ndjson"], what: "--json prints sums" },
    { says: "prompts of single commits", args: ["--prompt-families", "--ndjson"], what: "--prompt-families is a sum" },
  ])("$says", async ({ args, what }) => {
    const { code, stdout, stderr } = await history(...args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(what);
  });

  test("no repository", async () => {
    const { code, stderr } = await runCommand(["history", "--repo", newFolder()]);
    expect(code).toBe(3);
    expect(stderr).toContain("is not in a git repository");
  });
});

test("a shallow clone is read as far as it goes, and says so", async () => {
  const clone = repository.clone("--depth=2");
  const { code, stdout, stderr } = await runCommand(["history", "--repo", clone.path, "--json"]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr:
      "note: this clone is shallow: its history is cut, and what is older is not read. `git fetch --unshallow` brings it.\n",
  });
  expect(JSON.parse(stdout)).toMatchObject({ range: { shallow: true }, commits: { total: 2, withoutLines: 1 } });
});

describe("a terminal", () => {
  const terminal = { columns: 80, color: false };
  test("standard error shows a bar, which is gone at the end", async () => {
    const { stdout, stderr } = await runCommand(["history", "--repo", repository.path], { errorTerminal: terminal });
    expect(stderr).toMatch(/^\r█+ 3 of 3 commits\u001b\[K\r\u001b\[K$/);
    expect(stdout).not.toContain("\r");
  });

  test("no bar between lines that the same terminal shows", async () => {
    const both = { terminal, errorTerminal: terminal };
    expect((await runCommand(["history", "--ndjson", "--repo", repository.path], both)).stderr).toBe("");
  });
});

describe("a reader that stops early", () => {
  let many: TestRepository;
  beforeAll(() => {
    many = createRepository();
    const body = "A line of a message that fills a pipe.\n".repeat(40);
    many.commitAll(
      Array.from({ length: 3_000 }, (_, number) => ({ message: `${number}\n\n${body}\nAI-Session: s${number}\n` })),
    );
  });

  test("ends the command quietly and soon", async () => {
    const main = join(projectRoot, "cli/main.ts");
    const child = spawn(process.execPath, [main, "history", "--ndjson", "--no-lines", "--repo", many.path]);
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const first = await new Promise<string>((resolve) =>
      child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString())),
    );
    child.stdout.destroy();
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(first).toMatch(/^\{"commit":"/);
  });

  test("as `head` does it", () => {
    const main = join(projectRoot, "cli/main.ts");
    const command = `"${process.execPath}" "${main}" history --ndjson --no-lines --repo "${many.path}" | head -2`;
    const { stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", command], { encoding: "utf8" });
    expect({ lines: lines(stdout).length, stderr }).toEqual({ lines: 2, stderr: "" });
  });

  test("one that reads on gets every commit", async () => {
    const { stdout } = await runCommand(["history", "--ndjson", "--no-lines", "--repo", many.path]);
    expect(lines(stdout).length).toBe(3_000);
  });
});

test("trailers are those of git, commit by commit", async () => {
  const odd = createRepository();
  const messages = [
    "Fix\n\nKey:  folded\n  value \nOther: x\n",
    "Fix\n\nBody\n\nSigned-off-by: A <a@b.c>\nprose\n(cherry picked from commit 123)\n",
    "Title: no trailer\n",
    "Fix\n\n# Heading\nKey: value\n\n# comment\n",
    "Fix\n\nÄ: no\nKey: value\n",
    "Fix\r\n\r\nKey: value\r\n",
  ];
  odd.commitAll(messages.map((message) => ({ message })));
  const { stdout } = await runCommand(["history", "--ndjson", "--repo", odd.path]);
  const ours = lines(stdout).map(({ trailers }) =>
    (trailers as { key: string; value: string }[]).map(({ key, value }) => `${key}: ${value}`),
  );
  const git = odd.text(["log", "-z", "--format=%(trailers:only,unfold)"]).split("\0");
  expect(ours).toEqual(git.slice(0, messages.length).map((text) => text.split("\n").filter(Boolean)));
});
