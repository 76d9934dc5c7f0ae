import { absent, present } from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { namedFloors } from "../policy/index.ts";

/** A policy that is tried in the place of the one that the facts hold. */
export interface GivenPolicy {
  /** What problems call it. */
  path: string;
  text: string;
  /** The policies of other repositories that it extends, as far as they are at hand. */
  floors: Facts["floors"];
}

/**
 * The facts with another policy, and with the floors that this one extends and no other: those that came with it, or else
 * those of the facts. One that neither holds is not read, with the reason.
 */
export function withGivenPolicy(facts: Facts, { path, text, floors }: GivenPolicy): Facts {
  const policy = present({ path, commit: null, text });
  const known = [floors, facts.floors].flatMap((each) => (each.state === "present" ? each.value : []));
  const found = namedFloors(text).map((named) => known.find((floor) => isSame(floor, named)));
  const read = found.filter((floor) => floor !== undefined);
  if (read.length === found.length) return { ...facts, policy, floors: present(read) };
  const reason = floors.state === "absent" ? floors.reason : "it is not among those that were given";
  return { ...facts, policy, floors: absent(reason) };
}

type Named = ReturnType<typeof namedFloors>[number];

/** As the loader compares them. */
function isSame(floor: Named, { repo, path, ref }: Named): boolean {
  return floor.repo.toLowerCase() === repo.toLowerCase() && floor.path === path && floor.ref === ref;
}
