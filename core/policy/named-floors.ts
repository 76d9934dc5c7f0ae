import * as z from "zod";
import type { FloorName } from "./floor-name.ts";
import { readYaml } from "./read-yaml.ts";
import { extendsSchema, mostExtended } from "./written/extends.ts";

/**
 * The policies of other repositories that a policy's text extends, so that they can be read before it is loaded. What is
 * written wrongly is left out here: the loader says what is wrong with it.
 */
export function namedFloors(text: string): FloorName[] {
  const written = Extending.safeParse(readYaml(text).root?.value);
  const entries = written.success ? written.data.extends.map((entry) => extendsSchema.safeParse([entry])) : [];
  return entries.flatMap(({ data }) => {
    const { repo, path, ref } = data?.[0] ?? {};
    return repo === undefined || path === undefined || ref === undefined ? [] : [{ repo, path, ref }];
  });
}

const Extending = z.looseObject({ extends: z.array(z.unknown()).max(mostExtended) });
