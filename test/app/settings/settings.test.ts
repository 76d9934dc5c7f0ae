import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { settingRows } from "../../../app/settings/table.ts";
import { readSettings, settingsPath, type SettingsSources } from "../../../app/settings/settings.ts";

const pair = (type: "rsa", bits: number) => generateKeyPairSync(type, { modulusLength: bits });
const pkcs1 = pair("rsa", 2048).privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const short = pair("rsa", 1024).privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();
const secret = "4f1c9b0a7d3e52866a0fd2c4";
const whole = { APP_ID: "12345", PRIVATE_KEY: pkcs1, WEBHOOK_SECRET: secret };

function read(environment: SettingsSources["environment"], sources: Partial<SettingsSources> = {}) {
  return readSettings({ environment, folder: "/srv", file: null, readText: () => null, ...sources });
}

function mistakes(environment: SettingsSources["environment"], sources: Partial<SettingsSources> = {}): string[] {
  const reading = read(environment, sources);
  return reading.state === "refused" ? reading.problems.map((problem) => problem.what) : [reading.state];
}

function settingsOf(environment: SettingsSources["environment"], sources: Partial<SettingsSources> = {}) {
  const reading = read(environment, sources);
  if (reading.state !== "app") throw new Error(JSON.stringify(reading));
  return reading.settings;
}

const without = (name: keyof typeof whole) => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));

