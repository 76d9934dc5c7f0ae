import * as z from "zod";
import type { Condition } from "../condition.ts";
import { stepsOfList } from "../direction.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

type Tier = 1 | 2 | 3;

const one = worded(z.literal([1, 2, 3]), { says: "A tier of areas.", expects: "1, 2 or 3", example: 1 });

const schema = oneOrMore(one, {
  says: "The file lies in an area of this tier, or of one of these; 1 is the most sensitive.",
  expects: "1, 2 or 3, or a list of them",
  example: [1, 2],
});

/** Whether the file touches an area of one of the tiers, on either side of a rename. */
export const tier: Condition<Tier | Tier[], readonly Tier[]> = {
  schema,
  scope: "file",
  facts: ["files.file", "files.pathForms"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after),
  says: (tiers) => `lies in an area of tier ${tiers.join(" or ")}`,
  holds: (tiers, { policy }, file) => {
    if (file === null) return { state: "no", says: "no file is changed" };
    const found = policy.areas.filter((area) => tiers.includes(area.tier) && file.areas.includes(area.name));
    if (found.length === 0) return { state: "no", says: `${file.shown} lies in no such area` };
    return { state: "yes", says: `${file.shown} lies in area ${found.map(({ name }) => name).join(", ")}` };
  },
};
