import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { starterPresets } from "../../../core/policy/index.ts";
import { runCommand } from "../../command-line.ts";
import { createRepository, removeRepositories, type TestRepository } from "../../git-repository.ts";

/** What the page for people says of the gate is what the policy beside it decides. */

afterAll(removeRepositories);

async function started(preset: string, content: Record<string, string>): Promise<TestRepository> {
  const repository = createRepository();
  for (const [path, text] of Object.entries(content)) repository.write(path, text);
  expect((await runCommand(["policy", "init", "--preset", preset], { cwd: repository.path })).code).toBe(0);
  return repository;
}

function pageOf(repository: TestRepository): string {
  return readFileSync(join(repository.path, "AI_POLICY.md"), "utf8").replaceAll(/\s+/g, " ");
}

/** Whether a person's change of one file, by a word that nobody has verified, comes to this by these rules. */
async function comesTo(repository: TestRepository, path: string, decision: string, rules: Record<string, string>) {
  const states = Object.entries(rules).map(([rule, state]) => `${rule}: { state: ${state} }`);
  repository.write(
    ".github/countersign/page.test.yml",
    [
      "policy: ../countersign.yml",
      'given: { codeowners: "* @ann" }',
      "cases:",
      "  - name: one file of one commit",
      `    change: { author: dev1, files: [{ path: ${path} }], commits: [{ trailers: { AI-Assisted: "no" } }] }`,
      `    coverage: { files: { ${path}: { lines: 1/1, branches: 1/1 } }, project_delta: 0 }`,
      `    expect: { decision: ${decision}, rules: { ${states.join(", ")} } }`,
    ].join("\n"),
  );
  const args = ["policy", "test", ".github/countersign/page.test.yml"];
  const { stdout, stderr } = await runCommand(args, { cwd: repository.path });
  expect(stderr).toBe("");
  expect(stdout).toContain("1 case: 1 as expected");
}

/** What an approval that is missing comes to under each preset. */
const held = { observe: "warn", warn: "warn", enforce: "needs-approval", recommended: "needs-approval" };

describe.each(starterPresets)("the page beside the preset %s", (preset) => {
  const enforces = held[preset] === "needs-approval";

  test("tells whether a change to the policy or its cases waits for its owner", async () => {
    const repository = await started(preset, {});
    const page = pageOf(repository);
    expect(page.includes("A change to the policy or its cases needs the approval of whoever owns them.")).toBe(
      enforces,
    );
    expect(page.includes("lacks the approval of whoever owns them; nothing waits for it yet.")).toBe(!enforces);
    for (const path of [".github/countersign.yml", ".github/countersign/countersign.test.yml"]) {
      await comesTo(repository, path, held[preset], { policy_owners: "waiting" });
    }
    // Nobody's approval is promised for these: the engine asks for none.
    expect(page).not.toContain("change to these");
    await comesTo(repository, "AI_POLICY.md", "pass", { policy_owners: "not-applicable" });
  });

  test("tells whether an owner is asked who trusts no unverified word", async () => {
    const repository = await started(preset, { "src/incidents/page.ts": "a\n" });
    const page = pageOf(repository);
    expect(page.includes("in sensitive parts the owners still look.")).toBe(enforces);
    expect(page.includes("and nothing waits for them yet.")).toBe(preset === "warn");
    expect(page.includes("nobody has verified.")).toBe(preset === "observe");
    const rules: Record<string, string> = preset === "observe" ? {} : { "sensitive-ai-needs-owner": "waiting" };
    await comesTo(repository, "src/incidents/page.ts", preset === "observe" ? "pass" : held[preset], rules);
  });
});
