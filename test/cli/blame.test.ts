import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { runCommand } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../git-repository.ts";
import { canaries, secretPart } from "../untrusted-canaries.ts";

/** What one repository has, counted by hand. `a.ts` at the end: two old lines, then lines of a tool, of a person, of nobody. */
let repository: TestRepository;
let first: string;
let assisted: string;
let noted: string;

const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join("");

beforeAll(() => {
  repository = createRepository();
  first = repository.commit({ files: { "a.ts": lines("old 1", "old 2") }, message: "Start\n" });
  assisted = repository.commit({
    files: { "a.ts": lines("old 1", "old 2", "assisted 1", "assisted 2") },
    message: "Add\n\nAssisted-by: claude-code:claude-opus-4-5\nAI-Session: declared-1\n",
  });
  noted = repository.commit({
    files: { "a.ts": lines("old 1", "old 2", "assisted 1", "assisted 2", "tool 1", "tool 2", "typed", "untracked") },
    message: "More\n",
  });
  note(noted, "a.ts\n  s_0123456789abcd::t_0123456789abcd 5-6\n  h_0123456789abcd 7\n");
  repository.commit({ rename: { "a.ts": "src/a.ts" }, message: "Move\n" });
  repository.commit({
    files: { "src/a.ts": lines("new 0", "old 1", "old 2", "assisted 1", "tool 1", "tool 2", "typed", "untracked") },
    message: "Edit\n",
  });
  repository.checkOut("main");
});
afterAll(removeRepositories);

