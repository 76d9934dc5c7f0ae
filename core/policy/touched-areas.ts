import { leadsOut } from "./area-files.ts";
import { listMatches } from "./path-list.ts";
import type { Area, Policy } from "./policy.ts";
import type { SubjectFile } from "./subject.ts";
import type { Work } from "./work.ts";

/** Reports ask for the areas of every file once more than decisions do. */
const touched = new WeakMap<Policy["areas"], WeakMap<SubjectFile, Area[]>>();

/** The areas that a file touches, by either of its paths in every form; asked again, it takes no work. */
export function touchedAreas({ areas }: Pick<Policy, "areas">, file: SubjectFile, work?: Work): Area[] {
  const byFile = touched.get(areas) ?? new WeakMap<SubjectFile, Area[]>();
  touched.set(areas, byFile);
  const known = byFile.get(file);
  if (known !== undefined) return known;
  const fresh = areas.filter(({ paths }) => leadsOut(file.file) || listMatches(paths, file, work));
  byFile.set(file, fresh);
  return fresh;
}
