import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchFloor, readFloorHere } from "../../../adapters/git/read-floor.ts";
import { readGateWorkflows } from "../../../adapters/git/read-gate-workflows.ts";
import { readReviewedTrees } from "../../../adapters/git/read-reviewed-trees.ts";
import { openRepository, type GitRepository } from "../../../adapters/git/run-git.ts";
import { startGitServer, type GitServer } from "../../git-http-server.ts";
import { createRepository, newFolder, removeRepositories, runGit, TestRepository } from "../../git-repository.ts";

/** What the change was at other commits, and what other repositories hold: from here, or from the server by its id. */
const folder = newFolder("served");
let server: GitServer;
let origin: TestRepository;
let base = "";
let reviewed = "";
let clone: GitRepository;
const remote = () => ({ url: `${server.url}/octo/orders`, token: "" });

beforeAll(async () => {
  mkdirSync(join(folder, "octo/orders.git"), { recursive: true });
  runGit(folder, ["init", "--quiet", "--bare", "--initial-branch=main", join(folder, "octo/orders.git")]);
  origin = new TestRepository(join(folder, "octo/orders.git"));
  server = await startGitServer(folder);
  base = origin.commit({ files: { "a.ts": "one\ntwo\nthree\n", "b.ts": "b\n", "gone.ts": "x\n" } });
  origin.commit({ files: { "later.ts": "x\n" } });
  reviewed = origin.commit({
    branch: "topic",
    parents: [base],
    rename: { "a.ts": "src/a.ts" },
    delete: ["gone.ts"],
    files: { "tool.sh": "echo tool\n", "image.png": Buffer.from([0, 1, 2]) },
    modes: { "tool.sh": "100755" },
    symlinks: { link: "src/a.ts" },
  });
  // Pushed away: on no branch any more.
  origin.git(["update-ref", "-d", "refs/heads/topic"]);
  const path = newFolder("clone");
  runGit(path, ["init", "--quiet", "--initial-branch=main", "."]);
  new TestRepository(path).git(["fetch", "--quiet", join(folder, "octo/orders.git"), "main:refs/remotes/origin/main"]);
  clone = await openRepository(path);
});
afterAll(async () => {
  await server.close();
  removeRepositories();
});

describe("a reviewed commit", () => {
  test("that is here is read as the change was then, without what the base got since", async () => {
    const repository = await openRepository(origin.path);
    const tip = origin.text(["rev-parse", "main"]);
    const [tree] = await readReviewedTrees({ repository, base: { name: "main", sha: tip } }, [reviewed], null);
    const blob = (path: string) => origin.text(["rev-parse", `${reviewed}:${path}`]);
    const plain = { previousPath: null, symlinkTarget: null, validUtf8: true, oldMode: null, oldBlob: null };
    const before = (path: string) => ({
      oldMode: "100644",
      oldBlob: origin.text(["rev-parse", `${reviewed}~:${path}`]),
    });
    expect(tree).toEqual({
      commit: reviewed,
      files: [
        { ...plain, ...before("gone.ts"), path: "gone.ts", kind: "text", newMode: null, newBlob: null },
        { ...plain, path: "image.png", kind: "binary", newMode: "100644", newBlob: blob("image.png") },
        {
          ...plain,
          path: "link",
          kind: "symlink",
          newMode: "120000",
          newBlob: blob("link"),
          symlinkTarget: "src/a.ts",
        },
        {
          ...plain,
          ...before("a.ts"),
          path: "src/a.ts",
          previousPath: "a.ts",
          kind: "text",
          newMode: "100644",
          newBlob: blob("src/a.ts"),
        },
        { ...plain, path: "tool.sh", kind: "text", newMode: "100755", newBlob: blob("tool.sh") },
      ],
    });
  });

  test.each([
    { says: "not here, and nobody is asked", from: () => null, commit: () => reviewed },
    { says: "not on the server either", from: remote, commit: () => "7".repeat(40) },
    {
      says: "on a server that is not there",
      from: () => ({ url: "http://127.0.0.1:9/x", token: "" }),
      commit: () => reviewed,
    },
  ])("is left out when it is $says", async ({ from, commit }) => {
    expect(
      await readReviewedTrees({ repository: clone, base: { name: "main", sha: base } }, [commit()], from()),
    ).toEqual([]);
  });

  test("is left out when it shares nothing with the base", async () => {
    const alone = origin.commit({ branch: "alone", parents: [], files: { "z.ts": "z\n" } });
    const repository = await openRepository(origin.path);
    expect(await readReviewedTrees({ repository, base: { name: "main", sha: base } }, [alone], null)).toEqual([]);
  });

  test("that is on no branch is fetched by its id, once", async () => {
    const before = server.requests.length;
    const trees = await readReviewedTrees(
      { repository: clone, base: { name: "main", sha: base } },
      [reviewed, reviewed],
      remote(),
    );
    expect(trees.map(({ commit, files }) => [commit, files.length])).toEqual([[reviewed, 5]]);
    expect(server.requests.length - before).toBeGreaterThan(0);
  });
});

describe("workflows that run the gate", () => {
  test("are those of the base, in the one folder that GitHub reads", async () => {
    const repository = createRepository();
    const uses = "    - uses: acme/countersign@v1\n";
    const commit = repository.commit({
      files: {
        ".github/workflows/gate.yml": uses,
        ".github/workflows/again.yaml": uses,
        ".github/workflows/notes.md": uses,
        ".github/workflows/deep/gate.yml": uses,
        ".github/workflows/other.yml": "jobs: {}\n",
        ".github/workflows/huge.yml": "# x\n".repeat(300_000),
        "workflows/gate.yml": uses,
      },
      symlinks: { ".github/workflows/link.yml": "gate.yml" },
    });
    const opened = await openRepository(repository.path);
    expect(await readGateWorkflows(opened, commit, null)).toEqual([
      ".github/workflows/again.yaml",
      ".github/workflows/gate.yml",
      ".github/workflows/huge.yml",
    ]);
  });

  test("are none where there is no such folder", async () => {
    expect(await readGateWorkflows(clone, base, null)).toEqual([]);
  });
});

describe("a floor", () => {
  test.each([
    { says: "here", read: readFloorHereAt },
    {
      says: "on the server",
      read: (path: string, ref: string) => fetchFloor(remote(), { repo: "octo/orders", path, ref }),
    },
  ])("is read at its commit and nowhere else: $says", async ({ read }) => {
    expect(await read("b.ts", base)).toEqual({ text: "b\n" });
    expect(await read("none.yml", base)).toEqual({ failure: `none.yml is no file at ${base}` });
    expect(await read("link", reviewed)).toEqual({ failure: `link is no file at ${reviewed}` });
    expect(await read("b.ts", "7".repeat(40))).toMatchObject({ failure: expect.any(String) as string });
  });

  test("of more than 256 kB is refused", async () => {
    const ref = origin.commit({ branch: "large", parents: [base], files: { "large.yml": "# x\n".repeat(70_000) } });
    const read = await readFloorHereAt("large.yml", ref);
    expect(read).toEqual({ failure: "large.yml has 280000 bytes; the limit is 262144" });
  });
});

async function readFloorHereAt(path: string, ref: string) {
  return readFloorHere(await openRepository(origin.path), { repo: "octo/orders", path, ref });
}
