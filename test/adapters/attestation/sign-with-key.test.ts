import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromBase64, preAuthEncoding, type Envelope } from "../../../adapters/attestation/envelope.ts";
import { keyId, signWithKey, verifiedKey } from "../../../adapters/attestation/sign-with-key.ts";

const type = "application/vnd.in-toto+json";
const payload = Buffer.from('{"says":"ä"}');
const pem = (keys: {
  privateKey: { export(options: object): string | Buffer };
  publicKey: { export(options: object): string | Buffer };
}) => ({
  secret: String(keys.privateKey.export({ type: "pkcs8", format: "pem" })),
  open: String(keys.publicKey.export({ type: "spki", format: "pem" })),
});
const ed25519Keys = generateKeyPairSync("ed25519");
const ed25519 = pem(ed25519Keys);
const p256 = pem(generateKeyPairSync("ec", { namedCurve: "P-256" }));

test("what is signed is the type and the bytes, each with its length (the example of the DSSE specification)", () => {
  expect(preAuthEncoding("http://example.com/HelloWorld", Buffer.from("hello world")).toString()).toBe(
    "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
  );
});

describe.each([
  { kind: "Ed25519", mine: ed25519, other: pem(generateKeyPairSync("ed25519")) },
  { kind: "ECDSA on P-256", mine: p256, other: pem(generateKeyPairSync("ec", { namedCurve: "P-256" })) },
])("$kind", ({ mine, other }) => {
  const envelope = signWithKey(payload, type, mine.secret);
  const second = signWithKey(payload, type, other.secret).signatures[0]!;
  const flipped = (sig: string) => (sig.startsWith("A") ? `B${sig.slice(1)}` : `A${sig.slice(1)}`);
  const [first] = envelope.signatures;

  test("its own signature holds", () => {
    expect(verifiedKey(envelope, payload, mine.open)).toBe(first?.keyid);
  });

  test("the private key is refused where the public one is asked for", () => {
    expect(() => verifiedKey(envelope, payload, mine.secret)).toThrow("The key to check with is a private key");
  });

  test.each<{ says: string; with: Partial<Envelope>; holds: boolean }>([
    { says: "two signatures, ours second", with: { signatures: [second, first!] }, holds: true },
    { says: "two signatures, ours first", with: { signatures: [first!, second] }, holds: true },
    {
      says: "a signature by another key, under our key's id",
      with: { signatures: [{ ...second, keyid: first!.keyid ?? "" }] },
      holds: false,
    },
    {
      says: "our signature under no key's id, which is only a hint",
      with: { signatures: [{ sig: first!.sig }] },
      holds: true,
    },
    { says: "another type", with: { payloadType: "text/plain" }, holds: false },
    { says: "no signature", with: { signatures: [] }, holds: false },
    { says: "an empty signature", with: { signatures: [{ sig: "" }] }, holds: false },
    { says: "a signature that is no base64", with: { signatures: [{ sig: `${first!.sig}!` }] }, holds: false },
    { says: "a changed signature", with: { signatures: [{ sig: flipped(first!.sig) }] }, holds: false },
    {
      says: "ours behind more signatures than are looked at",
      with: { signatures: [...Array.from({ length: 20 }, () => second), first!] },
      holds: false,
    },
  ])("$says", ({ with: change, holds }) => {
    expect(verifiedKey({ ...envelope, ...change }, payload, mine.open)).toBe(holds ? first?.keyid : null);
  });

  test("another payload, or another key, does not hold", () => {
    expect(verifiedKey(envelope, Buffer.from('{"says":"b"}'), mine.open)).toBeNull();
    expect(verifiedKey(envelope, payload, other.open)).toBeNull();
  });
});

describe("a key that cannot be used is a person's mistake", () => {
  const rsa = pem(generateKeyPairSync("rsa", { modulusLength: 2048 }));
  const p384 = pem(generateKeyPairSync("ec", { namedCurve: "P-384" }));
  const locked = String(
    ed25519Keys.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }),
  );
  test.each([
    { says: "nothing", text: "", why: "not a private key" },
    { says: "no PEM", text: "hello", why: "not a private key" },
    { says: "a public key", text: ed25519.open, why: "not a private key" },
    { says: "a locked key", text: locked, why: "passphrase" },
    { says: "RSA", text: rsa.secret, why: "rsa" },
    { says: "another curve", text: p384.secret, why: "secp384r1" },
  ])("to sign with: $says", ({ text, why }) => {
    expect(() => signWithKey(payload, type, text)).toThrow(why);
  });
  test.each([
    { says: "nothing", text: "", why: "not a public key" },
    { says: "RSA", text: rsa.open, why: "rsa" },
    { says: "a private key", text: p256.secret, why: "openssl pkey -in key.pem -pubout" },
    { says: "a locked private key", text: locked, why: "is a private key" },
    { says: "a public key with the private one below", text: `${p256.open}${p256.secret}`, why: "is a private key" },
  ])("to check with: $says", ({ text, why }) => {
    expect(() => verifiedKey(signWithKey(payload, type, p256.secret), payload, text)).toThrow(why);
  });
});

test("a key's id is the sha256 of its SPKI in DER", () => {
  expect(keyId(ed25519Keys.publicKey)).toMatch(/^[0-9a-f]{64}$/);
  expect(signWithKey(payload, type, ed25519.secret).signatures[0]?.keyid).toBe(keyId(ed25519Keys.publicKey));
});

test.each([
  { text: "aGk=", bytes: "hi" },
  { text: "aGk", bytes: "hi" },
  { text: "_-8=", bytes: Buffer.from([255, 239]).toString("latin1") },
  { text: "", bytes: "" },
  { text: "a", bytes: null },
  { text: "aGk=\n", bytes: null },
  { text: "aG k", bytes: null },
  { text: "aGl=", bytes: null },
])("base64 %j", ({ text, bytes }) => expect(fromBase64(text)?.toString("latin1") ?? null).toBe(bytes));
