import { touchedPaths } from "../change/change.ts";
import { linkedPlaces, outside } from "../change/link-targets.ts";
import type { TreeFile } from "../change/tree-file.ts";
import { fileForms } from "./file-forms.ts";
import type { JudgedFile } from "./judged.ts";
import { listMatchesAgain } from "./path-list.ts";
import type { Area } from "./policy.ts";
import type { Work } from "./work.ts";

/** Whether a file, as it is or was at some commit of the change, is among those in question. */
export type Belongs = (file: TreeFile) => boolean;

/** The files of an area, by either of their paths in every form, and by where a link leads: as for the files at head. */
export function belongsToArea({ paths }: Pick<Area, "paths">, work?: Work): Belongs {
  return (file) => leadsOut(file) || listMatchesAgain(paths, { file, pathForms: fileForms(file) }, work);
}

/** Whether a link leads, or led, out of the repository: nobody can say that it does not lead into an area from there. */
export function leadsOut(file: TreeFile): boolean {
  return linkedPlaces(file).includes(outside);
}

/** The files that lie in none of these areas. */
export function belongsToNone(areas: readonly Pick<Area, "paths">[], work?: Work): Belongs {
  const within = areas.map((area) => belongsToArea(area, work));
  return (file) => !within.some((belongs) => belongs(file));
}

/** Exactly these files, under either of their paths. */
export function belongsToFiles(files: readonly JudgedFile[]): Belongs {
  const paths = new Set(files.flatMap(({ subject }) => touchedPaths(subject.file)));
  return (file) => touchedPaths(file).some((path) => paths.has(path));
}
