import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseFacts } from "../../core/facts-file.ts";
import { codeownersTooLarge } from "../../core/ownership/index.ts";
import { runCommand } from "../command-line.ts";
import {
  createRepository,
  newFolder,
  removeRepositories,
  type CommitRequest,
  type TestRepository,
} from "../git-repository.ts";

/** The policy is the base's: nothing that a change does to it changes how that change is judged (faults row 51). */

const policyPath = ".github/countersign.yml";
const strict = "version: 1\nmode: enforce\nrules:\n  - id: say-who\n    require: { disclosure: required }\n";
const lax = "version: 1\nmode: observe\n";

let repository: TestRepository;
beforeAll(() => {
  repository = createRepository();
  repository.commit({ files: { [policyPath]: strict, "a.ts": "1\n" } });
});
afterAll(removeRepositories);

let branches = 0;
async function judge(
  change: CommitRequest,
  from = "main",
): Promise<{ code: number; state: string; notes: string[]; stderr: string }> {
  const branch = `change-${(branches += 1)}`;
  repository.switchTo(branch, from);
  repository.commit({ files: { "b.ts": "2\n" }, message: "Undeclared\n" });
  repository.commit({ message: "Touch the policy\n", ...change });
  const { code, stdout, stderr } = await runCommand([
    "check",
    "--repo",
    repository.path,
    "--base",
    from,
    "--head",
    branch,
    "--json",
  ]);
  const report = (stdout === "" ? { decision: { state: "" }, notes: [] } : JSON.parse(stdout)) as {
    decision: { state: string };
    notes: string[];
  };
  return { code, state: report.decision.state, notes: report.notes, stderr };
}

test("what it would loosen is told in words", async () => {
  const { notes } = await judge({ files: { [policyPath]: lax } });
  expect(notes.filter((text) => text.startsWith("This change would "))).toEqual([
    "This change would remove rule say-who, which asks for disclosure.",
    "This change would set the mode to observe, which is enforce, by default.",
  ]);
});

describe("a change of the policy is judged by the base's copy", () => {
  const base = "It was judged by the base's, which counts until the change is merged.";
  test.each<{ says: string; change: CommitRequest; note: string | null }>([
    { says: "nothing of it", change: { files: { "c.ts": "3\n" } }, note: null },
    {
      says: "weaker",
      change: { files: { [policyPath]: lax } },
      note: "This change edits the policy. It was judged by the base's copy (block); under its own copy it would be: warn.",
    },
    {
      says: "another name of a rule",
      change: { files: { [policyPath]: strict.replace("say-who", "say-it") } },
      note: "This change edits the policy. It was judged by the base's copy; under its own copy it would be judged the same (block).",
    },
    {
      says: "broken",
      change: { files: { [policyPath]: "version: 7\n" } },
      note: "This change edits the policy. It was judged by the base's copy; its own copy has mistakes and could not be tried.",
    },
    { says: "deleted", change: { delete: [policyPath] }, note: `This change deletes the policy. ${base}` },
    {
      says: "moved away",
      change: { rename: { [policyPath]: "docs/countersign.yml" } },
      note: `This change deletes the policy. ${base}`,
    },
    {
      says: "a symbolic link to a weaker one",
      change: { delete: [policyPath], files: { "lax.yml": lax }, symlinks: { [policyPath]: "../lax.yml" } },
      note: `With this change the policy is a link, a folder or too large, and no run could read it. ${base}`,
    },
    {
      says: "a folder",
      change: { delete: [policyPath], files: { [`${policyPath}/x`]: lax } },
      note: `With this change the policy is a link, a folder or too large, and no run could read it. ${base}`,
    },
    {
      says: "too large",
      change: { files: { [policyPath]: `${strict}${"#".repeat(300_000)}\n` } },
      note: `With this change the policy is a link, a folder or too large, and no run could read it. ${base}`,
    },
    {
      says: "shadowed by a .yaml",
      change: { files: { ".github/countersign.yaml": lax } },
      note: "This change brings .github/countersign.yaml, which is not read: with it merged, every run would stop and ask for .github/countersign.yml alone.",
    },
    {
      says: "shadowed by a .json",
      change: { files: { ".github/countersign.json": "{}" } },
      note: "This change brings .github/countersign.json, which is not read: with it merged, every run would stop and ask for .github/countersign.yml alone.",
    },
  ])("$says", async ({ change, note }) => {
    const { code, state, notes } = await judge(change);
    expect({ code, state }).toEqual({ code: 1, state: "block" });
    const ofPolicy = notes.filter((text) => text.includes("polic") || text.includes("countersign."));
    expect(ofPolicy.length).toBe(note === null ? 0 : 1);
    if (note !== null) expect(ofPolicy[0]).toContain(note);
  });

  test("its first policy counts once it is merged", async () => {
    repository.switchTo("without");
    repository.commit({ files: { "a.ts": "1\n" }, parents: [] });
    const { state, notes } = await judge({ files: { [policyPath]: strict } }, "without");
    expect(state).toBe("warn");
    expect(notes[0]).toBe(
      ".github/countersign.yml does not exist at without: the built-in `observe` policy applies, which blocks nothing.",
    );
    expect(notes[1]).toBe(
      "This change adds a policy, which counts once it is merged (warn); under its own copy it would be: block.",
    );
  });
});

