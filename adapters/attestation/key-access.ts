import { stat } from "node:fs/promises";

/**
 * What others than its owner may do with the file of a key; null when nothing that matters, or when that is not known, as
 * on Windows, where a file's mode does not say it. Whoever may change a key decides who signs, or whose signature counts.
 */
export async function othersMay(
  path: string,
  kind: "private" | "public",
  platform: NodeJS.Platform = process.platform,
): Promise<"change" | "read" | null> {
  const found = platform === "win32" ? null : await stat(path).catch(() => null);
  if (found === null) return null;
  if ((found.mode & modes[kind].change) !== 0) return "change";
  return (found.mode & modes[kind].read) === 0 ? null : "read";
}

/** Bits of the group and of everybody. A public key in a checkout is often its group's, which may be one person. Source: chmod(2). */
const modes = { private: { change: 0o022, read: 0o044 }, public: { change: 0o002, read: 0 } } as const;
