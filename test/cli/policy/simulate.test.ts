import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Decision } from "../../../core/policy/index.ts";
import { runCommand } from "../../command-line.ts";
import { newFolder, removeRepositories } from "../../git-repository.ts";
import { policyRepository } from "./policy-repository.ts";

/** `countersign policy simulate`: before and after, for people and machines. What each supposition does: test/core/trial. */

let repo: string;
let cwd: string;

beforeAll(async () => {
  repo = policyRepository().path;
  cwd = newFolder("work");
  const args = ["check", "--repo", repo, "--base", "main", "--head", "feature", "--save-facts", "facts.json"];
  expect((await runCommand(args, { cwd })).code).toBe(0);
  writeFileSync(join(cwd, "loose.yml"), "version: 1\nrules:\n  - id: secret\n    require: { secrets: none }\n");
  writeFileSync(join(cwd, "broken.yml"), "version: 2\n");
});
afterAll(removeRepositories);

const simulate = (args: readonly string[]) => runCommand(["policy", "simulate", ...args], { cwd });

test.each([
  { says: "an owner approves", asIf: ["approve:bob"], after: "warn" },
  { says: "somebody else does", asIf: ["approve:eve"], after: "needs-approval" },
  { says: "a push inside afterwards", asIf: ["approve:bob", "push:src/auth/session.ts"], after: "needs-approval" },
  { says: "a push elsewhere afterwards", asIf: ["approve:bob", "push:README.md"], after: "warn" },
  { says: "an owner asks for changes", asIf: ["request-changes:ann"], after: "block" },
  { says: "another policy", asIf: ["policy:loose.yml"], after: "pass" },
])("$says: $after", async ({ asIf, after }) => {
  const { code, stdout } = await simulate(["--facts", "facts.json", "--json", "--as-if", ...asIf]);
  expect(code).toBe(0);
  const result = JSON.parse(stdout) as { before: string; after: string; suppositions: string[] };
  expect(result).toMatchObject({ before: "needs-approval", after, suppositions: asIf });
});

test("JSON says by what and from what each of the two was decided", async () => {
  const args = ["--facts", "facts.json", "--json", "--as-if"];
  const { evaluations } = JSON.parse((await simulate([...args, "policy:loose.yml"])).stdout) as {
    evaluations: Record<"before" | "after", Pick<Decision, "engine" | "policy" | "factsDigest" | "evaluationId">>;
  };
  const explained = await runCommand(["policy", "explain", "--facts", "facts.json", "--json"], { cwd });
  const { decision } = JSON.parse(explained.stdout) as { decision: Decision };
  const { engine, policy, factsDigest, evaluationId } = decision;
  expect(evaluations.before).toEqual({ engine, policy, factsDigest, evaluationId });
  expect(evaluations.after.engine).toEqual(engine);
  expect(evaluations.after.policy.path).toBe("loose.yml");
  expect(evaluations.after.evaluationId).not.toBe(evaluationId);
});

test("the flag may be said more than once, and a live change is read", async () => {
  const live = ["--repo", repo, "--base", "main", "--head", "feature"];
  const { stdout } = await simulate([...live, "--as-if", "approve:bob", "--as-if", "push:README.md"]);
  expect(stdout).toMatch(/^As if approve:bob, push:README\.md\nNeeds approval → Pass with warnings\n/);
  expect(stdout).toMatch(/sensitive-needs-owner +waiting +→ +satisfied/);
  expect(stdout).toContain("Taken for granted");
});

describe("a commit that nobody reviewed", () => {
  let path: string;
  let first: string;

  beforeAll(() => {
    const made = policyRepository();
    ({ path, head: first } = made);
    made.repository.switchTo("feature");
    made.repository.commit({
      files: { "README.md": "# Store\n" },
      message: "Rename\n",
      author: "Dev One <dev1@example.com>",
    });
    made.repository.switchTo("main");
  });

  test("is read from the repository: what was approved there still stands", async () => {
    const live = ["--repo", path, "--base", "main", "--head", "feature", "--json"];
    const { stdout } = await simulate([...live, "--as-if", `approve:bob@${first}`]);
    expect(JSON.parse(stdout)).toMatchObject({ after: "warn" });
  });

  test("is not in saved facts, and that is said", async () => {
    const args = ["check", "--repo", path, "--base", "main", "--head", "feature", "--save-facts", "two.json"];
    await runCommand(args, { cwd });
    const { code, stderr } = await simulate(["--facts", "two.json", "--as-if", `approve:bob@${first}`]);
    expect(code).toBe(3);
    expect(stderr).toContain(`nobody reviewed ${first.slice(0, 10)}`);
  });
});

test.each([
  { says: "nothing to suppose", args: [], message: "Nothing is supposed" },
  { says: "an unknown supposition", args: ["--as-if", "aprove:ann"], message: "--as-if does not know `aprove:ann`" },
  { says: "a policy that is not there", args: ["--as-if", "policy:none.yml"], message: "none.yml could not be read" },
  { says: "a policy that does not load", args: ["--as-if", "policy:broken.yml"], message: "CS023" },
  {
    says: "a review that is not there",
    args: ["--as-if", "dismiss:ann"],
    message: "has no review that could be dismissed",
  },
])("$says is one clear error", async ({ args, message }) => {
  const { code, stdout, stderr } = await simulate(["--facts", "facts.json", ...args]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toContain(message);
});