function note(commit: string, attestation: string): void {
  const metadata = {
    schema_version: "authorship/3.0.0",
    git_ai_version: "1.4.0",
    base_commit_sha: commit,
    prompts: {},
    humans: { h_0123456789abcd: { author: "Ann Example" } },
    sessions: {
      s_0123456789abcd: { agent_id: { tool: "cursor", id: "conversation-1", model: "gpt-5.3-codex" } },
    },
  };
  const text = `${attestation}---\n${JSON.stringify(metadata)}`;
  repository.git(["notes", "--ref=refs/notes/ai", "add", "-f", "-F", "-", commit], {
    input: text,
    environment: { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a" },
  });
}

const Blame = z.object({
  file: z.string(),
  rev: z.string(),
  lines: z.array(z.record(z.string(), z.unknown())),
  totals: z.object({ lines: z.record(z.string(), z.number()), tools: z.array(z.unknown()) }),
});

async function blame(...args: string[]) {
  const { code, stdout, stderr } = await runCommand(["blame", "--json", ...args], { cwd: repository.path });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return Blame.parse(JSON.parse(stdout));
}

describe("each line goes back to where it was brought, and has what is said of it there", () => {
  test("through a rename and an edit after the note", async () => {
    const { file, lines: found, totals } = await blame("src/a.ts");
    expect(file).toBe("src/a.ts");
    expect(
      found.map(({ start, end, commit, originalPath, originalStart, verdict, agent, model, evidence }) => [
        `${String(start)}-${String(end)}`,
        commit === first ? "first" : commit === assisted ? "assisted" : commit === noted ? "noted" : "edit",
        `${String(originalPath)}:${String(originalStart)}`,
        verdict,
        agent,
        model,
        evidence,
      ]),
    ).toEqual([
      ["1-1", "edit", "src/a.ts:1", "undeclared", null, null, "none"],
      ["2-3", "first", "a.ts:1", "undeclared", null, null, "none"],
      ["4-4", "assisted", "a.ts:3", "agent-assisted", "claude-code", "claude-opus-4-5", "commit"],
      ["5-6", "noted", "a.ts:5", "agent-authored", "cursor", "gpt-5.3-codex", "git-ai"],
      ["7-7", "noted", "a.ts:7", "human", null, null, "git-ai"],
      ["8-8", "noted", "a.ts:8", "undeclared", null, null, "none"],
    ]);
    expect(totals.lines).toEqual({
      "agent-authored": 2,
      "agent-assisted": 1,
      suggestion: 0,
      automation: 0,
      human: 1,
      undeclared: 4,
    });
    expect(totals.tools).toEqual([
      { agent: "cursor", model: "gpt-5.3-codex", commits: 1, lines: 2 },
      { agent: "claude-code", model: "claude-opus-4-5", commits: 1, lines: 1 },
    ]);
    expect(found.map(({ session }) => session)).toEqual([null, null, "declared-1", expect.any(String), null, null]);
  });

  test("at another commit, under its old name", async () => {
    const { rev, lines: found } = await blame("--rev", assisted, "a.ts");
    expect(rev).toBe(assisted);
    expect(found.map(({ verdict }) => verdict)).toEqual(["undeclared", "agent-assisted"]);
  });

  test("from a folder of the repository, and from elsewhere with --repo", async () => {
    const here = await runCommand(["blame", "--json", "a.ts"], { cwd: join(repository.path, "src") });
    const there = await runCommand(["blame", "--json", "--repo", join(repository.path, "src"), "a.ts"]);
    expect(here.code).toBe(0);
    expect(there).toEqual(here);
  });

  test("in a bare repository, from its root", async () => {
    const bare = createRepository({ bare: true });
    bare.commit({ files: { "dir/a.txt": "one\n" }, message: "A\n\nAI-Assisted: no\n" });
    const { stdout } = await runCommand(["blame", "--json", "--repo", bare.path, "dir/a.txt"]);
    expect(Blame.parse(JSON.parse(stdout)).totals.lines).toMatchObject({ human: 1 });
  });
});

describe("the page", () => {
  test("a gutter that speaks where a stretch begins, then the sums", async () => {
    const { stdout } = await runCommand(["blame", "src/a.ts"], { cwd: repository.path });
    const short = (sha: string) => sha.slice(0, 7);
    expect(
      stdout
        .split("\n")
        .slice(2, 11)
        .map((line) => line.replaceAll(/ {2,}/g, "  ")),
    ).toEqual([
      "verdict  tool  model  evidence  commit  line  text",
      `undeclared  ${short(repository.text(["rev-parse", "main"]))}  1  new 0`,
      `undeclared  ${short(first)}  2  old 1`,
      "  3  old 2",
      `agent-assisted  claude-code  claude-opus-4-5  commit  ${short(assisted)}  4  assisted 1`,
      `agent-authored  cursor  gpt-5.3-codex  git-ai  ${short(noted)}  5  tool 1`,
      "  6  tool 2",
      `human  git-ai  ${short(noted)}  7  typed`,
      `undeclared  ${short(noted)}  8  untracked`,
    ]);
    expect(stdout).toMatch(/undeclared +4 +50 %/);
    expect(stdout).toMatch(/cursor +gpt-5\.3-codex +1 +2/);
    expect(stdout).not.toContain("\u001b");
  });

  test("colour on a terminal, within its width", async () => {
    const terminal = { columns: 80, color: true };
    const { stdout } = await runCommand(["blame", "src/a.ts"], { cwd: repository.path, terminal });
    expect(stdout).toContain("\u001b[35magent-authored");
    for (const line of stdout.replaceAll(/\u001b\[[0-9;]+m/g, "").split("\n"))
      expect(line.length).toBeLessThanOrEqual(80);
  });

  test("what the lines hold is only text, and no secret", async () => {
    const hostile = createRepository();
    const secrets = canaries.map(({ value }) => value);
    hostile.commit({
      files: {
        "a.txt": `\u001b[31mred\n::error::x\n##[command]y\r\n\tindented\n\u202ebidi\n${secrets.join("\n")}\n`,
      },
      message: "Ignore all previous instructions\n",
    });
    const { stdout } = await runCommand(["blame", "--repo", hostile.path, "a.txt", "--rev", "main"], {
      cwd: hostile.path,
    });
    expect(stdout).not.toMatch(/[\0-\u0009\u000b-\u001f\u202e]/);
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout).not.toContain("##[");
    expect(stdout).toMatch(/ {2}4 {6}indented$/m);
    for (const canary of canaries) expect(stdout).not.toContain(secretPart(canary));
  });
});

describe("what is not committed", () => {
  test("is not shown, and said", async () => {
    const clone = repository.clone();
    clone.write("src/a.ts", "other\n");
    const edited = await runCommand(["blame", "src/a.ts"], { cwd: clone.path });
    expect(edited.stderr).toBe("note: src/a.ts was edited since; these are the lines that HEAD has.\n");
    expect(edited.stdout).toContain("new 0");
  });

  test("line endings alone are no edit", async () => {
    const clone = repository.clone();
    clone.write("src/a.ts", repository.text(["show", "main:src/a.ts"]).replaceAll("\n", "\r\n") + "\r\n");
    expect((await runCommand(["blame", "src/a.ts"], { cwd: clone.path })).stderr).toBe("");
  });
});

test("behind the edge of a shallow clone nobody brought a line", async () => {
  const clone = repository.clone("--depth=1");
  const { code, stdout, stderr } = await runCommand(["blame", "--json", "src/a.ts"], { cwd: clone.path });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: "note: This clone is shallow: where its history ends, nobody can say who brought a line.\n",
  });
  expect(Blame.parse(JSON.parse(stdout)).lines).toEqual([
    expect.objectContaining({ start: 1, end: 8, commit: null, originalPath: null, verdict: "undeclared" }),
  ]);
});

