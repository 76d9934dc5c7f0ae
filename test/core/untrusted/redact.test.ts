import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeMarkdown, findSecrets, inertText, redact, secretFingerprint } from "../../../core/untrusted/index.ts";
import { canaries, secretPart } from "../../untrusted-canaries.ts";
import { cpuTime } from "../../cpu-time.ts";

const base64 = (text: string) => Buffer.from(text, "latin1").toString("base64");
const unicodeEscapes = (text: string) =>
  text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const percentEscapes = (text: string) => text.replace(/[^]/g, (unit) => `%${unit.charCodeAt(0).toString(16)}`);

/** Where a secret may stand and how it may be written there. */
const wrappings: { says: string; wrap: (secret: string) => string }[] = [
  { says: "alone", wrap: (secret) => secret },
  { says: "in quotes", wrap: (secret) => `"${secret}"` },
  { says: "in a sentence", wrap: (secret) => `I used ${secret}, sorry.` },
  { says: "in a trailer", wrap: (secret) => `Fix\n\nAssisted-by: ${secret}\n` },
  { says: "in a path", wrap: (secret) => `dist/${secret}/index.ts` },
  { says: "in a branch name", wrap: (secret) => `feature/fix_${secret}` },
  { says: "in a query", wrap: (secret) => `?key=${secret}&x=1` },
  { says: "in a stack trace", wrap: (secret) => `Error: no answer for ${secret}\n    at main (src/x.ts:1:1)` },
  { says: "in added lines", wrap: (secret) => secret.replace(/^/gm, "+") },
  { says: "after a terminal colour", wrap: (secret) => `\x1b[31m${secret}\x1b[0m` },
  { says: "in JSON", wrap: (secret) => JSON.stringify({ env: { value: secret } }) },
  { says: "in JSON in JSON", wrap: (secret) => JSON.stringify(JSON.stringify({ secret })) },
  { says: "with Unicode escapes", wrap: unicodeEscapes },
  { says: "URL-encoded", wrap: encodeURIComponent },
  { says: "URL-encoded twice", wrap: (secret) => encodeURIComponent(encodeURIComponent(secret)) },
  { says: "URL-encoded in every character", wrap: percentEscapes },
  { says: "in base64", wrap: base64 },
  { says: "in base64url", wrap: (secret) => Buffer.from(secret).toString("base64url") },
  { says: "in base64 behind a user name", wrap: (secret) => base64(`user:${secret}`) },
  { says: "in base64 right after a path", wrap: (secret) => `data/x/${base64(`a ${secret}`)}` },
  { says: "in base64 of JSON", wrap: (secret) => base64(JSON.stringify({ secret })) },
  { says: "in base64 of base64", wrap: (secret) => base64(base64(secret)) },
  { says: "in base64, wrapped", wrap: (secret) => `${base64(`data: ${secret}`).replace(/.{76}/g, "$&\n")}\n` },
  { says: "in base64, URL-encoded", wrap: (secret) => encodeURIComponent(base64(secret)) },
  { says: "cut by zero-width spaces", wrap: (secret) => Array.from(secret).join("\u200b") },
  { says: "escaped for Markdown", wrap: (secret) => escapeMarkdown(secret, { maxGraphemes: 5_000 }) },
];

test.each(wrappings)("row 70: every canary is found $says", ({ wrap }) => {
  for (const canary of canaries) {
    const text = `before ${wrap(canary.value)} . after`;
    const redacted = redact(text);
    expect(findSecrets(text).length, canary.kind).toBeGreaterThan(0);
    expect(redacted, canary.kind).toContain("(redacted:");
    expect(redacted, canary.kind).not.toContain(secretPart(canary));
    expect(redacted, canary.kind).not.toContain(wrap(secretPart(canary)));
    expect(redacted.startsWith("before ") && redacted.endsWith(". after"), canary.kind).toBe(true);
    expect(redacted.split("\n").length, canary.kind).toBe(text.split("\n").length);
    expect(inertText(redacted, { maxGraphemes: 9_000 }), canary.kind).not.toContain(secretPart(canary));
  }
});

test.each(canaries.map((canary, index) => ({ index, ...canary })))(
  "canary $index is named $kind",
  ({ kind, value }) => {
    expect(findSecrets(`x ${value} y`).map((match) => match.kind)).toEqual([kind]);
  },
);

test("two tokens side by side, of which the first could go on into the second's prefix", () => {
  const [first = "", second = ""] = canaries.filter(({ kind }) => kind === "stripe-key").map(({ value }) => value);
  for (const mark of ["/", "+", " "]) {
    const redacted = redact(`${first}${mark}${second}`);
    expect(redacted).not.toContain(first.slice(-12));
    expect(redacted).not.toContain(second.slice(-12));
  }
});

const sha1 = "86caabf0c1d2e3f405162738495a6b7c8d9e0f1a";
const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

