import { Command } from "commander";
import { showPath } from "../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";

/** `countersign app`: the GitHub App as a server, until it is told to stop. */
export function appCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("app")
    .description("run the GitHub App: take webhooks, judge pull requests, publish checks")
    .option("--check", "say whether the settings are sound, and start nothing")
    .addHelpText("after", settings)
    .action(async ({ check }: { check?: boolean }) => {
      const { currentSettings } = await import("../app/run.ts");
      const ports = { environment: io.environment, folder: io.cwd };
      if (check === true) io.stdout(told(await currentSettings(ports)));
      else await serve(ports, io);
      finish(exitCodes.pass);
    });
}

const settings = `
Settings are read from the environment and from a settings file; docs/operations.md lists them.
Without any setting of an App the first start serves a page that makes one.

Examples
  countersign app
  countersign app --check`;

type Reading = Awaited<ReturnType<(typeof import("../app/run.ts"))["currentSettings"]>>;

function told(reading: Reading): string {
  const { dataFolder, listen } = reading.settings;
  const place = `It would listen on ${listen.host}:${listen.port}, with its data in ${showPath(dataFolder)}.`;
  if (reading.state === "set-up") return `No App is set up: a start would serve the page that makes one. ${place}\n`;
  return `The settings of App ${reading.settings.app.id} are sound. ${place}\n`;
}

async function serve(ports: { environment: Io["environment"]; folder: string }, io: Io): Promise<void> {
  const { runApp } = await import("../app/run.ts");
  const { judge } = await import("../app/judge.ts");
  await runApp({ ...ports, write: io.stdout, signal: toldToStop(), judge });
}

/** A second signal ends the process at once, as it does by itself. */
function toldToStop(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stopping.abort());
  return stopping.signal;
}
