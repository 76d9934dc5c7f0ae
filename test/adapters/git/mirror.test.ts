import { globSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  mirrorLimits,
  openMirrors,
  type MirrorLimits,
  type MirrorRequest,
  type Mirrors,
} from "../../../adapters/git/mirror.ts";
import { readChange } from "../../../adapters/git/read-change.ts";
import { readReviewedTrees } from "../../../adapters/git/read-reviewed-trees.ts";
import { resolveRange, type RangeRequest } from "../../../adapters/git/resolve-range.ts";
import { openRepository, type GitRepository } from "../../../adapters/git/run-git.ts";
import { newFolder, removeRepositories } from "../../git-repository.ts";
import { startGitHub, type GitHub } from "../../github/github.ts";
import type { RepositoryHandle } from "../../github/repository.ts";

/** Mirrors of a GitHub on loopback: what is read in one is what is read in GitHub's own repository. */
let github: GitHub;
let orders: RepositoryHandle;
let token: string;
let folder: string;

beforeEach(async () => {
  github = await startGitHub();
  orders = github.repository("octo/orders", {
    isPrivate: true,
    files: { "a.ts": "1\n2\n3\n", "b.ts": "b\n", "old.ts": "old\n".repeat(20), ".github/CODEOWNERS": "* @ann\n" },
    writers: ["mona", "ann"],
  });
  token = github.token(github.install("octo"));
  folder = newFolder("mirrors");
});
afterEach(() => {
  expect(github.violations).toEqual([]);
  github.close();
});
afterAll(removeRepositories);

const signal = new AbortController().signal;

function request(more: Partial<MirrorRequest> = {}): MirrorRequest {
  const remote = { url: `${github.url}/octo/orders`, token };
  const head = more.head ?? orders.tip("refunds");
  return { repository: orders.id, remote, keep: "pull/1", base: orders.tip(), others: [], ...more, head };
}

async function use<T>(
  read: (repository: GitRepository) => Promise<T>,
  more: Partial<MirrorRequest> = {},
  limits: Partial<MirrorLimits> = {},
): Promise<T> {
  return openMirrors(folder, { ...mirrorLimits, ...limits }).use(request(more), signal, read);
}

async function changeIn(repository: GitRepository, head = orders.tip("refunds")): Promise<unknown> {
  const asked: RangeRequest = { event: "pull_request", base: orders.tip(), head, workTree: false };
  const range = await resolveRange(repository, asked);
  const lines: string[] = [];
  const change = await readChange(range, {
    repository: null,
    onAddedLine: (path, line, text) => void lines.push(`${path}:${line}:${text.toString()}`),
    onCommitLine: (commit, path, line, text) => void lines.push(`${commit}:${path}:${line}:${text.toString()}`),
  });
  return { change, lines };
}

const fetches = () => github.requests.filter(({ kind, path }) => kind === "git" && path.includes("git-upload-pack"));

