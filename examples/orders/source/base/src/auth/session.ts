import { createHmac, timingSafeEqual } from "node:crypto";

/** Who is asking. `support` may see every order; a customer sees only their own. */
export interface Session {
  customer: string;
  role: "customer" | "support";
  expiresAt: number;
}

const lifetimeMs = 30 * 60 * 1000;

/** A token that this service can check without a database: `<payload>.<signature>`. */
export function issueSession(secret: string, who: Pick<Session, "customer" | "role">, now: number): string {
  const session: Session = { ...who, expiresAt: now + lifetimeMs };
  const payload = Buffer.from(JSON.stringify(session)).toString("base64url");
  return `${payload}.${sign(secret, payload)}`;
}

/** The session in the token, or nothing when the token is forged, damaged or too old. */
export function readSession(secret: string, token: string, now: number): Session | undefined {
  const [payload, signature, ...rest] = token.split(".");
  if (!payload || !signature || rest.length > 0) return undefined;
  if (!sameText(signature, sign(secret, payload))) return undefined;
  const session = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Session;
  return session.expiresAt > now ? session : undefined;
}

function sign(secret: string, payload: string): string {
  return createHmac("sha256", secret).update(payload).digest("base64url");
}

// Compares in constant time, so that a wrong signature does not tell how much of it was right.
function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
