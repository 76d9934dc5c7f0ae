import { afterAll, describe, expect, test } from "vitest";
import { listBlobs, UnlistedNotes } from "../../../adapters/git/list-notes.ts";
import { openNotes, readAttributions } from "../../../adapters/git/read-notes.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import type { Attribution, TracedCommit } from "../../../core/provenance/index.ts";
import { gitAiNote, rowsOf, unreadOf } from "../../core/provenance/attribution/samples.ts";
import { createRepository, removeRepositories, type TestRepository } from "../../git-repository.ts";

afterAll(removeRepositories);

const gitAi = (line: number) => gitAiNote([["a.ts", [`ab72f5a ${line}`]]], {});
const qwen = JSON.stringify({ version: 1, generator: "Qwen-Coder", files: { "a.ts": { aiChars: 4, humanChars: 0 } } });
const whogitit = JSON.stringify({
  version: 3,
  files: [{ path: "a.ts", lines: [{ line_number: 1, source: { type: "AIModified" } }] }],
});

function newRepository(
  messages: readonly string[] = ["One", "Two", "Three"],
  objectFormat: "sha1" | "sha256" = "sha1",
) {
  const repository = createRepository({ objectFormat });
  const shas = messages.map((message, index) => repository.commit({ files: { "a.ts": `${index}\n` }, message }));
  return { repository, shas, commits: shas.map((sha, index) => ({ sha, message: messages[index]! })) };
}

function addNote(repository: TestRepository, ref: string, sha: string, text: string): void {
  repository.git(["notes", `--ref=${ref}`, "add", "-f", "--file=-", sha], { input: text });
}

async function read(
  repository: TestRepository,
  commits: readonly ({ sha: string; message: string } & Partial<TracedCommit>)[],
): Promise<Attribution[]> {
  const found = await readAttributions(await openRepository(repository.path), commits, commits.at(-1)!.sha);
  if (found.state === "absent") throw new Error(found.reason);
  return found.value;
}

