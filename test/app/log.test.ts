import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { jsonLog } from "../../app/log.ts";
import type { Log } from "../../app/ports.ts";
import { canaries, secretPart } from "../untrusted-canaries.ts";

const pem = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();
const own = ["our webhook secret", "s3cr/et+word?&=", pem];

function logged(run: (log: Log) => void): string {
  const lines: string[] = [];
  run(jsonLog({ write: (line) => lines.push(line), now: () => new Date(0), secrets: own }));
  return lines.join("");
}

test("a line is one JSON object", () => {
  const line = logged((log) => log.info("started", { port: 3000, public: false, url: null }));
  expect(line).toBe(
    '{"at":"1970-01-01T00:00:00.000Z","level":"info","event":"started","port":3000,"public":false,"url":null}\n',
  );
});

test("an error keeps its stack and its causes", () => {
  const error = new Error("outer", { cause: new TypeError("inner") });
  const read: unknown = JSON.parse(logged((log) => log.error("failed", error, { subject: "a" })));
  expect(read).toMatchObject({ level: "error", event: "failed", subject: "a" });
  expect(JSON.stringify(read)).toMatch(/Error: outer.*⏎.*log\.test\.ts.*caused by: TypeError: inner/);
});

test("what is thrown need not be an error", () => {
  for (const thrown of [undefined, null, "text", 1, { a: 1 }])
    expect(logged((log) => log.error("failed", thrown))).toContain('"error":');
});

test("a field cannot pass for the line's own", () => {
  const read: unknown = JSON.parse(logged((log) => log.warn("a", { level: "info", at: "never", event: "b" })));
  expect(read).toMatchObject({ level: "warn", event: "a", level_: "info", at_: "never", event_: "b" });
});

test.each([
  { says: "a line break", text: 'a\n{"level":"error"}' },
  { says: "an escape sequence", text: "\u001b[2J\u001b]0;title\u0007" },
  { says: "a C1 control", text: "\u009b2J" },
  { says: "a change of direction", text: "\u202egnp.exe" },
  { says: "a line separator", text: "a\u2028b" },
  { says: "half a character", text: "\ud800" },
  { says: "a tag character", text: "\u{e0041}" },
  { says: "a workflow command", text: "\n::set-env name=a::b ##[error]" },
  { says: "100,000 characters", text: "long ".repeat(20_000) },
])("$says in a text stays within its line", ({ text }) => {
  for (const line of [
    logged((log) => log.info("a", { text })),
    logged((log) => log.info(text)),
    logged((log) => log.info("a", { [text]: 1 })),
    logged((log) => log.error("a", new Error(text))),
  ]) {
    expect(line.endsWith("\n")).toBe(true);
    expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e\ud800-\udfff]|##\[/);
    expect(line.length).toBeLessThan(10_000);
    expect(() => void JSON.parse(line)).not.toThrow();
  }
});

test.each(canaries)("row 70: $kind is not in the log", (canary) => {
  const text = canary.value;
  for (const line of [
    logged((log) => log.info("a", { text })),
    logged((log) => log.error("a", new Error("outer", { cause: new Error(text) }))),
    logged((log) => log.info(text)),
  ])
    expect(line).not.toContain(secretPart(canary));
});

test.each(own.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret), base64(secret)]))(
  "the App's own secrets are not in the log, whatever they look like: %j",
  (form) => {
    const line = logged((log) => log.info(`before ${form} after`, { text: `a${form}b` }));
    for (const secret of ["our webhook secret", "s3cr", base64(own[0]!).slice(0, 20), pem.split("\n")[3]!])
      expect(line).not.toContain(secret);
  },
);

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