test.each([
  { says: "a commit id", text: sha1 },
  { says: "a SHA-256 commit id", text: `commit ${sha256}` },
  { says: "a range of commits", text: `${sha1}..${sha1}` },
  { says: "commit ids, one a line", text: `${sha1}\n${sha256}\n${sha1}\n` },
  { says: "a prompt fingerprint", text: `AI-Prompt: sha256:${sha256}` },
  { says: "a keyed prompt fingerprint", text: `AI-Prompt: hmac-sha256:org-2026:${sha256} tpl=review@3` },
  {
    says: "a keyed prompt fingerprint whose key is called secret",
    text: `AI-Prompt: hmac-sha256:team-secret:${sha256}`,
  },
  { says: "a trace id", text: "AI-Trace: 4bf92f3577b34da6a3ce929d0e0e4736" },
  { says: "a trace and span id", text: "AI-Trace: 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7" },
  { says: "a traceparent", text: "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" },
  { says: "a UUID", text: "Copilot-Session: 0d3f7f3c-9f5e-4d0b-8a51-6c9e1f2a7b44" },
  { says: "a session address", text: "Claude-Session: https://claude.ai/code/session_01AbCdEfGhIjKlMnOpQrStUv" },
  { says: "a session id", text: "AI-Session: session_01AbCdEfGhIjKlMnOpQrStUvWx9" },
  {
    says: "a thread address",
    text: "Amp-Thread-ID: https://ampcode.com/threads/T-0d3f7f3c-9f5e-4d0b-8a51-6c9e1f2a7b44",
  },
  { says: "trailers", text: "Assisted-by: Claude:claude-opus-4-5\nSigned-off-by: A B <a.b+c@example.com>\nFixes: #12" },
  { says: "a bot's mail address", text: "Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>" },
  {
    says: "an address with a user",
    text: "ssh://git@github.com:22/o/r.git git@github.com:o/r.git https://user@example.com/",
  },
  { says: "an address with a port and a scope", text: "http://localhost:4873/@scope/pkg@1.2.3" },
  { says: "an integrity hash", text: `"integrity": "sha512-${Buffer.alloc(64, "a9Z/+").toString("base64")}"` },
  { says: "a lock file", text: '"js-tokens": "^10.0.0", "@octokit/auth-token": "^6.0.0", "version": "1.2.3"' },
  {
    says: "paths",
    text: "src/auth/token-store.ts config/secrets/prod.yml packages/task-runner-with-a-long-name/index.ts",
  },
  {
    says: "a path under a secret's name",
    text: "password-file: /run/secrets/db1-password\nsecret=./config/prod2/x.yml",
  },
  { says: "YAML keys", text: "password:\ntokens: 120000\nsecret: true\napi_key: null\ntoken_count: 1234567890123a" },
  {
    says: "references",
    text: 'password: "${{ secrets.DB_PASSWORD }}" token: "$GITHUB_TOKEN" secret: "{{ vault.x1 }}"',
  },
  { says: "masks", text: 'password: "********" secret: "xxxxxxxx" token: "<your-token-1>"' },
  { says: "code", text: "const token = readToken(); password = user.password; if (secret === undefined) return;" },
  {
    says: "sentences",
    text: "Basic authentication: the token is required. Bearer of news. Secret: none. Password reset works.",
  },
  {
    says: "header descriptions",
    text: "Authorization: required\nAuthorization: Bearer token\nWWW-Authenticate: Basic realm=x",
  },
  {
    says: "long kebab names",
    text: "ask-about-the-long-kebab-case-name risk-admin-panel-with-many-words desk-proj-planning-board-items",
  },
  { says: "upper-case words", text: "ASIAPACIFICREGIONALHEADQUARTERS" },
  { says: "a Windows path", text: "C:\\new\\users\\table\\x41" },
  { says: "a redaction", text: "password=(redacted:assigned-secret) https://(redacted:url-credentials)@host" },
])("$says stays as it is", ({ text }) => expect(redact(text)).toBe(text));

test("commit ids, UUIDs and hashes stay wherever they stand", () => {
  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(...Array.from("0123456789abcdef")), minLength: length, maxLength: length });
  const integrity = fc
    .uint8Array({ minLength: 64, maxLength: 64 })
    .map((bytes) => `sha512-${Buffer.from(bytes).toString("base64")}`);
  const id = fc.oneof(
    hex(40),
    hex(64),
    hex(32),
    fc.uuid(),
    integrity,
    fc.tuple(hex(32), hex(16)).map((both) => both.join("-")),
  );
  const before = fc.constantFrom("", "commit ", "AI-Trace: ", "AI-Session: ", '"integrity": "', "see (", "x\n");
  fc.assert(
    fc.property(before, id, (prefix, text) => {
      expect(redact(prefix + text)).toBe(prefix + text);
    }),
  );
});

