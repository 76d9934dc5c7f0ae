import { inertJson, inertText, redact } from "../core/untrusted/index.ts";
import type { Log, LogFields } from "./ports.ts";

/** What a log is made with. */
export interface LogSetting {
  /** Takes one line, with its line break. */
  write: (line: string) => void;
  now: () => Date;
  /** The App's own: private key, webhook secrets, client secret, password of the database. */
  secrets: readonly string[];
}

/**
 * One JSON object on one line for each event: `at`, `level`, `event`, then the fields. Every text in it is inert, whoever
 * wrote it, and redacted: what looks like a secret, and each of the App's own. It never throws.
 */
export function jsonLog({ write, now, secrets }: LogSetting): Log {
  const harmless = harmlessWith(secrets);
  const line = (level: string, event: string, fields: LogFields, error: LogFields = {}) => {
    const own = { at: now().toISOString(), level, event: harmless(event, 200) };
    const given = Object.entries({ ...fields, ...error }).map(([name, value]): [string, LogFields[string]] => [
      name in own ? `${name}_` : harmless(name, 100),
      typeof value === "string" ? harmless(value, 4_000) : value,
    ]);
    write(`${inertJson(JSON.stringify({ ...own, ...Object.fromEntries(given) }))}\n`);
  };
  return {
    info: (event, fields = {}) => line("info", event, fields),
    warn: (event, fields = {}) => line("warn", event, fields),
    error: (event, error, fields = {}) => line("error", event, fields, { error: described(error) }),
  };
}

/** Our own secrets go first and as they are: the redactor knows shapes, and a secret of ours may have none. */
function harmlessWith(secrets: readonly string[]): (text: string, most: number) => string {
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const withoutOwn = (text: string): string => forms.reduce((rest, form) => rest.replaceAll(form, "(redacted)"), text);
  return (text, most) => {
    const bounded = text.length > longestLooked ? `${text.slice(0, longestLooked)}…` : text;
    // A line break or an invisible character taken away can bring the halves of a secret together.
    return withoutOwn(redact(inertText(redact(withoutOwn(bounded)), { maxGraphemes: most, lineBreak: "⏎" })));
  };
}

/** Nothing of what stands behind is shown, so it is not looked at. */
const longestLooked = 50_000;

/** As a secret stands in texts: itself, in JSON, in an address, in base64, and each longer line of a key. */
function formsOf(secret: string): string[] {
  if (secret.length < shortestForm) return [];
  const lines = secret.includes("\n") ? secret.split("\n") : [];
  const forms = [
    ...[secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)],
    ...[Buffer.from(secret).toString("base64").replaceAll("=", ""), Buffer.from(secret).toString("base64url")],
    ...lines.filter((line) => !line.startsWith("-----")),
  ];
  return forms.filter((form) => form.length >= shortestForm);
}

/** Shorter ones would blacken ordinary words. */
const shortestForm = 8;

/** Our own mistakes keep their stack, and every error its causes. */
function described(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  if (error.cause === undefined || depth >= 5) return own;
  return `${own}\ncaused by: ${described(error.cause, depth + 1)}`;
}
