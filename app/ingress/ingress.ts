import { hash, type KeyObject } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Delivery } from "../../adapters/store/store.ts";
import { auditEntry } from "../audit-kinds.ts";
import type { AppPorts } from "../ports.ts";
import { refuse } from "./answer.ts";
import { newBodyPlaces, type BodyPlaces } from "./body-places.ts";
import { readHeaders, type DeliveryHeaders } from "./headers.ts";
import { readBody } from "./read-body.ts";
import { newPatience, type Patience } from "./patience.ts";
import { refusals, type Refusal } from "./refusals.ts";
import { readShape } from "./shape.ts";
import { isSigned, signingKeys } from "./signature.ts";

/** What deliveries are held against. */
export interface IngressSettings {
  secrets: readonly string[];
  bodyBytes: number;
  bodiesAtOnce: number;
  /** How long the database may take. GitHub hangs up after ten seconds. */
  storeMs: number;
}

type IngressPorts = Pick<AppPorts, "store" | "clock" | "log" | "metrics">;

/**
 * Takes webhook deliveries: answers 202 when one is durable, and does nothing else with it. What is refused is never kept,
 * and never logged but for the reason: it may be anybody's.
 */
export function ingress(
  ports: IngressPorts,
  settings: IngressSettings,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const room: Room = {
    places: newBodyPlaces(settings.bodiesAtOnce, settings.bodyBytes, ports.clock),
    // What was given up may be stored afterwards: the same delivery then comes again, and is known.
    patience: newPatience(ports.clock, settings.storeMs),
    keys: signingKeys(settings.secrets),
  };
  const { places } = room;
  return async (request, response) => {
    const began = ports.clock.now().getTime();
    const outcome = await take(request, ports, settings, room);
    ports.metrics.gauge("countersign_bodies", places.taken());
    ports.metrics.count("countersign_deliveries_total", { outcome: outcome.outcome });
    if (outcome.status !== 202) {
      if (outcome.outcome !== "gone") ports.log.warn("delivery-refused", { why: outcome.outcome });
      return refuse(request, response, outcome, ports.clock);
    }
    ports.metrics.observe("countersign_delivery_seconds", (ports.clock.now().getTime() - began) / 1000);
    response.writeHead(202, { "content-length": 0 }).end();
  };
}

/** What all deliveries share. */
interface Room {
  places: BodyPlaces;
  patience: Patience;
  keys: readonly KeyObject[];
}

interface Taken {
  status: 202;
  outcome: "stored" | "known";
}

/** What is wrong is looked for in the order of its price: the signature needs the whole body, and the database the rest. */
async function take(
  request: IncomingMessage,
  ports: IngressPorts,
  settings: IngressSettings,
  { places, patience, keys }: Room,
): Promise<Taken | Refusal> {
  const headers = readHeaders(request, settings.bodyBytes);
  if ("status" in headers) return headers;
  const place = places.enter(request.socket.remoteAddress ?? "");
  if (place === null) return refusals.busy;
  ports.metrics.gauge("countersign_bodies", places.taken());
  try {
    const body = await readBody(request, settings.bodyBytes, place);
    if (!Buffer.isBuffer(body)) return refusals[body];
    if (!isSigned(body, headers.signature, keys)) return refusals.badSignature;
    return await append(body, headers, ports, patience);
  } finally {
    place.leave();
  }
}

async function append(
  body: Buffer,
  { id, event }: DeliveryHeaders,
  ports: IngressPorts,
  patience: Patience,
): Promise<Taken | Refusal> {
  const read = readShape(event, body);
  const bodyHash = hash("sha256", body);
  if ("problem" in read) {
    await tellWrongShape({ id, event, bodyHash, problem: read.problem }, ports, patience);
    return refusals.wrongShape;
  }
  const receivedAt = ports.clock.now().toISOString();
  try {
    const answer = await patience(() =>
      ports.store.deliveries.append({ id, event, bodyHash, body: read.text, receivedAt } satisfies Delivery),
    );
    return answer === "other-body" ? refusals.otherBody : { status: 202, outcome: answer };
  } catch (error) {
    ports.log.error("delivery-not-stored", error, { delivery: id });
    return refusals.storeFault;
  }
}

/**
 * Only what GitHub signed comes here, and GitHub sends no such thing: somebody may have sent an old body again under
 * another name. The headers are not signed.
 */
async function tellWrongShape(
  { id, event, bodyHash, problem }: { id: string; event: string; bodyHash: string; problem: string },
  { store, clock, log }: IngressPorts,
  patience: Patience,
): Promise<void> {
  const detail = { delivery: id, event, body: bodyHash, reason: problem };
  const entry = auditEntry({ kind: "delivery-refused", at: clock.now(), installation: null, detail });
  await patience(() => store.audit.append([entry])).catch((error: unknown) =>
    log.error("audit-not-written", error, { delivery: id }),
  );
}
