import { Command, Option } from "commander";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { changeAttributes } from "../adapters/telemetry/attributes.ts";
import { openTelemetry } from "../adapters/telemetry/trace.ts";
import { applyFile, applyReport } from "../adapters/workspace/apply-report.ts";
import { absent } from "../core/evidence.ts";
import { parseFacts, writeFacts } from "../core/facts-file.ts";
import { Problem } from "../core/problem.ts";
import {
  annotations,
  renderJson,
  renderSarif,
  renderSummary,
  renderTerminal,
  summaryLimits,
  type Review,
} from "../core/report/index.ts";
import { allLintRules } from "../core/rules.ts";
import type { Stage } from "../core/stage.ts";
import { documents } from "../gate/documents.ts";
import { engine } from "../gate/engine.ts";
import { exitCode, failOnValues, type ExitCode, type FailOn } from "../gate/exit-code.ts";
import type { GateInput } from "../gate/read-facts.ts";
import { replay, runGate, type GateResult } from "../gate/run-gate.ts";

import type { Io } from "./io.ts";

const formats = ["terminal", "json", "markdown", "sarif", "github"] as const;
type Format = (typeof formats)[number];

interface CheckOptions {
  repo: string;
  base?: string;
  head?: string;
  worktree?: boolean;
  branch?: string;
  policy?: string;
  coverage?: string[];
  baseCoverage?: string[];
  baseCoverageCommit?: string;
  reportDir?: string;
  format: Format;
  json?: boolean;
  failOn: FailOn;
  saveFacts?: string;
  facts?: string;
}

/** `countersign check`: judges a change and exits by the decision. Writes nothing unless a folder or file is named. */
export function checkCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("check")
    .description("judge a change: who wrote it, what tests reach, what the policy says")
    .option("--repo <path>", "the repository", ".")
    .option("--base <ref>", "the branch the change goes into (default: the remote's default branch)")
    .option("--head <ref>", "the newest commit of the change (default: HEAD)")
    .option("--worktree", "judge uncommitted work too, on top of HEAD")
    .option("--branch <name>", "the head branch's name, where git does not know it")
    .option("--policy <file>", "try a local policy file (default: .github/countersign.yml at the base)")
    .option("--coverage <glob...>", "coverage reports of the head: lcov or istanbul JSON")
    .option("--base-coverage <glob...>", "coverage reports of the base")
    .option("--base-coverage-commit <ref>", "the commit of the base reports (default: the merge base)")
    .option("--report-dir <dir>", "write report.json, summary.md, report.sarif and facts.json there")
    .addOption(new Option("--format <format>", "what to print").choices(formats).default("terminal"))
    .option("--json", "the same as --format json")
    .addOption(
      new Option("--fail-on <decision>", "exit 1 from this decision on").choices(failOnValues).default("block"),
    )
    .option("--save-facts <file>", "write everything that was read, for a replay")
    .option("--facts <file>", "decide again from saved facts, without a repository")
    .action(async (options: CheckOptions) => {
      refuseContradictions(options);
      const result = await judge(options, io);
      await writeFiles(options, result, io);
      await print(options.json ? "json" : options.format, result.review, io);
      finish(exitCode(result.review.decision.state, options.failOn));
    });
}

function refuseContradictions(options: CheckOptions): void {
  const live = (["base", "head", "worktree", "policy", "coverage", "baseCoverage", "branch"] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (options.facts !== undefined && live.length > 0) {
    const flags = live.map((name) => `--${name.replace(/[A-Z]/g, (char) => `-${char.toLowerCase()}`)}`).join(", ");
    throw new Problem(
      `--facts decides from saved facts, so ${flags} would change nothing.`,
      `Leave out --facts, or ${flags}.`,
    );
  }
  if (options.worktree && options.head !== undefined) {
    throw new Problem(
      "--worktree judges the work on top of HEAD, so it cannot go with --head.",
      "Leave out one of the two.",
    );
  }
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
  if (options.facts !== undefined)
    return replay(parseFacts(await readText(resolve(io.cwd, options.facts)), options.facts), { stage });
  return runGate(gateInput(options, io), { now: io.now, stage });
}

function gateInput(options: CheckOptions, io: Io): GateInput {
  return {
    repositoryPath: resolve(io.cwd, options.repo),
    range: {
      event: "local",
      base: options.base ?? null,
      head: options.head ?? null,
      workTree: options.worktree ?? false,
    },
    repository: null,
    pullRequest: absent("no pull request was read: this is a local run"),
    branch:
      options.branch === undefined ? absent("the head is not a branch") : { state: "present", value: options.branch },
    policy:
      options.policy === undefined
        ? { from: "base", path: null }
        : { from: "file", path: resolve(io.cwd, options.policy) },
    coverage: {
      folder: io.cwd,
      head: options.coverage ?? null,
      base: options.baseCoverage ?? null,
      tested: null,
      baseline: options.baseCoverageCommit ?? null,
    },
  };
}

async function writeFiles(options: CheckOptions, result: GateResult, io: Io): Promise<void> {
  if (options.saveFacts !== undefined) await applyFile(resolve(io.cwd, options.saveFacts), writeFacts(result.facts));
  if (options.reportDir !== undefined) await applyReport(resolve(io.cwd, options.reportDir), documents(result));
}

async function print(format: Format, review: Review, io: Io): Promise<void> {
  switch (format) {
    case "terminal":
      return io.stdout(
        renderTerminal(review, {
          width: io.terminal?.columns ?? 100,
          color: io.terminal?.color ?? false,
          unicode: speaksUnicode(io),
        }),
      );
    case "json":
      return io.stdout(renderJson(review));
    case "markdown":
      return io.stdout(renderSummary(review, { maxBytes: summaryLimits.step }));
    case "sarif":
      return io.stdout(renderSarif(review, allLintRules));
    case "github": {
      // Loaded only here: the runner's library is large.
      const { applyAnnotations } = await import("../adapters/github/apply-annotations.ts");
      return applyAnnotations(annotations(review));
    }
  }
}

function speaksUnicode(io: Io): boolean {
  const locale = io.environment.LC_ALL ?? io.environment.LC_CTYPE ?? io.environment.LANG ?? "UTF-8";
  return io.environment.TERM !== "linux" && /utf-?8/i.test(locale);
}

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new Problem(`${path} could not be read.`, "Name a file that exists and that you may read.", { cause });
  });
}
