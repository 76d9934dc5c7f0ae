import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../../git-repository.ts";

/** `countersign policy replay`: the history of a repository and saved facts, under an old and a new policy. */

const loose =
  "version: 1\nrules:\n  - id: quiet\n    when: { paths: ['nowhere/**'] }\n    require: { secrets: none }\n";
const strict =
  "version: 1\nrules:\n  - id: say-who\n    when: { paths: ['src/**'] }\n    require: { disclosure: required }\n";

let repository: TestRepository;
let cwd: string;

beforeAll(async () => {
  repository = createRepository();
  repository.commit({ files: { ".github/countersign.yml": loose, "README.md": "# a\n" }, message: "Start\n" });
  repository.commit({ files: { "src/a.ts": "export const a = 1;\n" }, message: "Silent code\n" });
  const declared = repository.commit({ files: { "src/b.ts": "b\n" }, message: "Declared code\n\nAI-Assisted: no\n" });
  repository.switchTo("topic");
  const one = repository.commit({ files: { "src/c.ts": "export const c = 1;\n" }, message: "One\n" });
  const two = repository.commit({ files: { "src/d.ts": "export const d = 1;\n" }, message: "Two\n" });
  repository.switchTo("main");
  repository.commit({
    files: { "src/c.ts": "export const c = 1;\n", "src/d.ts": "export const d = 1;\n" },
    message: "Merge topic \u202e\n",
    parents: [declared, two],
  });
  repository.commit({ files: { "docs/x.md": "x\n" }, message: "Docs\n" });
  cwd = newFolder("work");
  writeFileSync(join(cwd, "strict.yml"), strict);
  writeFileSync(join(cwd, "loose.yml"), loose);
  writeFileSync(join(cwd, "observe.yml"), strict.replace("version: 1", "version: 1\nmode: observe"));
  writeFileSync(join(cwd, "broken.yml"), "version: 2\n");
  mkdirSync(join(cwd, "saved/deep"), { recursive: true });
  mkdirSync(join(cwd, "empty"));
  for (const [head, name] of [
    [one, "saved/one.facts.json"],
    [two, "saved/deep/facts.json"],
  ] as const) {
    const args = ["check", "--repo", repository.path, "--base", declared, "--head", head, "--save-facts", name];
    await runCommand(args, { cwd });
  }
  writeFileSync(join(cwd, "saved/report.json"), "{}");
  writeFileSync(join(cwd, "saved/deep/broken-facts.json"), "{}");
  // Nothing of these is read: a link leads anywhere, and a pipe has no end.
  symlinkSync(join(cwd, "saved/one.facts.json"), join(cwd, "saved/link-facts.json"));
  symlinkSync(join(cwd, "saved"), join(cwd, "saved/deep/again"));
  execFileSync("mkfifo", [join(cwd, "saved/deep/pipe-facts.json")]);
});
afterAll(removeRepositories);

interface Replayed {
  counts: Record<string, number>;
  changes: { name: string; kind: string; rules: string[]; problem: string | null }[];
}

const replay = (args: readonly string[]) => runCommand(["policy", "replay", ...args], { cwd });

async function replayed(args: readonly string[]): Promise<Replayed> {
  const { stdout } = await replay([...args, "--json"]);
  return JSON.parse(stdout) as Replayed;
}

describe("the last changes of a repository", () => {
  const last = (number: number, policy = "strict.yml") => [
    "--repo",
    repository.path,
    "--policy",
    policy,
    "--last",
    String(number),
  ];

  test("a merge is the change that it brought, other commits are one each, and the first is none", async () => {
    const { counts, changes } = await replayed(last(50));
    expect(counts).toMatchObject({ total: 4, "newly-blocks": 2, same: 2, "not-judged": 0 });
    const blocked = changes.filter(({ kind }) => kind === "newly-blocks");
    expect(blocked.map(({ rules }) => rules)).toEqual([["say-who"], ["say-who"]]);
    expect(blocked.map(({ name }) => name.slice(11, 22))).toEqual(["Merge topic", "Silent code"]);
  });

  test("only so many as were asked for", async () => {
    expect((await replayed(last(1))).counts.total).toBe(1);
  });

  test("the page names the numbers first, and every line is inert", async () => {
    const { code, stdout } = await replay(last(50));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 of 4 would newly block\n2 changes would come out the same\n/);
    expect(stdout).toMatch(/pass → block: say-who/);
    expect(stdout).toContain("git knows neither reviews nor reports of tests");
    expect(stdout).not.toContain("\u202e");
  });

  test("a policy that observes blocks nothing, unless it is asked as if it were enforced", async () => {
    expect((await replayed(last(50, "observe.yml"))).counts["newly-blocks"]).toBe(0);
    expect((await replayed([...last(50, "observe.yml"), "--enforced"])).counts["newly-blocks"]).toBe(2);
  });

  test("--old is what it is compared with", async () => {
    const { counts } = await replayed([...last(50, "loose.yml"), "--old", "strict.yml"]);
    expect(counts).toMatchObject({ "newly-passes": 2, "newly-blocks": 0 });
  });

  test("--fail-on-new-block", async () => {
    expect((await replay([...last(50), "--fail-on-new-block"])).code).toBe(1);
    expect((await replay([...last(50, "loose.yml"), "--fail-on-new-block"])).code).toBe(0);
  });
});

