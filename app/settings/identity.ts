import { inertText, showPath } from "../../core/untrusted/index.ts";
import type { Given } from "./given-settings.ts";
import { readPrivateKey } from "./private-key.ts";
import { weakness } from "./secret-strength.ts";
import type { Settings, Tell } from "./settings.ts";
import type { SettingName } from "./table.ts";

/** Who the App is on GitHub. */
export interface AppIdentity {
  id: number;
  /** PKCS #8 in PEM. */
  privateKey: string;
  /** For signing in; null where nobody can. */
  client: { id: string; secret: string } | null;
}

/** Who the App is, when all of it is there and sound; every mistake is told. `keyFile` is what `PRIVATE_KEY_PATH` holds. */
export function readAppSettings(
  given: Given,
  keyFile: string | null,
  tell: Tell,
): Pick<Settings, "app" | "webhookSecrets"> | null {
  const id = readId(given, tell);
  const privateKey = readKey(given, keyFile, tell);
  const secret = readSecret(given, "WEBHOOK_SECRET", tell);
  const previous = given.has("WEBHOOK_SECRET_PREVIOUS") ? readSecret(given, "WEBHOOK_SECRET_PREVIOUS", tell) : null;
  const client = readClient(given, tell);
  if (id === null || privateKey === null || secret === null) return null;
  return { app: { id, privateKey, client }, webhookSecrets: previous === null ? [secret] : [secret, previous] };
}

/** What to do about a setting that is given and useless, or missing beside others. */
const orNone = "or take every setting of the App away to start the set-up page";

function readId(given: Given, tell: Tell): number | null {
  const text = given.get("APP_ID");
  const id = Number(text);
  if (text !== undefined && /^\d{1,15}$/.test(text) && id > 0) return id;
  const what =
    text === undefined ? "is missing" : text === "" ? "is empty" : `is ${inertText(text)}, which is no number`;
  tell(`APP_ID ${what}.`, `Write the number on the App's page on GitHub, like \`APP_ID=12345\`, ${orNone}.`);
  return null;
}

function readKey(given: Given, keyFile: string | null, tell: Tell): string | null {
  const [text, path] = [given.get("PRIVATE_KEY"), given.get("PRIVATE_KEY_PATH")];
  const fix = `Write the text of the .pem file that GitHub made into PRIVATE_KEY, or its path into PRIVATE_KEY_PATH, ${orNone}.`;
  if (text !== undefined && path !== undefined) {
    tell("PRIVATE_KEY and PRIVATE_KEY_PATH are both given.", "Keep one of them.");
    return null;
  }
  if (path && keyFile === null) {
    tell(`PRIVATE_KEY_PATH names ${showPath(path)}, which cannot be read.`, fix);
    return null;
  }
  const [name, value] = path === undefined ? ["PRIVATE_KEY", text] : ["PRIVATE_KEY_PATH", path && keyFile];
  if (!value) {
    tell(`${name} is ${value === undefined ? "missing" : "empty"}.`, fix);
    return null;
  }
  const read = readPrivateKey(value);
  if ("pem" in read) return read.pem;
  tell(path === undefined ? `PRIVATE_KEY ${read.problem}.` : `The file at PRIVATE_KEY_PATH ${read.problem}.`, fix);
  return null;
}

/** A secret, when it is there and one. What is wrong with it is said without it. */
export function readSecret(given: Given, name: SettingName, tell: Tell): string | null {
  const secret = given.get(name);
  const weak = secret === undefined ? "is missing" : weakness(secret);
  if (weak === null && secret !== undefined) return secret;
  tell(`${name} ${weak ?? "is missing"}.`, secretFix(name));
  return null;
}

function secretFix(name: SettingName): string {
  switch (name) {
    case "WEBHOOK_SECRET":
      return `Write what \`openssl rand -hex 32\` prints, here and on the App's page on GitHub, ${orNone}.`;
    case "WEBHOOK_SECRET_PREVIOUS":
      return "Write the secret that was in force before, or take the setting away when no rotation is under way.";
    case "GITHUB_CLIENT_SECRET":
      return "Write the client secret that the App's page on GitHub made, or take it and GITHUB_CLIENT_ID away.";
    default:
      return "Write what `openssl rand -hex 32` prints, or take the setting away.";
  }
}

function readClient(given: Given, tell: Tell): AppIdentity["client"] {
  if (!given.has("GITHUB_CLIENT_ID") && !given.has("GITHUB_CLIENT_SECRET")) return null;
  const id = given.get("GITHUB_CLIENT_ID") ?? "";
  const secret = readSecret(given, "GITHUB_CLIENT_SECRET", tell);
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(id)) {
    const what = id === "" ? "is missing or empty" : "has characters that no client id has";
    tell(
      `GITHUB_CLIENT_ID ${what}.`,
      "Write the client id from the App's page on GitHub, or take its secret away, too.",
    );
    return null;
  }
  return secret === null ? null : { id, secret };
}
