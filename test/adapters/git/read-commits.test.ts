import { afterAll, describe, expect, test } from "vitest";
import { readCommits } from "../../../adapters/git/read-commits.ts";
import { resolveRange } from "../../../adapters/git/resolve-range.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import type { Commit } from "../../../core/change/change.ts";
import { createRepository, removeRepositories, type TestRepository } from "../../git-repository.ts";
import { readRange } from "./read-range.ts";

afterAll(removeRepositories);

const ann = "Ann Example <ann@example.com> 1750000000 +0200";
const header = (author = `author ${ann}\n`) => `${author}committer ${ann}\n`;
const latin1 = (text: string) => Buffer.from(text, "latin1");

/** Rows with what stands behind the tree and parent of a commit object. */
const odd: { says: string; rest: Buffer; message?: string; problems?: string[]; gitDiffers?: true }[] = [
  { says: "a plain message", rest: latin1(`${header()}\nSubject\n\nBody\n`) },
  { says: "no message", rest: latin1(`${header()}\n`), message: "" },
  { says: "no newline at the end", rest: latin1(`${header()}\nSubject`) },
  { says: "no subject, only trailers", rest: latin1(`${header()}\nAssisted-by: x:1\n`) },
  { says: "CRLF", rest: latin1(`${header()}\nA\r\n\r\nAssisted-by: x:1\r\n`) },
  { says: "a divider", rest: latin1(`${header()}\nA\n\n---\n\nAssisted-by: x:1\n`) },
  { says: "10,000 equal trailers", rest: latin1(`${header()}\nA\n\n${"Assisted-by: x:1\n".repeat(10_000)}`) },
  {
    says: "a trailer folded over 1,000 lines",
    rest: latin1(`${header()}\nA\n\nAssisted-by: x\n${" y\n".repeat(1000)}`),
  },
  {
    says: "text behind a NUL",
    rest: latin1(`${header()}\nA\n\n\0Assisted-by: x:1\n`),
    problems: ["the message goes on after a NUL byte, where git shows no more of it"],
  },
  { says: "latin-1, named", rest: latin1(`${header()}encoding ISO-8859-1\n\nCaf\xe9\n`), message: "Café\n" },
  { says: "UTF-8 that is named", rest: Buffer.from(`${header()}encoding UTF-8\n\nCafé\n`) },
  {
    says: "a signature",
    rest: latin1(`${header()}gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nA\n`),
  },
  {
    says: "a merged tag",
    rest: latin1(`${header()}mergetag object ${"1".repeat(40)}\n type commit\n \n author x\n\nA\n`),
  },
  {
    says: "no author",
    rest: latin1(`committer ${ann}\n\nA\n`),
    problems: ["the commit names no author"],
  },
  {
    says: "two authors: to some the first, to others the last",
    rest: latin1(`${header(`author ${ann}\nauthor Agent <agent@example.com> 1750000000 +0000\n`)}\nA\n`),
    problems: ["the commit has 2 author lines; the first one counts"],
    gitDiffers: true,
  },
  {
    says: "two people in one line",
    rest: latin1(`${header("author Ann <ann@example.com> <agent@example.com> 1750000000 +0000\n")}\nA\n`),
    problems: ["the author line is not of git's shape"],
  },
  {
    says: "brackets the wrong way round",
    rest: latin1(`${header("author Ann> <ann@example.com> 1750000000 +0000\n")}\nA\n`),
    problems: ["the author line is not of git's shape"],
  },
  {
    says: "UTF-7, which git would turn into a trailer",
    rest: latin1(`${header()}encoding UTF-7\n\nA\n\n+AEE-ssisted-by: x:1\n`),
    message: "A\n\n+AEE-ssisted-by: x:1\n",
    problems: ["the message names an encoding that is not read"],
    gitDiffers: true,
  },
  {
    says: "bytes that are no text",
    rest: latin1(`${header()}\n\xff\xfe\n`),
    message: "\ufffd\ufffd\n",
    problems: ["the message is not valid UTF-8"],
    gitDiffers: true,
  },
];