test.each([
  { says: "nothing at all", environment: {}, told: ["set-up"] },
  { says: "places and limits alone", environment: { PORT: "8080", DATABASE_URL: "postgres://a" }, told: ["set-up"] },
  { says: "all that an App needs", environment: whole, told: ["app"] },
  { says: "no secret", environment: without("WEBHOOK_SECRET"), told: ["WEBHOOK_SECRET is missing."] },
  { says: "no id", environment: without("APP_ID"), told: ["APP_ID is missing."] },
  { says: "no key", environment: without("PRIVATE_KEY"), told: ["PRIVATE_KEY is missing."] },
  {
    says: "an id alone",
    environment: { APP_ID: "1" },
    told: ["PRIVATE_KEY is missing.", "WEBHOOK_SECRET is missing."],
  },
  {
    says: "one empty setting",
    environment: { WEBHOOK_SECRET: "" },
    told: ["APP_ID is missing.", "PRIVATE_KEY is missing.", "WEBHOOK_SECRET is empty."],
  },
  {
    says: "Probot's default",
    environment: { ...whole, WEBHOOK_SECRET: "development" },
    told: ["WEBHOOK_SECRET has 11 characters, and 16 is the least."],
  },
  {
    says: "15 characters",
    environment: { ...whole, WEBHOOK_SECRET: secret.slice(0, 15) },
    told: ["WEBHOOK_SECRET has 15 characters, and 16 is the least."],
  },
  { says: "16 characters", environment: { ...whole, WEBHOOK_SECRET: secret.slice(0, 16) }, told: ["app"] },
  {
    says: "a well-known word, repeated",
    environment: { ...whole, WEBHOOK_SECRET: "changeme-changeme-changeme" },
    told: ["WEBHOOK_SECRET is made of well-known words."],
  },
  {
    says: "an example's secret",
    environment: { ...whole, WEBHOOK_SECRET: "my-super-secret-webhook-token" },
    told: ["WEBHOOK_SECRET is made of well-known words."],
  },
  {
    says: "one character",
    environment: { ...whole, WEBHOOK_SECRET: "x".repeat(40) },
    told: ["WEBHOOK_SECRET is a few characters over and over."],
  },
  {
    says: "a secret with the line break of its file",
    environment: { ...whole, WEBHOOK_SECRET: `${secret}\n` },
    told: ["WEBHOOK_SECRET begins or ends with white space, which is most likely a slip."],
  },
  {
    says: "an earlier secret that is none",
    environment: { ...whole, WEBHOOK_SECRET_PREVIOUS: "" },
    told: ["WEBHOOK_SECRET_PREVIOUS is empty."],
  },
  {
    says: "an id that is no number",
    environment: { ...whole, APP_ID: "Iv1.abc" },
    told: ["APP_ID is Iv1.abc, which is no number."],
  },
  { says: "the id 0", environment: { ...whole, APP_ID: "0" }, told: ["APP_ID is 0, which is no number."] },
  {
    says: "a key that is none",
    environment: { ...whole, PRIVATE_KEY: "hello" },
    told: ["PRIVATE_KEY is no PEM text, nor one in base64."],
  },
  {
    says: "half a key",
    environment: { ...whole, PRIVATE_KEY: pkcs1.slice(0, 300) },
    told: ["PRIVATE_KEY is a PEM text that cannot be read as a private key."],
  },
  {
    says: "a key of another kind",
    environment: { ...whole, PRIVATE_KEY: elliptic },
    told: ["PRIVATE_KEY is no RSA key, and GitHub makes no other."],
  },
  {
    says: "a short key",
    environment: { ...whole, PRIVATE_KEY: short },
    told: ["PRIVATE_KEY is an RSA key of less than 2048 bits."],
  },
  {
    says: "two keys",
    environment: { ...whole, PRIVATE_KEY_PATH: "app.pem" },
    told: ["PRIVATE_KEY and PRIVATE_KEY_PATH are both given."],
  },
  {
    says: "a key file that is not there",
    environment: { APP_ID: "1", WEBHOOK_SECRET: secret, PRIVATE_KEY_PATH: "app.pem" },
    told: ["PRIVATE_KEY_PATH names app.pem, which cannot be read."],
  },
  {
    says: "a client secret alone",
    environment: { ...whole, GITHUB_CLIENT_SECRET: secret },
    told: ["GITHUB_CLIENT_ID is missing or empty."],
  },
  {
    says: "a client id alone",
    environment: { ...whole, GITHUB_CLIENT_ID: "Iv1.a" },
    told: ["GITHUB_CLIENT_SECRET is missing."],
  },
  {
    says: "a slip in a name of ours",
    environment: { ...whole, COUNTERSIGN_PUBLIC_URI: "https://a.example" },
    told: ["The environment has COUNTERSIGN_PUBLIC_URI, which does not exist."],
  },
  { says: "names of the command line's", environment: { COUNTERSIGN_PROMPT_KEY: "a" }, told: ["set-up"] },
  {
    says: "a limit out of its range",
    environment: { COUNTERSIGN_BODY_LIMIT_MB: "26" },
    told: ["COUNTERSIGN_BODY_LIMIT_MB is 26, and has to be a number from 1 to 25."],
  },
  {
    says: "a limit that is no whole number",
    environment: { COUNTERSIGN_BODIES_AT_ONCE: "1e2" },
    told: ["COUNTERSIGN_BODIES_AT_ONCE is 1e2, and has to be a number from 1 to 1000."],
  },
  {
    says: "a port that is none",
    environment: { PORT: "70000" },
    told: ["PORT is 70000, and has to be a number from 0 to 65535."],
  },
  {
    says: "another database",
    environment: { DATABASE_URL: "mysql://root:hunter2@db" },
    told: ["DATABASE_URL is no address of a PostgreSQL database."],
  },
  {
    says: "a public address in the clear",
    environment: { COUNTERSIGN_PUBLIC_URL: "http://countersign.example.com" },
    told: ["COUNTERSIGN_PUBLIC_URL is http://countersign.example.com, which is no address of a public page."],
  },
  {
    says: "a server in the clear",
    environment: { GHE_HOST: "github.example.com", GHE_PROTOCOL: "http" },
    told: ["GHE_PROTOCOL is http, and tokens would travel in the clear."],
  },
  {
    says: "a server with a path",
    environment: { GHE_HOST: "github.example.com/api/v3" },
    told: ["GHE_HOST and GHE_PROTOCOL make https://github.example.com/api/v3, which is no address of a server."],
  },
  {
    says: "three labels",
    environment: { COUNTERSIGN_LABELS: "a,b,c" },
    told: ["COUNTERSIGN_LABELS does not hold four different names of 1 to 50 characters."],
  },
  {
    says: "two labels alike",
    environment: { COUNTERSIGN_LABELS: "a,b,c,A" },
    told: ["COUNTERSIGN_LABELS does not hold four different names of 1 to 50 characters."],
  },
  { says: "a comment perhaps", environment: { COUNTERSIGN_COMMENT: "yes" }, told: ["COUNTERSIGN_COMMENT is yes."] },
  {
    says: "a weak token for metrics",
    environment: { COUNTERSIGN_METRICS_TOKEN: "password" },
    told: ["COUNTERSIGN_METRICS_TOKEN has 8 characters, and 16 is the least."],
  },
])("row 1: $says", ({ environment, told }) => expect(mistakes(environment)).toEqual(told));

