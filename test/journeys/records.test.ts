import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { annotations, Review } from "../../core/report/index.ts";
import { runCommand } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../git-repository.ts";

/**
 * From notes in a real repository to every number of the report: a rename and an edit after a note, notes that
 * contradict the trailers both ways, and a push that takes a trailer away. All numbers are counted by hand.
 */

let repository: TestRepository;
let folder: string;
const commits: Record<string, string> = {};

const numbered = (name: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${name} ${from + index}`);
const text = (...lines: string[]): string => lines.map((line) => `${line}\n`).join("");

beforeAll(() => {
  folder = newFolder();
  repository = createRepository();
  repository.commit({ files: { "README.md": "Orders\n" }, message: "Start\n" });
  repository.switchTo("feature");
  // Ten lines, of which the note gives four to a tool and two to a person.
  commits.charge = repository.commit({ files: { "src/a.ts": text(...numbered("a", 1, 10)) }, message: "Charge\n" });
  note(commits.charge, "src/a.ts\n  s_0123456789abcd::t_0123456789abcd 1-4\n  h_0123456789abcd 5-6\n");
  commits.move = repository.commit({ rename: { "src/a.ts": "src/charge.ts" }, message: "Move\n" });
  // One line in front, and the second of the tool's lines written anew.
  const [one = "", , ...rest] = numbered("a", 1, 10);
  commits.edit = repository.commit({
    files: { "src/charge.ts": text("new first", one, "written anew", ...rest) },
    message: "Edit\n",
  });
  commits.denied = repository.commit({
    files: { "docs.md": text(...numbered("d", 1, 5)) },
    message: "Docs\n\nAI-Assisted: no\n",
  });
  note(commits.denied, "docs.md\n  s_0123456789abcd::t_0123456789abcd 1-2\n");
  commits.claimed = repository.commit({
    files: { "test.ts": text(...numbered("t", 1, 4)) },
    message: "Tests\n\nAssisted-by: claude-code:claude-opus-4-5\n",
  });
  note(commits.claimed, "test.ts\n  h_0123456789abcd 1-4\n");
});
afterAll(removeRepositories);

function note(commit: string, attestation: string): void {
  const metadata = {
    schema_version: "authorship/3.0.0",
    base_commit_sha: commit,
    prompts: {},
    humans: { h_0123456789abcd: { author: "Ann Example <ann@example.com>" } },
    sessions: {
      s_0123456789abcd: {
        agent_id: { tool: "claude", id: "19b9f41f-sample", model: "claude-opus-4-7" },
        messages: [{ role: "user", text: "a prompt that must come out nowhere" }],
      },
    },
  };
  const person = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a" };
  repository.git(["notes", "--ref=refs/notes/ai", "add", "-f", "-F", "-", commit], {
    input: `${attestation}---\n${JSON.stringify(metadata)}`,
    environment: person,
  });
}

async function check(...args: string[]): Promise<Review> {
  const all = ["check", "--repo", repository.path, "--base", "main", "--json", ...args];
  const { code, stdout, stderr } = await runCommand(all, { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return Review.parse(JSON.parse(stdout));
}

test("every added line has the writer that its commit and its record say, at the place it came to", async () => {
  const { change } = await check();
  const written = Object.fromEntries(
    change.files.map(({ path, written: stretches }) => [
      path,
      stretches.map(({ start, end, writer }) => `${start}-${end} ${writer.verdict} ${writer.evidence}`),
    ]),
  );
  expect(written).toEqual({
    "docs.md": ["1-2 agent-authored git-ai", "3-5 human commit"],
    "src/charge.ts": [
      "1-1 undeclared none",
      "2-2 agent-authored git-ai",
      "3-3 undeclared none",
      "4-5 agent-authored git-ai",
      "6-7 human git-ai",
      "8-11 undeclared none",
    ],
    "test.ts": ["1-4 agent-assisted commit"],
  });
});

test("totals count lines by their own verdicts, and by tool and model", async () => {
  const { change, provenance } = await check();
  expect(change.addedLines).toBe(20);
  expect(provenance.totals).toEqual({
    commits: { "agent-authored": 0, "agent-assisted": 3, suggestion: 0, automation: 0, human: 0, undeclared: 2 },
    lines: { "agent-authored": 5, "agent-assisted": 4, suggestion: 0, automation: 0, human: 5, undeclared: 6 },
    tools: [
      { agent: "claude-code", model: "claude-opus-4-7", commits: 2, lines: 5 },
      { agent: "claude-code", model: "claude-opus-4-5", commits: 1, lines: 4 },
    ],
  });
});

test("declared versus attested, both ways", async () => {
  const { provenance } = await check();
  expect(
    provenance.disagreements.map(({ commit, kind, aiLines, humanLines }) => [commit, kind, aiLines, humanLines]),
  ).toEqual([
    [commits.charge, "attested-not-declared", 4, 2],
    [commits.denied, "denied-but-attested", 2, 0],
    [commits.claimed, "declared-not-attested", 0, 4],
  ]);
  expect(provenance.commits.map(({ conflict }) => conflict)).toEqual([false, false, false, true, true]);
});

test("the page, the summary and the annotations tell it, and no prompt comes out", async () => {
  const run = async (format: string) => {
    const args = ["check", "--repo", repository.path, "--base", "main", "--format", format, "--report-dir", "out"];
    const { stdout } = await runCommand([...args, "--save-facts", "facts.json"], { cwd: folder });
    return stdout;
  };
  const [page, summary, json] = [await run("terminal"), await run("markdown"), await run("json")];
  const [charge, denied, claimed] = [commits.charge, commits.denied, commits.claimed].map(
    (sha) => sha?.slice(0, 7) ?? "",
  );
  expect(page).toMatch(new RegExp(`${charge} +nothing +git-ai: 4 lines by claude-code \\(claude-opus-4-7\\), 2 human`));
  expect(page).toMatch(new RegExp(`${denied} +no tool +git-ai: 2 lines by claude-code`));
  expect(summary).toMatch(
    new RegExp(`^\\| \`${claimed}\` \\| claude-code .* \\| git-ai: no line by a tool, 4 human \\|$`, "m"),
  );
  expect(summary).toContain("| `claude-code` | `claude-opus-4-7` | 2 | 5 |");
  const notes = annotations(Review.parse(JSON.parse(json))).map(({ message }) => message);
  // Pages such as docs.md are left out of what counts as AI, where a policy does not say otherwise.
  expect(notes.filter((message) => message.startsWith("Line"))).toEqual([
    "Line 2: claude-code, claude-opus-4-7; session 19b9f41f-sample",
  ]);
  for (const output of [page, summary, json]) expect(output).not.toContain("a prompt that must");
});

