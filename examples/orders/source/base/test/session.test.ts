import { expect, test } from "vitest";
import { issueSession, readSession } from "../src/auth/session.ts";

const secret = "a secret for tests only";
const now = Date.parse("2026-03-02T09:00:00Z");
const minute = 60 * 1000;
const token = issueSession(secret, { customer: "carla", role: "customer" }, now);

test.each([
  { says: "at once", at: now, valid: true },
  { says: "after 29 minutes", at: now + 29 * minute, valid: true },
  { says: "after 30 minutes", at: now + 30 * minute, valid: false },
])("a session $says: $valid", ({ at, valid }) => {
  expect(readSession(secret, token, at) !== undefined).toBe(valid);
});

test.each([
  { says: "nothing", forged: "" },
  { says: "a payload alone", forged: token.split(".")[0] ?? "" },
  { says: "one part too many", forged: `${token}.x` },
  { says: "a cut signature", forged: token.slice(0, -1) },
  { says: "a changed payload", forged: `x${token}` },
])("$says is no session", ({ forged }) => {
  expect(readSession(secret, forged, now)).toBeUndefined();
});

test("a token of another secret is no session", () => {
  expect(readSession("another secret entirely", token, now)).toBeUndefined();
});
