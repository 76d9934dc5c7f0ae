/** Why a path cannot be one of a file in a commit's tree, or null when it can: as git stores it, from the root, with `/`. */
export function pathProblem(path: string): string | null {
  if (path === "" || path.length > longestPath) return "a path that is empty or too long";
  if (path.includes("\0")) return "a path that holds a NUL";
  if (path.startsWith("/") || isDrive(path)) return "a path outside the repository";
  const segments = path.split("/");
  if (segments.includes("..")) return "a path outside the repository";
  return segments.includes("") || segments.includes(".") ? "a path that git cannot store" : null;
}

/** In code units; what git and systems allow is no more. */
const longestPath = 4096;

/** `C:\src\a.ts`: absolute on Windows. */
function isDrive(path: string): boolean {
  const letter = path.charCodeAt(0) | 0x20;
  return letter >= 0x61 && letter <= 0x7a && path[1] === ":" && (path[2] === "\\" || path[2] === "/");
}
