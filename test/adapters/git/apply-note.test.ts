import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { applyNote } from "../../../adapters/git/apply-note.ts";
import { readRecordNote, readRecords } from "../../../adapters/git/read-records.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { absent, present } from "../../../core/evidence.ts";
import { renderRecord } from "../../../core/report/record.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../../git-repository.ts";
import { sampleRecord } from "../../sample-record.ts";

afterAll(removeRepositories);

const environment = {
  GIT_AUTHOR_NAME: "Ann Example",
  GIT_AUTHOR_EMAIL: "ann@example.com",
  GIT_COMMITTER_NAME: "Ann Example",
  GIT_COMMITTER_EMAIL: "ann@example.com",
};
const text = '{\n  "version": 1\n}\n';

/** What git itself shows as the note. */
function shown(repository: TestRepository, commit: string): string {
  return execFileSync("git", ["-C", repository.path, "notes", "--ref", "ai-provenance", "show", commit], {
    encoding: "utf8",
  });
}

describe.each(["sha1", "sha256"] as const)("a note in a repository of %s", (objectFormat) => {
  test("is what git notes shows, and nothing else changes", async () => {
    const repository = createRepository({ objectFormat });
    const commit = repository.commit({ files: { "a.ts": "one\n" } });
    const opened = await openRepository(repository.path);
    const before = refs(repository);
    await applyNote(opened, { commit, text, force: false, environment });
    expect(shown(repository, commit)).toBe(text);
    expect(refs(repository).filter((ref) => !ref.includes("refs/notes/ai-provenance"))).toEqual(before);
    expect(await readRecordNote(opened, commit)).toBe(text);
  });
});

test("a second note on the same commit needs force; one on another does not", async () => {
  const { repository, opened, commit } = await open();
  const other = repository.commit({ files: { "a.ts": "two\n" } });
  await applyNote(opened, { commit, text, force: false, environment });
  await expect(applyNote(opened, { commit, text: "{}", force: false, environment })).rejects.toThrow("--force");
  await applyNote(opened, { commit: other, text: "[]\n", force: false, environment });
  await applyNote(opened, { commit, text: "{}\n", force: true, environment });
  expect([shown(repository, commit), shown(repository, other)]).toEqual(["{}\n", "[]\n"]);
});

test("notes that git wrote, spread over folders, stay", async () => {
  const { repository, opened, commit } = await open();
  const others = repository.commitAll(Array.from({ length: 300 }, (_, index) => ({ files: { "a.ts": `${index}\n` } })));
  const notes = others.map((other) => `N inline ${other}\ndata 2\nx\n`).join("");
  repository.fastImport(`commit refs/notes/ai-provenance\ncommitter B <b@c> 0 +0000\ndata 0\n${notes}`);
  expect(repository.git(["ls-tree", "refs/notes/ai-provenance"]).toString()).toContain(" tree ");
  await applyNote(opened, { commit, text, force: false, environment });
  expect(repository.git(["notes", "--ref", "ai-provenance", "list"]).toString().trim().split("\n")).toHaveLength(301);
  expect(await readRecordNote(opened, others[7]!)).toBe("x\n");
});

test("writers at the same time lose no note", async () => {
  const { repository, opened } = await open();
  const commits = Array.from({ length: 5 }, (_, index) => repository.commit({ files: { "a.ts": `${index}\n` } }));
  await Promise.all(commits.map((commit) => applyNote(opened, { commit, text, force: false, environment })));
  expect(commits.map((commit) => shown(repository, commit))).toEqual(commits.map(() => text));
});

test.each([
  { says: "a blob", points: "HEAD:a.ts", type: "blob" },
  { says: "a tree", points: "HEAD^{tree}", type: "tree" },
])("a ref that points at $says is said to hold no notes, and stays", async ({ points, type }) => {
  const { repository, opened, commit } = await open();
  repository.git(["update-ref", "refs/notes/ai-provenance", points]);
  const before = refs(repository);
  for (const force of [false, true])
    await expect(applyNote(opened, { commit, text, force, environment })).rejects.toThrow(
      new RegExp(`^refs/notes/ai-provenance points at a ${type}.*\\n.*git update-ref -d`),
    );
  expect(refs(repository)).toEqual(before);
});

