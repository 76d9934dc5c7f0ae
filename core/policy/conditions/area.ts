import type { Condition } from "../condition.ts";
import { stepsOfList } from "../direction.ts";
import { areaNameSchema, asList, oneOrMore } from "../schemas.ts";

const name = areaNameSchema({ says: "The name of an area.", expects: "the name of an area", example: "billing" });

const schema = oneOrMore(name, {
  says: "The file lies in this area, or in one of these. Names under `areas`.",
  expects: "the name of an area, or a list of names",
  example: ["auth", "billing"],
});

/** Whether the file touches one of the named areas, on either side of a rename. */
export const area: Condition<string | string[], readonly string[]> = {
  schema,
  scope: "file",
  facts: ["files.file", "files.pathForms"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after),
  says: (names) => `lies in area ${names.join(" or ")}`,
  holds: (names, _change, file) => {
    if (file === null) return { state: "no", says: "no file is changed" };
    const touched = file.areas.filter((name) => names.includes(name));
    if (touched.length === 0) return { state: "no", says: `${file.shown} lies in none of these areas` };
    return { state: "yes", says: `${file.shown} lies in area ${touched.join(", ")}` };
  },
};
