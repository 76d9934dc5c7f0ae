import type { Delivery } from "../../../adapters/store/store.ts";

export const own = { id: 5, slug: "countersign" };
export const now = new Date("2026-03-01T12:00:00.000Z");
export const sha = "a".repeat(40);
export const otherSha = "b".repeat(40);

/** A delivery of a payload, or of a text as it stands. */
export function delivery(event: string, payload: unknown, id = "d-1"): Delivery {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  return { id, event, bodyHash: "0".repeat(64), body, receivedAt: now.toISOString() };
}

export const place = { installation: { id: 7 }, repository: { id: 70, default_branch: "main" } };
export const person = { sender: { login: "ann", type: "User" } };

export function pullPayload(action: string, more: object = {}) {
  const pull_request = {
    ...{ number: 3, merged: false, merge_commit_sha: null, updated_at: "2026-03-01T11:59:00Z" },
    ...{ head: { sha }, base: { ref: "main", sha: otherSha } },
  };
  return { action, ...place, ...person, pull_request, ...more };
}

export function commentPayload(body: string, more: object = {}) {
  const comment = {
    ...{ id: 900, body, user: { login: "ann", type: "User" } },
    ...{ created_at: "2026-03-01T11:00:00Z", updated_at: "2026-03-01T11:00:00Z" },
  };
  return { action: "created", ...place, ...person, issue: { number: 3, pull_request: {} }, comment, ...more };
}
