import * as z from "zod";

/** A DSSE envelope: bytes, what they are, and who vouches for them. Source: secure-systems-lab/dsse, envelope.md v1. */
export const Envelope = z.looseObject({
  payloadType: z.string(),
  /** Base64. */
  payload: z.string(),
  signatures: z.array(z.looseObject({ keyid: z.string().nullish(), sig: z.string() })),
});
export type Envelope = z.infer<typeof Envelope>;

/** What is signed: the type and the bytes, each with its length, so that neither can pass for the other. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `;
  return Buffer.concat([Buffer.from(head, "utf8"), payload]);
}

/** The bytes that a base64 text stands for, or null when it is not base64: Node's own reader skips what it does not know. */
export function fromBase64(text: string): Buffer | null {
  const standard = text.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Buffer.from(standard, "base64");
  const again = bytes.toString("base64");
  return again === standard || again.replace(/={1,2}$/, "") === standard ? bytes : null;
}