describe("what is read in a mirror", () => {
  const same: { says: string; make: () => void }[] = [
    { says: "an edit", make: () => orders.push("refunds", { files: { "a.ts": "1\nx\n3\n" } }, "mona") },
    {
      says: "34. a rename with an edit, a deletion, a new mode",
      make: () =>
        orders.push("refunds", {
          rename: { "old.ts": "new/old.ts" },
          files: { "new/old.ts": `${"old\n".repeat(20)}new\n` },
          delete: ["b.ts"],
          modes: { "a.ts": "100755" },
        }),
    },
    {
      says: "35. links, also to what the change does not touch, and a submodule",
      make: () => {
        orders.push("refunds", { symlinks: { "link.ts": "b.ts", "out.ts": "../../x", "way.ts": "link.ts" } });
        orders.push("refunds", { submodules: { lib: "1".repeat(40) }, files: { ".gitmodules": "[submodule]\n" } });
      },
    },
    {
      says: "37. attributes that hide files from a diff",
      make: () => orders.push("refunds", { files: { ".gitattributes": "* -diff binary\n", "a.ts": "1\nx\n" } }),
    },
    {
      says: "lines that a later commit takes away again",
      make: () => {
        orders.push("refunds", { files: { "secret.ts": "once\n" } });
        orders.push("refunds", { delete: ["secret.ts"], files: { "a.ts": "9\n" } });
      },
    },
    {
      says: "40. merges from the base",
      make: () => {
        orders.push("refunds", { files: { "a.ts": "1\n2\n3\n4\n" } });
        orders.push("main", { files: { "b.ts": "bb\n" } });
        const parents = [orders.tip("refunds"), orders.tip()];
        orders.push("refunds", { parents, files: { "b.ts": "bb\n", "m.ts": "merged\n" } });
        orders.push("main", { files: { "c.ts": "c\n" } });
      },
    },
    {
      says: "36. names of any bytes",
      make: () =>
        orders.push("refunds", {
          files: [
            [Buffer.from([0x66, 0xff, 0x0a, 0x22, 0x09]), "x\n"],
            ["tab\there", "y\n"],
          ],
        }),
    },
  ];
  test.each(same)("is what GitHub's own repository holds: $says", async ({ make }) => {
    orders.push("refunds", { files: { "first.ts": "1\n" } });
    make();
    const direct = await changeIn(await openRepository(orders.path));
    expect(await use((mirror) => changeIn(mirror))).toEqual(direct);
    expect(await use(async (mirror) => changeIn(await openRepository(mirror.gitDir)))).toEqual(direct);
  });

  test("33. 3,030 files of 30 commits are there whole, in two fetches", async () => {
    for (let step = 0; step < 30; step += 1)
      orders.push("refunds", {
        files: Object.fromEntries(
          Array.from({ length: 101 }, (_, file) => [`f${step}/${file}.ts`, `${step} ${file}\n`]),
        ),
      });
    const { change } = (await use((mirror) => changeIn(mirror))) as {
      change: { files: unknown[]; commits: unknown[] };
    };
    expect([change.files.length, change.commits.length]).toEqual([3030, 30]);
    expect(fetches().filter(({ method }) => method === "POST").length).toBeLessThanOrEqual(4);
  });

  test("nothing is asked for twice", async () => {
    orders.push("refunds", { files: { "a.ts": "x\n" } });
    await use((mirror) => changeIn(mirror));
    const before = fetches().length;
    await use((mirror) => changeIn(mirror));
    expect(fetches()).toHaveLength(before);
  });

  test("blobs that no part of the change needs are not there", async () => {
    orders.push("main", { files: { "large.bin": "x".repeat(100_000) } });
    orders.push("refunds", { files: { "a.ts": "x\n" }, from: "main" });
    await use((mirror) => changeIn(mirror));
    const packs = globSync(join(folder, "**/*.pack")).map((path) => statSync(path).size);
    expect(packs.reduce((sum, size) => sum + size, 0)).toBeLessThan(5_000);
  });

  test("a commit that was reviewed and pushed away is there, and one that never was is left out", async () => {
    const reviewed = orders.push("refunds", { files: { "a.ts": "reviewed\n" } });
    orders.forcePush("refunds", { files: { "a.ts": "other\n" } });
    const base = { name: "main", sha: orders.tip() };
    const others = ["2".repeat(40), reviewed];
    const trees = await use((repository) => readReviewedTrees({ repository, base }, others, null), { others });
    expect(trees.map(({ commit }) => commit)).toEqual([reviewed]);
  });
});

describe("a mirror that cannot be filled", () => {
  beforeEach(() => void orders.push("refunds", { files: { "a.ts": "x\n" } }));

  test("19. for a head that is gone says so", async () => {
    const gone = use((mirror) => changeIn(mirror), { head: "3".repeat(40) });
    await expect(gone).rejects.toThrow("A commit of this change is gone from the server");
  });

  test.each([
    { says: "more files than may be fetched", limits: { blobs: 0 }, words: "larger than is read" },
    { says: "more history than may be fetched", limits: { historyBytes: 1 }, words: "takes more than" },
    { says: "longer than it may take", limits: { timeoutMs: 1 }, words: "was not sent within 0.001 seconds" },
  ])("33. $says is a problem", async ({ limits, words }) => {
    await expect(use((mirror) => changeIn(mirror), {}, limits)).rejects.toThrow(words);
  });

  test("26. while the server hangs ends in time", async () => {
    github.faults.add({ route: "git", fault: { kind: "hang" } });
    await expect(use((mirror) => changeIn(mirror), {}, { timeoutMs: 700 })).rejects.toThrow("was not sent within");
  });

  test("25. while the server fails is tried by whoever asks again", async () => {
    github.faults.add({ route: "git", fault: { kind: "status", status: 503 }, times: 1 });
    await expect(use((mirror) => changeIn(mirror))).rejects.toThrow("could not be fetched");
    await use((mirror) => changeIn(mirror));
  });

  test("without the right to read contents says what GitHub said", async () => {
    const remote = { url: `${github.url}/octo/orders`, token: "ghs_wrong" };
    await expect(use((mirror) => changeIn(mirror), { remote })).rejects.toThrow("could not be fetched");
  });

  test("for a reason of its own is made anew", async () => {
    await use((mirror) => changeIn(mirror));
    for (const path of globSync(join(folder, "**/*.pack"))) rmSync(path);
    writeFileSync(join(folder, `${orders.id}.git`, "config"), "broken [");
    expect(await use((mirror) => changeIn(mirror))).toEqual(await changeIn(await openRepository(orders.path)));
  });
});

test("the token is in no file", async () => {
  orders.push("refunds", { files: { "a.ts": "x\n" } });
  await use((mirror) => changeIn(mirror));
  const texts = globSync(join(folder, "**/*"), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString("latin1"));
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.filter((text) => text.includes(token) || text.includes(github.url))).toEqual([]);
});

