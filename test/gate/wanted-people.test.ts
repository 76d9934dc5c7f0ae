import { beforeAll, describe, expect, test } from "vitest";
import { absent, present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { wantedOf } from "../../gate/wanted-people.ts";
import { exampleFacts } from "../example-facts.ts";

/** Each thing that is asked of GitHub costs requests: only what the policy can need is asked for. */
let facts: Facts;
beforeAll(async () => {
  facts = await exampleFacts();
});

function wanted(
  policy: string | null,
  codeowners: string | null = null,
  floor: string | null = null,
  files = facts.change.files,
) {
  const file = (text: string | null, path: string) =>
    text === null ? absent("none") : present({ path, commit: null, text });
  const ref = "9".repeat(40);
  return wantedOf(
    { ...facts.change, files, repository: { host: "github.com", owner: "acme", name: "orders" } },
    {
      policy: file(policy, ".github/countersign.yml"),
      codeowners: file(codeowners, "CODEOWNERS"),
      gateWorkflows: [".github/workflows/gate.yml"],
      floors: present(floor === null ? [] : [{ repo: "acme/policies", path: "p.yml", ref, text: floor }]),
    },
  );
}

describe("teams", () => {
  test.each([
    { says: "of the line that decides a touched file", text: "src/auth/ @acme/identity\n", teams: ["acme/identity"] },
    {
      says: "of a broader line too: nobody of the first may be eligible",
      text: "* @acme/all\nsrc/auth/ @acme/identity\n",
      teams: ["acme/all", "acme/identity"],
    },
    { says: "not of a line for other files", text: "legal/ @acme/lawyers\n", teams: [] },
    { says: "not people", text: "src/auth/ @ann ann@example.com\n", teams: [] },
  ])("by CODEOWNERS: $says", ({ text, teams }) => expect(wanted(null, text).teams).toEqual(teams));

  test("that the policy names anywhere, with the organisation of the repository where none is written", () => {
    const policy = [
      "version: 1",
      "areas:",
      "  auth: { paths: [src/auth/**], owners: { teams: [Identity, other/team] }, fallback: { teams: [security] } }",
      "break_glass: { who: { teams: [commanders] }, max_age: 4h }",
      "policy_owners: { teams: [leads] }",
      "default_owners: { users: [ann] }",
    ].join("\n");
    expect(wanted(policy).teams).toEqual([
      "acme/commanders",
      "acme/identity",
      "acme/leads",
      "acme/security",
      "other/team",
    ]);
  });

  test("that a floor names", () => {
    const floor = "version: 1\nareas:\n  base: { paths: [x/**], owners: { teams: [guards] } }\n";
    expect(wanted("version: 1\n", null, floor).teams).toEqual(["acme/guards"]);
  });

  test("none of a policy that cannot be loaded: the decision says what is wrong with it", () => {
    expect(wanted("version: 7\npolicy_owners: { teams: [leads] }\n")).toEqual({
      users: [],
      teams: [],
      checks: false,
      load: false,
      everyWriter: false,
    });
  });
});

test.each([
  { says: "no policy", policy: null, checks: false },
  {
    says: "a rule without checks",
    policy: "version: 1\nrules:\n  - { id: a, require: { trailers: [Assisted-by] } }\n",
    checks: false,
  },
  {
    says: "a rule that asks for a check",
    policy: "version: 1\nrules:\n  - { id: a, require: { checks: [build] } }\n",
    checks: true,
  },
])("checks: $says", ({ policy, checks }) => expect(wanted(policy).checks).toBe(checks));

describe("everybody who can push", () => {
  const second = "version: 1\nrules:\n  - { id: a, require: { second_human: true } }\n";
  const touching = (path: string) => facts.change.files.slice(0, 1).map((file) => ({ ...file, path }));

  test.each([
    { says: "no policy", policy: null, is: false },
    { says: "a rule for an owner", policy: "version: 1\nrules:\n  - { id: a, require: { owner_approval: {} } }\n" },
    { says: "a rule for a second human", policy: second, is: true },
    { says: "one in a floor", policy: "version: 1\n", floor: second, is: true },
    { says: "a change of the policy, which has no owners", path: ".github/countersign.yml", is: true },
    { says: "a change of a workflow that runs the gate", path: ".github/workflows/gate.yml", is: true },
    { says: "a change of another workflow", path: ".github/workflows/build.yml", is: false },
    {
      says: "a change of a policy whose owners are named",
      policy: "version: 1\npolicy_owners: { users: [ann] }\n",
      path: ".github/countersign.yml",
      is: false,
    },
    { says: "a policy that cannot be loaded", policy: second.replace("1", "7"), is: false },
  ])("$says", ({ policy = null, floor = null, path = "src/a.ts", is = false }) => {
    expect(wanted(policy, null, floor, touching(path)).everyWriter).toBe(is);
  });
});