describe("decided again", () => {
  test("from saved facts, to the byte", async () => {
    const again = await runCommand(["check", "--facts", "facts.json", "--json"], { cwd: folder });
    const before = await runCommand(["check", "--repo", repository.path, "--base", "main", "--json"], { cwd: folder });
    expect(again.stdout).toBe(before.stdout);
  });

  test("with its own report as the earlier one, which changes no line", async () => {
    const { provenance, change } = await check("--earlier", join("out", "report.json"));
    const before = await check();
    expect(change).toEqual(before.change);
    expect(provenance.totals).toEqual(before.provenance.totals);
    const facts = await check("--earlier", "facts.json");
    expect(facts.provenance).toEqual(provenance);
  });

  test("after a push that takes a trailer away: undeclared, unless the earlier report is remembered", async () => {
    repository.git(["branch", "--force", "pushed", commits.denied ?? ""]);
    repository.commit({ branch: "pushed", files: { "test.ts": text(...numbered("t", 1, 4)) }, message: "Tests\n" });
    const forgotten = await check("--head", "pushed");
    expect(forgotten.provenance.totals.lines).toMatchObject({
      "agent-authored": 5,
      "agent-assisted": 0,
      undeclared: 10,
    });
    const remembered = await check("--head", "pushed", "--earlier", join("out", "report.json"));
    expect(remembered.provenance.totals.lines).toMatchObject({ "agent-authored": 5, "agent-assisted": 15 });
    expect(remembered.provenance.commits.map(({ verdict }) => verdict)).toEqual(Array(5).fill("agent-assisted"));
    const earlier = remembered.change.files.find(({ path }) => path === "test.ts")?.written[0]?.writer;
    expect(earlier).toMatchObject({ agent: "claude-code", model: "claude-opus-4-5", evidence: "change" });
  });
});

