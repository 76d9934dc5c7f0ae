import { placeholder } from "./placeholder.ts";
import { findSecrets, redact } from "./redact.ts";

/** A path without secrets. */
export interface RedactedPath {
  path: string;
  /** False when a secret reaches over several parts of the path: it may hide a folder that a pattern would have matched. */
  whole: boolean;
}

/**
 * A path with its secrets redacted part by part: the slashes stay, and the extension, so that patterns for other folders
 * and for kinds of files match as before. A value may hold slashes, so `password=x1/auth/login.ts` is one secret.
 */
export function redactPath(path: string): RedactedPath {
  if (redact(path) === path) return { path, whole: true };
  const whole = !findSecrets(path).some(({ start, end }) => path.slice(start, end).includes("/"));
  const redacted = whole ? path.split("/").map(redactPart).join("/") : redactAcross(path);
  return redact(redacted) === redacted ? { path: redacted, whole } : { path: placeholder("path"), whole: false };
}

function redactPart(part: string): string {
  const extension = /(?<=[^.])\.[A-Za-z0-9]{1,8}$/.exec(part)?.[0] ?? "";
  const stem = redact(part.slice(0, part.length - extension.length));
  // A secret that ends in what looks like an extension is one only with it.
  return redact(stem + extension) === stem + extension ? stem + extension : redact(part);
}

/** Each part that a secret touches becomes a placeholder. */
function redactAcross(path: string): string {
  const secrets = findSecrets(path);
  let start = 0;
  const parts = path.split("/").map((part) => {
    const end = start + part.length;
    const secret = secrets.find((found) => found.start < end && found.end > start);
    start = end + 1;
    return secret === undefined ? part : placeholder(secret.kind);
  });
  return parts.join("/");
}
