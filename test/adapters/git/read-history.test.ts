import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countHistory, readHistory, resolveHistory, type HistoryRequest } from "../../../adapters/git/read-history.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { parseCommit } from "../../../core/change/parse-commit.ts";
import type { LogEntry } from "../../../core/change/read-log.ts";
import { createRepository, removeRepositories, type TestRepository } from "../../git-repository.ts";

/** One `git log` over a whole history, on real repositories. */

let repository: TestRepository;
let ids: string[];
beforeAll(() => {
  repository = createRepository();
  ids = repository.commitAll([
    { message: "One\n", files: { "a.txt": "1\n2\n3\n" }, date: 1_700_000_000 },
    { message: "Two\n", files: { "a.txt": "1\nzwei\n3\n4\n", "tab\tand\nnewline": "x\n" }, date: 1_710_000_000 },
    { message: "Three\n", rename: { "a.txt": "b.txt" }, date: 1_720_000_000 },
  ]);
  repository.git(["tag", "v1", ids[1]!]);
});
afterAll(removeRepositories);

const everything: HistoryRequest = { range: null, since: null, until: null, lines: true };

async function history(path: string, request: Partial<HistoryRequest> = {}): Promise<LogEntry[]> {
  const range = await resolveHistory(await openRepository(path), { ...everything, ...request });
  const entries: LogEntry[] = [];
  await readHistory(range, (batch) => Promise.resolve(entries.push(...batch) > 0));
  expect(await countHistory(range)).toBe(entries.length);
  return entries;
}

const subjects = (entries: readonly LogEntry[]) => entries.map(({ message }) => message.trim());

test("newest first, with lines as git counts them without renames", async () => {
  const entries = await history(repository.path);
  expect(entries.map(({ sha, lines }) => ({ sha, lines }))).toEqual([
    { sha: ids[2], lines: { added: 4, deleted: 4 } },
    { sha: ids[1], lines: { added: 3, deleted: 1 } },
    { sha: ids[0], lines: { added: 3, deleted: 0 } },
  ]);
});

test.each([
  { says: "a tag means all that it reaches", request: { range: "v1" }, read: ["Two", "One"] },
  { says: "A..B", request: { range: "HEAD~2..v1" }, read: ["Two"] },
  { says: "A.. ends at HEAD", request: { range: "v1.." }, read: ["Three"] },
  { says: "..B begins at HEAD", request: { range: "..v1" }, read: [] },
  { says: "since, inclusive", request: { since: 1_710_000_000 }, read: ["Three", "Two"] },
  { says: "until, inclusive", request: { until: 1_710_000_000 }, read: ["Two", "One"] },
  { says: "without lines", request: { lines: false }, read: ["Three", "Two", "One"] },
])("$says", async ({ request, read }) => {
  expect(subjects(await history(repository.path, request))).toEqual(read);
});

test.each([
  { says: "no commit", range: "nope", what: "nope is no commit" },
  { says: "an option", range: "--all", what: "--all is no commit" },
  { says: "half a range", range: "v1..nope", what: "nope is no commit" },
  { says: "a symmetric difference", range: "v1...HEAD", what: "is no range" },
  { says: "an exclusion", range: "^v1", what: "is no range" },
  { says: "two ranges", range: "a..b..c", what: "is no range" },
])("$says is a mistake", async ({ range, what }) => {
  await expect(history(repository.path, { range })).rejects.toMatchObject({
    name: "Problem",
    what: expect.stringContaining(what) as string,
  });
});

test("a repository without a commit says so", async () => {
  await expect(history(createRepository().path)).rejects.toMatchObject({
    what: "HEAD stands on no commit: the repository has none yet, or its branch is gone.",
  });
});

test("a merge has no lines, and both its sides are read", async () => {
  const merged = createRepository();
  const base = merged.commit({ message: "Base\n", files: { a: "1\n" } });
  const side = merged.commit({ message: "Side\n", files: { b: "1\n" }, branch: "side", parents: [base] });
  merged.commit({ message: "Merge\n", files: { b: "1\n", c: "own\n" }, parents: [base, side] });
  const entries = await history(merged.path);
  expect(subjects(entries)).toEqual(["Merge", "Side", "Base"]);
  expect(entries[0]?.lines).toBeNull();
});

test("a shallow clone is read as far as it goes; what the cut hides is unknown", async () => {
  const clone = repository.clone("--depth=2");
  const range = await resolveHistory(await openRepository(clone.path), everything);
  expect([...range.cut]).toEqual([ids[1]]);
  const entries = await history(clone.path);
  expect(entries.map(({ sha, lines }) => ({ sha, lines }))).toEqual([
    { sha: ids[2], lines: { added: 4, deleted: 4 } },
    { sha: ids[1], lines: null },
  ]);
});

describe("a clone without the contents of files", () => {
  let clone: TestRepository;
  beforeAll(() => {
    repository.git(["config", "uploadpack.allowFilter", "true"]);
    clone = repository.clone("--filter=blob:none", "--no-checkout");
  });

  test("says how to read it, and fetches nothing", async () => {
    await expect(history(clone.path)).rejects.toMatchObject({
      what: "This clone lacks some contents of its history, and reading never fetches.",
    });
  });

  test("is enough for everything but lines", async () => {
    expect(subjects(await history(clone.path, { lines: false }))).toEqual(["Three", "Two", "One"]);
  });
});

