import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type * as z from "zod";

/**
 * A value that a browser keeps for us and can neither read nor change: AES-256-GCM, with the instant at which it ends.
 * @param key 32 bytes, of a use of its own
 */
export function seal(value: unknown, key: Buffer, ends: Date): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const text = JSON.stringify({ ends: ends.getTime(), value });
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** The value, when one of the keys sealed it and its time is not over; null otherwise. */
export function unseal<T>(text: string, keys: readonly Buffer[], now: Date, shape: z.ZodType<T>): T | null {
  for (const key of keys) {
    const opened = open(text, key);
    if (opened === null) continue;
    if (typeof opened !== "object" || !("ends" in opened) || !("value" in opened)) return null;
    if (typeof opened.ends !== "number" || opened.ends <= now.getTime()) return null;
    const read = shape.safeParse(opened.value);
    return read.success ? read.data : null;
  }
  return null;
}

/** A cookie holds no more. */
const longest = 8_000;

function open(text: string, key: Buffer): unknown {
  if (text.length > longest) return null;
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length < 28) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8"));
  } catch {
    // Another key, or not ours at all.
    return null;
  }
}
