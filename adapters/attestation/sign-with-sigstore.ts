import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";

/** Addresses of a Sigstore instance; null is the public one. */
export interface SigstoreServices {
  fulcioUrl: string | null;
  rekorUrl: string | null;
  /** A timestamp authority; null asks none, and the log's own time counts. */
  timestampUrl: string | null;
}

/**
 * Signs bytes with a certificate that Sigstore gives to the token's owner for ten minutes, and notes the signature in its
 * log. Returns the bundle as plain JSON: envelope, certificate and proof, so that it is checked without asking anybody.
 * Throws a `Problem` when Sigstore cannot be reached or refuses.
 */
export async function signWithSigstore(
  payload: Uint8Array,
  payloadType: string,
  identityToken: string,
  services: SigstoreServices,
): Promise<object> {
  // Loaded only here: no other command needs it. In a bundle, only the default survives of a CommonJS package's names.
  const { default: sigstore } = await import("sigstore");
  try {
    const asked = { identityToken, timeout: timeoutMs, retry: { retries: 2 }, ...addresses(services) };
    return await sigstore.attest(Buffer.from(payload), payloadType, asked);
  } catch (cause) {
    const said = cause instanceof Error ? inertText(cause.message, { maxGraphemes: 300 }) : "unknown error";
    throw new Problem(
      `Sigstore did not sign: ${said}.`,
      "Try again, or sign with a key: `--sign key --key key.pem`. Behind a proxy, let fulcio.sigstore.dev and rekor.sigstore.dev through.",
      { cause },
    );
  }
}

/** The instance that `SIGSTORE_FULCIO_URL`, `SIGSTORE_REKOR_URL` and `SIGSTORE_TSA_URL` name. */
export function sigstoreServices(environment: Readonly<Record<string, string | undefined>>): SigstoreServices {
  return {
    fulcioUrl: environment.SIGSTORE_FULCIO_URL || null,
    rekorUrl: environment.SIGSTORE_REKOR_URL || null,
    timestampUrl: environment.SIGSTORE_TSA_URL || null,
  };
}

function addresses({ fulcioUrl, rekorUrl, timestampUrl }: SigstoreServices) {
  return {
    ...(fulcioUrl === null ? {} : { fulcioURL: fulcioUrl }),
    ...(rekorUrl === null ? {} : { rekorURL: rekorUrl }),
    ...(timestampUrl === null ? {} : { tsaServerURL: timestampUrl }),
  };
}

const timeoutMs = 20_000;
