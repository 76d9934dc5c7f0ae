import { rmSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { starterPresets } from "../../../core/policy/index.ts";
import { runCommand } from "../../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../../git-repository.ts";

/** `countersign policy init`: what it writes is valid, fits the repository, and never replaces anything unasked. */

afterAll(removeRepositories);

const files = {
  empty: {},
  some: { "src/auth/a.ts": "a\n", "db/migrations/1.sql": "b\n", "README.md": "c\n" },
  every: {
    ...{ "auth/a": "a", "billing/a": "a", "crypto/a": "a", "retention/a": "a", "main.tf": "a", "incidents/a": "a" },
    ...{ "migrations/a": "a", ".devcontainer/a": "a" },
  },
  monorepo: {
    ...{ "services/login/auth/session.ts": "a", "services/pay/billing/invoice.ts": "a", "libs/crypto/aes.ts": "a" },
    ...{ "services/pay/db/migrations/001.sql": "a", "deploy/main.tf": "a", ".github/workflows/ci.yml": "a" },
  },
};

function repositoryWith(content: Record<string, string>): TestRepository {
  const repository = createRepository();
  for (const [path, text] of Object.entries(content)) repository.write(path, text);
  return repository;
}

const run = (repository: TestRepository, args: readonly string[]) =>
  runCommand(["policy", ...args], { cwd: repository.path });
const read = (repository: TestRepository, path: string) => readFileSync(join(repository.path, path), "utf8");

describe.each(starterPresets)("the preset %s", (preset) => {
  test.each((["empty", "every", "monorepo"] as const).map((name) => ({ name, content: files[name] })))(
    "passes check in a repository with $name files",
    async ({ content }) => {
      const repository = repositoryWith(content);
      expect((await run(repository, ["init", "--preset", preset])).code).toBe(0);
      // Who owns what is the one thing that no preset can know.
      expect((await problemsOf(repository)).filter(({ code }) => code !== "CS203")).toEqual([]);
    },
  );

  test("leaves nothing to mend where CODEOWNERS names who owns what, and its cases come out", async () => {
    const repository = repositoryWith({ ...files.monorepo, ".github/CODEOWNERS": "* @ann @bob\n" });
    await run(repository, ["init", "--preset", preset]);
    expect(await problemsOf(repository)).toEqual([]);
    // For every repository above, and for every mutant: test/core/trial/starter-cases.test.ts.
    const tested = await run(repository, ["test", "--require-coverage"]);
    expect(tested.code, tested.stdout).toBe(0);
  });
});

async function problemsOf(repository: TestRepository): Promise<{ code: string }[]> {
  const { code, stdout } = await run(repository, ["check", "--json"]);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { problems: { code: string }[] }).problems;
}

test("what is written is found by the commands as it stands, every mutant and both schemas too", async () => {
  const repository = repositoryWith(files.some);
  await run(repository, ["init", "--preset", "observe"]);
  const tested = await run(repository, ["test", "--mutate", "--require-coverage"]);
  expect(tested.code, tested.stdout).toBe(0);
  for (const path of ["countersign.yml", "countersign/countersign.test.yml"]) {
    const [first = ""] = read(repository, `.github/${path}`).split("\n");
    const schema = join(".github", dirname(path), first.split("$schema=")[1] ?? "none");
    expect(JSON.parse(read(repository, schema))).toHaveProperty("$schema");
  }
});

test("from a subfolder it says where its commands work", async () => {
  const repository = repositoryWith(files.some);
  const inside = await runCommand(["policy", "init"], { cwd: join(repository.path, "src/auth") });
  expect(inside.stdout).toContain("Next, in the root of the repository (cd ../..)\n");
  const outside = await runCommand(["policy", "init", "--force", "--repo", repository.path], { cwd: repository.path });
  expect(outside.stdout).toMatch(/^Next$/m);
});

test("the areas of the report and of the policy are those with files", async () => {
  const repository = repositoryWith(files.some);
  const { stdout } = await run(repository, ["init", "--preset", "enforce"]);
  expect(read(repository, ".github/countersign.yml")).toContain("area: [auth, migrations, pipeline]");
  expect(stdout).toContain("areas for auth, migrations, pipeline.");
  expect(stdout).toContain("for want of files: billing, crypto,");
  expect(stdout).toContain("Name yourself under `break_glass` before you enforce");
});

test("without a preset it observes", async () => {
  const repository = repositoryWith(files.some);
  await run(repository, ["init"]);
  expect(read(repository, ".github/countersign.yml")).toContain("\nmode: observe\n");
});

function templatesOf(repository: TestRepository): string[] {
  return ["", ".github/", "docs/"].flatMap((folder) => {
    const names = existsSync(join(repository.path, folder)) ? readdirSync(join(repository.path, folder)) : [];
    return names.filter((name) => /^pull_request_template/i.test(name)).map((name) => `${folder}${name}`);
  });
}