test.each([
  { says: "is no JSON", text: "APP_ID=1", told: ["/srv/s.json is no JSON object."] },
  { says: "is a list", text: "[]", told: ["/srv/s.json is no JSON object."] },
  {
    says: "has an unknown name",
    text: '{"APPID": 1}',
    told: ["/srv/s.json has the setting APPID, which does not exist."],
  },
  { says: "has a list", text: '{"PORT": [1]}', told: ["PORT in /srv/s.json is neither a text nor a number."] },
  { says: "names another", text: '{"COUNTERSIGN_SETTINGS": "a"}', told: ["/srv/s.json names a settings file."] },
  { says: "has an id alone", text: '{"APP_ID": 1}', told: ["PRIVATE_KEY is missing.", "WEBHOOK_SECRET is missing."] },
  { says: "has it all", text: JSON.stringify({ ...whole, APP_ID: 12345 }), told: ["app"] },
  { says: "has a place", text: '{"PORT": 1}', told: ["set-up"] },
])("a settings file that $says", ({ text, told }) =>
  expect(mistakes({}, { file: { path: "/srv/s.json", text } })).toEqual(told),
);

test.each([
  { says: "on", environment: { COUNTERSIGN_COMMENT: "on" }, comment: true },
  { says: "off", environment: { COUNTERSIGN_COMMENT: "off" }, comment: false },
  { says: "left out", environment: {}, comment: false },
])("the comment is $says", ({ environment, comment }) => {
  expect(settingsOf({ ...whole, ...environment }).choices.comment).toBe(comment);
});

test("no mistake shows what a secret holds", () => {
  const environment = { ...whole, WEBHOOK_SECRET: "hunter2", PRIVATE_KEY: "hunter2", DATABASE_URL: "hunter2://" };
  const reading = read(environment, { file: { path: "/srv/s.json", text: "{hunter2" } });
  expect(JSON.stringify(reading)).not.toContain("hunter2");
  expect(reading.state).toBe("refused");
});

test("each mistake says what to write", () => {
  const reading = read({ APP_ID: "", GITHUB_CLIENT_SECRET: "", PORT: "", HOST: "", COUNTERSIGN_X: "" });
  const fixes = reading.state === "refused" ? reading.problems.map((problem) => problem.fix) : [];
  expect(fixes.length).toBeGreaterThanOrEqual(7);
  for (const fix of fixes) expect(fix).toMatch(/^(Write|Did|Keep|Take|Give|docs)/);
});

test.each([
  { says: "in one line", key: pkcs1.replaceAll("\n", "\\n") },
  { says: "in base64", key: Buffer.from(pkcs1).toString("base64") },
  { says: "with a carriage return", key: pkcs1.replaceAll("\n", "\r\n") },
])("a private key $says is the same key", ({ key }) => {
  const expected = settingsOf(whole).app.privateKey;
  expect(expected).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(settingsOf({ ...whole, PRIVATE_KEY: key }).app.privateKey).toBe(expected);
});

