import type { TreeFile } from "../change/tree-file.ts";
import type { Evidence } from "../evidence.ts";
import type { Owners, People } from "../ownership/index.ts";
import { belongsToArea } from "./area-files.ts";
import type { Area, Policy, PolicyRule } from "./policy.ts";
import { shown, type FoundWarning, type RepositoryView } from "./repository-view.ts";

/**
 * Areas whose approval fewer than two people could give: their own changes wait for ever. Only areas whose owners some
 * rule asks. Teams whose members were not read are enough people, for all that is known.
 */
export function fewOwners(policy: Policy, files: readonly TreeFile[], view: RepositoryView): FoundWarning[] {
  return policy.areas
    .filter((area) => policy.rules.some((rule) => asksOwnersOf(rule, area)))
    .flatMap((area): FoundWarning[] => {
      const worst = ownerGroups(area, files, view)
        .map(({ owners, example }) => ({
          example,
          people: peopleAmong([owners, area.fallback, policy.defaultOwners], view),
        }))
        .filter(({ people }) => people !== null && people.size < 2)
        .sort((a, b) => (a.people?.size ?? 0) - (b.people?.size ?? 0))[0];
      if (worst === undefined) return [];
      const [only] = worst.people ?? [];
      const of =
        worst.example === null ? `the area \`${area.name}\`` : `${shown(worst.example)} in the area \`${area.name}\``;
      const what =
        only === undefined
          ? `nobody owns ${of}`
          : `only ${shown(only)} owns ${of}, who approves no change of their own`;
      const fix = "Name at least two people or a team, as owners, as `fallback` or as `default_owners`.";
      return [{ code: "CS203", path: ["areas", area.name], what, fix }];
    });
}

function asksOwnersOf({ when, require }: PolicyRule, { name }: Area): boolean {
  return require.owner_approval !== null && (when?.area == null || when.area.includes(name));
}

interface OwnerGroup {
  owners: Owners;
  /** A file of theirs; null for owners of the area as a whole. */
  example: string | null;
}

function ownerGroups(area: Area, files: readonly TreeFile[], { ownersOf }: RepositoryView): OwnerGroup[] {
  if (area.owners !== "codeowners") return [{ owners: area.owners, example: null }];
  const groups = new Map<string, OwnerGroup>();
  for (const { path } of files.filter(belongsToArea(area))) {
    const owners = ownersOf?.(path) ?? { users: [], teams: [] };
    const key = JSON.stringify(owners);
    if (!groups.has(key)) groups.set(key, { owners, example: path });
  }
  return [...groups.values()];
}

/** Everybody among them by name, in lower case; null when a team's members are not known. */
function peopleAmong(all: readonly (Owners | null)[], { people }: RepositoryView): Set<string> | null {
  const named = all.filter((owners) => owners !== null);
  const teams = named.flatMap((owners) => owners.teams).map((name) => membersOf(name, people));
  if (teams.includes(null)) return null;
  return new Set([...named.flatMap((owners) => owners.users), ...teams.flatMap((team) => team ?? [])].map(lowerCase));
}

/** A policy may leave out the organisation of a team. */
function membersOf(name: string, people: Evidence<People>): readonly string[] | null {
  if (people.state === "absent") return null;
  const known = people.value.teams.find((team) =>
    [lowerCase(team.name), lastPart(team.name)].includes(lowerCase(name)),
  );
  return known?.members.state === "present" ? known.members.value : null;
}

function lastPart(team: string): string {
  return lowerCase(team.split("/").at(-1) ?? "");
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
