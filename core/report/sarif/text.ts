import type { Repository } from "../../change/change.ts";
import { redact } from "../../untrusted/index.ts";
import { plain } from "../text.ts";

/**
 * A message as SARIF reads it. `[text](1)` would be a link (section 3.11.6), so the two brackets are kept apart.
 */
export function cleanMessage(text: string): string {
  return plain(text, 1_000).replaceAll("](", "] (");
}

/** False for a path that would leave the repository or that names no file: git knows none like it. */
export function isFilePath(path: string): boolean {
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** A path as a URI reference relative to the root of the repository, every part percent-encoded. */
export function fileUri(path: string): string {
  return redact(path).split("/").map(encoded).join("/");
}

/** Null when the repository is unknown or its host is not a host's name. */
export function repositoryUri(repository: Repository | null): string | null {
  if (repository === null || !/^[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?$/.test(repository.host)) return null;
  return `https://${repository.host}/${encoded(redact(repository.owner))}/${encoded(redact(repository.name))}`;
}

/** `encodeURIComponent` throws on half a surrogate pair and leaves `!'()*`, which RFC 3986 reserves. */
function encoded(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
