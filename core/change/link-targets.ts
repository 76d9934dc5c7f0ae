import type { ChangedFile } from "./change.ts";

/**
 * The path that a link leads to, from the root of the repository; none for what is no link. A link into a sensitive
 * folder is judged as part of it.
 */
export function linkTargets({ path, symlinkTarget }: Pick<ChangedFile, "path" | "symlinkTarget">): string[] {
  if (symlinkTarget === null) return [];
  const parts: string[] = [];
  for (const part of [...path.split("/").slice(0, -1), ...symlinkTarget.split("/")]) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return [parts.join("/")];
}
