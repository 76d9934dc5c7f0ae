import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";

/**
 * Signs bytes with a certificate that Sigstore gives to the token's owner for ten minutes, and notes the signature in its
 * public log. Returns the bundle as plain JSON: envelope, certificate and proof, so that it is checked without asking
 * anybody. Throws a `Problem` when Sigstore cannot be reached or refuses.
 */
export async function signWithSigstore(
  payload: Uint8Array,
  payloadType: string,
  identityToken: string,
): Promise<object> {
  // Loaded only here: no other command needs it.
  const { attest } = await import("sigstore");
  try {
    return await attest(Buffer.from(payload), payloadType, {
      identityToken,
      timeout: timeoutMs,
      retry: { retries: 2 },
    });
  } catch (cause) {
    const said = cause instanceof Error ? inertText(cause.message, { maxGraphemes: 300 }) : "unknown error";
    throw new Problem(
      `Sigstore did not sign: ${said}.`,
      "Try again, or sign with a key: `--sign key --key key.pem`. Behind a proxy, let fulcio.sigstore.dev and rekor.sigstore.dev through.",
      { cause },
    );
  }
}

const timeoutMs = 20_000;