test.each([
  { says: "a name in front stays", text: "DB_PASSWORD=hunter2x", redacted: "DB_PASSWORD=(redacted:assigned-secret)" },
  { says: "quotes stay", text: 'password: "two words"', redacted: 'password: "(redacted:assigned-secret)"' },
  { says: "an option", text: "run --token a1b2c3d4e5f6g7 x", redacted: "run --token (redacted:assigned-secret) x" },
  { says: "a scheme and host stay", text: "redis://:pa/ss@h/0", redacted: "redis://(redacted:url-credentials)@h/0" },
  {
    says: "a header's scheme stays",
    text: "Authorization: Basic dXNlcjpwYXNz",
    redacted: "Authorization: Basic (redacted:authorization)",
  },
])("$says: $text", ({ text, redacted }) => expect(redact(text)).toBe(redacted));

test("a key that was cut goes as far as it looks like one, and the trailers after it stay", () => {
  const begin = ["-----BEGIN", "PRIVATE KEY-----"].join(" ");
  const text = `Fix\n\n${begin}\nProc-Type: 4,ENCRYPTED\n\n${"MIIEvQIBADANBgkq".repeat(4)}\n${"hkiG9w0BAQEFAASC".repeat(4)}\n\nAI-Session: abc\n`;
  expect(redact(text)).toBe("Fix\n\n(redacted:private-key)\n\n\n\n\n\nAI-Session: abc\n");
});

test("a secret that only stands free once another is gone goes too, and the words around them stay", () => {
  const valueOf = (kind: string) => canaries.find((canary) => canary.kind === kind)?.value ?? "";
  const glued = `a ${valueOf("aws-access-key-id")}${valueOf("huggingface-token")} b`;
  expect(findSecrets(glued).length).toBe(1);
  expect(redact(glued)).toBe("a (redacted:aws-access-key-id)(redacted:huggingface-token) b");
});

/** Pieces of secrets, of their names and of what they are wrapped in, in any order. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...canaries.map((canary) => canary.value)),
      fc
        .constantFrom(...canaries.map((canary) => canary.value))
        .chain((value) =>
          fc
            .tuple(fc.nat(value.length), fc.nat(value.length))
            .map(([a, b]) => value.slice(Math.min(a, b), Math.max(a, b))),
        ),
      fc.constantFrom(...canaries.map((canary) => base64(canary.value))),
      fc.constantFrom(
        "password=",
        'secret: "',
        "token=",
        "://",
        "@",
        ":",
        '"',
        "'",
        "\n",
        "\\n",
        "%41",
        "\\u0041",
        "=",
        " ",
      ),
      fc.constantFrom(
        "(redacted:",
        "jwt)",
        "(redacted:jwt)",
        "Bearer ",
        "authorization: ",
        "\u200b",
        "\ud800",
        "QUFB",
        "sk-",
        "eyJ",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(""));

test("redacting is total, leaves nothing to find, keeps lines and changes nothing the second time", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const redacted = redact(text);
      expect(findSecrets(redacted)).toEqual([]);
      expect(redact(redacted)).toBe(redacted);
      expect(redacted.match(/\r\n|[\r\n]/g)).toEqual(text.match(/\r\n|[\r\n]/g));
    }),
    { numRuns: 300 },
  );
});

test("matches are in order, apart and inside the text", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      let read = 0;
      for (const { start, end } of findSecrets(text)) {
        expect(start).toBeGreaterThanOrEqual(read);
        expect(end).toBeGreaterThan(start);
        read = end;
      }
      expect(read).toBeLessThanOrEqual(text.length);
    }),
  );
});

/** Repeated, each of these makes some scanner start over at every step, if it can be made to. */
const evil = [
  ...[
    "password=",
    'password="',
    "secretsecret",
    "token: a1b2c3d4e5f6 ",
    "--token ",
    "eyJ",
    "eyJaaaaaaaaaaa.",
    "ghp_",
    "sk-ant-aaaa",
  ],
  ...[
    "://",
    "://a:",
    "://a:b@",
    "-----BEGIN ",
    ["-----BEGIN ", "PRIVATE KEY-----\n"].join(""),
    ["-----END ", "PRIVATE KEY-----"].join(""),
  ],
  ...[
    "%41",
    "%2525",
    "\\u0041",
    "&#8203;",
    "\u200b",
    "\ud800",
    "QUFB",
    "QUFB".repeat(19) + "\n",
    "authorization: bearer ",
    "M",
    "\n",
    "AKIA",
  ],
  "hmac-sha256:secret:",
];

test.each(evil.map((piece) => ({ says: JSON.stringify(piece).slice(0, 30), piece })))(
  "300,000 characters of $says take less than two seconds",
  ({ piece }) => {
    const text = piece.repeat(300_000 / piece.length);
    const spent = cpuTime();
    redact(text);
    expect(spent()).toBeLessThan(2_000);
  },
);

test("a fingerprint is the same for the same secret and key, and for no other", () => {
  expect(secretFingerprint("a", "key")).toMatch(/^[0-9a-f]{16}$/);
  expect(secretFingerprint("a", "key")).toBe(secretFingerprint("a", Buffer.from("key")));
  expect(secretFingerprint("a", "key")).not.toBe(secretFingerprint("b", "key"));
  expect(secretFingerprint("a", "key")).not.toBe(secretFingerprint("a", "other"));
  expect(() => secretFingerprint("a", "")).toThrow("the key is empty");
});
