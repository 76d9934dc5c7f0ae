import { pathForms } from "../untrusted/index.ts";
import { touchedPaths } from "./change.ts";
import { linkedPlaces, outside } from "./link-targets.ts";
import type { TreeFile } from "./tree-file.ts";

/**
 * The files of a change, each with the names under which links of the same change lead to it: what stands where a link of a
 * sensitive folder leads is part of that folder, and whoever approved the link has not seen it yet. Places are compared in
 * every form: to some systems `LIB` leads to `lib`.
 */
export function linkedFiles<File extends TreeFile>(files: readonly File[]): File[] {
  const links = linksByPlace(files);
  if (links.size === 0) return [...files];
  return files.map((file) => {
    const names = namesThroughLinks(file, links);
    return names.length === 0 ? file : { ...file, alsoAt: [...new Set([...(file.alsoAt ?? []), ...names])] };
  });
}

type LinksByPlace = ReadonlyMap<string, readonly TreeFile[]>;

function linksByPlace(files: readonly TreeFile[]): LinksByPlace {
  const links = new Map<string, TreeFile[]>();
  for (const file of files) {
    if (file.oldMode !== "120000" && file.newMode !== "120000") continue;
    for (const place of new Set(linkedPlaces(file).flatMap(pathForms))) {
      const others = links.get(place);
      if (others === undefined) links.set(place, [file]);
      else others.push(file);
    }
  }
  return links;
}

/** A file with more names than this is taken for one that may stand anywhere. */
const mostNames = 20;

/** Each link is gone through once for a file: links may lead in a circle. */
function namesThroughLinks(file: TreeFile, links: LinksByPlace): string[] {
  const names: string[] = [];
  const used = new Set<TreeFile>([file]);
  const open = touchedPaths(file);
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    for (const { place, behind } of placesAbove(path)) {
      for (const link of links.get(place) ?? []) {
        if (used.has(link)) continue;
        used.add(link);
        const found = touchedPaths(link).map((name) => [name, ...behind].join("/"));
        names.push(...found);
        if (names.length > mostNames) return [outside];
        open.push(...found);
      }
    }
  }
  return names;
}

/** The path itself, its folders, and the root, each in every form, with the parts of the path that lie behind it. */
function placesAbove(path: string): { place: string; behind: string[] }[] {
  const written = path.split("/");
  return pathForms(path).flatMap((form) => {
    const parts = form.split("/");
    // A form in which backslashes separate folders has parts of its own.
    const names = parts.length === written.length ? written : parts;
    return Array.from({ length: parts.length + 1 }, (_, index) => {
      const length = parts.length - index;
      return { place: parts.slice(0, length).join("/"), behind: names.slice(length) };
    });
  });
}
