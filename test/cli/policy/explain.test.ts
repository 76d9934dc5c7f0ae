import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engine } from "../../../gate/engine.ts";
import { runCommand } from "../../command-line.ts";
import { newFolder, removeRepositories } from "../../git-repository.ts";
import { policyRepository } from "./policy-repository.ts";

/** `countersign policy explain`: the decision, the tree, who can unblock, expressions and dates. */

let repo: string;
let cwd: string;

beforeAll(async () => {
  repo = policyRepository().path;
  cwd = newFolder("work");
  const args = ["check", "--repo", repo, "--base", "main", "--head", "feature", "--save-facts", "facts.json"];
  expect((await runCommand(args, { cwd })).code).toBe(0);
});
afterAll(removeRepositories);

const explain = (args: readonly string[]) => runCommand(["policy", "explain", ...args], { cwd });

test("the page says what is decided, why, and what to do", async () => {
  const { code, stdout } = await explain(["--repo", repo, "--base", "main", "--head", "feature"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Needs approval$/m);
  expect(stdout).toMatch(/^sensitive-needs-owner ─/m);
  expect(stdout).toContain("approval of auth: ");
});

describe("one rule", () => {
  test("the parts of its expression have their values", async () => {
    const { stdout } = await explain(["--facts", "facts.json", "--rule", "large-changes-are-disclosed"]);
    expect(stdout).toContain("change.size.files = 2");
    expect(stdout).toContain("change.size.added_lines = 2");
    expect(stdout).not.toContain("sensitive-needs-owner ─");
  });

  test("its dates are said", async () => {
    const { stdout } = await explain(["--facts", "facts.json", "--rule", "large-changes-are-disclosed"]);
    const words = stdout.replace(/\s+/g, " ");
    expect(words).toContain("Its mode is `warn` until 2027-01-15, and `enforce` from that day on");
    expect(words).toContain("waiver W-2 ended on 2026-11-01 and no longer exempts");
  });

  test("one that does not exist is a mistake that lists them", async () => {
    const { code, stderr } = await explain(["--facts", "facts.json", "--rule", "sensitive-needs-owners"]);
    expect(code).toBe(3);
    expect(stderr).toContain("Did you mean sensitive-needs-owner?");
  });
});

test("JSON has the same for machines", async () => {
  const { stdout } = await explain(["--facts", "facts.json", "--json"]);
  const { version, decision, rules } = JSON.parse(stdout) as {
    version: number;
    decision: { state: string };
    rules: { id: string; expression: { values: { file: string | null }[] } | null; approvals: { area: string }[] }[];
  };
  expect({ version, state: decision.state }).toEqual({ version: 1, state: "needs-approval" });
  expect(decision).not.toHaveProperty("rules");
  expect(decision).toMatchObject({ engine, evaluationId: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(rules.find(({ id }) => id === "sensitive-needs-owner")?.approvals.map(({ area }) => area)).toEqual(["auth"]);
  expect(rules.find(({ id }) => id === "large-changes-are-disclosed")?.expression?.values[0]?.file).toBeNull();
});

test("facts and a live reading explain the same", async () => {
  const live = await explain(["--repo", repo, "--base", "main", "--head", "feature", "--json"]);
  const saved = await explain(["--facts", "facts.json", "--json"]);
  expect(live.stdout).toBe(saved.stdout);
});

test.each([
  { says: "no such facts", args: ["--facts", "none.json"], message: "none.json could not be read" },
  {
    says: "facts and a repository",
    args: ["--facts", "facts.json", "--base", "main"],
    message: "--base would change nothing",
  },
])("$says", async ({ args, message }) => {
  const { code, stderr } = await explain(args);
  expect(code).toBe(3);
  expect(stderr).toContain(message);
});