describe("41: odd commits, read as git shows them", () => {
  const repository = createRepository({ bare: true });
  const root = repository.commit({ files: { a: "a\n" } });
  const tree = repository.text(["rev-parse", "HEAD^{tree}"]);
  const shas: string[] = [];
  for (const { rest } of odd)
    shas.push(repository.rawCommit(Buffer.concat([latin1(`tree ${tree}\nparent ${shas.at(-1) ?? root}\n`), rest])));
  let reading: Promise<Commit[]> | undefined;
  const commits = () =>
    (reading ??= readRange(repository.path, { base: root, head: shas.at(-1)! }).then((change) => change.commits));

  test.each(odd.map((row, index) => ({ ...row, index })))(
    "$says",
    async ({ index, message, problems = [], gitDiffers }) => {
      const commit = (await commits())[index]!;
      const shown = showCommit(repository, shas[index]!);
      expect(commit.sha).toBe(shas[index]);
      expect(commit.messageProblems).toEqual(problems);
      if (message !== undefined) expect(commit.message).toBe(message);
      if (gitDiffers) return;
      expect(commit.author).toEqual(shown.author);
      // git shows no blank lines before the subject, and ends what it shows with a newline.
      expect(commit.message.trimEnd()).toBe(shown.message.trimEnd());
    },
  );
});

function showCommit(repository: TestRepository, sha: string) {
  const format = "--format=%an%x00%ae%x00%B";
  const shown = repository.text(["log", "-1", "--no-mailmap", "--encoding=UTF-8", format, sha]);
  const [name = "", email = "", message = ""] = shown.split("\0");
  return { author: { name, email }, message };
}

test("41: a message of 10 MB is cut, and the rest of the change is read", async () => {
  const repository = createRepository({ bare: true });
  repository.commit();
  repository.switchTo("feature");
  repository.commit({ files: { a: "a\n" }, message: `Subject\n\n${"word ".repeat(2_000_000)}\n\nAssisted-by: x:1\n` });
  repository.commit({ files: { b: "b\n" }, message: "Next\n" });
  const [long, next] = (await readRange(repository.path)).commits;
  expect(long?.message).toBe("\nAssisted-by: x:1\n");
  expect(long?.messageProblems).toEqual(["the message has 10000028 bytes; only the last 1000000 were read"]);
  expect(next).toMatchObject({ message: "Next\n", messageProblems: [] });
});

test("authors and dates are those of the commit, the committer's beside them", async () => {
  const repository = createRepository({ bare: true });
  repository.commit();
  repository.switchTo("feature");
  repository.commit({
    author: "René <r@example.com>",
    committer: "GitHub <noreply@github.com>",
    date: 1_750_000_000,
    files: { a: "" },
  });
  expect((await readRange(repository.path)).commits).toMatchObject([
    {
      author: { name: "René", email: "r@example.com" },
      committer: { name: "GitHub", email: "noreply@github.com" },
      authoredAt: "2025-06-15T15:06:40+00:00",
      committedAt: "2025-06-15T15:06:40+00:00",
    },
  ]);
});

test("parents come before children, whatever their dates say", async () => {
  const repository = createRepository({ bare: true });
  repository.commit({ date: 5000 });
  repository.switchTo("feature");
  const [first, left, right, merge] = repository.commitAll([
    { date: 9000, files: { a: "1\n" } },
    { date: 8000, parents: [":1"], files: { b: "1\n" } },
    { date: 1000, branch: "side", parents: [":1"], files: { c: "1\n" } },
    { date: 7000, parents: [":2", ":3"], files: { c: "1\n" } },
  ]);
  const byDate = repository.text(["rev-list", "--reverse", "main..feature"]).split("\n");
  expect(byDate.indexOf(right!)).toBeLessThan(byDate.indexOf(first!));
  const { commits } = await readRange(repository.path);
  expect(commits.map(({ sha }) => sha)).toEqual([first, expect.any(String), expect.any(String), merge]);
  expect(commits.at(-1)?.diffs.map(({ parent, files }) => [parent, files.map(({ to }) => to)])).toEqual([
    [left, ["c"]],
    [right, []],
  ]);
});