describe("after a rebase, beside the report from before it", () => {
  const claude = "Assisted-by: claude-code:claude-opus-4-5";
  let work: TestRepository;
  let base: string;
  beforeAll(async () => {
    work = createRepository();
    work.commit({ files: { "README.md": "Orders\n" }, message: "Start\n" });
    work.switchTo("feature");
    work.commit({ files: { "a.ts": text(...numbered("a", 1, 3)) }, message: `A\n\n${claude}\n` });
    work.commit({ files: { "b.ts": text(...numbered("b", 1, 4)) }, message: "B\n" });
    work.commit({ files: { "c.ts": text(...numbered("c", 1, 5)) }, message: `C\n\n${claude}\n` });
    work.git(["branch", "upstream", "main"]);
    base = work.commit({ branch: "upstream", files: { "other.ts": "1\n" }, message: "Other\n" });
    const all = ["check", "--repo", work.path, "--base", "main", "--head", "feature", "--report-dir", "before"];
    expect((await runCommand(all, { cwd: folder })).code).toBe(0);
  });

  async function rewritten(name: string, todo: string, editor: string): Promise<Review> {
    work.git(["worktree", "add", "--quiet", "-b", name, join(folder, name), "feature"]);
    work.git(["-C", join(folder, name), "rebase", "--quiet", "-i", base], {
      environment: {
        GIT_COMMITTER_NAME: "Ann Example",
        GIT_COMMITTER_EMAIL: "ann@example.com",
        GIT_SEQUENCE_EDITOR: todo,
        GIT_EDITOR: editor,
      },
    });
    const range = ["--base", "upstream", "--head", name, "--earlier", join("before", "report.json")];
    const { stdout } = await runCommand(["check", "--repo", work.path, "--json", ...range], { cwd: folder });
    return Review.parse(JSON.parse(stdout));
  }

  const removed = ({ findings }: Review) => findings.filter(({ rule }) => rule === "provenance-removed").length;

  test.each([
    { says: "that loses nothing", name: "plain", todo: "true", assisted: 8, undeclared: 4, findings: 0 },
    {
      says: "that squashes the two by a tool",
      name: "squash",
      todo: "sed -i -e '2{h;d}' -e '3{s/^pick/squash/;G}'",
      assisted: 8,
      undeclared: 4,
      findings: 0,
    },
    {
      says: "that makes one by a tool part of a person's, whose message stays",
      name: "fixup",
      todo: "sed -i -e '3s/^pick/fixup/'",
      assisted: 12,
      undeclared: 0,
      findings: 1,
    },
    {
      says: "that takes a trailer away",
      name: "strip",
      todo: "sed -i -e '1s/^pick/reword/'",
      editor: "sed -i -e /Assisted/d",
      assisted: 12,
      undeclared: 0,
      findings: 1,
    },
  ])("$says", async ({ name, todo, editor = "true", assisted, undeclared, findings }) => {
    const review = await rewritten(name, todo, editor);
    expect(review.provenance.totals.lines).toMatchObject({ "agent-assisted": assisted, undeclared });
    expect(removed(review)).toBe(findings);
  });
});

