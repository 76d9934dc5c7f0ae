import { Command, InvalidArgumentError } from "commander";
import { resolve } from "node:path";
import { resolveHistory, type HistoryRange } from "../adapters/git/read-history.ts";
import { openRepository } from "../adapters/git/run-git.ts";
import { calibrate, type RuleMeasured } from "../core/calibration/index.ts";
import { lintRules } from "../core/lint/index.ts";
import { closest } from "../core/policy/index.ts";
import { Problem } from "../core/problem.ts";
import {
  calibrationDocument,
  renderCalibration,
  renderCalibrationJson,
  type CalibrationDocument,
} from "../core/report/index.ts";
import { showPath } from "../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import { mostAddedLines } from "../gate/measure-commits.ts";
import { measurableRules, measureHistory } from "../gate/measure-history.ts";
import type { Io } from "./io.ts";
import { terminalOptions } from "./print-review.ts";
import { progressBar } from "./progress.ts";

interface CalibrateOptions {
  repo?: string;
  range?: string;
  maxCommits: number;
  rules?: string[];
  json?: boolean;
}

/** `countersign calibrate`: whether lint rules find more in what AI wrote, in this repository. */
export function calibrateCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("calibrate")
    .description("measure how often lint rules find something, by who wrote the commit")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--range <range>", "A..B, or one branch, tag or commit (default: HEAD)")
    .option("--max-commits <count>", "how many of its commits, newest first", wholeNumber, 500)
    .option("--rules <ids>", "measure these alone, separated by commas", parseRules)
    .option("--json", "print the numbers as JSON")
    .addHelpText("after", examples)
    .action(async (options: CalibrateOptions) => {
      const document = await measured(options, io);
      io.stdout(options.json ? renderCalibrationJson(document) : renderCalibration(document, terminalOptions(io)));
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign calibrate
  countersign calibrate --range v1.0..HEAD --max-commits 2000 --json
  countersign calibrate --rules swallowed-error,broad-catch`;

function wholeNumber(text: string): number {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1 on.");
}

/** `--rules a,b`, once or several times: every id is one that can be measured. */
function parseRules(value: string, before: readonly string[] = []): string[] {
  const ids = value.split(",").map((id) => id.trim());
  const measurable = measurableRules().map(({ id }) => id);
  for (const id of ids) if (!measurable.includes(id)) throw new InvalidArgumentError(whyNot(id, measurable));
  return [...before, ...ids];
}

function whyNot(id: string, measurable: readonly string[]): string {
  if (lintRules.some((rule) => rule.id === id))
    return `\`${id}\` looks at more than the files of one commit, and is not measured.`;
  const meant = closest(id, measurable);
  return `There is no rule \`${id}\`${meant === null ? "" : `; did you mean \`${meant}\``}. docs/findings.md lists them.`;
}

async function measured(
  { repo, range: asked, maxCommits, rules }: CalibrateOptions,
  io: Io,
): Promise<CalibrationDocument> {
  const repository = await openRepository(resolve(io.cwd, repo ?? "."));
  const range = await resolveHistory(repository, { range: asked ?? null, since: null, until: null, lines: false });
  const wanted = measurableRules().filter(({ id }) => rules?.includes(id) ?? true);
  const history = await readWith(range, wanted, maxCommits, io);
  if (history.read.commits === 0)
    throw new Problem(
      `There is no commit to measure in ${showPath(asked ?? "HEAD")}: it holds none that is no merge.`,
      "Name a range with commits of its own: `--range v1.0..HEAD`.",
    );
  const { head, excluded } = range;
  const reading = { range: { asked: asked ?? "HEAD", head, excluded }, read: history.read, left: history.left };
  return calibrationDocument(calibrate(history.commits, wanted), { ...reading, mostAddedLines }, history.unread);
}

function readWith(range: HistoryRange, rules: readonly RuleMeasured[], maxCommits: number, io: Io) {
  let bar: ReturnType<typeof progressBar> | null = null;
  const progress = (done: number, total: number): void => {
    bar ??= progressBar(io, "commits", total);
    bar.at(done);
  };
  return measureHistory(range, { maxCommits, rules, progress }).finally(() => bar?.clear());
}
