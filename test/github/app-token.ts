import { sign } from "node:crypto";
import type { App } from "./state.ts";

/** A JWT as an App makes one; `over` makes it wrong. https://www.rfc-editor.org/rfc/rfc7519 */
export function appJwt(
  app: App,
  clock: Date,
  over: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): string {
  const seconds = Math.floor(clock.getTime() / 1000);
  const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const claims = { iss: String(app.id), iat: seconds - 60, exp: seconds + 540, ...over };
  const signed = `${encoded({ alg: "RS256", typ: "JWT", ...header })}.${encoded(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), app.privateKey).toString("base64url")}`;
}
