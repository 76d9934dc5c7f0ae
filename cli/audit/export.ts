import { access } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import { openAudit, type OpenAudit } from "../../adapters/store/open-audit.ts";
import { StoreFault, type Audit } from "../../adapters/store/store.ts";
import { errorCode, Problem } from "../../core/problem.ts";
import { inertJson, inertText, redact, redactDeep, showPath } from "../../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import type { Io } from "../io.ts";

interface ExportOptions {
  since: number;
}

/** `countersign audit export`: the audit table as lines of JSON. Changes nothing, and may run beside the App. */
export function auditExportCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("export")
    .description("print the App's audit table, one line of JSON for each thing that happened")
    .option("--since <serial>", "only lines after this serial number: the last one that was exported before", serial, 0)
    .option("--json", "changes nothing: the lines are JSON already")
    .addHelpText("after", help)
    .action(async ({ since }: ExportOptions) => {
      const audit = await openTable(io);
      try {
        const { seen, last } = await printLines(audit, since, io);
        tellMissing({ since, seen, last }, io);
      } catch (error) {
        throw unread(error);
      } finally {
        await audit.close();
      }
      finish(exitCodes.pass);
    });
}

const help = `
The database is found as the App finds it: by DATABASE_URL, or in the data folder, from the environment or the settings
file. Each line has its serial number, which no other line ever gets, and the day until which it is kept.

Examples
  countersign audit export > audit.jsonl
  countersign audit export --since 4711 >> audit.jsonl`;

function serial(text: string): number {
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected the serial number of a line, or 0.");
}

async function openTable({ environment, cwd }: Io): Promise<OpenAudit> {
  const { currentSettings } = await import("../../app/run.ts");
  const { store } = (await currentSettings({ environment, folder: cwd })).settings;
  if (store.url === undefined) await refuseMissing(store.path);
  return openAudit(store).catch((error: unknown) => {
    throw unread(error);
  });
}

/** A file that SQLite does not find may be one that nobody may look at: that is told as what it is. */
async function refuseMissing(path: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    (error: unknown) => errorCode(error) !== "ENOENT",
  );
  if (isThere) return;
  throw new Problem(
    `There is no database at ${showPath(path)}.`,
    "Set COUNTERSIGN_DATA to the App's data folder, or DATABASE_URL to its PostgreSQL database.",
  );
}

function unread(error: unknown): unknown {
  if (!(error instanceof StoreFault)) return error;
  const why = redact(inertText(error.message, { maxGraphemes: 500 }));
  return new Problem(`The audit table could not be read: ${why}`, "docs/operations.md says what to do about it.", {
    cause: error,
  });
}

/** Page by page, up to the last line that is there; a reader that has seen enough ends it. */
async function printLines({ read }: OpenAudit, since: number, io: Io): Promise<{ seen: number; last: number }> {
  let [seen, last] = [0, since];
  for (;;) {
    const rows = await read(last, rowsAtOnce);
    io.stdout(rows.map(lineOf).join(""));
    seen += rows.length;
    last = rows.at(-1)?.serial ?? last;
    if (rows.length < rowsAtOnce || !(await io.drained())) return { seen, last };
  }
}

const rowsAtOnce = 1_000;

/** What strangers named stands in it: a branch, a login. */
function lineOf({ detail, keepUntil, ...row }: Awaited<ReturnType<Audit["read"]>>[number]): string {
  return `${inertJson(JSON.stringify(redactDeep({ ...row, detail: parsed(detail), keepUntil })))}\n`;
}

function parsed(detail: string): unknown {
  try {
    return JSON.parse(detail);
  } catch {
    return detail;
  }
}

/** Serial numbers have no gaps but those of lines that were pruned. */
function tellMissing({ since, seen, last }: { since: number; seen: number; last: number }, io: Io): void {
  const missing = last - since - seen;
  if (missing <= 0) return;
  io.stderr(
    `note: ${missing} of the serial numbers ${since + 1} to ${last} have no line any more: their retention date is over. What was exported before it has them.\n`,
  );
}
