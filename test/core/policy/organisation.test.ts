import { expect, test } from "vitest";
import { withOrganisation } from "../../../core/policy/organisation.ts";
import { buildPolicy } from "../../subjects.ts";

const policy = buildPolicy(`
areas:
  auth: { paths: [src/auth/**], owners: { teams: [zebra, other/core], users: [ann] }, fallback: { teams: [late] } }
  docs: { paths: [docs/**], owners: codeowners }
policy_owners: { teams: [rules] }
default_owners: { teams: [all] }
break_glass: { who: { teams: [night] }, max_age: 4h }
rules: [{ id: r, require: { secrets: none } }]`);

test("a team that was written without an organisation is one of the repository's own", () => {
  const whole = withOrganisation(policy, "acme");
  expect(whole.areas.map(({ owners, fallback }) => ({ owners, fallback }))).toEqual([
    { owners: { teams: ["acme/zebra", "other/core"], users: ["ann"] }, fallback: { teams: ["acme/late"], users: [] } },
    { owners: "codeowners", fallback: null },
  ]);
  expect([whole.policyOwners, whole.defaultOwners, whole.breakGlass?.who]).toEqual([
    { teams: ["acme/rules"], users: [] },
    { teams: ["acme/all"], users: [] },
    { teams: ["acme/night"], users: [] },
  ]);
  expect(whole.breakGlass?.maxAgeMs).toEqual(policy.breakGlass?.maxAgeMs);
});

test.each([null, ""])("without an organisation (%s) nothing is known of it", (organisation) => {
  expect(withOrganisation(policy, organisation)).toBe(policy);
});

test("what a policy leaves out stays left out", () => {
  const plain = buildPolicy("rules: [{ id: r, require: { secrets: none } }]");
  expect(withOrganisation(plain, "acme")).toEqual(plain);
});