describe("notes", () => {
  test("a repository without any says what was looked for", async () => {
    const { repository, commits } = newRepository();
    addNote(repository, "refs/notes/commits", commits[0]!.sha, "not ours");
    expect(await readAttributions(await openRepository(repository.path), commits, commits[2]!.sha)).toEqual({
      state: "absent",
      reason:
        "no tool's record of lines was found: refs/notes/ai, refs/notes/ai-attribution, refs/notes/whogitit, " +
        "entire/checkpoints/v1 and .agent-trace hold none",
    });
  });

  test("a repository with notes about other commits has an empty list", async () => {
    const { repository, commits, shas } = newRepository();
    addNote(repository, "refs/notes/ai", shas[0]!, gitAi(1));
    expect(await read(repository, commits.slice(1))).toEqual([]);
  });

  test.each([
    { ref: "refs/notes/ai", source: "git-ai", text: gitAi(1) },
    { ref: "refs/notes/ai-attribution", source: "qwen-code", text: qwen },
    { ref: "refs/notes/whogitit", source: "whogitit", text: whogitit },
  ])("$ref is read as $source", async ({ ref, source, text }) => {
    const { repository, commits, shas } = newRepository();
    addNote(repository, ref, shas[1]!, text);
    const [attribution, ...more] = await read(repository, commits);
    expect(more).toEqual([]);
    expect(attribution).toMatchObject({ commit: shas[1], source, place: ref, strength: "attested" });
    expect((attribution?.files.length ?? 0) + (attribution?.totals?.aiLines ?? 0)).toBe(1);
  });

  test.each([
    { ref: "refs/remotes/origin/notes/ai", source: "git-ai" },
    { ref: "refs/remotes/team/fork/notes/ai", source: "git-ai" },
    { ref: "refs/notes/ai-remote/origin", source: "git-ai" },
    { ref: "refs/remotes/origin/notes/ai-attribution", source: "qwen-code" },
    { ref: "refs/notes/ai-blame", source: "whogitit" },
    { ref: "refs/notes/ai-stash", source: undefined },
    { ref: "refs/heads/notes/ai", source: undefined },
    { ref: "refs/remotes/origin/my-notes/ai", source: undefined },
  ])("$ref: $source", async ({ ref, source }) => {
    const { repository, commits, shas } = newRepository();
    addNote(repository, "refs/notes/scratch", shas[0]!, gitAi(1));
    repository.git(["update-ref", ref, "refs/notes/scratch"]);
    const found = await readAttributions(await openRepository(repository.path), commits, shas[2]!);
    expect(found.state === "absent" ? undefined : found.value.map((one) => [one.source, one.place])).toEqual(
      source && [[source, ref]],
    );
  });

  test("the same note in two refs counts once, another one as well", async () => {
    const { repository, commits, shas } = newRepository();
    addNote(repository, "refs/notes/ai", shas[0]!, gitAi(1));
    addNote(repository, "refs/notes/ai", shas[1]!, gitAi(2));
    repository.git(["update-ref", "refs/remotes/origin/notes/ai", "refs/notes/ai"]);
    addNote(repository, "refs/notes/ai", shas[1]!, gitAi(3));
    const found = await read(repository, commits);
    expect(found.map((one) => [one.place, ...rowsOf(one)])).toEqual([
      ["refs/notes/ai", "a.ts:1-1 ai ? ? ?"],
      ["refs/notes/ai", "a.ts:3-3 ai ? ? ?"],
      ["refs/remotes/origin/notes/ai", "a.ts:2-2 ai ? ? ?"],
    ]);
  });

  test("the notes of 2025, each in a ref of its own", async () => {
    const { repository, commits, shas } = newRepository();
    repository.git(["update-ref", `refs/ai/authorship/${shas[0]}`, repository.blob(gitAi(4))]);
    repository.git(["update-ref", "refs/ai/authorship/not-a-commit", repository.blob(gitAi(5))]);
    const [attribution, ...more] = await read(repository, commits);
    expect(more).toEqual([]);
    expect(attribution).toMatchObject({ commit: shas[0], place: `refs/ai/authorship/${shas[0]}` });
    expect(rowsOf(attribution!)).toEqual(["a.ts:4-4 ai ? ? ?"]);
  });

  test.each([[[]], [[2]], [[2, 4]], [[2, 4, 6]]])("folders of digits, cut at %j", async (cuts) => {
    const { repository, commits, shas } = newRepository();
    const path = [...cuts, 40].map((end, index, ends) => shas[1]!.slice(ends[index - 1] ?? 0, end)).join("/");
    repository.fastImport(
      `commit refs/notes/ai\ncommitter A <a@example.com> 1 +0000\ndata 0\nM 100644 inline ${path}\ndata 10\na\n  ab72 1\nM 100644 inline readme\ndata 1\nx\n`,
    );
    expect((await read(repository, commits)).map((one) => [one.commit, ...rowsOf(one)])).toEqual([
      [shas[1], "a:1-1 ai ? ? ?"],
    ]);
  });

  test("a repository of SHA-256 ids", async () => {
    const { repository, commits, shas } = newRepository(["One"], "sha256");
    addNote(repository, "refs/notes/ai", shas[0]!, gitAi(1));
    expect((await read(repository, commits)).map(({ commit }) => commit)).toEqual(shas);
  });
});

