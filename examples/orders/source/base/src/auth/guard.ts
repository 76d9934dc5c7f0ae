import { HttpError, type Context, type Step } from "../http/router.ts";
import { readSession, type Session } from "./session.ts";

export interface Guards {
  /** Lets signed-in people through. */
  requireSession: Step;
  /** Lets support staff through. Stands after `requireSession`. */
  requireSupport: Step;
}

export function guards(secret: string, now: () => number): Guards {
  return {
    requireSession(context) {
      const token = context.headers["authorization"]?.replace(/^Bearer /, "") ?? "";
      const session = readSession(secret, token, now());
      if (!session) return { status: 401, body: { error: "sign in first" } };
      context.session = session;
      return undefined;
    },
    requireSupport(context) {
      if (sessionOf(context).role === "support") return undefined;
      return { status: 403, body: { error: "support only" } };
    },
  };
}

/** The session that a guard has put there. */
export function sessionOf(context: Context): Session {
  if (!context.session) throw new HttpError(401, "sign in first");
  return context.session;
}

/** Support may act on every customer's things, customers on their own. */
export function mayActFor(session: Session, customer: string): boolean {
  return session.role === "support" || session.customer === customer;
}
