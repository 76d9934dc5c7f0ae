import type { ChangedFile } from "./change.ts";

/** Stands for every place that is not in the repository: nobody can say where a link that leads there ends. */
export const outside = "..";

/**
 * Every further path, from the root of the repository, under which a file counts: what a link leads to now, and
 * `alsoAt`. A link into a sensitive folder is judged as part of it. `outside` for what lies out of the repository.
 */
export function linkedPlaces(file: Pick<ChangedFile, "path" | "symlinkTarget" | "alsoAt">): string[] {
  // Most files are no links, and are asked about for every area.
  if (file.symlinkTarget === null && file.alsoAt === undefined) return [];
  const targets = file.symlinkTarget === null ? [] : linkTargets(file.path, file.symlinkTarget);
  return [...new Set([...targets, ...(file.alsoAt ?? [])])];
}

/**
 * Where a link of this path leads by its text, from the root; in both ways where backslashes may separate folders. A `..`
 * behind a name leads `outside` as well: that name may be a link, and then it goes up from wherever that one leads.
 */
export function linkTargets(path: string, target: string): string[] {
  const folder = path.split("/").slice(0, -1);
  return [...new Set(linkReadings(target).flatMap((written) => resolved(folder, written)))];
}

/** The text of a link, and the same where backslashes separate folders. */
export function linkReadings(target: string): string[] {
  return [...new Set([target, target.replaceAll("\\", "/")])];
}

/** Whether a link of this text starts at the root of a system or of a drive. */
export function isAbsolute(target: string): boolean {
  return target.startsWith("/") || /^[A-Za-z]:/.test(target);
}

function resolved(folder: readonly string[], target: string): string[] {
  if (isAbsolute(target)) return [outside];
  const parts = [...folder];
  const written = target.split("/").filter((part) => part !== "" && part !== ".");
  for (const part of written) {
    // What is above the root may lead back in: `../shop/src` does in a clone of that name.
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return [outside];
  }
  return goesUpAgain(written) ? [parts.join("/"), outside] : [parts.join("/")];
}

/** Whether a `..` follows a name. */
export function goesUpAgain(parts: readonly string[]): boolean {
  const name = parts.findIndex((part) => part !== ".." && part !== "." && part !== "");
  return name !== -1 && parts.includes("..", name);
}
