import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../../command-line.ts";
import { createRepository, newFolder, removeRepositories } from "../../git-repository.ts";

/** Every command of the group on a policy that extends another repository's: read the same way, or told how to supply it. */

const floorText = `version: 1
rules:
  - id: floor-says-who
    require: { disclosure: required }
waivers:
  - { id: F-1, rule: floor-says-who, reason: "old", owner: cai, expires: "2026-11-01" }
`;

let cwd: string;
let clone: string;
let named: string;
let set: string;

beforeAll(() => {
  const policies = createRepository();
  const ref = policies.commit({ files: { "ai.yml": floorText } });
  clone = `acme/policies=${policies.path}`;
  set = `acme/policies/ai.yml@${ref}`;
  named = `extends: [{ repo: acme/policies, path: ai.yml, ref: ${ref} }]`;
  const repository = createRepository();
  const own = "rules:\n  - { id: clean, require: { secrets: none } }\n";
  repository.commit({ files: { ".github/countersign.yml": `version: 1\n${named}\n${own}`, "a.ts": "1\n" } });
  repository.switchTo("feature");
  repository.commit({ files: { "a.ts": "2\n" }, message: "Change a\n" });
  repository.checkOut("feature");
  cwd = repository.path;
  writeFileSync(join(cwd, "plain.yml"), `version: 1\n${own}`);
  writeFileSync(join(cwd, "new.yml"), `version: 1\n${named}\nmode: warn\n${own}`);
});
afterAll(removeRepositories);

const change = ["--base", "main", "--head", "feature"];

function policy(args: readonly string[], folder = cwd) {
  return runCommand(["policy", ...args], { cwd: folder });
}

