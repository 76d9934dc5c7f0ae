import { isAbsolute, relative, sep } from "node:path";

/** Whether a path is a folder or lies in it, by its name alone: links are not looked at. Both are absolute. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`));
}
