/**
 * Made-up secrets in the shapes that real ones have, for planting wherever text can get in and searching wherever text
 * comes out. Each value is put together at run time, so that no scanner takes this file for a leak.
 */
export interface Canary {
  /** The row of the redactor's table that names it. */
  readonly kind: string;
  readonly value: string;
}

/** Deterministic characters that look random: the same on every run, different for every seed. */
function randomText(length: number, alphabet: string, seed: number): string {
  let state = seed * 2_654_435_761 + 12_345;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return alphabet.charAt((state >>> 8) % alphabet.length);
  }).join("");
}

function joined(...parts: string[]): string {
  return parts.join("");
}

const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lower = upper.toLowerCase();
const digits = "0123456789";
const base62 = upper + lower + digits;
const base64 = `${base62}+/`;
const base64Url = `${base62}-_`;
const hex = "0123456789abcdef";

function pem(label: string, seed: number): string {
  const lines = Array.from({ length: 5 }, (_, index) => randomText(64, base64, seed + index));
  const frame = (word: string) => `${"-".repeat(5)}${word} ${label}${"-".repeat(5)}`;
  return [frame("BEGIN"), ...lines, `${randomText(30, base64, seed + 9)}==`, frame("END")].join("\n");
}

const webToken = ["eyJhbGciOiJIUzI1NiJ9", `eyJ${randomText(60, base64Url, 40)}`, randomText(43, base64Url, 41)].join(
  ".",
);