test("the repository's own settings and attributes change nothing", async () => {
  const odd = createRepository();
  odd.commit({ message: "Odd\n", files: { "a.txt": "1\n", ".gitattributes": "*.txt binary\n" } });
  const settings = [
    "log.showSignature=true",
    "i18n.logOutputEncoding=UTF-16",
    "log.showRoot=false",
    "diff.noprefix=true",
  ];
  for (const setting of settings) odd.git(["config", ...setting.split("=")]);
  const [entry] = await history(odd.path);
  expect({ message: entry?.message, lines: entry?.lines }).toEqual({
    message: "Odd\n",
    lines: { added: 2, deleted: 0 },
  });
});

test("SHA-256", async () => {
  const long = createRepository({ objectFormat: "sha256" });
  const [sha] = long.commitAll([{ message: "Long\n", files: { a: "1\n" } }]);
  expect((await history(long.path)).map((entry) => entry.sha)).toEqual([sha]);
});

describe("a reader", () => {
  let many: TestRepository;
  beforeAll(() => {
    many = createRepository();
    const body = "A line of a message that fills a pipe.\n".repeat(40);
    many.commitAll(Array.from({ length: 3_000 }, (_, number) => ({ message: `${number}\n\n${body}` })));
  });

  test("that needs no more ends git, and is no failure", async () => {
    const range = await resolveHistory(await openRepository(many.path), { ...everything, lines: false });
    const batches: number[] = [];
    await readHistory(range, (batch) => Promise.resolve(batches.push(batch.length) < 2));
    expect(batches.length).toBe(2);
    expect(batches[0]! + batches[1]!).toBeLessThan(3_000);
  });

  test("that is slow gets every commit, in order and batch by batch", async () => {
    const range = await resolveHistory(await openRepository(many.path), { ...everything, lines: false });
    const read: string[] = [];
    let busy = false;
    await readHistory(range, async (batch) => {
      expect(busy).toBe(false);
      busy = true;
      await new Promise((resolve) => setTimeout(resolve, 20));
      read.push(...subjects(batch).map((text) => text.split("\n")[0] ?? ""));
      busy = false;
      return true;
    });
    expect(read).toEqual(Array.from({ length: 3_000 }, (_, number) => String(2_999 - number)));
  });

  test("that fails is heard", async () => {
    const range = await resolveHistory(await openRepository(many.path), everything);
    await expect(readHistory(range, () => Promise.reject(new Error("full disk")))).rejects.toThrow("full disk");
  });
});

describe("a message in any bytes is read as its object has it", () => {
  const latin1 = (text: string) => Buffer.from(text, "latin1");
  const rows = [
    { says: "Latin-1", encoding: "ISO-8859-1", message: latin1("Résumé\n\nReviewed-by: René\n") },
    { says: "a wrong name of an encoding", encoding: "ISO-8859-1", message: Buffer.from("Résumé\n") },
    { says: "a name that nobody knows", encoding: "klingon", message: latin1("Résumé\n") },
    { says: "UTF-8 by name", encoding: "UTF-8", message: Buffer.from("Résumé\n") },
    { says: "UTF-8 by name, and none", encoding: "utf-8", message: latin1("Résumé\n") },
    { says: "no name and no UTF-8", encoding: null, message: latin1("Résumé\n\nReviewed-by: René\n") },
    { says: "UTF-7", encoding: "UTF-7", message: latin1("Hide\n\n+AEE-I-Assisted: no\nAssisted-by+ADo- x\n") },
    { says: "UTF-7 that ends the text", encoding: "UTF-7", message: latin1("Hide+AAA-\n\nAI-Assisted: yes\n") },
    { says: "UTF-16", encoding: "UTF-16LE", message: latin1("Hide\n\nAI-Assisted: yes\n") },
    { says: "Windows-1252", encoding: "windows-1252", message: Buffer.from([0x80, 0x20, 0x41, 0x0a]) },
    { says: "Shift JIS", encoding: "Shift_JIS", message: Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67, 0x0a]) },
  ];
  let odd: TestRepository;
  const shas: string[] = [];
  beforeAll(() => {
    odd = createRepository();
    const tree = odd.tryText(["mktree"]) || odd.git(["mktree"], { input: "" }).toString().trim();
    for (const { encoding, message } of rows) {
      const parent = shas.length === 0 ? "" : `parent ${shas.at(-1)!}\n`;
      const header = encoding === null ? "" : `encoding ${encoding}\n`;
      const person = latin1("Ren\u00e9 <rene@example.com> 1750000000 +0200\n");
      const commit = [`tree ${tree}\n${parent}author `, person, "committer ", person, `${header}\n`, message];
      const bytes = Buffer.concat(commit.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
      shas.push(
        odd.git(["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], { input: bytes }).toString().trim(),
      );
    }
    odd.git(["update-ref", "refs/heads/main", shas.at(-1)!]);
  });

  test.each(rows.map(({ says }, index) => ({ says, index })))("$says", async ({ index }) => {
    const sha = shas[index]!;
    const entry = (await history(odd.path, { lines: false })).find((each) => each.sha === sha);
    const stored = parseCommit(odd.git(["cat-file", "commit", sha]));
    expect(entry).toMatchObject({ author: stored.author, committer: stored.committer, message: stored.message });
    expect(entry?.committedAt).toBe(stored.committedAt);
  });
});
