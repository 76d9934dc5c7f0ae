import { jsonDepthWithin } from "../../core/json-depth.ts";
import { ProvenanceRecord } from "../../core/provenance/index.ts";
import { payloadType, Statement } from "../../core/report/index.ts";
import { Envelope, fromBase64 } from "./envelope.ts";

/** What a file turned out to be. */
export type Attestation =
  | { kind: "envelope"; envelope: Envelope; payload: Buffer; statement: Statement }
  | { kind: "bundle"; bundle: unknown; statement: Statement }
  | { kind: "statement"; statement: Statement }
  | { kind: "record"; record: ProvenanceRecord };

/**
 * Reads a signed envelope, a Sigstore bundle, a bare statement or a record. What a signature covers is what is read: the
 * bytes of the payload, and nothing beside them. Anything else gives the reason why not, as the end of a sentence.
 */
export function readAttestation(text: string): Attestation | string {
  const value = jsonOf(text);
  if (value === undefined) return "it is not JSON: it may be cut off";
  const envelope = Envelope.safeParse(value);
  if (envelope.success)
    return fromEnvelope(envelope.data, (rest) => ({ kind: "envelope", envelope: envelope.data, ...rest }));
  const inner = Envelope.safeParse(property(value, "dsseEnvelope"));
  if (inner.success) return fromEnvelope(inner.data, ({ statement }) => ({ kind: "bundle", bundle: value, statement }));
  const statement = Statement.safeParse(value);
  if (statement.success) return { kind: "statement", statement: statement.data };
  const record = ProvenanceRecord.safeParse(value);
  if (record.success) return { kind: "record", record: record.data };
  return "it is no envelope, bundle, statement or record that Countersign writes";
}

function fromEnvelope(
  envelope: Envelope,
  make: (rest: { payload: Buffer; statement: Statement }) => Attestation,
): Attestation | string {
  if (envelope.payloadType !== payloadType) return "its envelope does not hold an in-toto statement";
  if (envelope.signatures.length === 0) return "its envelope has no signature";
  const payload = fromBase64(envelope.payload);
  if (payload === null) return "its payload is not base64";
  const statement = Statement.safeParse(jsonOf(payload.toString("utf8")));
  return statement.success
    ? make({ payload, statement: statement.data })
    : "its payload is no statement that Countersign writes";
}

const deepest = 50;

function jsonOf(text: string): unknown {
  if (!jsonDepthWithin(Buffer.from(text), deepest)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
