import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fetchNotes, notesBudget } from "../../../adapters/git/fetch-notes.ts";
import type { FetchBudget } from "../../../adapters/git/fetch-objects.ts";
import { readAttributions } from "../../../adapters/git/read-notes.ts";
import { readRecords } from "../../../adapters/git/read-records.ts";
import { gitText, openRepository, type GitRepository } from "../../../adapters/git/run-git.ts";
import { renderRecord } from "../../../core/report/record.ts";
import { gitAiNote } from "../../core/provenance/attribution/samples.ts";
import { startGitServer, type GitServer } from "../../git-http-server.ts";
import { createRepository, newFolder, removeRepositories, runGit, TestRepository } from "../../git-repository.ts";
import { sampleRecord } from "../../sample-record.ts";

const folder = newFolder("served");
const token = "ghs_test";
const authorization = `basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
const checkpoint = "0123456789ab";
let open: GitServer;
let closed: GitServer;
let whole: GitServer;
let names = 0;

beforeAll(async () => {
  open = await startGitServer(folder);
  closed = await startGitServer(folder, { authorization });
  whole = await startGitServer(folder, { filter: false });
});
afterAll(async () => {
  await Promise.all([open, closed, whole].map((server) => server.close()));
  removeRepositories();
});

const gitAi = gitAiNote([["a.ts", ["ab72f5a 1"]]], {});
const qwen = JSON.stringify({ version: 1, generator: "Qwen-Coder", files: { "a.ts": { aiChars: 4, humanChars: 0 } } });
const whogitit = JSON.stringify({
  version: 3,
  files: [{ path: "a.ts", lines: [{ line_number: 1, source: { type: "AIModified" } }] }],
});
const entire = JSON.stringify({
  checkpoint_id: checkpoint,
  agent: "Claude Code",
  initial_attribution: { agent_lines: 1, human_added: 0, total_committed: 1 },
});

let served: TestRepository;
let path = "";
let commits: { sha: string; message: string }[] = [];
let head = "";

/** Two commits on the server; tests add what stands beside them. */
beforeEach(() => {
  path = `octo/r${(names += 1)}`;
  const bare = join(folder, `${path}.git`);
  mkdirSync(dirname(bare), { recursive: true });
  runGit(folder, ["init", "--quiet", "--bare", "--initial-branch=main", bare]);
  served = new TestRepository(bare);
  const messages = ["One\n", `Two\n\nEntire-Checkpoint: ${checkpoint}\n`];
  const shas = messages.map((message, index) => served.commit({ files: { "a.ts": `${index}\n` }, message }));
  commits = shas.map((sha, index) => ({ sha, message: messages[index]! }));
  head = shas[1]!;
});

test.each([
  { says: "of git-ai", source: "git-ai", add: () => addNote("refs/notes/ai", gitAi) },
  { says: "of Qwen Code", source: "qwen-code", add: () => addNote("refs/notes/ai-attribution", qwen) },
  { says: "of whogitit", source: "whogitit", add: () => addNote("refs/notes/whogitit", whogitit) },
  { says: "of whogitit's first name", source: "whogitit", add: () => addNote("refs/notes/ai-blame", whogitit) },
  { says: "of Entire", source: "entire", add: () => addCheckpoint() },
])("records $says are fetched, and nothing of the clone changes", async ({ source, add }) => {
  add();
  const repository = await clone();
  const before = stateOf(repository);
  const { attributions } = await read(repository, open);
  expect(attributions).toMatchObject({ state: "present", value: [{ commit: head, source, strength: "attested" }] });
  expect(JSON.stringify(attributions)).not.toContain("this clone lacks");
  expect(stateOf(repository)).toEqual(before);
});

test("records of changes are fetched", async () => {
  addNote("refs/notes/ai-provenance", renderRecord(sampleRecord()));
  const { records, unread } = await read(await clone(), open);
  expect(records).toMatchObject({ state: "present", value: [{ commit: head, agent: "claude-code" }] });
  expect(unread).toEqual([]);
});

test("records are fetched with the token of a private repository, by a clone that is shallow", async () => {
  addNote("refs/notes/ai", gitAi);
  const repository = await clone("--depth=1");
  const before = stateOf(repository);
  const { attributions } = await read(repository, closed);
  expect(attributions).toMatchObject({ state: "present", value: [{ source: "git-ai", unread: [] }] });
  expect(new Set(closed.requests.map((request) => request.authorization))).toEqual(new Set([authorization]));
  expect(stateOf(repository)).toEqual(before);
});

describe("fetches no more than is needed", () => {
  test("a server without records is asked once", async () => {
    const repository = await clone();
    const before = open.requests.length;
    expect(await fetchNotes(repository, remote(open), commits, head)).toBeNull();
    expect(open.requests.slice(before).filter(({ line }) => line.startsWith("GET"))).toHaveLength(1);
  });

  test("of notes beside other commits only the tree", async () => {
    addNote("refs/notes/ai", gitAi);
    const other = served.commit({ branch: "other", files: { "a.ts": "other\n" } });
    addNote("refs/notes/ai", gitAiNote([["b.ts", ["ab72f5a 1"]]], {}), other);
    const fetched = await fetchNotes(await clone(), remote(open), commits, head);
    if (fetched?.state !== "present") throw new Error("nothing was fetched");
    const listed = await gitText(fetched.value, ["cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"]);
    expect(listed.split("\n").sort()).toEqual(["blob", "commit", "tree"]);
  });

  test.each([
    { says: "a tool's notes", ref: "refs/notes/ai" },
    { says: "what was fetched of a remote", ref: "refs/remotes/origin/notes/ai" },
  ])("$says that the clone has are not replaced", async ({ ref }) => {
    addNote("refs/notes/ai", gitAi);
    addNote("refs/notes/whogitit", whogitit);
    const repository = await clone();
    await promisify(execFile)("git", ["-C", repository.gitDir, "fetch", "--quiet", url(open), `refs/notes/ai:${ref}`]);
    const fetched = await fetchNotes(repository, remote(open), commits, head);
    if (fetched?.state !== "present") throw new Error("nothing was fetched");
    expect(await gitText(fetched.value, ["for-each-ref", "--format=%(refname)"])).toBe("refs/notes/whogitit");
    const { attributions } = await read(repository, open);
    expect(attributions).toMatchObject({ value: [{ source: "git-ai", place: ref }, { source: "whogitit" }] });
  });
});

describe("what could not be fetched is absent with its reason, said once", () => {
  const small: FetchBudget = { ...notesBudget, bytes: 100_000 };

  test.each([
    { says: "a server that refuses", to: () => remote(closed, ""), why: "could not read Username" },
    {
      says: "a server that is not there",
      to: () => ({ url: "http://127.0.0.1:9/a/b", token }),
      why: "Failed to connect",
    },
    { says: "no address", to: () => ({ url: "/", token }), why: "is no address of a server" },
    { says: "another way than http", to: () => ({ url: "ext::sh -c x", token }), why: "is no address of a server" },
  ])("$says", async ({ to, why }) => {
    addNote("refs/notes/ai", gitAi);
    await expectAbsent(await clone(), to(), notesBudget, why);
  });

  test("a server that never answers", async () => {
    const silent = await startGitServer(folder, { other: () => true });
    const budget = { ...notesBudget, timeoutMs: 300 };
    await expectAbsent(await clone(), remote(silent), budget, "the server did not send them within 0.3 seconds");
    await silent.close();
  });

  test("a note beside the change that is too large", async () => {
    addNote("refs/notes/ai", randomBytes(150_000).toString("hex"));
    await expectAbsent(await clone(), remote(open), small, "they take more than 0.1 MB");
  });

  test("large notes beside other commits, where the server sends all", async () => {
    addNote("refs/notes/ai", gitAi);
    const other = served.commit({ branch: "other", files: { "a.ts": "other\n" } });
    addNote("refs/notes/ai", randomBytes(150_000).toString("hex"), other);
    await expectAbsent(await clone(), remote(whole), small, "they take more than 0.1 MB");
    const { attributions } = await read(await clone(), open, small);
    expect(attributions).toMatchObject({ state: "present", value: [{ source: "git-ai" }] });
  });

  async function expectAbsent(
    repository: GitRepository,
    from: { url: string; token: string },
    budget: FetchBudget,
    why: string,
  ) {
    const before = stateOf(repository);
    const fetched = await fetchNotes(repository, from, commits, head, budget);
    const reason = expect.stringMatching(/^the notes beside the commits were not fetched: /) as string;
    expect(fetched).toEqual({ state: "absent", reason });
    expect(JSON.stringify(fetched)).toContain(why);
    expect(await readAttributions(repository, commits, head, fetched)).toEqual(fetched);
    const read = await readRecords(repository, [], fetched);
    expect([read.records, read.unread]).toEqual([fetched, [reason]]);
    expect(stateOf(repository)).toEqual(before);
  }
});

function addNote(ref: string, text: string, sha = head): void {
  served.git(["notes", `--ref=${ref}`, "add", "-f", "--file=-", sha], { input: text });
}

function addCheckpoint(): void {
  const place = `${checkpoint.slice(0, 2)}/${checkpoint.slice(2)}/0`;
  const files = { [`${place}/metadata.json`]: entire, [`${place}/full.jsonl`]: "a prompt, which nobody asks for" };
  served.commit({ branch: "entire/checkpoints/v1", parents: [], files });
}

function url(server: GitServer): string {
  return `${server.url}/${path}`;
}

function remote(server: GitServer, secret = token) {
  return { url: url(server), token: secret };
}

/** As actions/checkout does: one branch, no notes. Not synchronously: the server is in this process. */
async function clone(...flags: string[]): Promise<GitRepository> {
  const repository = createRepository();
  const refspec = "refs/heads/main:refs/remotes/origin/main";
  await promisify(execFile)("git", ["-C", repository.path, "fetch", "--quiet", ...flags, url(open), refspec]);
  return openRepository(repository.path);
}

async function read(repository: GitRepository, server: GitServer, budget: FetchBudget = notesBudget) {
  const fetched = await fetchNotes(repository, remote(server), commits, head, budget);
  const attributions = await readAttributions(repository, commits, head, fetched);
  const parents = commits.map(({ sha }, index) => ({ sha, parents: index === 0 ? [] : [commits[0]!.sha] }));
  return { attributions, ...(await readRecords(repository, parents.slice(1), fetched)) };
}

/** The clone's refs, settings, shallow commits and objects. */
function stateOf({ gitDir, objects }: GitRepository) {
  const shallow = join(gitDir, "shallow");
  return {
    refs: runGit(gitDir, ["for-each-ref"]).toString(),
    config: readFileSync(join(gitDir, "config"), "utf8"),
    shallow: existsSync(shallow) ? readFileSync(shallow, "utf8") : "",
    objects: readdirSync(objects.path, { recursive: true }).length,
  };
}
