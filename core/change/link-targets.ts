import type { ChangedFile } from "./change.ts";

/** Stands for every place that is not in the repository: nobody can say where a link that leads there ends. */
export const outside = "..";

/**
 * Every further path, from the root of the repository, under which a file counts: what a link leads to now, and
 * `alsoAt`. A link into a sensitive folder is judged as part of it. `outside` for what lies out of the repository.
 */
export function linkedPlaces(file: Pick<ChangedFile, "path" | "symlinkTarget" | "alsoAt">): string[] {
  const targets = file.symlinkTarget === null ? [] : linkTargets(file.path, file.symlinkTarget);
  return [...new Set([...targets, ...(file.alsoAt ?? [])])];
}

/** Where a link of this path leads, from the root; in both ways where backslashes may separate folders. */
export function linkTargets(path: string, target: string): string[] {
  const folder = path.split("/").slice(0, -1);
  const readings = [target, target.replaceAll("\\", "/")];
  return [...new Set(readings.map((written) => resolved(folder, written)))];
}

function resolved(folder: readonly string[], target: string): string {
  if (target.startsWith("/") || /^[A-Za-z]:/.test(target)) return outside;
  const parts: string[] = [];
  for (const part of [...folder, ...target.split("/")]) {
    // What is above the root may lead back in: `../shop/src` does in a clone of that name.
    if (part === ".." && parts.pop() === undefined) return outside;
    if (part !== ".." && part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
