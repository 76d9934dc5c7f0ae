import type { Owners } from "../ownership/approval.ts";
import type { Policy } from "./policy.ts";

/** The policy with every team that was written without an organisation as a team of this one. Null: nothing is known of it. */
export function withOrganisation(policy: Policy, organisation: string | null): Policy {
  if (organisation === null || organisation === "") return policy;
  const whole = (owners: Owners): Owners => ({
    ...owners,
    teams: owners.teams.map((team) => (team.includes("/") ? team : `${organisation}/${team}`)).sort(),
  });
  const wholeOrNull = (owners: Owners | null) => (owners === null ? null : whole(owners));
  return {
    ...policy,
    areas: policy.areas.map((area) => ({
      ...area,
      owners: area.owners === "codeowners" ? area.owners : whole(area.owners),
      fallback: wholeOrNull(area.fallback),
    })),
    breakGlass: policy.breakGlass === null ? null : { ...policy.breakGlass, who: whole(policy.breakGlass.who) },
    policyOwners: wholeOrNull(policy.policyOwners),
    defaultOwners: wholeOrNull(policy.defaultOwners),
  };
}
