import { linkedPlaces } from "../change/link-targets.ts";
import { touchedPaths } from "../change/change.ts";
import type { TreeFile } from "../change/tree-file.ts";
import { pathForms } from "../untrusted/index.ts";

/**
 * Every form in which the conditions of a policy know a file: of either of its paths, of where a link leads or led, and of the names under which links lead to it. The same
 * list for the same file: a file is asked about for every rule and every area, and answers are remembered by it.
 */
export function fileForms(file: TreeFile): readonly string[] {
  const known = forms.get(file);
  if (known !== undefined) return known;
  const fresh = [...new Set([...touchedPaths(file), ...linkedPlaces(file)].flatMap(pathForms))];
  forms.set(file, fresh);
  return fresh;
}

const forms = new WeakMap<TreeFile, readonly string[]>();