describe("a floor that nobody supplied", () => {
  test.each([
    { says: "waivers", args: ["waivers"] },
    { says: "waivers of a change", args: ["waivers", ...change] },
    { says: "explain", args: ["explain", ...change] },
    { says: "simulate", args: ["simulate", ...change, "--as-if", "approve:ann"] },
    { says: "replay", args: ["replay", "--policy", "new.yml", "--last", "1"] },
    { says: "replay of a policy without any", args: ["replay", "--policy", "plain.yml", "--last", "1"] },
  ])("$says: one error that says how", async ({ args }) => {
    const { code, stdout, stderr } = await policy(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("acme/policies:ai.yml@");
    expect(stderr).toContain("`--floor acme/policies=FOLDER`");
    expect(stderr).toContain("`--fetch-floors`");
    expect(stderr).not.toContain("Mend the file");
  });

  test("check warns of it, and does not say that the policy is in order", async () => {
    const { code, stdout } = await policy(["check"]);
    expect(code).toBe(0);
    expect(stdout).toContain("CS034");
    expect(stdout).toContain("`--floor acme/policies=FOLDER`");
  });

  test("print tells the file over its presets, and that nobody knows what decides", async () => {
    const { code, stdout } = await policy(["print", "--resolved"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# \.github\/countersign\.yml over its presets\. What decides is not known/);
    expect(stdout).toMatch(/# acme\/policies:ai\.yml@[0-9a-f]{10} was not read: give a clone/);
    expect(stdout).not.toContain("sha256");
    writeFileSync(join(cwd, "printed.yml"), stdout);
    const [own, printed] = await Promise.all([digest([]), digest(["printed.yml"])]);
    expect(printed).toBe(own);
    const json = JSON.parse((await policy(["print", "--resolved", "--json"])).stdout) as object;
    expect(json).toMatchObject({ digest: null, resolved: null, unread: [expect.stringContaining("acme/policies")] });
  });
});

async function digest(file: readonly string[]): Promise<string> {
  const { stdout } = await policy(["print", "--resolved", "--json", ...file, "--floor", clone]);
  const { digest } = JSON.parse(stdout) as { digest: unknown };
  return String(digest);
}

describe("a floor of a clone that was named", () => {
  test.each([
    { says: "check", args: ["check"], tells: "loads: 1 rule," },
    { says: "print", args: ["print", "--resolved"], tells: "# Floor acme/policies:ai.yml@" },
    { says: "waivers", args: ["waivers"], tells: "F-1 (acme/policies)  expired" },
    { says: "waivers of a change", args: ["waivers", ...change], tells: "F-1 (acme/policies)  expired" },
    { says: "explain", args: ["explain", ...change], tells: "asked for by acme/policies" },
    {
      says: "simulate",
      args: ["simulate", ...change, "--as-if", "approve:ann"],
      tells: "floor-says-who (acme/policies)",
    },
    {
      says: "simulate with another policy",
      args: ["simulate", ...change, "--as-if", "policy:new.yml"],
      tells: "floor-says-who (acme/policies)",
    },
    { says: "replay", args: ["replay", "--policy", "new.yml", "--last", "1"], tells: "0 of 1 would newly block" },
    {
      says: "replay of a policy that drops it",
      args: ["replay", "--policy", "plain.yml", "--last", "1"],
      tells: "block → pass: acme/policies: floor-says-who",
    },
    {
      says: "replay of a policy that brings it",
      args: ["replay", "--old", "plain.yml", "--policy", "new.yml", "--last", "1"],
      tells: "pass → block: acme/policies: floor-says-who",
    },
  ])("$says reads it", async ({ args, tells }) => {
    const { code, stdout, stderr } = await policy([...args, "--floor", clone]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(tells);
  });

  test("and saved facts hold it", async () => {
    await runCommand(["check", ...change, "--floor", clone, "--save-facts", "facts.json"], { cwd });
    for (const args of [["check"], ["print", "--resolved"], ["waivers"], ["explain"]]) {
      const { code, stdout } = await policy([...args, "--facts", "facts.json"]);
      expect({ args, code }).toEqual({ args, code: 0 });
      expect(stdout).not.toContain("was not read");
    }
    const replayed = await policy(["replay", "--facts", "facts.json", "--policy", "new.yml"]);
    expect(replayed.stdout).toContain("0 of 1 would newly block");
  });

  test("that a policy beside saved facts extends is read for that policy", async () => {
    const plain = ["--policy", "plain.yml", "--save-facts", "plain.json"];
    await runCommand(["check", ...change, ...plain], { cwd });
    const replay = ["replay", "--facts", "plain.json", "--policy", "new.yml"];
    const asIf = ["simulate", "--facts", "plain.json", "--as-if", "policy:new.yml"];
    for (const args of [replay, asIf]) {
      expect((await policy(args)).stderr).toContain("`--floor acme/policies=FOLDER`");
      const { code, stdout } = await policy([...args, "--floor", clone]);
      expect({ code, tells: stdout.includes("floor-says-who") }).toEqual({ code: 0, tells: true });
    }
  });
});

describe("a floor that is set holds for a policy that names none", () => {
  const plain = [...change, "--policy", "plain.yml"];
  test.each([
    { says: "print", args: ["print", "--resolved", "plain.yml"], tells: "# Floor acme/policies:ai.yml@" },
    { says: "waivers", args: ["waivers", "plain.yml"], tells: "F-1 (acme/policies)  expired" },
    { says: "explain", args: ["explain", ...plain], tells: "asked for by acme/policies" },
    {
      says: "simulate",
      args: ["simulate", ...plain, "--as-if", "approve:ann"],
      tells: "floor-says-who (acme/policies)",
    },
    {
      says: "simulate with another policy",
      args: ["simulate", ...change, "--as-if", "policy:plain.yml"],
      tells: "floor-says-who (acme/policies)",
    },
    {
      says: "replay of a policy that would drop it",
      args: ["replay", "--policy", "plain.yml", "--last", "1"],
      tells: "1 change would come out the same",
    },
  ])("$says", async ({ args, tells }) => {
    const { code, stdout, stderr } = await policy([...args, "--floor", `${set}=${clone.split("=")[1] ?? ""}`]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(tells);
  });

  test("check blocks by it; the clone may stand apart", async () => {
    const without = await runCommand(["check", ...plain], { cwd });
    const { code, stdout, stderr } = await runCommand(["check", ...plain, "--floor", set, clone], { cwd });
    expect([without.code, code, stderr]).toEqual([0, 1, ""]);
    expect(stdout).toContain("floor-says-who of acme/policies blocks");
  });

  test("a rule of the policy that has its id is no replacement", async () => {
    writeFileSync(join(cwd, "taken.yml"), "version: 1\nrules: [{ id: floor-says-who, require: { secrets: none } }]\n");
    const { code, stdout } = await policy(["check", "taken.yml", "--floor", set, clone]);
    expect(code).toBe(3);
    expect(stdout).toContain("CS037");
  });

  test("saved facts hold it, and it holds for a policy that is tried on them", async () => {
    await runCommand(["check", ...plain, "--floor", set, clone, "--save-facts", "set.json"], { cwd });
    const asIf = await policy(["simulate", "--facts", "set.json", "--as-if", "policy:plain.yml"]);
    expect(asIf.stdout).toContain("floor-says-who (acme/policies)");
    const replayed = await policy(["replay", "--facts", "set.json", "--policy", "plain.yml"]);
    expect(replayed.stdout).toContain("1 change would come out the same");
  });

  test.each([
    { says: "nothing says where it is", more: () => [] },
    { says: "the clone has not the commit", more: () => [`acme/policies=${cwd}`] },
  ])("nothing is decided where $says", async ({ more }) => {
    for (const args of [
      ["check", ...plain],
      ["policy", "check", "plain.yml"],
      ["policy", "explain", ...plain],
    ]) {
      const { code, stdout, stderr } = await runCommand([...args, "--floor", set, ...more()], { cwd });
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toContain("acme/policies:ai.yml@");
      expect(stderr).toContain("holds whatever the policy says, and it was not read");
    }
  });
});

describe("saved facts alone, outside of any repository", () => {
  let away: string;
  beforeAll(async () => {
    away = newFolder("away");
    const repository = createRepository();
    const areas = "areas: { auth: { paths: [src/**], owners: { users: [ann] } } }";
    const rules = "rules: [{ id: own, when: { area: auth }, require: { owner_approval: {} } }]";
    const policyText = `version: 1\n${named}\n${areas}\n${rules}\n`;
    const files = {
      ".github/countersign.yml": policyText,
      ".github/CODEOWNERS": "src/ @ann\n[bad] @bob\n",
      "src/a.ts": "1\n",
    };
    repository.commit({ files });
    repository.switchTo("feature");
    repository.commit({ files: { "src/a.ts": "2\n" } });
    repository.checkOut("feature");
    const save = ["--floor", clone, "--save-facts", join(away, "f.json")];
    await runCommand(["check", ...change, ...save], { cwd: repository.path });
    const none = createRepository();
    none.commit({ files: { "a.ts": "1\n" } });
    none.switchTo("feature");
    none.commit({ files: { "a.ts": "2\n" } });
    none.checkOut("feature");
    await runCommand(["check", ...change, "--save-facts", join(away, "none.json")], { cwd: none.path });
  });

  test("check has their policy, floors and CODEOWNERS", async () => {
    const { code, stdout } = await policy(["check", "--facts", "f.json"], away);
    expect(code).toBe(0);
    expect(stdout).toContain(".github/countersign.yml loads: 1 rule, 1 area");
    expect(stdout).toContain("CS204 extends[0]: the policy of acme/policies has no `digest`");
    expect(stdout).toContain(".github/CODEOWNERS:2:1 CS205");
    expect(stdout).not.toContain("CS201");
  });

  test("print has their policy, and comes to the digest of their decision", async () => {
    expect((await policy(["print", "--facts", "f.json"], away)).stdout).toContain("id: own");
    const { code, stdout } = await policy(["print", "--resolved", "--json", "--facts", "f.json"], away);
    const explained = await policy(["explain", "--json", "--facts", "f.json"], away);
    const { decision } = JSON.parse(explained.stdout) as { decision: { policy: { digest: string } } };
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: ".github/countersign.yml", digest: decision.policy.digest });
  });

  test("a file that is named beside them is read", async () => {
    writeFileSync(join(away, "mine.yml"), `version: 1\n${named}\nmode: warn\n`);
    expect((await policy(["print", "mine.yml", "--facts", "f.json"], away)).stdout).toContain("mode: warn");
    expect((await policy(["check", "mine.yml", "--facts", "f.json"], away)).stdout).toContain(
      "mine.yml loads: 0 rules",
    );
  });

  test.each(["check", "print"])("%s of facts without a policy is a mistake", async (command) => {
    const { code, stderr } = await policy([command, "--facts", "none.json"], away);
    expect(code).toBe(3);
    expect(stderr).toContain("none.json holds no policy");
  });
});

describe("flags that do not fit", () => {
  test.each([
    { args: ["print", "--resolved", "--facts", "f.json", "--floor", "acme/x=."], what: "--facts holds the policies" },
    { args: ["check", "--facts", "f.json", "--fetch-floors"], what: "--facts holds the policies" },
    {
      args: ["waivers", "--floor", "acme"],
      what: "--floor expects a repository and a folder, or a policy with its commit, got acme",
    },
    { args: ["waivers", "--floor", "acme/x/ai.yml@main"], what: "a branch, a tag or a part of a commit's id" },
    { args: ["waivers", "--floor", "acme/x/../ai.yml@1"], what: "expected a path in the repository" },
    { args: ["waivers", "--floor", "acme/x="], what: "--floor expects a folder after `=`" },
    { args: ["check", "--fetch-floors"], what: "there is no remote `origin` that names one" },
  ])("$args", async ({ args, what }) => {
    const { code, stderr } = await policy(args);
    expect(code).toBe(3);
    expect(stderr).toContain(what);
  });

  test("a clone that was named, and has not the commit, is an error of check", async () => {
    const { code, stdout } = await policy(["check", "--floor", `acme/policies=${cwd}`]);
    expect(code).toBe(3);
    expect(stdout).toContain("does not load");
  });

  test("a repository that is named for nothing is told", async () => {
    const { stderr } = await policy(["check", "--floor", clone, `acme/other=${cwd}`]);
    expect(stderr).toBe(
      "note: --floor names acme/other, and the policy extends nothing of it. For a policy of it to hold all the same, name that: `--floor acme/other/PATH@COMMIT`.\n",
    );
  });
});

test("a file outside of any repository extends as well", async () => {
  const folder = newFolder("loose");
  writeFileSync(join(folder, "loose.yml"), `version: 1\n${named}\n`);
  expect((await policy(["check", "loose.yml"], folder)).stdout).toContain("`--floor acme/policies=FOLDER`");
  expect((await policy(["waivers", "loose.yml", "--floor", clone], folder)).stdout).toContain("F-1 (acme/policies)");
});

test("teams are those of the owner of `origin`, so that the digest is the one of decisions", async () => {
  const repository = createRepository();
  const areas = "areas: { auth: { paths: ['a/**'], owners: { teams: [identity] } } }";
  repository.commit({ files: { ".github/countersign.yml": `version: 1\n${areas}\n`, "a/b.ts": "1\n" } });
  repository.git(["remote", "add", "origin", "https://github.com/acme/shop.git"]);
  repository.commit({ files: { "a/b.ts": "2\n" } });
  repository.checkOut("main");
  const printed = await policy(["print", "--resolved", "--json"], repository.path);
  const decided = await runCommand(["check", "--base", "HEAD~1", "--json"], { cwd: repository.path });
  expect(printed.stderr).toBe("");
  const { digest } = JSON.parse(printed.stdout) as { digest: string };
  expect(decided.stdout).toContain(digest);
});