describe("a file of Agent Trace records, written as the format's reference hook does: under the commit before the edit", () => {
  let traced: TestRepository;
  let person: string;
  const record = (revision: string, path: string, start: number, end: number): string =>
    JSON.stringify({
      version: "1.0",
      id: "550e8400-e29b-41d4-a716-446655440000",
      timestamp: "2026-01-23T14:30:00Z",
      vcs: { type: "git", revision },
      tool: { name: "cursor", version: "2.4.0" },
      files: [
        {
          path,
          conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: start, end_line: end }] }],
        },
      ],
    });

  beforeAll(() => {
    traced = createRepository();
    const base = traced.commit({ files: { "README.md": "Orders\n" }, message: "Start\n" });
    traced.switchTo("feature");
    const one = record(base, "a.ts", 1, 3);
    traced.commit({
      files: { "a.ts": text(...numbered("a", 1, 6)), ".agent-trace/traces.jsonl": `${one}\n` },
      message: "A\n",
    });
    person = traced.commit({ files: { "b.ts": text(...numbered("b", 1, 20)) }, message: "B, by a person\n" });
    // The tool writes lines 2 to 4 of a file that a person's commit brought whole.
    const [head = "", ...rest] = numbered("b", 1, 20);
    traced.commit({
      files: {
        "b.ts": text(head, ...numbered("tool", 2, 4), ...rest),
        ".agent-trace/traces.jsonl": `${one}\n${record(person, "b.ts", 2, 4)}\n`,
      },
      message: "More\n",
    });
  });

  const run = (...args: string[]) => runCommand([...args, "--repo", traced.path, "--json"], { cwd: folder });

  test("raises the lines of the edit, as a claim, and none of the commit that it names", async () => {
    const { stdout } = await run("check", "--base", "main");
    const { change, provenance } = Review.parse(JSON.parse(stdout));
    const written = change.files.map(({ path, written: lines }) => [
      path,
      ...lines.map(
        ({ start, end, writer }) => `${start}-${end} ${writer.verdict} ${writer.agent ?? ""} ${writer.evidence}`,
      ),
    ]);
    expect(written.slice(1)).toEqual([
      ["a.ts", "1-3 agent-authored cursor agent-trace", "4-6 undeclared  none"],
      ["b.ts", "1-1 undeclared  none", "2-4 agent-authored cursor agent-trace", "5-23 undeclared  none"],
    ]);
    expect(
      provenance.commits.map(({ verdict, signals }) => [verdict, signals.map(({ strength }) => strength)]),
    ).toEqual([
      ["agent-assisted", ["claim"]],
      ["undeclared", []],
      ["agent-assisted", ["claim"]],
    ]);
  });

  test("is read so by `blame`, too", async () => {
    const { stdout } = await run("blame", "--rev", "feature", "b.ts");
    const blamed = JSON.parse(stdout) as { lines: { start: number; end: number; verdict: string; commit: string }[] };
    expect(blamed.lines.map(({ start, end, verdict }) => `${start}-${end} ${verdict}`)).toEqual([
      "1-1 undeclared",
      "2-4 agent-authored",
      "5-23 undeclared",
    ]);
    expect(blamed.lines[0]?.commit).toBe(person);
  });

  test("is not read where git does not have it", async () => {
    const bare = createRepository();
    const base = bare.commit({
      files: { "README.md": "Orders\n", ".gitignore": ".agent-trace/\n" },
      message: "Start\n",
    });
    bare.switchTo("feature");
    bare.commit({ files: { "a.ts": text(...numbered("a", 1, 3)) }, message: "A\n" });
    mkdirSync(join(bare.path, ".agent-trace"));
    writeFileSync(join(bare.path, ".agent-trace", "traces.jsonl"), record(base, "a.ts", 1, 3));
    const { stdout } = await runCommand(["check", "--repo", bare.path, "--base", "main", "--json"], { cwd: folder });
    expect(Review.parse(JSON.parse(stdout)).provenance.totals.lines).toMatchObject({
      undeclared: 3,
      "agent-authored": 0,
    });
  });
});
