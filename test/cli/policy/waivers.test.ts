import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot, runCommand, type CommandOptions } from "../../command-line.ts";
import { removeRepositories } from "../../git-repository.ts";
import { policyRepository, policyText } from "./policy-repository.ts";

/** `countersign policy waivers`: state and days by the day, and what a change makes of them. */

let repo: string;
let quiet: string;

beforeAll(() => {
  repo = policyRepository().path;
  quiet = policyRepository(policyText.slice(0, policyText.indexOf("waivers:"))).path;
});
afterAll(removeRepositories);

interface Listed {
  day: string;
  waivers: { id: string; state: string; daysLeft: number; exempts: string[] | null; owner: string; reason: string }[];
}

async function listed(args: readonly string[] = [], options: CommandOptions = {}): Promise<Listed> {
  const { stdout } = await runCommand(["policy", "waivers", "--json", ...args], { cwd: repo, ...options });
  return JSON.parse(stdout) as Listed;
}

describe("the waiver until 2026-11-30", () => {
  test.each([
    { now: "2026-11-01T00:00:00Z", state: "active", daysLeft: 30 },
    { now: "2026-11-15T23:59:59Z", state: "active", daysLeft: 16 },
    { now: "2026-11-16T00:00:00Z", state: "ending", daysLeft: 15 },
    { now: "2026-11-30T00:00:00Z", state: "ending", daysLeft: 1 },
    { now: "2026-11-30T23:59:59Z", state: "ending", daysLeft: 1 },
    { now: "2026-12-01T00:00:00Z", state: "expired", daysLeft: 0 },
    { now: "2027-06-01T00:00:00Z", state: "expired", daysLeft: 0 },
  ])("on $now: $state, $daysLeft days", async ({ now, state, daysLeft }) => {
    const { day, waivers } = await listed([], { now });
    expect(day).toBe(now.slice(0, 10));
    expect(waivers.find(({ id }) => id === "W-1")).toMatchObject({ state, daysLeft, exempts: null });
  });
});

test("a change says what they exempt, and the one that ended exempts nothing", async () => {
  const { waivers } = await listed(["--base", "main", "--head", "feature"]);
  expect(waivers.map(({ id, exempts }) => ({ id, exempts }))).toEqual([
    { id: "W-2", exempts: [] },
    { id: "W-1", exempts: ["src/auth/legacy.ts"] },
  ]);
});

test("the JSON has its version and the keys that docs/policy-commands.md names", async () => {
  const { stdout } = await runCommand(["policy", "waivers", "--json"], { cwd: repo });
  const found = JSON.parse(stdout) as { version: number; waivers: object[] };
  expect(found.version).toBe(1);
  const page = readFileSync(join(projectRoot, "docs/policy-commands.md"), "utf8");
  const [, documented = ""] = page.split("`day` (the day in UTC that counts)");
  const keys = found.waivers.flatMap((waiver) => Object.keys(waiver));
  expect(keys).not.toEqual([]);
  expect([...new Set(keys)].filter((key) => !documented.includes(`\`${key}\``))).toEqual([]);
});

test("the page", async () => {
  const { code, stdout } = await runCommand(["policy", "waivers"], { cwd: repo });
  expect(code).toBe(0);
  expect(stdout).toBe(
    [
      "2 waivers on 2026-11-21: 0 active, 1 ending within 14 days, 1 expired",
      "",
      "W-2  expired, ended with 2026-11-01",
      "  rule large-changes-are-disclosed, everywhere",
      "  old (owner: bob)",
      "",
      "W-1  ending, until 2026-11-30, 10 days left",
      "  rule sensitive-needs-owner, on src/auth/legacy.ts",
      "  moves away soon (owner: ann)",
      "",
    ].join("\n"),
  );
});

test("a policy without any", async () => {
  const { code, stdout } = await runCommand(["policy", "waivers", "--fail-on-expired"], { cwd: quiet });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "The policy has no waivers.\n" });
});

test.each([
  { says: "one has ended", args: ["--fail-on-expired"], now: "2026-11-21T00:00:00Z", code: 1 },
  { says: "none has", args: ["--fail-on-expired"], now: "2026-10-21T00:00:00Z", code: 0 },
  { says: "one has, and nobody asks", args: [], now: "2026-11-21T00:00:00Z", code: 0 },
  { says: "a file and a change", args: ["x.yml", "--base", "main"], now: "2026-11-21T00:00:00Z", code: 3 },
  { says: "no such file", args: ["x.yml"], now: "2026-11-21T00:00:00Z", code: 3 },
])("$says: exit $code", async ({ args, now, code }) => {
  expect((await runCommand(["policy", "waivers", ...args], { cwd: repo, now })).code).toBe(code);
});
