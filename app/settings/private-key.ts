import { createPrivateKey, type KeyObject } from "node:crypto";

/**
 * A GitHub App's private key as PKCS #8 in PEM, from the text of the `.pem` file, with its line breaks as `\n` (as many
 * tools keep it in one line), or in base64. Or why it is none, as the end of a sentence, without a word of the text.
 */
export function readPrivateKey(text: string): { pem: string } | { problem: string } {
  const pem = pemOf(text);
  if (pem === null) return { problem: "is no PEM text, nor one in base64" };
  const key = parsed(pem);
  if (key === null) return { problem: "is a PEM text that cannot be read as a private key" };
  if (key.asymmetricKeyType !== "rsa") return { problem: "is no RSA key, and GitHub makes no other" };
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < fewestBits)
    return { problem: `is an RSA key of less than ${fewestBits} bits` };
  return { pem: key.export({ type: "pkcs8", format: "pem" }).toString() };
}

const fewestBits = 2048;

function pemOf(text: string): string | null {
  const decoded = Buffer.from(text.trim(), "base64").toString("latin1");
  const found = [text, decoded].find((each) => each.includes("-----BEGIN "));
  return found?.replaceAll("\\n", "\n").replaceAll("\r", "").trim() ?? null;
}

/** The reason of the library would quote what it read. */
function parsed(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}
