import { absent, present } from "../evidence.ts";
import type { Facts, WrittenFloor } from "../facts.ts";
import { isSameFloor, namedFloors } from "../policy/index.ts";

/** A policy that is tried in the place of the one that the facts hold. */
export interface GivenPolicy {
  /** What problems call it. */
  path: string;
  text: string;
  /** The policies of other repositories that it extends, as far as they are at hand. */
  floors: Facts["floors"];
}

/**
 * The facts with another policy, and with the floors that this one extends: those that came with it, or else those of the
 * facts. One that neither holds is not read, with the reason. Floors that the policy of the facts extends go with it; those
 * that nobody's policy names hold for any policy.
 */
export function withGivenPolicy(facts: Facts, { path, text, floors }: GivenPolicy): Facts {
  const policy = present({ path, commit: null, text });
  const known = [floors, facts.floors].flatMap((each) => (each.state === "present" ? each.value : []));
  const found = namedFloors(text).map((named) => known.find((floor) => isSameFloor(floor, named)));
  const read = found.filter((floor) => floor !== undefined);
  const set = [...unnamed(floors, text), ...unnamed(facts.floors, textOf(facts.policy))];
  const all = [...read, ...set].filter(
    (floor, index, list) => list.findIndex((one) => isSameFloor(one, floor)) === index,
  );
  if (read.length === found.length) return { ...facts, policy, floors: present(all) };
  const reason = floors.state === "absent" ? floors.reason : "it is not among those that were given";
  return { ...facts, policy, floors: absent(reason) };
}

function textOf(policy: Facts["policy"]): string {
  return policy.state === "present" ? policy.value.text : "";
}

/** Floors that stand beside a policy without being named by it: an organisation set them. */
function unnamed(floors: Facts["floors"], policyText: string): WrittenFloor[] {
  const named = namedFloors(policyText);
  const read = floors.state === "present" ? floors.value : [];
  return read.filter((floor) => !named.some((name) => isSameFloor(floor, name)));
}