describe("what stands at the base and cannot be read is never taken for no policy", () => {
  test.each<{ says: string; base: CommitRequest; message: string }>([
    {
      says: "two files",
      base: { files: { [policyPath]: strict, ".github/countersign.yaml": lax } },
      message: "CS024: there are 2 policy files: .github/countersign.y",
    },
    {
      says: "another name",
      base: { files: { ".github/countersign.yaml": lax } },
      message: "CS024: .github/countersign.yaml is not read as a policy.",
    },
    {
      says: "a symbolic link",
      base: { symlinks: { [policyPath]: "../lax.yml" } },
      message: ".github/countersign.yml is not a file at",
    },
    {
      says: "a folder",
      base: { files: { [`${policyPath}/x`]: "x\n" } },
      message: ".github/countersign.yml is not a file at",
    },
    {
      says: "over 256 kB",
      base: { files: { [policyPath]: "#".repeat(300_000) } },
      message: ".github/countersign.yml has 300000 bytes; the limit is 262144.",
    },
    { says: "nothing in it", base: { files: { [policyPath]: "" } }, message: "so nothing was decided" },
  ])("$says", async ({ base, message }) => {
    const from = `base-${(branches += 1)}`;
    repository.switchTo(from);
    repository.commit({ parents: [], ...base });
    const { code, stderr } = await judge({ files: { "c.ts": "3\n" } }, from);
    expect(code).toBe(3);
    expect(stderr).toContain(message);
  });
});

describe("CODEOWNERS", () => {
  const limit = 3 * 1024 * 1024;
  test.each<{ says: string; base: CommitRequest; reason: string | null }>([
    { says: "is not there", base: {}, reason: "the base has no CODEOWNERS file" },
    { says: "has a byte less than 3 MB", base: { files: { CODEOWNERS: "#".repeat(limit - 1) } }, reason: null },
    { says: "has 3 MB", base: { files: { CODEOWNERS: "#".repeat(limit) } }, reason: codeownersTooLarge },
    {
      says: "is too large in the first of its places, whatever stands in the next",
      base: { files: { ".github/CODEOWNERS": "#".repeat(limit), CODEOWNERS: "* @ann\n" } },
      reason: codeownersTooLarge,
    },
    {
      says: "is a link",
      base: { symlinks: { CODEOWNERS: "owners.txt" } },
      reason: "CODEOWNERS is not a file: a link, submodule or folder is not followed",
    },
    {
      says: "is a link in the first of its places, whatever stands in the next",
      base: { symlinks: { ".github/CODEOWNERS": "owners.txt" }, files: { CODEOWNERS: "* @ann\n" } },
      reason: ".github/CODEOWNERS is not a file: a link, submodule or folder is not followed",
    },
  ])("$says", async ({ base, reason }) => {
    const from = `owners-${(branches += 1)}`;
    repository.switchTo(from);
    repository.commit({ parents: [], files: { "a.ts": "1\n" } });
    repository.commit(base);
    repository.switchTo(`change-${branches}`, from);
    repository.commit({ files: { "b.ts": "2\n" } });
    const saved = join(newFolder("facts"), "facts.json");
    await runCommand(["check", "--repo", repository.path, "--base", from, "--save-facts", saved]);
    const { codeowners } = parseFacts(readFileSync(saved, "utf8"), "facts.json");
    expect(codeowners.state === "present" ? null : codeowners.reason).toBe(reason);
  });
});