describe("records that cannot be had", () => {
  test("a ref that is no tree of notes, alone: absent, with its name", async () => {
    const { repository, commits, shas } = newRepository();
    repository.git(["update-ref", "refs/notes/ai", repository.blob("x")]);
    expect(await readAttributions(await openRepository(repository.path), commits, shas[2]!)).toEqual({
      state: "absent",
      reason: "refs/notes/ai could not be listed: this clone lacks its contents",
    });
  });

  test("beside one that is: what it holds, and that something is missing", async () => {
    const { repository, commits, shas } = newRepository();
    repository.git(["update-ref", "refs/notes/ai", repository.blob("x")]);
    addNote(repository, "refs/notes/whogitit", shas[0]!, whogitit);
    const found = await read(repository, commits);
    expect(found.map((one) => [one.commit, one.source, ...rowsOf(one), ...unreadOf(one)])).toEqual([
      [shas[0], "whogitit", "a.ts:1-1 mixed claude-code ? ?"],
      [shas[2], "git-ai", "a ref that could not be listed: 1"],
    ]);
  });

  test("a clone without contents: nothing is fetched, and the note is said to be missing", async () => {
    const { repository, commits, shas } = newRepository();
    addNote(repository, "refs/notes/ai", shas[0]!, gitAi(1));
    repository.git(["config", "uploadpack.allowFilter", "true"]);
    const clone = repository.clone("--filter=blob:none", "--no-checkout");
    clone.git(["fetch", "--quiet", "origin", "refs/notes/ai:refs/notes/ai"]);
    const [attribution] = await read(clone, commits);
    expect(attribution?.files).toEqual([]);
    expect(unreadOf(attribution!)).toEqual(["contents that this clone lacks, or that are larger than 64 MB: 1"]);
  });

  test("a tree with more entries than anybody writes is not listed to the end", async () => {
    const { repository, shas } = newRepository();
    for (const sha of shas) addNote(repository, "refs/notes/ai", sha, gitAi(1));
    const opened = await openRepository(repository.path);
    const tree = repository.text(["rev-parse", "refs/notes/ai"]);
    await expect(listBlobs(opened, tree, () => undefined, 2)).rejects.toThrow(
      new UnlistedNotes("holds more than 2 entries"),
    );
    await listBlobs(opened, tree, () => undefined, 3);
  });
});

describe("checkpoints of Entire", () => {
  const session = (agent_lines: number, total_committed: number) =>
    JSON.stringify({ agent: "Claude Code", session_id: "s-1", initial_attribution: { agent_lines, total_committed } });
  const files = {
    "50/98e5414812/metadata.json": "{}",
    "50/98e5414812/0/metadata.json": session(7, 10),
    "50/98e5414812/0/full.jsonl": "the whole conversation",
    "50/98e5414812/1/metadata.json/deeper": session(9, 10),
    "b5/3cfcd0f538/0/metadata.json": session(1, 10),
    "b5/3cfcd0f538/1/metadata.json": session(2, 10),
  };
  const symlinks = { "50/98e5414812/2/metadata.json": session(9, 10) };
  const messages = [
    "One\n\nEntire-Checkpoint: 5098e5414812\n",
    "Two\n\n  Entire-Checkpoint: 5098e5414812\n\nEntire-Checkpoint: b53cfcd0f538\n",
    "Three\n\nEntire-Checkpoint: 000000000000\n",
  ];
  const totals = { agent: "claude-code", model: null, session: "s-1" };

  test.each(["refs/heads/entire/checkpoints/v1", "refs/remotes/origin/entire/checkpoints/v1"])("on %s", async (ref) => {
    const { repository, commits, shas } = newRepository(messages);
    const tip = repository.commit({ branch: "scratch", parents: [], files, symlinks });
    repository.git(["update-ref", ref, tip]);
    expect((await read(repository, commits)).map((one) => [one.commit, one.source, one.place, one.totals])).toEqual([
      [shas[0], "entire", ref, { ...totals, aiLines: 7, humanLines: 3 }],
      [shas[1], "entire", ref, { ...totals, aiLines: 10, humanLines: 10 }],
    ]);
  });

  test("on both, they count once", async () => {
    const { repository, commits, shas } = newRepository(messages);
    const tip = repository.commit({ branch: "scratch", parents: [], files });
    repository.git(["update-ref", "refs/heads/entire/checkpoints/v1", tip]);
    repository.git(["update-ref", "refs/remotes/origin/entire/checkpoints/v1", tip]);
    const found = await read(repository, commits.slice(1));
    expect(found.map((one) => [one.commit, one.place, one.totals?.aiLines])).toEqual([
      [shas[1], "refs/heads/entire/checkpoints/v1", 10],
    ]);
  });

  test("a branch of that name that is the change itself is no record", async () => {
    const { repository, commits, shas } = newRepository(messages);
    const head = repository.commit({ files, message: "Fork" });
    repository.git(["update-ref", "refs/heads/entire/checkpoints/v1", head]);
    const found = await readAttributions(
      await openRepository(repository.path),
      [...commits, { sha: head, message: "" }],
      head,
    );
    expect(found.state).toBe("absent");
    expect(shas).not.toContain(head);
  });
});

