import { describe, expect, test } from "vitest";
import { renderExplanation } from "../../../../core/report/index.ts";
import { resultsOf } from "../../trial/try-cases.ts";

/** Who can unblock a change, for areas that approvals can settle and for those that they cannot. */

function page(count: number, owners: string, rest = ""): string {
  const policy = `version: 1
areas: { auth: { paths: ["auth/**"], owners: { users: [${owners}] } } }
rules: [{ id: owned, when: { area: auth }, require: { owner_approval: { count: ${count} } } }]
`;
  return explained(policy, rest);
}

function explained(policy: string, rest: string): string {
  const change = "change: { author: dev1, files: [{ path: auth/a.ts }] }";
  const [result] = resultsOf(`cases: [{ name: a, ${change}, ${rest}expect: { decision: pass } }]\n`, policy);
  if (result === undefined) throw new Error("there is no case");
  const { decision } = result;
  const rules = decision.rules.map((rule) => ({ ...rule, expression: null, dated: [] }));
  return renderExplanation({ decision, rules }, { width: 200, color: false, unicode: true }).replace(/\s+/g, " ");
}

describe("who can unblock it", () => {
  test("enough owners approve", () => {
    expect(page(1, "ann, bob")).toMatch(/Who can unblock it ─+ • (?:ann|bob) approves auth/);
  });

  test("one owner where two are asked for unblocks nothing, and is not said to", () => {
    const text = page(2, "ann");
    expect(text).toContain("state unsatisfiable");
    expect(text).not.toContain("ann approves auth");
    expect(text).toContain("nobody by approving alone: auth cannot be approved");
    expect(text).toContain("only ann could approve it, and 2 more are asked for");
  });

  test("whoever asks for changes is told apart, and nobody is named beside them", () => {
    const text = page(1, "ann, bob", "reviews: [{ user: bob, state: changes_requested }], ");
    expect(text).toMatch(/Who can unblock it ─+ • bob first: asked for changes in auth, which/);
    expect(text).not.toContain("approves auth");
  });

  test("whoever asks for changes stands there once, and each area below says the same", () => {
    const policy = `version: 1
areas:
  auth: { paths: ["auth/**"], owners: { users: [ann, carol] } }
  billing: { paths: ["auth/**"], owners: { users: [carol] } }
rules:
  - { id: owned, when: { area: [auth, billing] }, require: { owner_approval: { per: area } } }
  - { id: second, require: { second_human: true } }
`;
    const text = explained(policy, "reviews: [{ user: carol, state: changes_requested }], ");
    expect(text.match(/carol first: asked for changes in/g)).toHaveLength(1);
    expect(text).not.toContain("nobody is known who can approve it now");
    expect(text).toMatch(/approval of auth: blocked, 0 of 1; carol first, who asked for changes/);
  });

  test("a team that was not read stands beside whoever is named", () => {
    const policy = `version: 1
areas: { auth: { paths: ["auth/**"], owners: { users: [ann], teams: [identity] } } }
rules: [{ id: owned, when: { area: auth }, require: { owner_approval: { per: area } } }]
`;
    const text = explained(policy, "teams: { identity: unread }, ");
    expect(text).toContain("• ann approves auth • or somebody of the team acme/identity approves auth");
    expect(text).toContain("can approve it now: ann, the team acme/identity");
  });

  test.each([
    {
      says: "who can push",
      given: "unread: [people], ",
      told: "(who else can push was not read)",
    },
    {
      says: "who can push, all of whom are known",
      given: "writers: [dev1], ",
      told: "nobody by approving alone",
    },
  ])("one who works alone: $says", ({ given, told }) => {
    const rules = "rules: [{ id: r, require: { second_human: true } }]";
    const text = explained(`version: 1\n${rules}\n`, given);
    expect(text).toMatch(/Who can unblock it/);
    expect(text).toContain(told);
  });

  test("nobody at all", () => {
    expect(page(1, "dev1")).toContain("nobody could approve it, and 1 more is asked for");
  });
});