describe("what is there", () => {
  test("a policy stops it before anything is written", async () => {
    const repository = repositoryWith({ ".github/countersign.yml": "version: 1\n" });
    const { code, stderr } = await run(repository, ["init"]);
    expect(code).toBe(3);
    expect(stderr).toContain(".github/countersign.yml is there already, so nothing was written.");
    expect(existsSync(join(repository.path, "AI_POLICY.md"))).toBe(false);
  });

  test.each([
    {
      says: "a policy that is never read",
      files: { ".github/countersign.yaml": "version: 1\n" },
      is: "CS024: .github/countersign.yaml is not read as a policy. Nothing was written.\n  Rename it to .github/countersign.yml.",
    },
    {
      says: "two policies",
      files: { ".github/countersign.json": "{}\n", ".github/countersign.yml": "version: 1\n" },
      is: "Nothing was written.\n  Keep .github/countersign.yml and remove the other.",
    },
  ])("$says: nothing is written beside, not even with --force", async ({ files, is }) => {
    const repository = repositoryWith(files);
    for (const args of [["init"], ["init", "--force"]]) {
      const { code, stderr } = await run(repository, args);
      expect(code).toBe(3);
      expect(stderr).toContain(is);
    }
    expect(existsSync(join(repository.path, "AI_POLICY.md"))).toBe(false);
  });

  test.each([
    ".github/PULL_REQUEST_TEMPLATE.md",
    "docs/pull_request_template.md",
    "Pull_Request_Template.md",
    "pull_request_template.txt",
  ])("a template at %s is the one that is kept or written over", async (path) => {
    const repository = repositoryWith({ [path]: "mine\n" });
    expect((await run(repository, ["init"])).stdout).toMatch(
      new RegExp(`^ {2}kept {2}${path} +is there already$`, "m"),
    );
    expect((await run(repository, ["init", "--force"])).stdout).toContain(`  wrote ${path} `);
    expect(read(repository, path)).toContain("AI");
    expect(templatesOf(repository)).toEqual([path]);
  });

  test("a folder of templates is kept, whatever is asked for", async () => {
    const path = ".github/PULL_REQUEST_TEMPLATE/fix.md";
    const repository = repositoryWith({ [path]: "mine\n" });
    const { code, stdout } = await run(repository, ["init", "--force"]);
    expect(code).toBe(0);
    expect(stdout).toContain("  kept  .github/PULL_REQUEST_TEMPLATE ");
    expect(templatesOf(repository)).toEqual([".github/PULL_REQUEST_TEMPLATE"]);
    expect(read(repository, path)).toBe("mine\n");
  });

  test.each([
    "AI_POLICY.md",
    "ai_policy.md",
    ".github/PULL_REQUEST_TEMPLATE.md",
    "docs/pull_request_template.md",
    ".github/REVIEW_RUBRIC.md",
  ])("%s is kept, and the rest is written", async (path) => {
    const repository = repositoryWith({ [path]: "mine\n" });
    const { code, stdout } = await run(repository, ["init"]);
    expect(code).toBe(0);
    expect(read(repository, path)).toBe("mine\n");
    expect(stdout.split("\n").filter((line) => line.startsWith("  kept "))).toHaveLength(1);
    expect(stdout.split("\n").filter((line) => line.startsWith("  wrote "))).toHaveLength(6);
  });

  test("--force writes over it", async () => {
    const repository = repositoryWith({ ".github/countersign.yml": "version: 1\n", "AI_POLICY.md": "mine\n" });
    expect((await run(repository, ["init", "--force"])).code).toBe(0);
    expect(read(repository, "AI_POLICY.md")).not.toBe("mine\n");
  });

  test("a link that leads out of the repository is not written through", async () => {
    const repository = repositoryWith({});
    const outside = newFolder("outside");
    symlinkSync(outside, join(repository.path, ".github"));
    const { code } = await run(repository, ["init"]);
    expect(code).toBe(3);
    expect(existsSync(join(outside, "countersign.yml"))).toBe(false);
  });

  test("a bare repository has no place for it", async () => {
    const repository = createRepository({ bare: true });
    expect((await runCommand(["policy", "init", "--repo", repository.path])).code).toBe(3);
  });
});

test("JSON says what was written and what was kept", async () => {
  const repository = repositoryWith({ "README.md": "x\n" });
  const first = await run(repository, ["init", "--json"]);
  const written = JSON.parse(first.stdout) as { files: { path: string; state: string }[] };
  expect(written).toMatchObject({ version: 1, preset: "observe", areas: expect.any(Array) as unknown });
  expect(written.files).toContainEqual({ path: ".github/countersign.yml", state: "written" });
  rmSync(join(repository.path, ".github/countersign.yml"));
  const second = JSON.parse((await run(repository, ["init", "--json"])).stdout) as typeof written;
  const kept = written.files.filter(({ path }) => path !== ".github/countersign.yml");
  expect(second.files.filter(({ state }) => state === "kept")).toEqual(
    kept.map(({ path }) => ({ path, state: "kept" })),
  );
});
