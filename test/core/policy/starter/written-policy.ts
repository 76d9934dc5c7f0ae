import { readYaml } from "../../../../core/policy/read-yaml.ts";
import { WrittenPolicy } from "../../../../core/policy/written-policy.ts";

/** A policy of these lines, as it was written: without defaults. */
export function writtenPolicy(lines = ""): WrittenPolicy {
  return WrittenPolicy.parse(readYaml(`version: 1\n${lines}`).root?.value);
}
