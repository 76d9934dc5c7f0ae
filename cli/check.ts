import { Command, Option } from "commander";
import { resolve } from "node:path";
import { changeAttributes } from "../adapters/telemetry/attributes.ts";
import { openTelemetry } from "../adapters/telemetry/trace.ts";
import { applyFile, applyReport } from "../adapters/workspace/apply-report.ts";
import { writeFacts } from "../core/facts-file.ts";
import { Problem } from "../core/problem.ts";
import { documents } from "../gate/documents.ts";
import { engine } from "../gate/engine.ts";
import { exitCode, failOnValues, type ExitCode, type FailOn } from "../gate/exit-code.ts";
import { replay, type GateResult } from "../gate/run-gate.ts";
import type { Io } from "./io.ts";
import { formats, printReview, type Format } from "./print-review.ts";
import { readFactsFor, withReadingOptions, type ReadingOptions } from "./reading.ts";

interface CheckOptions extends ReadingOptions {
  reportDir?: string;
  format?: Format;
  json?: boolean;
  failOn: FailOn;
  saveFacts?: string;
}

/** `countersign check`: judges a change and exits by the decision. Writes nothing unless a folder or file is named. */
export function checkCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return withReadingOptions(new Command("check"))
    .description("judge a change: who wrote it, what tests reach, what the policy says")
    .option("--report-dir <dir>", "write report.json, summary.md, report.sarif, facts.json and record.json there")
    .addOption(new Option("--format <format>", "what to print (default: terminal)").choices(formats))
    .option("--json", "the same as --format json")
    .addOption(
      new Option("--fail-on <decision>", "exit 1 from this decision on").choices(failOnValues).default("block"),
    )
    .option("--save-facts <file>", "write everything that was read, for a replay")
    .option("--facts <file>", "decide again from saved facts, without a repository")
    .addHelpText("after", examples)
    .action(async (options: CheckOptions) => {
      refuseTwoFormats(options);
      const result = await judge(options, io);
      // Printed first: a report folder that cannot be written must not hide the decision.
      await printReview(formatOf(options), result.review, io);
      await writeFiles(options, result, io);
      finish(exitCode(result.review.decision.state, options.failOn));
    });
}

const examples = `
Examples
  countersign check --base origin/main --coverage coverage/lcov.info
  countersign check --worktree --policy policies/enforce.yml
  countersign check --save-facts facts.json && countersign check --facts facts.json --json`;

function refuseTwoFormats(options: CheckOptions): void {
  if (options.json && options.format !== undefined && options.format !== "json") {
    throw new Problem(
      `--json is the same as --format json, so it cannot go with --format ${options.format}.`,
      "Leave out one of the two.",
    );
  }
}

function formatOf({ format, json }: CheckOptions): Format {
  return format ?? (json ? "json" : "terminal");
}

async function judge(options: CheckOptions, io: Io): Promise<GateResult> {
  const telemetry = await openTelemetry(io.environment, { "service.version": engine.version });
  try {
    const facts = await readFactsFor(options, io, telemetry.stage);
    const result = await replay(facts, telemetry);
    telemetry.describe(changeAttributes(result.review));
    return result;
  } finally {
    const trouble = await telemetry.shutdown(traceTimeoutMs);
    if (trouble !== null) io.stderr(`note: ${trouble}\n`);
  }
}

const traceTimeoutMs = 2000;

async function writeFiles(options: CheckOptions, result: GateResult, io: Io): Promise<void> {
  if (options.saveFacts !== undefined) {
    await applyFile(resolve(io.cwd, options.saveFacts), writeFacts(result.facts), { linksStayIn: io.cwd });
  }
  if (options.reportDir !== undefined) {
    await applyReport(resolve(io.cwd, options.reportDir), documents(result, io.environment), { linksStayIn: io.cwd });
  }
}