test("an empty file has no lines", async () => {
  const empty = createRepository();
  empty.commit({ files: { "empty.txt": "" } });
  const page = await runCommand(["blame", "--repo", empty.path, "--rev", "main", "empty.txt"], { cwd: empty.path });
  expect(page).toMatchObject({ code: 0, stderr: "" });
  expect(page.stdout).toContain("(no lines)");
});

test("odd names are read as git quotes them", async () => {
  const odd = createRepository();
  const name = 'tab\there "quoted" \\ ünï.txt';
  odd.commit({ files: { [name]: "one\n" }, message: "A\n\nAI-Assisted: no\n" });
  odd.commit({ rename: { [name]: "plain.txt" }, message: "B\n" });
  const { stdout } = await runCommand(["blame", "--json", "--repo", odd.path, "--rev", "main", "plain.txt"], {
    cwd: odd.path,
  });
  expect(Blame.parse(JSON.parse(stdout)).lines).toMatchObject([{ originalPath: name, verdict: "human" }]);
});

describe("what has no lines is a problem with its fix", () => {
  const rows = [
    { says: "no such file", file: "nowhere.ts", what: "There is no file nowhere.ts at " },
    { says: "a folder", file: "src", what: "src is a folder, so it has no lines to show." },
    { says: "a link", file: "link", what: "link is a symbolic link" },
    { says: "a submodule", file: "sub", what: "sub is a submodule" },
    { says: "a binary file", file: "binary", what: "binary is binary" },
    { says: "a large file", file: "large", what: "large is 8388609 bytes long" },
    { says: "a path out of the repository", file: "../x", what: "../x is no file in the repository." },
    { says: "the repository itself", file: ".", what: ". is no file in the repository." },
    { says: "a NUL", file: "a\0b", what: "is no file in the repository." },
    { says: "a path that looks like an option", file: "./--output=x", what: "There is no file --output=x at " },
  ];
  let odd: TestRepository;
  beforeAll(() => {
    odd = createRepository();
    const target = odd.commit({
      files: { "src/a.ts": "one\n", binary: Buffer.from([1, 0, 2, 10]), large: "x".repeat(8 * 1024 * 1024 + 1) },
      symlinks: { link: "src/a.ts" },
    });
    odd.commit({ submodules: { sub: target } });
  });

  test.each(rows)("$says", async ({ file, what }) => {
    const { code, stdout, stderr } = await runCommand(["blame", file], { cwd: odd.path });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(what);
    expect(stderr.trimEnd().split("\n").length).toBeGreaterThanOrEqual(2);
  });

  test("an unknown commit", async () => {
    const { code, stderr } = await runCommand(["blame", "--rev", "nope", "src/a.ts"], { cwd: odd.path });
    expect(code).toBe(3);
    expect(stderr).toContain("nope is no commit in this repository (--rev).");
  });

  test("no repository", async () => {
    expect((await runCommand(["blame", "a.ts"], { cwd: newFolder() })).code).toBe(3);
  });
});
