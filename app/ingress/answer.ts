import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../core/clock.ts";
import type { Refusal } from "./refusals.ts";

/**
 * Answers with a refusal and ends the connection. A sender that is still sending would never read the answer if the
 * connection broke at once, so what comes is thrown away for a moment, and then it does break.
 */
export async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, message }: Refusal,
  clock: Clock,
): Promise<void> {
  if (response.destroyed) return;
  const body = `${JSON.stringify({ message })}\n`;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    connection: "close",
    ...(status === 405 ? { allow: "POST" } : {}),
    ...(status === 503 ? { "retry-after": "5" } : {}),
  });
  // The answer is whole for the sender; for us it ends when Node may close the connection.
  response.write(body);
  if (!request.complete && !request.destroyed) await thrownAway(request, clock);
  response.end();
}

const lingerMs = 1_000;
const lingerBytes = 1024 * 1024;

/** Until the sender is done, has hung up, has sent a megabyte, or a second is over. */
async function thrownAway(request: IncomingMessage, clock: Clock): Promise<void> {
  const stop = new AbortController();
  let bytes = 0;
  const done = (): void => stop.abort();
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > lingerBytes) done();
  });
  request.on("end", done).on("close", done).on("error", done).resume();
  await clock.sleep(lingerMs, stop.signal).catch(() => undefined);
}
