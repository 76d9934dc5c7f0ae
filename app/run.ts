import { readFile, stat } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { convertManifest } from "../adapters/github/convert-manifest.ts";
import { writePrivately } from "../adapters/workspace/apply-private-file.ts";
import { StoreFault } from "../adapters/store/store.ts";
import { errorCode, Problem } from "../core/problem.ts";
import { inertText, showPath } from "../core/untrusted/index.ts";
import type { SettingsFile } from "./settings/given-settings.ts";
import { jsonLog } from "./log.ts";
import { startApp, type Judge } from "./main.ts";
import type { Log } from "./ports.ts";
import { sendText, pathOf, startServer, type Handler } from "./server.ts";
import {
  readSettings,
  settingsPath,
  type Settings,
  type SettingsReading,
  type SetUpSettings,
} from "./settings/settings.ts";
import { setUp, settingsWith } from "./setup/index.ts";
import { systemClock } from "./system-clock.ts";

/** What a process gives the App. */
export interface RunPorts {
  environment: Readonly<Record<string, string | undefined>>;
  /** The current folder. */
  folder: string;
  /** Takes lines of the log. */
  write: (line: string) => void;
  /** Aborted when the process is to end. */
  signal: AbortSignal;
  judge: Judge;
}

/**
 * Runs the App until it is told to stop: with its settings, or, where there are none, with the set-up page first. Throws
 * every mistake in the settings as one `Problem`; and what ended it, when it could not go on.
 */
export async function runApp(ports: RunPorts): Promise<void> {
  const reading = await currentSettings(ports);
  const settings = reading.state === "app" ? reading.settings : await settingUp(reading.settings, ports);
  if (settings === null) return;
  const app = await startApp(settings, { judge: ports.judge, write: ports.write }).catch((error: unknown) => {
    throw unstarted(error, settings.listen);
  });
  const failure = await Promise.race([aborted(ports.signal), app.failed]);
  await app.stop();
  if (failure instanceof Error) throw failure;
}

/** The settings as they are now. Throws every mistake in them as one `Problem`. */
export async function currentSettings(
  ports: Pick<RunPorts, "environment" | "folder">,
): Promise<Exclude<SettingsReading, { state: "refused" }>> {
  const { environment, folder } = ports;
  const file = await settingsFile(settingsPath(ports));
  const reading = readSettings({ environment, folder, file, readText });
  if (reading.state !== "refused") return reading;
  const [first, ...rest] = reading.problems;
  const more = rest.map(({ what, fix }) => `\n${what}\n  ${fix}`).join("");
  throw new Problem(first?.what ?? "", `${first?.fix ?? ""}${more}`);
}

async function settingsFile(path: string): Promise<SettingsFile | null> {
  try {
    return { path, text: await readFile(path, "utf8") };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw new Problem(
      `The settings file ${showPath(path)} cannot be read (${errorCode(error)}).`,
      "Let the user that runs Countersign read it, or name another with COUNTERSIGN_SETTINGS.",
      { cause: error },
    );
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Serves the set-up page until there are settings; null when the process is to end before. */
async function settingUp(settings: SetUpSettings, ports: RunPorts): Promise<Settings | null> {
  const log = jsonLog({ write: ports.write, now: () => new Date(), secrets: [] });
  const path = settingsPath(ports);
  const kept = Promise.withResolvers<undefined>();
  const page = setUp(settings, {
    ...{ log, path },
    convert: (code) => convertManifest(settings.github.apiUrl, code),
    keep: async (app, publicUrl) => {
      const before = await settingsFile(path);
      await writePrivately(path, settingsWith(before?.text ?? null, app, publicUrl));
    },
    done: () => kept.resolve(undefined),
  });
  const handlers = [notYet, page.handle];
  const server = await startServer({ listen: settings.listen, handlers, log, clock: systemClock }).catch(
    (error: unknown) => {
      throw unstarted(error, settings.listen);
    },
  );
  sayWhere(page.token, server.address, ports);
  await Promise.race([kept.promise, aborted(ports.signal)]);
  await server.stop(1_000);
  if (ports.signal.aborted) return null;
  await tellIfReadable(path, log);
  const reading = await currentSettings(ports);
  if (reading.state === "app") return reading.settings;
  throw new Problem(`The App that was made is not in ${showPath(path)}.`, "Write its settings by hand: docs/app.md.");
}

/** Not by the log, which redacts tokens: this one is for whoever reads the first lines of a first start, and good once. */
function sayWhere(token: string, { host, port }: { host: string; port: number }, { write }: RunPorts): void {
  const own = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const here = `http://${own.includes(":") ? `[${own}]` : own}:${port}/`;
  const elsewhere = `from elsewhere once: the address of this server, and /?token=${token}`;
  write(`${JSON.stringify({ at: new Date().toISOString(), level: "info", event: "set-up", here, elsewhere })}\n`);
}

/** Deliveries are for an App, and there is none; a health check is told that the process lives. */
const notYet: Handler = (request, response) => {
  const path = pathOf(request);
  if (path === "/healthz") sendText(response, 200, "alive\n");
  else if (path === "/readyz" || path.startsWith("/webhook") || path === "/api/github/webhooks")
    sendText(response, 503, "Countersign is not set up.\n", { "retry-after": "60" });
  else return Promise.resolve(false);
  return Promise.resolve(true);
};

async function tellIfReadable(path: string, log: Log): Promise<void> {
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0)
    log.warn("settings-readable-by-others", { path, fix: `Run chmod 600 ${path}.` });
}

/** Why it did not start, for whoever can mend it; what nobody but us can mend stays as it is. */
function unstarted(error: unknown, { host, port }: Settings["listen"]): unknown {
  const code = errorCode(error);
  if (error instanceof StoreFault)
    return new Problem(
      `The database could not be opened: ${inertText(error.message)}`,
      "docs/operations.md says what to do about each of these.",
      { cause: error },
    );
  if (!["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND"].includes(code)) return error;
  return new Problem(
    `Countersign cannot listen on ${host}:${port} (${code}).`,
    code === "EADDRINUSE" ? "Stop what listens there, or give another PORT." : "Give another HOST or PORT.",
    { cause: error },
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
