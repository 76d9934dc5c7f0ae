import {
  fulcioHandler,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
  rekorHandler,
  tsaHandler,
} from "@sigstore/mock";
import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer } from "node:http";
import * as z from "zod";

/** A Sigstore instance of its own on this machine: certificate authority, its log, the signatures' log and a clock. */
export interface SigstoreInstance {
  url: string;
  /** What `verify --trusted-root` takes. */
  trustedRoot: string;
  /** Environment that points `attest --sign sigstore` here, with a token. */
  environment: Record<string, string>;
  close: () => void;
}

export const signer = "https://github.com/acme/orders/.github/workflows/gate.yml@refs/heads/main";
export const issuer = "https://token.actions.githubusercontent.com";

/** `loggedLater` is how many milliseconds after its certificate a signature is noted in the log. */
export async function startSigstore({ loggedLater = 0 } = {}): Promise<SigstoreInstance> {
  const [authority, log, clock] = [newKeys(), newKeys(), newKeys()];
  const ctLog = await initializeCTLog(authority);
  const ca = await initializeCA(authority, ctLog);
  const tsa = await initializeTSA(clock);
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const url = `http://127.0.0.1:${address.port}`;
  const tlog = await initializeTLog(url, log, loggedLater === 0 ? undefined : new Date(Date.now() + loggedLater));
  const note = tlog.log.bind(tlog);
  tlog.log = (entry) => note(asRekorKeeps(entry));
  const handlers = [fulcioHandler(ca), rekorHandler(tlog), tsaHandler(tsa)];
  server.on("request", (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const handler = handlers.find(({ path }) => path === request.url);
      if (handler === undefined) return void response.writeHead(404).end();
      void handler.fn(Buffer.concat(chunks).toString("utf8")).then(({ statusCode, response: body, contentType }) => {
        response.writeHead(statusCode, { "content-type": contentType ?? "text/plain" });
        response.end(typeof body === "string" ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength));
      });
    });
  });
  return {
    url,
    trustedRoot: trustedRoot({
      url,
      root: bytesOf(ca.rootCertificate),
      log: log.publicKey,
      ctLog: authority.publicKey,
    }),
    environment: { SIGSTORE_FULCIO_URL: url, SIGSTORE_REKOR_URL: url, SIGSTORE_ID_TOKEN: token() },
    close: () => void server.close(),
  };
}

const Proposed = z.object({
  apiVersion: z.string(),
  kind: z.literal("dsse"),
  spec: z.object({ proposedContent: z.object({ envelope: z.string(), verifiers: z.array(z.string()) }) }),
});
const Envelope = z.object({ payload: z.string(), signatures: z.array(z.object({ sig: z.string() })) });

/** The mock notes what it is given. Rekor keeps digests and signatures of a DSSE envelope, and that is what a verifier compares. */
function asRekorKeeps(proposed: object): object {
  const { apiVersion, kind, spec } = Proposed.parse(proposed);
  const { envelope, verifiers } = spec.proposedContent;
  const { payload, signatures } = Envelope.parse(JSON.parse(envelope));
  const sha256 = (bytes: Buffer) => ({ algorithm: "sha256", value: createHash("sha256").update(bytes).digest("hex") });
  return {
    apiVersion,
    kind,
    spec: {
      envelopeHash: sha256(Buffer.from(envelope)),
      payloadHash: sha256(Buffer.from(payload, "base64")),
      signatures: signatures.map(({ sig }, index) => ({ signature: sig, verifier: verifiers[index] })),
    },
  };
}

function newKeys() {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

/** A token is taken at its word by the mock; its signature is never looked at. */
function token(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ iss: issuer, sub: signer, aud: "sigstore" })}.${Buffer.from("sig").toString("base64url")}`;
}

function bytesOf(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

interface Trusted {
  url: string;
  root: Buffer;
  log: KeyObject;
  ctLog: KeyObject;
}

function trustedRoot({ url, root, log, ctLog }: Trusted): string {
  const since = { start: "2020-01-01T00:00:00Z" };
  const logOf = (key: KeyObject) => {
    const der = key.export({ type: "spki", format: "der" });
    return {
      baseUrl: url,
      hashAlgorithm: "SHA2_256",
      publicKey: { rawBytes: der.toString("base64"), keyDetails: "PKIX_ECDSA_P256_SHA_256", validFor: since },
      logId: { keyId: createHash("sha256").update(der).digest("base64") },
    };
  };
  return JSON.stringify({
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: [logOf(log)],
    ctlogs: [logOf(ctLog)],
    certificateAuthorities: [
      {
        subject: { organization: "sigstore.mock", commonName: "sigstore" },
        uri: url,
        certChain: { certificates: [{ rawBytes: root.toString("base64") }] },
        validFor: since,
      },
    ],
    timestampAuthorities: [],
  });
}