test("the author is who the person's own settings say", async () => {
  const { repository, opened, commit } = await open();
  const config = join(newFolder(), "config");
  writeFileSync(config, "[user]\n\tname = Global Gwen\n\temail = gwen@example.com\n");
  await applyNote(opened, { commit, text, force: false, environment: { GIT_CONFIG_GLOBAL: config } });
  expect(repository.git(["log", "-1", "--format=%an <%ae>", "refs/notes/ai-provenance"]).toString().trim()).toBe(
    "Global Gwen <gwen@example.com>",
  );
});

test("nobody is made up as author", async () => {
  const { opened, commit } = await open();
  const nobody = { GIT_CONFIG_GLOBAL: join(newFolder(), "none"), HOME: newFolder(), EMAIL: "" };
  await expect(
    applyNote(opened, { commit, text, force: false, environment: { ...nobody, GIT_AUTHOR_NAME: "" } }),
  ).rejects.toThrow("git does not know who writes");
});

test("a hook of the repository is not run", async () => {
  const { repository, opened, commit } = await open();
  const mark = join(newFolder(), "ran");
  writeFileSync(join(opened.gitDir, "hooks", "reference-transaction"), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
  await applyNote(opened, { commit, text, force: false, environment });
  expect(() => execFileSync("ls", [mark], { stdio: "ignore" })).toThrow();
  expect(shown(repository, commit)).toBe(text);
});

describe("reading the records of a change's commits", () => {
  test("a repository without notes has none, and says so", async () => {
    const { opened, commit } = await open();
    expect((await readRecords(opened, [{ sha: commit, parents: [] }])).records).toEqual({
      state: "absent",
      reason: "the repository has no refs/notes/ai-provenance",
    });
  });

  test("a note on a squash speaks for it; notes on other commits do not", async () => {
    const { repository, opened, commit } = await open();
    const other = repository.commit({ files: { "a.ts": "two\n" } });
    await applyNote(opened, { commit, text: renderRecord(sampleRecord()), force: false, environment });
    const said = {
      commit,
      verdict: "agent-authored",
      agent: "claude-code",
      model: "claude-opus-4-5",
      strength: "claim",
    };
    expect(await readRecords(opened, [{ sha: commit, parents: [] }])).toEqual({ records: present([said]), unread: [] });
    expect(await readRecords(opened, [{ sha: other, parents: [commit] }])).toEqual({
      records: present([]),
      unread: [],
    });
  });

  test.each(["", "hello", "{}", "[".repeat(10_000), '{"version":2}'])(
    "a note that is no record is said to be none: %j",
    async (note) => {
      const { opened, commit } = await open();
      await applyNote(opened, { commit, text: `${note}\n.`, force: false, environment });
      const reason = "1 of 1 notes in refs/notes/ai-provenance on commits of the change are no records";
      expect(await readRecords(opened, [{ sha: commit, parents: [] }])).toEqual({
        records: absent(reason),
        unread: [reason],
      });
    },
  );

  test("a note that is no record is said to be none beside one that is", async () => {
    const { repository, opened, commit } = await open();
    const other = repository.commit({ files: { "a.ts": "two\n" } });
    await applyNote(opened, { commit, text: renderRecord(sampleRecord()), force: false, environment });
    await applyNote(opened, { commit: other, text: "{}", force: false, environment });
    const commits = [
      { sha: commit, parents: [] },
      { sha: other, parents: [commit] },
    ];
    expect(await readRecords(opened, commits)).toMatchObject({
      records: { state: "present", value: [{ commit }] },
      unread: ["1 of 2 notes in refs/notes/ai-provenance on commits of the change are no records"],
    });
  });

  test("a ref that holds no tree of notes is an absence", async () => {
    const { repository, opened, commit } = await open();
    const blob = repository
      .git(["rev-parse", `${commit}:a.ts`])
      .toString()
      .trim();
    repository.git(["update-ref", "refs/notes/ai-provenance", blob]);
    expect(await readRecords(opened, [{ sha: commit, parents: [] }])).toMatchObject({ records: { state: "absent" } });
  });
});

async function open() {
  const repository = createRepository();
  const commit = repository.commit({ files: { "a.ts": "one\n" } });
  return { repository, opened: await openRepository(repository.path), commit };
}

function refs(repository: TestRepository): string[] {
  return repository.git(["for-each-ref"]).toString().trim().split("\n");
}
