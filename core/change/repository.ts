import type { Repository } from "./change.ts";

/**
 * Where a remote's address says that the repository lives; null for a local path or an address of another shape.
 * Reads `https://host/owner/name.git`, `ssh://git@host/owner/name` and `git@host:owner/name.git`; never keeps a password.
 */
export function readRemote(address: string): Repository | null {
  const place = splitAddress(address.trim());
  if (place === null) return null;
  const segments = place.path.split("/").filter((segment) => segment !== "");
  const name = segments.pop()?.replace(/\.git$/, "");
  if (!name || segments.length === 0 || ![...segments, name].every(isPlain)) return null;
  return { host: place.host, owner: segments.join("/"), name };
}

/** What hosts allow in names; a helper's command line (`ext::sh -c …`) is no place. */
function isPlain(segment: string): boolean {
  return /^[\p{L}\p{N}._~+%@-]+$/u.test(segment) && !/^\.+$/.test(segment);
}

function splitAddress(address: string): { host: string; path: string } | null {
  if (address.includes("://")) {
    if (!URL.canParse(address)) return null;
    const { hostname: host, pathname: path, protocol } = new URL(address);
    return host === "" || protocol === "file:" ? null : { host, path };
  }
  const colon = address.indexOf(":");
  const slash = address.indexOf("/");
  if (colon < 1 || (slash !== -1 && slash < colon)) return null;
  const host = address.slice(address.lastIndexOf("@", colon) + 1, colon);
  // A single letter is a Windows drive.
  return host.length < 2 ? null : { host, path: address.slice(colon + 1) };
}

/** The change id: with a pull request `<host>/<owner>/<name>#<number>`, else `…@<merge base>..<head>`; `local` without a remote. */
export function changeId(
  repository: Repository | null,
  number: number | null,
  mergeBase: string,
  head: string,
): string {
  const place = repository === null ? "local" : `${repository.host}/${repository.owner}/${repository.name}`;
  return number !== null && repository !== null ? `${place}#${number}` : `${place}@${mergeBase}..${head}`;
}