test("many who want one mirror at once take turns", async () => {
  const heads = [1, 2, 3, 4].map((step) => orders.push(`branch-${step}`, { files: { "a.ts": `${step}\n` } }));
  const mirrors = openMirrors(folder);
  const read = heads.map((head, index) =>
    mirrors.use(request({ head, keep: `pull/${index}` }), signal, (mirror) => changeIn(mirror, head)),
  );
  const direct = await openRepository(orders.path);
  expect(await Promise.all(read)).toEqual(await Promise.all(heads.map((head) => changeIn(direct, head))));
});

describe("a mirror with many packs", () => {
  const packs = () => globSync("*/objects/pack/*.pack", { cwd: folder }).length;
  const push = (step: number) =>
    orders.push(`branch-${step}`, { files: { "a.ts": `${step}\n`, [`${step}.ts`]: "x\n" } });
  const read = async (mirrors: Mirrors, step: number, head: string) =>
    mirrors.use(request({ head, keep: `pull/${step}` }), signal, (mirror) => changeIn(mirror, head));

  test("is tidied within bounds, and goes on as it was", async () => {
    const mirrors = openMirrors(folder, { ...mirrorLimits, packs: 4 });
    const direct = await openRepository(orders.path);
    const counts: number[] = [];
    const heads: string[] = [];
    for (let step = 1; step <= 6; step += 1) {
      const head = push(step);
      heads.push(head);
      expect(await read(mirrors, step, head)).toEqual(await changeIn(direct, head));
      counts.push(packs());
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(4);
    expect(counts).toContain(1);
    // Nothing was lost, and nothing is fetched again.
    github.faults.add({ route: "git", fault: { kind: "status", status: 503 } });
    for (const [index, head] of heads.entries())
      expect(await read(mirrors, index + 1, head)).toEqual(await changeIn(direct, head));
    expect(globSync("*/tidying", { cwd: folder })).toEqual([]);
    expect(globSync("*/objects/pack/*.promisor", { cwd: folder })).toHaveLength(packs());
  });

  test("keeps the newest thousand heads, and reads what the others brought", async () => {
    const [first, second] = [push(1), push(2)];
    const mirrors = openMirrors(folder, { ...mirrorLimits, packs: 1 });
    await read(openMirrors(folder), 1, first);
    const heads = join(folder, `${orders.id}.git`, "refs", "countersign", "pull");
    for (let number = 1; number <= 1_010; number += 1) {
      writeFileSync(join(heads, `${number}`), `${first}\n`);
      utimesSync(join(heads, `${number}`), number, number);
    }
    await read(mirrors, 2_000, second);
    const kept = globSync("*", { cwd: heads });
    expect([kept.length, kept.includes("2000"), kept.includes("1010"), kept.includes("1")]).toEqual([
      999,
      true,
      true,
      false,
    ]);
    expect(await read(mirrors, 1, first)).toEqual(await changeIn(await openRepository(orders.path), first));
  });

  test("is left as it is while somebody reads it, and when it cannot be tidied", async () => {
    const mirrors = openMirrors(folder, { ...mirrorLimits, packs: 1 });
    const [first, second] = [push(1), push(2)];
    await mirrors.use(request({ head: first }), signal, async () => {
      const before = packs();
      await read(mirrors, 2, second);
      expect(packs()).toBeGreaterThan(before);
    });
    expect(packs()).toBe(1);
    // One that is none.
    writeFileSync(join(folder, `${orders.id}.git`, "objects", "pack", "pack-1.pack"), "no pack");
    await read(mirrors, 2, second);
    expect(await read(mirrors, 1, first)).toEqual(await changeIn(await openRepository(orders.path), first));
  });
});

test("what nobody has used for longest goes first when the disk is full, and nothing that is in use", async () => {
  orders.push("refunds", { files: { "a.ts": "x\n" } });
  await use((mirror) => changeIn(mirror), { repository: 1 });
  await use((mirror) => changeIn(mirror), { repository: 2 });
  utimesSync(join(folder, "1.git"), 1, 1);
  const both = globSync(join(folder, "*/objects/pack/*")).reduce((sum, path) => sum + statSync(path).size, 0);
  await use((mirror) => changeIn(mirror), { repository: 2 }, { diskBytes: both - 1 });
  expect(globSync("*.git", { cwd: folder })).toEqual(["2.git"]);
  const mirrors = openMirrors(folder, { ...mirrorLimits, diskBytes: 0 });
  await mirrors.use(request({ repository: 2 }), signal, async (mirror) => {
    await mirrors.use(request({ repository: 3 }), signal, () => Promise.resolve());
    return changeIn(mirror);
  });
  expect(globSync("*.git", { cwd: folder })).toEqual([]);
});
