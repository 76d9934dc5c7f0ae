import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The bytes of `X-Hub-Signature-256`: `sha256=` and 64 hexadecimal digits in lower case, as GitHub writes it; null for
 * anything else, the older `sha1=` included.
 */
export function readSignature(header: string | readonly string[] | undefined): Buffer | null {
  if (typeof header !== "string" || !/^sha256=[0-9a-f]{64}$/.test(header)) return null;
  return Buffer.from(header.slice("sha256=".length), "hex");
}

/**
 * Whether the bytes are signed with one of the secrets. It takes the same time whichever it is, and wherever a wrong
 * signature differs.
 */
export function isSigned(body: Uint8Array, signature: Uint8Array, secrets: readonly string[]): boolean {
  const matches = secrets.map((secret) => {
    // A key that is empty signs for everybody; settings let none pass, and neither does this.
    const expected = createHmac("sha256", secret).update(body).digest();
    return timingSafeEqual(expected, signature) && secret !== "";
  });
  return matches.includes(true);
}
