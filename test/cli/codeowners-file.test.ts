import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { codeownersNotAFile } from "../../core/ownership/index.ts";
import { runCommand } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, runGit, type CommitRequest } from "../git-repository.ts";

/** What stands in the place of CODEOWNERS and is no file reads alike at every door. */

afterAll(removeRepositories);

const policy = `version: 1
areas:
  auth: { paths: ["src/**"], owners: codeowners }
rules:
  - id: sensitive-needs-owner
    when: { area: auth }
    require: { owner_approval: { per: area } }
`;

interface Doors {
  /** Checked out, with a commit on top that touches `src/a.ts`. */
  path: string;
  base: string;
  /** The same at the base, without a working tree. */
  bare: string;
}

let count = 0;

function withOwners(request: CommitRequest): Doors {
  const repository = createRepository();
  repository.commit({ files: { ".github/countersign.yml": policy, "src/a.ts": "1\n", "owners.txt": "* @ann\n" } });
  const base = repository.commit(request);
  runGit(repository.path, ["reset", "--quiet", "--hard"]);
  const bare = newFolder(`bare-${(count += 1)}.git`);
  runGit(bare, ["clone", "--quiet", "--bare", repository.path, "."]);
  repository.commit({ files: { "src/a.ts": "2\n" } });
  writeFileSync(join(bare, "policy.yml"), policy);
  return { path: repository.path, base, bare };
}

describe.each<{ says: string; request: CommitRequest; place: string }>([
  { says: "a link", request: { symlinks: { CODEOWNERS: "owners.txt" } }, place: "CODEOWNERS" },
  { says: "a link to nowhere", request: { symlinks: { "docs/CODEOWNERS": "gone" } }, place: "docs/CODEOWNERS" },
  {
    says: "a link in front of a file",
    request: { symlinks: { ".github/CODEOWNERS": "../owners.txt" }, files: { CODEOWNERS: "* @ann\n" } },
    place: ".github/CODEOWNERS",
  },
  {
    says: "a folder in front of a file",
    request: { files: { ".github/CODEOWNERS/x": "* @bob\n", CODEOWNERS: "* @ann\n" } },
    place: ".github/CODEOWNERS",
  },
  {
    says: "a submodule in front of a file",
    request: { submodules: { CODEOWNERS: "a".repeat(40) }, files: { "docs/CODEOWNERS": "* @ann\n" } },
    place: "CODEOWNERS",
  },
])("$says in the place of CODEOWNERS", ({ request, place }) => {
  const doors = withOwners(request);
  const reason = codeownersNotAFile(place);

  test.each(["path", "bare"] as const)("owners, of a repository with a %s: one error", async (kind) => {
    for (const args of [["src/a.ts"], ["--check"]]) {
      const { code, stdout, stderr } = await runCommand(["owners", "--repo", doors[kind], ...args]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toBe(`error: ${reason}.\n  Put the owners' text there, or remove it.\n`);
    }
  });

  test.each([
    { says: "with a working tree", args: ["policy", "check", "--json"], folder: doors.path },
    { says: "without one", args: ["policy", "check", "--json", "policy.yml"], folder: doors.bare },
  ])("policy check, of a repository $says: one thing that is wrong, beside the others", async ({ args, folder }) => {
    const { stdout } = await runCommand(args, { cwd: folder });
    const { state, problems } = JSON.parse(stdout) as { state: string; problems: Record<string, unknown>[] };
    expect(state).toBe("loads");
    expect(problems.filter(({ code }) => code === "CS205")).toMatchObject([
      { file: place, line: 1, what: reason, fix: "Put the owners' text there, or remove it." },
    ]);
  });

  test("the gate: its facts have the reason, and the decision is open because of it", async () => {
    const saved = join(newFolder("facts"), "facts.json");
    const args = ["check", "--repo", doors.path, "--base", doors.base, "--format", "json", "--save-facts", saved];
    const { stdout } = await runCommand(args);
    expect(JSON.parse(readFileSync(saved, "utf8"))).toMatchObject({ codeowners: { state: "absent", reason } });
    expect(stdout).toContain(`auth cannot be approved: ${reason}`);
    expect(JSON.parse(stdout)).toMatchObject({ decision: { enforced: "undecided" } });
  });
});

describe("a repository without a working tree", () => {
  test("policy check reads the CODEOWNERS and the files of HEAD", async () => {
    const { bare } = withOwners({ files: { CODEOWNERS: "/src/ @ann\n/gone/ @bob\n" } });
    const { stdout } = await runCommand(["policy", "check", "--json", "policy.yml"], { cwd: bare });
    const { problems } = JSON.parse(stdout) as { problems: { code: string; what: string }[] };
    expect(problems.filter(({ code }) => code === "CS205").map(({ what }) => what)).toEqual([
      "/gone/ matches no file of the repository",
    ]);
    expect(problems.filter(({ code }) => code === "CS201")).toEqual([]);
  });

  test("before its first commit it has none", async () => {
    const bare = newFolder("empty.git");
    runGit(bare, ["init", "--quiet", "--bare", "."]);
    writeFileSync(join(bare, "policy.yml"), policy);
    const { code } = await runCommand(["policy", "check", "policy.yml"], { cwd: bare });
    expect(code).toBe(0);
    const owners = await runCommand(["owners", "--repo", bare, "a"]);
    expect({ code: owners.code, stderr: owners.stderr.split("\n")[0] }).toEqual({
      code: 3,
      stderr: "error: There is no CODEOWNERS file in .github/CODEOWNERS, CODEOWNERS, docs/CODEOWNERS.",
    });
    rmSync(bare, { recursive: true });
  });
});
