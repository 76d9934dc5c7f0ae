import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signWithSigstore, sigstoreServices } from "../../../adapters/attestation/sign-with-sigstore.ts";
import { verifyBundle } from "../../../adapters/attestation/verify-bundle.ts";
import { issuer, signer, startSigstore, type SigstoreInstance } from "../../sigstore-instance.ts";

/** The real client of Sigstore against @sigstore/mock's services over HTTP, and the real check of what it gives. */
const type = "application/vnd.in-toto+json";
const payload = Buffer.from('{"a":1}');
const expected = { identity: signer, issuer };
let instance: SigstoreInstance;
let late: SigstoreInstance;
let bundle: object;

beforeAll(async () => {
  instance = await startSigstore();
  late = await startSigstore({ loggedLater: 60 * 60_000 });
  bundle = await sign(instance);
});
afterAll(() => {
  instance.close();
  late.close();
});

function sign({ environment }: SigstoreInstance): Promise<object> {
  return signWithSigstore(payload, type, environment.SIGSTORE_ID_TOKEN ?? "", sigstoreServices(environment));
}

/** The bundle with one stretch of its JSON text replaced. */
function changed(change: (json: string) => string): unknown {
  const json = JSON.stringify(bundle);
  const text = change(json);
  expect(text).not.toBe(json);
  return JSON.parse(text);
}

test("what is signed is verified, and who signed is named", async () => {
  expect(await verifyBundle(bundle, expected, instance.trustedRoot)).toEqual({ signer: expected });
});

describe("is refused", () => {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  test.each([
    {
      says: "another payload",
      change: (json: string) => json.replace(base64('{"a":1}'), base64('{"a":2}')),
      why: /payload hash/,
    },
    {
      says: "another payload type",
      change: (json: string) => json.replace(type, "text/plain"),
      why: /signature/i,
    },
    {
      says: "no signature",
      change: (json: string) => json.replace(/"signatures":\[[^\]]*\]/, '"signatures":[]'),
      why: /signature|bundle/i,
    },
    {
      says: "a certificate cut short",
      change: (json: string) => json.replace(/("rawBytes":"[^"]{80})[^"]*/, "$1"),
      why: /./,
    },
    {
      says: "no proof of the log",
      change: (json: string) => json.replace(/"tlogEntries":\[.*?\](?=[,}])/, '"tlogEntries":[]'),
      why: /./,
    },
    {
      says: "no material to check with",
      change: (json: string) => json.replace('"verificationMaterial"', '"x"'),
      why: /./,
    },
  ])("$says", async ({ change, why }) => {
    const result = await verifyBundle(changed(change), expected, instance.trustedRoot);
    expect(result).toEqual({ refused: expect.stringMatching(why) });
  });

  test.each([
    { says: "another signer", with: { identity: signer.replace("main", "other"), issuer }, why: signer },
    { says: "the signer as a pattern", with: { identity: ".*", issuer }, why: signer },
    { says: "part of the signer's name", with: { identity: signer.slice(0, -1), issuer }, why: signer },
    { says: "another issuer", with: { identity: signer, issuer: "https://accounts.example.com" }, why: issuer },
  ])("$says", async ({ with: asked, why }) => {
    expect(await verifyBundle(bundle, asked, instance.trustedRoot)).toEqual({ refused: expect.stringContaining(why) });
  });

  test("a certificate that had expired when it signed", async () => {
    expect(await verifyBundle(await sign(late), expected, late.trustedRoot)).toEqual({
      refused: expect.stringMatching(/certificate/i),
    });
  });

  test("the root of another instance", async () => {
    expect(await verifyBundle(bundle, expected, late.trustedRoot)).toHaveProperty("refused");
  });

  test("the built-in root of the public instance, which did not sign", async () => {
    expect(await verifyBundle(bundle, expected, null)).toHaveProperty("refused");
  });

  test.each([null, 1, "x", [], {}, { mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json" }])(
    "%j",
    async (value) => {
      expect(await verifyBundle(value, expected, instance.trustedRoot)).toHaveProperty("refused");
    },
  );
});

test.each(["", "{", "[]", "null", '{"tlogs":1}'])("a root that is none is a person's mistake: %j", async (root) => {
  await expect(verifyBundle(bundle, expected, root)).rejects.toThrow("trusted root");
});

test("a service that refuses is a problem with a way out", async () => {
  const services = { fulcioUrl: `${instance.url}/nowhere`, rekorUrl: instance.url, timestampUrl: null };
  await expect(signWithSigstore(payload, type, instance.environment.SIGSTORE_ID_TOKEN ?? "", services)).rejects.toThrow(
    "--sign key",
  );
});
