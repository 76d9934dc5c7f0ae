/** Everything the service reads from its environment, read once at start. */
export interface Config {
  port: number;
  databasePath: string;
  /** Signs session tokens. There is no default: a known secret is no secret. */
  sessionSecret: string;
  paymentsUrl: string;
  paymentsTimeoutMs: number;
  taxPercent: number;
}

type Environment = Record<string, string | undefined>;

export function readConfig(env: Environment): Config {
  const sessionSecret = env["SESSION_SECRET"] ?? "";
  if (sessionSecret.length < 16) {
    throw new Error("SESSION_SECRET must be set and have at least 16 characters");
  }
  return {
    port: wholeNumber(env, "PORT", 8080),
    databasePath: env["DATABASE_PATH"] ?? "orders.sqlite",
    sessionSecret,
    paymentsUrl: env["PAYMENTS_URL"] ?? "http://localhost:9090",
    paymentsTimeoutMs: wholeNumber(env, "PAYMENTS_TIMEOUT_MS", 3000),
    taxPercent: wholeNumber(env, "TAX_PERCENT", 20),
  };
}

function wholeNumber(env: Environment, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`${name} must be a whole number, got "${text}"`);
  }
  return value;
}
