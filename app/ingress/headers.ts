import type { IncomingMessage } from "node:http";
import { refusals, type Refusal } from "./refusals.ts";
import { readSignature } from "./signature.ts";

/** What the headers of a delivery say. None of it is signed but the body. */
export interface DeliveryHeaders {
  id: string;
  event: string;
  signature: Buffer;
}

/**
 * The headers of a delivery, or why it need not be read any further. Node has seen to it that `Content-Length` is a
 * number and the body no longer than it says.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
 */
export function readHeaders({ method, headers }: IncomingMessage, bodyBytes: number): DeliveryHeaders | Refusal {
  if (method !== "POST") return refusals.method;
  const signature = readSignature(headers["x-hub-signature-256"]);
  if (signature === null) return refusals.badSignature;
  if (!isJson(headers["content-type"])) return refusals.contentType;
  if (Number(headers["content-length"] ?? 0) > bodyBytes) return refusals.tooLarge;
  const [id, event] = [headers["x-github-delivery"], headers["x-github-event"]];
  const isShaped = typeof id === "string" && /^[A-Za-z0-9-]{8,64}$/.test(id);
  if (!isShaped || typeof event !== "string" || !/^[a-z0-9_]{1,64}$/.test(event)) return refusals.headers;
  return { id, event, signature };
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(";")[0]?.trim().toLowerCase() === "application/json";
}
