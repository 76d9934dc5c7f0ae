import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { runCommand } from "../command-line.ts";

const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" });
const whole = { APP_ID: "12345", PRIVATE_KEY: key.toString(), WEBHOOK_SECRET: "4f1c9b0a7d3e52866a0fd2c4" };

test.each([
  { says: "missing", environment: { ...whole, WEBHOOK_SECRET: undefined } },
  { says: "empty", environment: { ...whole, WEBHOOK_SECRET: "" } },
  { says: "Probot's default", environment: { ...whole, WEBHOOK_SECRET: "development" } },
  { says: "of 15 characters", environment: { ...whole, WEBHOOK_SECRET: "4f1c9b0a7d3e528" } },
])("row 1: with a webhook secret that is $says, the App does not start, and ends with 3", async ({ environment }) => {
  // A start that did not refuse would never come to an end.
  const { code, stdout, stderr } = await runCommand(["app"], { environment });
  expect(code).toBe(3);
  expect(stdout).toBe("");
  expect(stderr).toMatch(
    /^error: WEBHOOK_SECRET .*\n {2}Write what `openssl rand -hex 32` prints, here and on the App's page/,
  );
});

test("row 1: every mistake is told, each with what to write", async () => {
  const environment = { APP_ID: "x", GITHUB_CLIENT_SECRET: "secret", COUNTERSIGN_PORT: "1" };
  const { code, stderr } = await runCommand(["app"], { environment });
  expect(code).toBe(3);
  expect(stderr).toMatchInlineSnapshot(`
    "error: The environment has COUNTERSIGN_PORT, which does not exist.
      Did you mean PORT?
    APP_ID is x, which is no number.
      Write the number on the App's page on GitHub, like \`APP_ID=12345\`, or take every setting of the App away to start the set-up page.
    PRIVATE_KEY is missing.
      Write the text of the .pem file that GitHub made into PRIVATE_KEY, or its path into PRIVATE_KEY_PATH, or take every setting of the App away to start the set-up page.
    WEBHOOK_SECRET is missing.
      Write what \`openssl rand -hex 32\` prints, here and on the App's page on GitHub, or take every setting of the App away to start the set-up page.
    GITHUB_CLIENT_SECRET has 6 characters, and 16 is the least.
      Write the client secret that the App's page on GitHub made, or take it and GITHUB_CLIENT_ID away.
    GITHUB_CLIENT_ID is missing or empty.
      Write the client id from the App's page on GitHub, or take its secret away, too.
    "
  `);
});

test("settings that are sound are said to be, and nothing is started", async () => {
  const { code, stdout } = await runCommand(["app", "--check"], { environment: whole, cwd: "/srv" });
  expect(code).toBe(0);
  expect(stdout).toBe(
    "The settings of App 12345 are sound. It would listen on 127.0.0.1:3000, with its data in /srv/countersign-data.\n",
  );
});

test("without an App the set-up page is announced", async () => {
  const { code, stdout } = await runCommand(["app", "--check"], { environment: { PORT: "8080" }, cwd: "/srv" });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^No App is set up: a start would serve the page that makes one\. .*:8080/);
});