test("each commit's own lines are handed over, also those that a later one takes away; a merge brings none", async () => {
  const repository = createRepository({ bare: true });
  repository.commit({ files: { a: "1\n2\n" } });
  repository.switchTo("feature");
  const other = [Buffer.from([0x62, 0xff]), "odd\n"] as const;
  const [first, second, side] = repository.commitAll([
    { files: [["a", "1\nsecret\n2\n"], other] },
    { files: { a: "1\n2\n" } },
    { branch: "side", parents: [], files: { s: "side\n" } },
    { parents: [":2", ":3"], files: { s: "side\n", m: "merge\n" } },
  ]);
  const lines: string[] = [];
  const onCommitLine = (commit: string, path: string, line: number, text: Buffer) =>
    lines.push(`${commit} ${path}:${line} ${text.toString()}`);
  const { commits } = await readRange(repository.path, {}, { onCommitLine });
  expect(lines.toSorted()).toEqual([`${first} a:2 secret`, `${first} b\\xff:1 odd`, `${side} s:1 side`].toSorted());
  expect(commits.map(({ sha }) => sha)).toContain(second);
});

describe("merges keep what says whose a line is, and no more", () => {
  const repository = createRepository({ bare: true });
  const root = repository.commit({ files: { old: "old\n" } });
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`mine-${index}`, "mine\n"]));
  const [mine, left, right] = repository.commitAll([
    { branch: "mine", parents: [root], files: { ...many, shared: "mine\n" } },
    { branch: "left", parents: [root], files: { left: "left\n", shared: "left\n" } },
    { branch: "right", parents: [root], files: { right: "right\n" }, delete: ["old"] },
  ]);
  const parents = [mine!, left!, right!];
  const all = { ...many, left: "left\n", right: "right\n" };
  const kept = (commits: readonly Commit[]) =>
    commits.at(-1)?.diffs.map(({ files }) => files.map(({ to, from, hunks }) => `${to ?? from} ${hunks.length}`));
  const read = (head: string) => readRange(repository.path, { base: root, head });

  test.each([
    {
      says: "nothing for the first parent's files; the others' against the parents before, without hunks",
      merge: { files: { ...all, shared: "mine\n" }, delete: ["old"] },
      found: [["left 0", "right 0"], ["right 0"], []],
    },
    {
      says: "its own work against all, with hunks",
      merge: { files: { ...all, shared: "merged\n" }, delete: ["old"] },
      found: [["left 0", "right 0", "shared 1"], ["right 0", "shared 1"], ["shared 1"]],
    },
    {
      says: "a file taken whole from the second parent though the first has another",
      merge: { files: { ...all, shared: "left\n" }, delete: ["old"] },
      found: [["left 0", "shared 0", "right 0"], ["right 0"], []],
    },
  ])("$says", async ({ merge, found }) => {
    const { commits } = await read(repository.commit({ branch: "merge", parents, ...merge }));
    expect(kept(commits)).toEqual(found);
  });

  test.each([
    { says: "by name", limits: { named: 67, compared: 1000 }, limit: 67 },
    { says: "with hunks", limits: { named: 1000, compared: 34 }, limit: 34 },
  ])("more differences than the limit, $says, are named", async ({ limits, limit }) => {
    const head = repository.commit({ branch: "merge", parents, files: { ...all, shared: "mine\n" }, delete: ["old"] });
    const opened = await openRepository(repository.path);
    const range = await resolveRange(opened, { event: "local", base: root, head, workTree: false });
    const read = async (by: number) => {
      const incomplete: string[] = [];
      const most = { named: limits.named + by, compared: limits.compared + by };
      const commits = await readCommits(range, 100, incomplete, undefined, most);
      expect(commits.map(({ diffs }) => diffs.length)).toEqual(commits.map((commit) => commit.parents.length));
      return incomplete;
    };
    expect(await read(0)).toEqual([
      `the change's commits differ from their parents in more than ${limit} files together`,
    ]);
    expect(await read(1)).toEqual([]);
  });
});
