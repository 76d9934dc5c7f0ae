import { Command, Option } from "commander";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { changeAttributes } from "../adapters/telemetry/attributes.ts";
import { openTelemetry } from "../adapters/telemetry/trace.ts";
import { applyFile, applyReport } from "../adapters/workspace/apply-report.ts";
import { absent, present } from "../core/evidence.ts";
import { parseFacts, writeFacts } from "../core/facts-file.ts";
import { errorCode, Problem } from "../core/problem.ts";
import type { Stage } from "../core/stage.ts";
import { documents } from "../gate/documents.ts";
import { engine } from "../gate/engine.ts";
import { exitCode, failOnValues, type ExitCode, type FailOn } from "../gate/exit-code.ts";
import type { GateInput } from "../gate/read-facts.ts";
import { replay, runGate, type GateResult } from "../gate/run-gate.ts";
import type { Io } from "./io.ts";
import { formats, printReview, type Format } from "./print-review.ts";

interface CheckOptions {
  repo?: string;
  base?: string;
  head?: string;
  worktree?: boolean;
  branch?: string;
  policy?: string;
  coverage?: string[];
  baseCoverage?: string[];
  baseCoverageCommit?: string;
  earlier?: string;
  reportDir?: string;
  format?: Format;
  json?: boolean;
  failOn: FailOn;
  saveFacts?: string;
  facts?: string;
}

/** `countersign check`: judges a change and exits by the decision. Writes nothing unless a folder or file is named. */
export function checkCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("check")
    .description("judge a change: who wrote it, what tests reach, what the policy says")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--base <ref>", "the branch the change goes into (default: the remote's default branch)")
    .option("--head <ref>", "the newest commit of the change (default: HEAD)")
    .option("--worktree", "judge uncommitted work too, on top of HEAD")
    .option("--branch <name>", "the head branch's name, where git does not know it")
    .option("--policy <file>", "try a local policy file (default: .github/countersign.yml at the base)")
    .option("--coverage <glob...>", "coverage reports of the head: lcov or istanbul JSON")
    .option("--base-coverage <glob...>", "coverage reports of the base")
    .option("--base-coverage-commit <ref>", "the commit of the base reports (default: the merge base)")
    .option("--earlier <file>", "the report.json or facts.json of an earlier run on this change: its verdicts stay")
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
      refuseContradictions(options);
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

/** What only a repository can answer. */
const readingOptions = [
  "repo",
  "base",
  "head",
  "worktree",
  "branch",
  "policy",
  "coverage",
  "baseCoverage",
  "baseCoverageCommit",
  "earlier",
] as const satisfies (keyof CheckOptions)[];

function refuseContradictions(options: CheckOptions): void {
  const reading = readingOptions.filter((name) => options[name] !== undefined).map(flagOf);
  if (options.facts !== undefined && reading.length > 0) {
    throw new Problem(
      `--facts decides from saved facts, so ${reading.join(", ")} would change nothing.`,
      `Leave out --facts, or ${reading.join(", ")}.`,
    );
  }
  if (options.worktree && options.head !== undefined) {
    throw new Problem(
      "--worktree judges the work on top of HEAD, so it cannot go with --head.",
      "Leave out one of the two.",
    );
  }
  if (options.baseCoverageCommit !== undefined && options.baseCoverage === undefined) {
    throw new Problem(
      "--base-coverage-commit says at which commit the reports of the base were made, and there are none.",
      "Name them with --base-coverage, or leave out --base-coverage-commit.",
    );
  }
  if (options.json && options.format !== undefined && options.format !== "json") {
    throw new Problem(
      `--json is the same as --format json, so it cannot go with --format ${options.format}.`,
      "Leave out one of the two.",
    );
  }
}

function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function formatOf({ format, json }: CheckOptions): Format {
  return format ?? (json ? "json" : "terminal");
}

async function judge(options: CheckOptions, io: Io): Promise<GateResult> {
  const telemetry = await openTelemetry(io.environment, { "service.version": engine.version });
  try {
    const result = await decide(options, io, telemetry.stage);
    telemetry.describe(changeAttributes(result.review));
    return result;
  } finally {
    const trouble = await telemetry.shutdown(traceTimeoutMs);
    if (trouble !== null) io.stderr(`note: ${trouble}\n`);
  }
}

const traceTimeoutMs = 2000;

async function decide(options: CheckOptions, io: Io, stage: Stage): Promise<GateResult> {
  if (options.facts === undefined) return runGate(gateInput(options, io), { now: io.now, stage });
  const facts = parseFacts(await readText(options.facts, io), options.facts);
  if (facts.engine.version !== engine.version) {
    io.stderr(
      `note: the facts were read by Countersign ${facts.engine.version}; this is ${engine.version}, which may decide differently.\n`,
    );
  }
  return replay(facts, { stage });
}

function gateInput(options: CheckOptions, io: Io): GateInput {
  return {
    repositoryPath: resolve(io.cwd, options.repo ?? "."),
    range: {
      event: "local",
      base: options.base ?? null,
      head: options.head ?? null,
      workTree: options.worktree ?? false,
    },
    repository: null,
    pullRequest: absent("no pull request was read: this is a local run"),
    branch: options.branch === undefined ? absent("the head is not a branch") : present(options.branch),
    policy:
      options.policy === undefined
        ? { from: "base", path: null }
        : { from: "file", path: resolve(io.cwd, options.policy), name: options.policy },
    coverage: {
      folder: io.cwd,
      head: options.coverage ?? null,
      base: options.baseCoverage ?? null,
      tested: null,
      baseline: options.baseCoverageCommit ?? null,
    },
    earlier: options.earlier === undefined ? null : { path: resolve(io.cwd, options.earlier), name: options.earlier },
  };
}

async function writeFiles(options: CheckOptions, result: GateResult, io: Io): Promise<void> {
  if (options.saveFacts !== undefined) {
    await applyFile(resolve(io.cwd, options.saveFacts), writeFacts(result.facts), { linksStayIn: io.cwd });
  }
  if (options.reportDir !== undefined) {
    await applyReport(resolve(io.cwd, options.reportDir), documents(result, io.environment), { linksStayIn: io.cwd });
  }
}

async function readText(name: string, io: Io): Promise<string> {
  return readFile(resolve(io.cwd, name), "utf8").catch((cause: unknown) => {
    throw new Problem(
      `${name} could not be read (${errorCode(cause)}).`,
      "Name a file that exists and that you may read.",
      {
        cause,
      },
    );
  });
}