describe("Agent Trace files at the head", () => {
  const trace = (revision: string) =>
    JSON.stringify({
      vcs: { type: "git", revision },
      files: [
        { path: "a.ts", conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 1 }] }] },
      ],
    });

  test("are claims, and need no ref", async () => {
    const { repository, commits, shas } = newRepository();
    const head = repository.commit({
      files: {
        ".agent-trace/traces.jsonl": `${trace(shas[0]!)}\n${trace(shas[1]!)}\n`,
        ".agent-trace/one.json": trace("0".repeat(40)),
        ".agent-trace/notes.txt": trace(shas[2]!),
        ".agent-trace/deeper/traces.jsonl": trace(shas[2]!),
        "src/.agent-trace/traces.jsonl": trace(shas[2]!),
      },
      symlinks: { ".agent-trace/link.jsonl": "traces.jsonl" },
    });
    const added = [{ path: "a.ts", start: 1, end: 1 }];
    const found = await read(repository, [
      ...commits.map((commit) => ({ ...commit, added })),
      { sha: head, message: "" },
    ]);
    expect(found.map((one) => [one.commit, one.strength, one.place, ...rowsOf(one), ...unreadOf(one)])).toEqual([
      [head, "claim", ".agent-trace/one.json", "a trace record of a commit outside the change: 1"],
      [shas[0], "claim", ".agent-trace/traces.jsonl", "a.ts:1-1 ai ? ? ?"],
      [shas[1], "claim", ".agent-trace/traces.jsonl", "a.ts:1-1 ai ? ? ?"],
    ]);
  });

  test("beyond a hundred files the rest is named", async () => {
    const { repository, commits } = newRepository();
    const files = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`.agent-trace/${index}.json`, "[]"]));
    const head = repository.commit({ files });
    const found = await read(repository, [...commits, { sha: head, message: "" }]);
    expect(found.map(unreadOf)).toEqual([["files beyond the first 100: 1"]]);
  });
});

describe("a whole history", () => {
  test("is listed once, and read in batches", async () => {
    const { repository, shas } = newRepository();
    addNote(repository, "refs/notes/ai", shas[0]!, gitAi(1));
    addNote(repository, "refs/notes/ai", shas[2]!, gitAi(3));
    addNote(repository, "refs/notes/whogitit", shas[2]!, whogitit);
    const notes = await openNotes(await openRepository(repository.path));
    expect(notes).toMatchObject({ refs: ["refs/notes/ai", "refs/notes/whogitit"], unlisted: [] });
    expect(shas.map((sha) => notes.has(sha))).toEqual([true, false, true]);
    const batches = [await notes.of([shas[0]!, shas[1]!]), await notes.of([shas[2]!]), await notes.of([])];
    expect(batches.map((batch) => [...batch].map(([sha, list]) => [sha, list.map(({ source }) => source)]))).toEqual([
      [[shas[0], ["git-ai"]]],
      [[shas[2], ["git-ai", "whogitit"]]],
      [],
    ]);
  });

  test("names no commit twice when it is asked for twice", async () => {
    const { repository, shas } = newRepository();
    addNote(repository, "refs/notes/ai", shas[0]!, gitAi(1));
    const notes = await openNotes(await openRepository(repository.path));
    expect((await notes.of([shas[0]!, shas[0]!])).get(shas[0]!)).toHaveLength(1);
  });
});