/** One or more for each row of the table. */
export const canaries: readonly Canary[] = [
  { kind: "aws-access-key-id", value: joined("AK", "IA", randomText(16, `${upper}234567`, 1)) },
  { kind: "aws-bedrock-key", value: joined("AB", "SK", randomText(120, base64, 68)) },
  { kind: "github-token", value: joined("gh", "p_", randomText(36, base62, 2)) },
  { kind: "github-token", value: joined("gh", "o_", randomText(36, base62, 3)) },
  { kind: "github-token", value: joined("gh", "u_", randomText(36, base62, 4)) },
  { kind: "github-token", value: joined("gh", "s_", randomText(36, base62, 5)) },
  { kind: "github-token", value: joined("gh", "r_", randomText(76, base62, 6)) },
  {
    kind: "github-fine-grained-token",
    value: joined("github", "_pat_", randomText(22, base62, 7), "_", randomText(59, base62, 8)),
  },
  { kind: "gitlab-token", value: joined("gl", "pat-", randomText(20, base64Url, 9)) },
  { kind: "bitbucket-token", value: joined("ATA", "TT3", randomText(180, base62, 69), "=", randomText(8, hex, 1)) },
  {
    kind: "slack-token",
    value: joined(
      "xo",
      "xb-",
      randomText(12, digits, 10),
      "-",
      randomText(12, digits, 11),
      "-",
      randomText(24, base62, 12),
    ),
  },
  { kind: "slack-token", value: joined("xa", "pp-1-", randomText(11, upper, 13), "-", randomText(64, hex, 14)) },
  {
    kind: "slack-webhook",
    value: joined(
      "https://",
      "hooks.slack",
      ".com/services/T",
      randomText(8, upper, 15),
      "/B",
      randomText(8, upper, 16),
      "/",
      randomText(24, base62, 17),
    ),
  },
  {
    kind: "discord-webhook",
    value: joined(
      "https://",
      "discord",
      ".com/api/webhooks/",
      randomText(18, digits, 18),
      "/",
      randomText(68, base64Url, 19),
    ),
  },
  {
    kind: "discord-token",
    value: `M${randomText(23, base62, 20)}.${randomText(6, base62, 21)}.${randomText(38, base64Url, 22)}`,
  },
  { kind: "telegram-token", value: joined("7", randomText(9, digits, 23), ":", "AA", randomText(33, base64Url, 24)) },
  { kind: "stripe-key", value: joined("sk", "_live_", randomText(24, base62, 25)) },
  { kind: "stripe-key", value: joined("rk", "_live_", randomText(24, base62, 26)) },
  { kind: "stripe-key", value: joined("wh", "sec_", randomText(32, base62, 27)) },
  { kind: "square-token", value: joined("sq0", "csp-", randomText(43, base64Url, 70)) },
  { kind: "google-api-key", value: joined("AI", "za", randomText(35, base64Url, 28)) },
  { kind: "google-oauth", value: joined("GOC", "SPX-", randomText(28, base64Url, 29)) },
  {
    kind: "azure-account-key",
    value: joined(
      "DefaultEndpointsProtocol=https;AccountName=store;",
      "Account",
      "Key=",
      randomText(86, base64, 30),
      "==",
    ),
  },
  {
    kind: "azure-sas-signature",
    value: joined("https://store.example/c/b?sv=2025-01-05&", "si", "g=", randomText(40, base62, 31), "%2Bx%3D"),
  },
  { kind: "azure-client-secret", value: joined(randomText(3, base62, 71), "8", "Q~", randomText(34, base62, 72)) },
  { kind: "anthropic-key", value: joined("sk-", "ant-", "api03-", randomText(93, base64Url, 32), "AA") },
  { kind: "openai-key", value: joined("sk-", "proj-", randomText(120, base64Url, 33)) },
  { kind: "openai-key", value: joined("sk", "-", randomText(48, base62, 34)) },
  { kind: "groq-key", value: joined("gs", "k_", randomText(52, base62, 35)) },
  { kind: "huggingface-token", value: joined("h", "f_", randomText(34, upper + lower, 36)) },
  { kind: "model-service-key", value: joined("xa", "i-", randomText(80, base62, 73)) },
  { kind: "npm-token", value: joined("np", "m_", randomText(36, base62, 37)) },
  { kind: "pypi-token", value: joined("py", "pi-", "AgEIcHlwaS5vcmc", randomText(100, base64Url, 38)) },
  { kind: "package-registry-token", value: joined("dckr", "_pat_", randomText(27, base64Url, 74)) },
  { kind: "sendgrid-key", value: joined("S", "G.", randomText(22, base64Url, 39), ".", randomText(43, base64Url, 42)) },
  { kind: "twilio-key", value: joined("S", "K", randomText(32, hex, 43)) },
  { kind: "twilio-key", value: joined("A", "C", randomText(32, hex, 44)) },
  { kind: "digitalocean-token", value: joined("dop", "_v1_", randomText(64, hex, 45)) },
  { kind: "doppler-token", value: joined("dp", ".pt.", randomText(43, base62, 46)) },
  { kind: "shopify-token", value: joined("shp", "at_", randomText(32, hex, 47)) },
  { kind: "databricks-token", value: joined("da", "pi", randomText(32, hex, 48)) },
  { kind: "linear-key", value: joined("lin", "_api_", randomText(40, base62, 49)) },
  { kind: "vault-token", value: joined("hv", "s.", randomText(90, base64Url, 50)) },
  {
    kind: "terraform-token",
    value: joined(randomText(14, base62, 75), ".", "atlas", "v1.", randomText(67, base62, 76)),
  },
  { kind: "monitoring-key", value: joined("gl", "sa_", randomText(32, base62, 77), "_", randomText(8, hex, 78)) },
  { kind: "hosting-token", value: joined("sb", "p_", randomText(40, hex, 79)) },
  { kind: "collaboration-token", value: joined("fi", "gd_", randomText(40, base64Url, 80)) },
  { kind: "jwt", value: webToken },
  { kind: "private-key", value: pem(joined("RSA PRIV", "ATE KEY"), 51) },
  { kind: "private-key", value: pem(joined("OPENSSH PRIV", "ATE KEY"), 81) },
  { kind: "private-key", value: pem(joined("PGP PRIV", "ATE KEY BLOCK"), 91) },
  {
    kind: "private-key",
    value: `{"type": "service_account", "private_key": ${JSON.stringify(pem(joined("PRIV", "ATE KEY"), 101))}}`,
  },
  { kind: "openssh-key", value: joined("b3BlbnNzaC1r", "ZXktdjE", randomText(120, base64, 61)) },
  { kind: "age-key", value: joined("AGE-SECRET", "-KEY-1", randomText(58, upper + digits, 62)) },
  { kind: "url-credentials", value: `postgres://svc:${randomText(14, base62, 63)}@db.test/x` },
  { kind: "authorization", value: `Authorization: Bearer ${randomText(40, base62, 64)}` },
  { kind: "authorization", value: `Authorization: Basic ${randomText(24, base62, 65)}==` },
  { kind: "authorization", value: `authorization: token ${randomText(40, hex, 66)}` },
  { kind: "assigned-secret", value: `aws_secret_access_key = ${randomText(40, base64, 67)}` },
  { kind: "assigned-secret", value: `DB_PASSWORD=${randomText(12, base62, 82)}1` },
  { kind: "assigned-secret", value: `{"apiKey": "${randomText(20, base62, 83)}2"}` },
  { kind: "assigned-secret", value: `client_secret: ${randomText(30, base62, 84)}3` },
];

/**
 * The part of a canary that must not come out: all of a token, but of `NAME=value` and the like only the value, since
 * the name may stay.
 */
export function secretPart(canary: Canary): string {
  const runs = canary.value.match(/[A-Za-z0-9+/_.~-]{10,}/g) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), "");
}