test("a private key in a file, from the current folder", () => {
  const paths: string[] = [];
  const readText = (path: string) => (paths.push(path), pkcs1);
  const environment = { APP_ID: "1", WEBHOOK_SECRET: secret, PRIVATE_KEY_PATH: "keys/app.pem" };
  expect(settingsOf(environment, { readText }).app.privateKey).toBe(settingsOf(whole).app.privateKey);
  expect(paths).toEqual(["/srv/keys/app.pem"]);
});

test("what holds where nothing else is said", () => {
  const { app, ...rest } = settingsOf(whole);
  expect(app.client).toBeNull();
  expect(rest).toEqual({
    webhookSecrets: [secret],
    github: { webUrl: "https://github.com", apiUrl: "https://api.github.com" },
    store: { path: "/srv/countersign-data/store.db" },
    dataFolder: "/srv/countersign-data",
    listen: { host: "127.0.0.1", port: 3000 },
    publicUrl: null,
    choices: {
      metricsToken: null,
      comment: false,
      labels: {
        aiAssisted: "ai-assisted",
        aiAuthored: "ai-authored",
        provenanceMissing: "provenance-missing",
        needsOwnerApproval: "needs-owner-approval",
      },
    },
    limits: {
      bodyBytes: 25 * 2 ** 20,
      bodiesAtOnce: 300,
      evaluationsAtOnce: 4,
      mirrorBytes: 10_000 * 2 ** 20,
    },
  });
});

test("the environment goes before the file", () => {
  const file = { path: "/srv/s.json", text: JSON.stringify({ ...whole, PORT: 1, HOST: "0.0.0.0" }) };
  expect(settingsOf({ PORT: "2" }, { file }).listen).toEqual({ host: "0.0.0.0", port: 2 });
});

test("during a rotation the secret in force comes first", () => {
  const environment = { ...whole, WEBHOOK_SECRET_PREVIOUS: `${secret}0` };
  expect(settingsOf(environment).webhookSecrets).toEqual([secret, `${secret}0`]);
});

test.each([
  ["github.example.com", undefined, "https://github.example.com", "https://github.example.com/api/v3"],
  ["GitHub.example.com:8443", "https", "https://github.example.com:8443", "https://github.example.com:8443/api/v3"],
  ["acme.ghe.com", undefined, "https://acme.ghe.com", "https://api.acme.ghe.com"],
  ["127.0.0.1:4000", "http", "http://127.0.0.1:4000", "http://127.0.0.1:4000/api/v3"],
])("GHE_HOST=%s GHE_PROTOCOL=%s", (host, protocol, webUrl, apiUrl) => {
  expect(settingsOf({ ...whole, GHE_HOST: host, GHE_PROTOCOL: protocol }).github).toEqual({ webUrl, apiUrl });
});

test("a public address loses the slash at its end", () => {
  const url = (text: string) => settingsOf({ ...whole, COUNTERSIGN_PUBLIC_URL: text }).publicUrl;
  expect(url("https://a.example/")).toBe("https://a.example");
  expect(url("https://a.example/countersign/")).toBe("https://a.example/countersign");
  expect(url("http://localhost:3000")).toBe("http://localhost:3000");
});

test("where the settings file is", () => {
  const at = (environment: SettingsSources["environment"]) => settingsPath({ environment, folder: "/srv" });
  expect(at({})).toBe("/srv/countersign-data/settings.json");
  expect(at({ COUNTERSIGN_DATA: "/var/lib/c" })).toBe("/var/lib/c/settings.json");
  expect(at({ COUNTERSIGN_SETTINGS: "own.json", COUNTERSIGN_DATA: "/var/lib/c" })).toBe("/srv/own.json");
});

test("no setting stands in the table twice", () => {
  const names = settingRows.map((row) => row.name);
  expect(new Set(names).size).toBe(names.length);
});
