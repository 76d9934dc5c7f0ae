import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from "node:crypto";

/**
 * The bytes of `X-Hub-Signature-256`: `sha256=` and 64 hexadecimal digits in lower case, as GitHub writes it; null for
 * anything else, the older `sha1=` included.
 */
export function readSignature(header: string | readonly string[] | undefined): Buffer | null {
  if (typeof header !== "string" || !/^sha256=[0-9a-f]{64}$/.test(header)) return null;
  return Buffer.from(header.slice("sha256=".length), "hex");
}

/** Keys of secrets, made once. One of an empty secret would sign for everybody: settings let none pass, and neither does this. */
export function signingKeys(secrets: readonly string[]): KeyObject[] {
  return secrets.filter((secret) => secret !== "").map((secret) => createSecretKey(secret, "utf8"));
}

/**
 * Whether the bytes are signed with one of the keys. It takes the same time whichever it is, and wherever a wrong
 * signature differs.
 */
export function isSigned(body: Uint8Array, signature: Uint8Array, keys: readonly KeyObject[]): boolean {
  const matches = keys.map((key) => {
    const expected = createHmac("sha256", key).update(body).digest();
    return timingSafeEqual(expected, signature);
  });
  return matches.includes(true);
}
