import { leadsOut } from "./area-files.ts";
import { indexLists, type ListIndex } from "./list-index.ts";
import { listMatches } from "./path-list.ts";
import type { Area, Policy } from "./policy.ts";
import type { SubjectFile } from "./subject.ts";
import type { Work } from "./work.ts";

/** What is known of a policy's areas: reports ask for those of every file once more than decisions do. */
interface Known {
  index: ListIndex<Area>;
  touched: WeakMap<SubjectFile, Area[]>;
}

const knownOf = new WeakMap<Policy["areas"], Known>();

/** The areas that a file touches, by either of its paths in every form; asked again, it takes no work. */
export function touchedAreas({ areas }: Pick<Policy, "areas">, file: SubjectFile, work?: Work): Area[] {
  const known = knownOf.get(areas) ?? { index: indexLists(areas, ({ paths }) => paths), touched: new WeakMap() };
  knownOf.set(areas, known);
  const answered = known.touched.get(file);
  if (answered !== undefined) return answered;
  const fresh = leadsOut(file.file)
    ? [...areas]
    : known.index(file.pathForms, work).filter(({ paths }) => listMatches(paths, file, work));
  known.touched.set(file, fresh);
  return fresh;
}