describe("saved facts", () => {
  test("--fail-on-new-block ends with 3 when a change could not be judged, and says so", async () => {
    const { code, stderr } = await replay(["--policy", "loose.yml", "--facts", "saved", "--fail-on-new-block"]);
    expect(code).toBe(3);
    expect(stderr).toContain("--fail-on-new-block: 1 of 3 changes could not be judged");
  });

  test.each([
    { flag: ["--repo", "."], told: "from saved facts, and --repo from a repository" },
    { flag: ["--head", "main"], told: "from saved facts, and --head from a repository" },
    { flag: ["--last", "3", "--head", "x"], told: "from saved facts, and --last, --head from a repository" },
  ])("$flag does not go with them", async ({ flag, told }) => {
    const { code, stderr } = await replay(["--policy", "strict.yml", "--facts", "saved", ...flag]);
    expect(code).toBe(3);
    expect(stderr).toContain(told);
  });

  test("a folder stands for every file below whose name ends so; one that holds none is told", async () => {
    const { counts, changes } = await replayed(["--policy", "strict.yml", "--facts", "saved"]);
    expect(counts).toMatchObject({ total: 3, "newly-blocks": 2, "not-judged": 1 });
    expect(changes.find(({ kind }) => kind === "not-judged")).toMatchObject({ name: "saved/deep/broken-facts.json" });
  });

  test("files by name", async () => {
    const files = ["saved/one.facts.json", "saved/deep/facts.json", "saved/one.facts.json"];
    expect((await replayed(["--policy", "strict.yml", "--facts", ...files])).counts.total).toBe(2);
  });
});

test.each([
  { says: "no policy", args: ["--last", "3"], message: "required option '--policy <file>'" },
  { says: "no changes", args: ["--policy", "strict.yml"], message: "needs changes to judge" },
  {
    says: "both kinds",
    args: ["--policy", "strict.yml", "--last", "3", "--facts", "saved"],
    message: "Give one of the two",
  },
  {
    says: "a number that is none",
    args: ["--policy", "strict.yml", "--last", "-1"],
    message: "Expected a whole number",
  },
  { says: "a policy that does not load", args: ["--policy", "broken.yml", "--last", "3"], message: "CS023" },
  {
    says: "an old one that does not",
    args: ["--policy", "strict.yml", "--old", "broken.yml", "--last", "3"],
    message: "CS023",
  },
  {
    says: "a folder without facts",
    args: ["--policy", "strict.yml", "--facts", "empty"],
    message: "No file below empty",
  },
  { says: "no such folder", args: ["--policy", "strict.yml", "--facts", "none"], message: "none could not be read" },
  {
    says: "nothing that could be judged",
    args: ["--policy", "strict.yml", "--facts", "saved/report.json"],
    message: "None of the 1 changes",
  },
  { says: "no repository", args: ["--policy", "strict.yml", "--last", "3"], message: "is not in a git repository" },
])("$says is one clear error", async ({ args, message }) => {
  const { code, stdout, stderr } = await replay(args);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toContain(message);
});

const twoPlaces =
  "the facts are of 2 repositories, and a path or a team may be something else in each: github.com/acme/shop, github.com/acme/till.";

describe("what a reader must know of the reading", () => {
  test.each([
    { says: "fewer changes than were asked for", last: "9", tells: true },
    { says: "as many", last: "4", tells: false },
  ])("$says", async ({ last, tells }) => {
    const { stdout } = await replay(["--policy", "strict.yml", "--repo", repository.path, "--last", last, "--json"]);
    const { notes } = JSON.parse(stdout) as { notes: string[] };
    const fewer = `${last} changes were asked for, and the history that is here has 4.`;
    expect(notes.includes(fewer)).toBe(tells);
  });

  test("that a clone is shallow, where it lacks older changes", async () => {
    const clone = repository.clone("--depth=3");
    const { stdout } = await replay(["--policy", "strict.yml", "--repo", clone.path, "--last", "9", "--json"]);
    expect((JSON.parse(stdout) as { notes: string[] }).notes).toContain(
      "9 changes were asked for, and the history that is here has 2; this clone is shallow, and lacks older ones.",
    );
  });

  test.each([
    { says: "facts of two repositories", others: ["shop", "till"], notes: [twoPlaces] },
    { says: "facts of one, whatever the case of its letters", others: ["shop", "Shop"], notes: [] },
    { says: "facts without a remote beside those of one", others: ["shop", null], notes: [] },
  ])("$says", async ({ others, notes }) => {
    const facts = JSON.parse(readFileSync(join(cwd, "saved/one.facts.json"), "utf8")) as { change: object };
    const names = others.map((name, index) => {
      const repository = name === null ? null : { host: "github.com", owner: "acme", name };
      const change = { ...facts.change, id: `${name ?? "local"}#${index}`, repository };
      writeFileSync(join(cwd, `of-${index}.json`), JSON.stringify({ ...facts, change }));
      return `of-${index}.json`;
    });
    const { stdout } = await replay(["--policy", "strict.yml", "--facts", ...names, "--json"]);
    expect((JSON.parse(stdout) as { notes: string[] }).notes).toEqual(notes);
  });

  test("facts of one change that were saved twice, and the change that facts are of", async () => {
    const saved = readFileSync(join(cwd, "saved/one.facts.json"), "utf8");
    const facts = JSON.parse(saved) as { change: object };
    const placed = { ...facts, change: { ...facts.change, id: "github.com/acme/shop#7" } };
    for (const name of ["7a.json", "7b.json"]) writeFileSync(join(cwd, name), JSON.stringify(placed));
    const { stdout } = await replay(["--policy", "strict.yml", "--facts", "7a.json", "7b.json"]);
    expect(stdout).toContain("2 of 2 would newly block");
    expect(stdout).toContain("7a.json (github.com/acme/shop#7)");
    expect(stdout).toContain("Note: 1 of the facts are of a change that others are of too, and each is counted.");
    const once = await replay(["--policy", "strict.yml", "--facts", "7a.json", "saved/one.facts.json"]);
    expect(once.stdout).not.toContain("Note:");
    expect(once.stdout).not.toContain("(local@");
  });
});
