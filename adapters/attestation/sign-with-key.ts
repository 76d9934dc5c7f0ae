import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { Problem } from "../../core/problem.ts";
import { fromBase64, preAuthEncoding, type Envelope } from "./envelope.ts";

/** Signs bytes with a private key in PEM (Ed25519, or ECDSA on P-256). Throws a `Problem` for any other key. */
export function signWithKey(payload: Uint8Array, payloadType: string, pem: string): Envelope {
  const key = privateKey(pem);
  const sig = sign(digestOf(key), preAuthEncoding(payloadType, payload), key).toString("base64");
  return {
    payloadType,
    payload: Buffer.from(payload).toString("base64"),
    signatures: [{ keyid: keyId(createPublicKey(key)), sig }],
  };
}

/**
 * The id of the key when one of the envelope's signatures is its; null when none is. Other signatures say nothing: they
 * are neither trusted nor a reason to refuse (DSSE asks for one signature by a trusted key). Throws a `Problem` for a
 * text that is no public key of a kind that we sign with, a private key included.
 */
export function verifiedKey(envelope: Envelope, payload: Uint8Array, pem: string): string | null {
  const key = publicKey(pem);
  const signed = preAuthEncoding(envelope.payloadType, payload);
  const isOurs = envelope.signatures.slice(0, mostSignatures).some(({ sig }) => {
    const bytes = fromBase64(sig);
    return bytes !== null && verify(digestOf(key), signed, key, bytes);
  });
  return isOurs ? keyId(key) : null;
}

/** sha256 of the key in SPKI DER, in hex: `openssl pkey -pubin -in key.pub -outform DER | sha256sum` gives the same. */
export function keyId(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex");
}

/** Checking a signature costs time, and an envelope is somebody else's file. */
const mostSignatures = 20;

function privateKey(pem: string): KeyObject {
  const key = readKey(() => createPrivateKey(pem));
  if (key === null)
    throw new Problem(
      "The key to sign with is not a private key in PEM, or it is locked by a passphrase.",
      "Make one with `openssl genpkey -algorithm ed25519 -out key.pem` and give it with `--key`.",
    );
  return checked(key);
}

function publicKey(pem: string): KeyObject {
  // Node would take its public half. But whoever checks has no need of it, and with it could sign.
  if (pem.includes("PRIVATE KEY-----"))
    throw new Problem(
      "The key to check with is a private key.",
      "Keep it where only the signer reads it, and check with the public one: `openssl pkey -in key.pem -pubout -out key.pub`.",
    );
  const key = readKey(() => createPublicKey(pem));
  if (key === null)
    throw new Problem(
      "The key to check with is not a public key in PEM.",
      "Take it from the private key with `openssl pkey -in key.pem -pubout -out key.pub`.",
    );
  return checked(key);
}

function readKey(read: () => KeyObject): KeyObject | null {
  try {
    return read();
  } catch {
    // OpenSSL's own words name its inner parts, and help nobody who gave the wrong file.
    return null;
  }
}

function checked(key: KeyObject): KeyObject {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === "ed25519" || (key.asymmetricKeyType === "ec" && curve === "prime256v1")) return key;
  throw new Problem(
    `The key is of the kind ${key.asymmetricKeyType ?? "unknown"}${curve === undefined ? "" : ` (${curve})`}, which Countersign does not sign with.`,
    "Use an Ed25519 key or an ECDSA key on P-256.",
  );
}

/** Ed25519 hashes by itself. */
function digestOf(key: KeyObject): "sha256" | null {
  return key.asymmetricKeyType === "ed25519" ? null : "sha256";
}
