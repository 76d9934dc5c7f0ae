import type { ServerResponse } from "node:http";
import type { Sent } from "./api.ts";
import type { Fault } from "./faults.ts";

/** Whether the request is carried out before it goes wrong. */
export function isCarriedOut(fault: Fault | null): boolean {
  if (fault === null) return true;
  if (fault.kind === "hang" || fault.kind === "reset") return fault.applied === true;
  return !["status", "primary-limit", "secondary-limit"].includes(fault.kind);
}

/** Sends an answer as the fault has it. The clock is that of the Date header. */
export async function send(response: ServerResponse, right: Sent, fault: Fault | null, clock: Date): Promise<number> {
  const { status, headers, body } = fault === null ? right : spoiled(right, fault, clock);
  const date = fault?.kind === "clock-skew" ? new Date(clock.getTime() + fault.seconds * 1000) : clock;
  if (fault?.kind === "late") await wait(fault.ms);
  if (fault?.kind === "hang") return 0;
  if (fault?.kind === "reset") {
    response.destroy();
    return 0;
  }
  response.writeHead(status, { ...headers, date: date.toUTCString() });
  if (fault?.kind === "slow") await sendSlowly(response, body, fault.bytesPerSecond);
  else if (fault?.kind === "truncated") await cutOff(response, body);
  else response.end(body);
  return status;
}

function spoiled(right: Sent, fault: Fault, clock: Date): Sent {
  const json = { "content-type": "application/json; charset=utf-8" };
  const says = (message: string) =>
    Buffer.from(JSON.stringify({ message, documentation_url: "https://docs.github.com" }));
  switch (fault.kind) {
    case "status":
      return {
        status: fault.status,
        headers: { ...json, ...fault.headers },
        body: Buffer.from(fault.body ?? says(fault.message ?? `fault ${fault.status}`)),
      };
    case "primary-limit": {
      const reset = String(Math.floor(clock.getTime() / 1000) + fault.resetInSeconds);
      const limit = {
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-used": "5000",
        "x-ratelimit-reset": reset,
        "x-ratelimit-resource": "core",
      };
      return { status: 403, headers: { ...json, ...limit }, body: says("API rate limit exceeded for installation.") };
    }
    case "secondary-limit": {
      const wanted = fault.retryAfterSeconds;
      const headers: Record<string, string> = wanted === undefined ? json : { ...json, "retry-after": String(wanted) };
      return {
        status: fault.status ?? 403,
        headers,
        body: says("You have exceeded a secondary rate limit. Please wait a few minutes before you try again."),
      };
    }
    case "html":
      return {
        status: 200,
        headers: { "content-type": "text/html" },
        body: Buffer.from("<!DOCTYPE html><title>Unicorn!</title>"),
      };
    case "empty":
      return { ...right, status: 200, body: Buffer.alloc(0) };
    case "other-body":
      return { ...right, body: Buffer.from(fault.body) };
    case "graphql-error":
      return { ...right, body: withError(right.body, fault) };
    default:
      return right;
  }
}

/** 200 with errors: what is at the path is null, and the rest is told. */
function withError(
  body: Buffer,
  { message, type, path }: { message: string; type?: string; path?: readonly (string | number)[] },
): Buffer {
  const answer = JSON.parse(body.toString("utf8")) as { data?: unknown; errors?: unknown[] };
  if (path === undefined) answer.data = null;
  else blank(answer.data, path);
  const error = { ...(type === undefined ? {} : { type }), message, ...(path === undefined ? {} : { path }) };
  return Buffer.from(JSON.stringify({ ...answer, errors: [...(answer.errors ?? []), error] }));
}

function blank(data: unknown, [first, ...rest]: readonly (string | number)[]): void {
  if (typeof data !== "object" || data === null || first === undefined) return;
  if (rest.length === 0) Reflect.set(data, first, null);
  else blank(Reflect.get(data, first), rest);
}

async function sendSlowly(response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<void> {
  for (let from = 0; from < body.length && !response.destroyed; from += bytesPerSecond) {
    response.write(body.subarray(from, from + bytesPerSecond));
    await wait(1000);
  }
  response.end();
}

/** Half of it, and then the connection is gone. */
async function cutOff(response: ServerResponse, body: Buffer): Promise<void> {
  await new Promise<void>((resolve) => response.write(body.subarray(0, Math.floor(body.length / 2)), () => resolve()));
  response.destroy();
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
