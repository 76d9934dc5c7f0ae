import { Command, InvalidArgumentError, Option } from "commander";
import type { Severity } from "../core/findings/finding.ts";
import { compareSeverity, filterModes, isOtherToolRule, type FilterMode } from "../core/findings/index.ts";
import { lintRules } from "../core/lint/index.ts";
import { Problem } from "../core/problem.ts";
import {
  limitAnnotations,
  lintAnnotations,
  lintTotal,
  renderLintJson,
  renderLintMarkdown,
  renderLintSarif,
  renderLintTerminal,
  type LintReport,
} from "../core/report/index.ts";
import { lintReport } from "../core/review-change.ts";
import { closest } from "../core/policy/index.ts";
import { plainStage } from "../core/stage.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import { lintFiles } from "../gate/lint-files.ts";
import type { Io } from "./io.ts";
import { formats, terminalOptions, type Format } from "./print-review.ts";
import { flagOf, readFactsFor, type ReadingOptions } from "./reading.ts";

interface LintOptions extends Pick<
  ReadingOptions,
  "repo" | "base" | "head" | "worktree" | "policy" | "findings" | "baseFindings"
> {
  rules?: string[];
  filter?: FilterMode;
  format?: Format;
  json?: boolean;
  failOn: (typeof failOnValues)[number];
}

const failOnValues = ["error", "warning", "notice", "never"] as const;

/** `countersign lint`: the patterns that generated code brings, on the added lines of a change or in any files. */
export function lintCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("lint")
    .description("look for the patterns that generated code brings, in a change or in files")
    .argument("[file...]", "files, folders or patterns; without any, the change between --base and --head")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--base <ref>", "the branch the change goes into (default: the remote's default branch)")
    .option("--head <ref>", "the newest commit of the change (default: HEAD)")
    .option("--worktree", "look at uncommitted work too, on top of HEAD")
    .option("--policy <file>", "take what counts as AI from a local policy file (default: the base's)")
    .option("--findings <glob...>", "findings of other tools too: SARIF, checkstyle, ESLint JSON, tsc …")
    .option("--base-findings <glob...>", "their findings at the base: what was there before is not counted")
    .option("--rules <ids>", "look for these alone, separated by commas", parseRules)
    .addOption(new Option("--filter <mode>", "which findings of a change count (default: added)").choices(filterModes))
    .addOption(new Option("--format <format>", "what to print (default: terminal)").choices(formats))
    .option("--json", "the same as --format json")
    .addOption(
      new Option("--fail-on <severity>", "exit 1 from this severity on").choices(failOnValues).default("error"),
    )
    .addHelpText("after", examples)
    .action(async (files: readonly string[], options: LintOptions) => {
      refuseContradictions(files, options);
      const report = files.length === 0 ? await lintOfChange(options, io) : await lintOfFiles(files, options, io);
      await print(options.format ?? (options.json ? "json" : "terminal"), report, io);
      finish(isBad(report, options.failOn) ? exitCodes.fail : exitCodes.pass);
    });
}

const examples = `
Examples
  countersign lint --base origin/main
  countersign lint --worktree --rules sql-concatenation,swallowed-error
  countersign lint --base origin/main --format sarif > lint.sarif
  countersign lint --json src/orders.ts scripts/
  countersign lint --base origin/main --findings eslint.json ruff.sarif`;

/** `--rules a,b`, once or several times: every id is one that there is. */
function parseRules(value: string, before: readonly string[] = []): string[] {
  const ids = value.split(",").map((id) => id.trim());
  for (const id of ids) {
    if (lintRules.some((rule) => rule.id === id) || isOtherToolRule(id)) continue;
    const meant = closest(
      id,
      lintRules.map((rule) => rule.id),
    );
    throw new InvalidArgumentError(
      `There is no rule \`${id}\`${meant === null ? "" : `; did you mean \`${meant}\``}. docs/findings.md lists them.`,
    );
  }
  return [...before, ...ids];
}

function refuseContradictions(files: readonly string[], options: LintOptions): void {
  const ofChange = (["repo", "base", "head", "worktree", "policy", "filter", "baseFindings"] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (files.length > 0 && ofChange.length > 0)
    throw new Problem(
      `Files are looked at as they are on the disk, so ${ofChange.map(flagOf).join(", ")} would change nothing.`,
      "Leave out the files, to look at a change, or these options.",
    );
  if (options.json && options.format !== undefined && options.format !== "json")
    throw new Problem(
      `--json is the same as --format json, so it cannot go with --format ${options.format}.`,
      "Leave out one of the two.",
    );
}

async function lintOfChange(options: LintOptions, io: Io): Promise<LintReport> {
  const { repo, base, head, worktree, policy, findings, baseFindings } = options;
  const given = { repo, base, head, worktree, policy, findings, baseFindings };
  const reading = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const facts = await readFactsFor(reading, io, plainStage);
  const report = lintReport(facts, options.filter ?? null);
  const { rules } = options;
  return rules === undefined
    ? report
    : { ...report, findings: report.findings.filter(({ rule }) => rules.includes(rule)) };
}

function lintOfFiles(files: readonly string[], { rules, findings = [] }: LintOptions, io: Io): Promise<LintReport> {
  return lintFiles(files, { cwd: io.cwd, rules: rules ?? null, findings });
}

function isBad({ findings }: LintReport, failOn: LintOptions["failOn"]): boolean {
  if (failOn === "never") return false;
  const from: Severity = failOn;
  return findings.some(({ severity, waivedBy }) => waivedBy === null && compareSeverity(severity, from) <= 0);
}

async function print(format: Format, report: LintReport, io: Io): Promise<void> {
  if (format === "github") await printForGitHub(report, io);
  else io.stdout(render(format, report, io));
}

function render(format: Exclude<Format, "github">, report: LintReport, io: Io): string {
  switch (format) {
    case "terminal":
      return renderLintTerminal(report, terminalOptions(io));
    case "json":
      return renderLintJson(report);
    case "markdown":
      return renderLintMarkdown(report);
    case "sarif":
      return renderLintSarif(report, lintRules);
  }
}

/** GitHub shows so many annotations of each level for one step, and drops the rest without a word. */
const stepLimits = { errors: 10, warnings: 10, notices: 10 };

async function printForGitHub(report: LintReport, io: Io): Promise<void> {
  // Loaded only here: the runner's library is large.
  const { applyAnnotations } = await import("../adapters/github/apply-annotations.ts");
  applyAnnotations(limitAnnotations(lintAnnotations(report), stepLimits).shown);
  io.stdout(`Countersign: ${lintTotal(report)}\n`);
}
