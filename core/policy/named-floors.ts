import * as z from "zod";
import { floorNamedBy, type FloorName } from "./floor-name.ts";
import { readYaml } from "./read-yaml.ts";
import { mostExtended } from "./written/extends.ts";

/**
 * The policies of other repositories that a policy's text extends, so that they can be read before it is loaded. What is
 * written wrongly is left out here: the loader says what is wrong with it.
 */
export function namedFloors(text: string): FloorName[] {
  const written = Extending.safeParse(readYaml(text).root?.value);
  return (written.data?.extends ?? []).flatMap((entry) => {
    const floor = floorNamedBy(entry);
    return floor === null ? [] : [{ repo: floor.repo, path: floor.path, ref: floor.ref }];
  });
}

const Extending = z.looseObject({ extends: z.array(z.unknown()).max(mostExtended) });
