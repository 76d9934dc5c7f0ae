import { generateKeyPairSync } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { startApp } from "../app/main.ts";
import { readSettings } from "../app/settings/settings.ts";
import { secret } from "./app-ingress-load.ts";

/**
 * One server of bench/app-ingress.ts in a process of its own: `app FOLDER`, the whole App but for reading GitHub, or
 * `probot`, stock Probot with a handler that does nothing. Says its port, and on any message what it has taken so far.
 */
const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();
const [kind, folder = ""] = process.argv.slice(2);
process.send?.({ port: kind === "app" ? await app() : await probot() });
process.on("message", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.send?.({ peakMb: maxRSS / 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 });
});
process.on("disconnect", () => process.exit());

async function app(): Promise<number> {
  const reading = readSettings({
    // Nobody answers there: lists of GitHub's are not to be had, and what was delivered is worked through all the same.
    environment: {
      ...{ APP_ID: "1", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret, PORT: "0" },
      ...{ GHE_HOST: "127.0.0.1:9", GHE_PROTOCOL: "http", COUNTERSIGN_DATA: folder },
    },
    ...{ folder, file: null, readText: () => null },
  });
  if (reading.state !== "app") throw new Error(JSON.stringify(reading));
  const { address } = await startApp(reading.settings, {
    write: () => undefined,
    judge: () => (subject) => Promise.resolve({ state: "over", subject, reason: "only deliveries are measured" }),
  });
  return address.port;
}

async function probot(): Promise<number> {
  const { Probot, Server } = await import("probot");
  // It takes 0 for its own default port.
  const port = await freePort();
  const server = new Server({
    ...{ Probot: Probot.defaults({ appId: 1, privateKey, secret, logLevel: "fatal" }), port, host: "127.0.0.1" },
    // It writes a line for each delivery otherwise, which would be measured, too.
    log: new Probot({ githubToken: "none", secret, logLevel: "fatal" }).log,
  });
  await server.load((loaded) => {
    loaded.on("pull_request", () => undefined);
  });
  await server.start();
  return port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<unknown>((resolve) => server.close(resolve));
  return port;
}
