import { kindsOf } from "./file-kinds.ts";
import { listMatches } from "./path-list.ts";
import type { Boundary } from "./policy.ts";
import type { SubjectFile } from "./subject.ts";
import { spend, type Work } from "./work.ts";

/**
 * Whether a file lies where a boundary holds, by its paths and its kinds; a part that is left out holds anywhere.
 * @throws {Problem} when the decision's work is used up
 */
export function isInPlace({ paths, kinds }: Boundary, file: SubjectFile, work?: Work): boolean {
  if (work !== undefined) spend(work, stepsOfBoundary);
  const isPlace = paths.length === 0 || listMatches(paths, file, work);
  return isPlace && (kinds.length === 0 || kindsOf(file).some((kind) => kinds.includes(kind)));
}

/** Looking at one boundary for one file: as long as comparing so many characters. */
const stepsOfBoundary = 100;
