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
  if (links.links.size === 0) return [...files];
  return files.map((file) => {
    const names = namesThroughLinks(file, links);
    return names.length === 0 ? file : { ...file, alsoAt: [...new Set([...(file.alsoAt ?? []), ...names])] };
  });
}

/** By the places that they lead to. `lengths`: of those places, so that few of a path's folders must be looked up. */
interface LinksByPlace {
  links: ReadonlyMap<string, readonly TreeFile[]>;
  lengths: ReadonlySet<number>;
}

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
  return { links, lengths: new Set([...links.keys()].map(({ length }) => length)) };
}

/** A file with more names than this is taken for one that may stand anywhere. */
const mostNames = 20;

/** So is one that lies deeper: to look for links to each of its folders would take too long. */
const mostFolders = 256;

/** Each link is gone through once for a file: links may lead in a circle. */
function namesThroughLinks(file: TreeFile, { links, lengths }: LinksByPlace): string[] {
  const names: string[] = [];
  const used = new Set<TreeFile>([file]);
  const open = touchedPaths(file);
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (path.split("/", mostFolders + 1).length > mostFolders) return [outside];
    for (const { place, behind } of placesAbove(path, lengths)) {
      for (const link of links.get(place) ?? []) {
        if (used.has(link)) continue;
        used.add(link);
        const found = touchedPaths(link).map((name) => [name, ...behind()].join("/"));
        names.push(...found);
        if (names.length > mostNames) return [outside];
        open.push(...found);
      }
    }
  }
  return names;
}

/**
 * The path itself, its folders, and the root, each in every form, with the parts of the path that lie behind it. Only places
 * of these lengths.
 */
function placesAbove(path: string, lengths: ReadonlySet<number>): { place: string; behind: () => string[] }[] {
  const written = path.split("/");
  return pathForms(path).flatMap((form) => {
    const parts = form.split("/");
    // A form in which backslashes separate folders has parts of its own.
    const names = parts.length === written.length ? written : parts;
    const places: { place: string; behind: () => string[] }[] = [];
    for (let count = parts.length, length = form.length; count >= 0; count--) {
      if (lengths.has(length)) places.push({ place: form.slice(0, length), behind: () => names.slice(count) });
      length = count === 1 ? 0 : length - (parts[count - 1]?.length ?? 0) - 1;
    }
    return places;
  });
}
