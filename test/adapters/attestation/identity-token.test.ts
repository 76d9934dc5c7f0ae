import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readIdentityToken } from "../../../adapters/attestation/identity-token.ts";

const asked: { url: string | undefined; authorization: string | undefined }[] = [];
const server = createServer((request, response) => {
  asked.push({ url: request.url, authorization: request.headers.authorization });
  const status = request.url?.startsWith("/refuse") ? 403 : 200;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(request.url?.startsWith("/empty") ? "{}" : '{"value":"the-token"}');
});
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = typeof address === "object" ? `http://127.0.0.1:${address?.port ?? 0}` : "";
});
afterAll(() => void server.close());

const secret = { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-secret" };

test("the environment's own token comes first, and nobody is asked", async () => {
  expect(await readIdentityToken({ SIGSTORE_ID_TOKEN: "mine", ACTIONS_ID_TOKEN_REQUEST_URL: url, ...secret })).toBe(
    "mine",
  );
  expect(asked).toEqual([]);
});

test("GitHub Actions is asked for a token that is for Sigstore", async () => {
  expect(await readIdentityToken({ ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api=1`, ...secret })).toBe("the-token");
  expect(asked).toEqual([{ url: "/token?api=1&audience=sigstore", authorization: "Bearer request-secret" }]);
});

test.each([
  { says: "no identity", environment: {}, why: "id-token: write" },
  { says: "only half of what Actions gives", environment: secret, why: "id-token: write" },
  { says: "an empty token", environment: { SIGSTORE_ID_TOKEN: "" }, why: "id-token: write" },
])("$says", async ({ environment, why }) => {
  await expect(readIdentityToken(environment)).rejects.toThrow(why);
});

test.each(["/refuse", "/empty"])("no token from Actions: %s", async (path) => {
  const environment = { ACTIONS_ID_TOKEN_REQUEST_URL: url + path, ...secret };
  await expect(readIdentityToken(environment)).rejects.toThrow("gave no identity token");
});
