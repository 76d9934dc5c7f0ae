/**
 * Whether git could have a file of this path: from the root, with `/` between its parts, and none of them empty, `.`, `..`
 * or `.git`. Source: git's `verify_path`.
 */
export function isRepositoryPath(text: string): boolean {
  if (text.includes("\0")) return false;
  return text.split("/").every((part) => !["", ".", "..", ".git"].includes(part.toLowerCase()));
}
