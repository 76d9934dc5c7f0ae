import type { Command } from "commander";
import { resolve } from "node:path";
import { absent, present } from "../core/evidence.ts";
import type { Facts } from "../core/facts.ts";
import { parseFacts } from "../core/facts-file.ts";
import { Problem } from "../core/problem.ts";
import type { Stage } from "../core/stage.ts";
import { engine } from "../gate/engine.ts";
import { readFacts, type GateInput } from "../gate/read-facts.ts";
import { tellUnusedFloors } from "./floors.ts";
import type { Io } from "./io.ts";
import { readText } from "./read-text.ts";
import { suppliedInput, suppliedOptions, withSuppliedOptions, type SuppliedOptions } from "./supplied.ts";

/** Where a command takes a change from: a repository, or facts that were saved before. */
export interface ReadingOptions extends SuppliedOptions {
  base?: string;
  head?: string;
  worktree?: boolean;
  branch?: string;
  policy?: string;
  coverage?: string[];
  baseCoverage?: string[];
  baseCoverageCommit?: string;
  findings?: string[];
  baseFindings?: string[];
  earlier?: string;
  facts?: string;
}

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
  "findings",
  "baseFindings",
  "earlier",
  ...suppliedOptions,
] as const satisfies (keyof ReadingOptions)[];

/** Gives a command the flags that say what to read, but for `--facts`. */
export function withReadingOptions(command: Command): Command {
  const reading = command
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--base <ref>", "the branch the change goes into (default: the remote's default branch)")
    .option("--head <ref>", "the newest commit of the change (default: HEAD)")
    .option("--worktree", "judge uncommitted work too, on top of HEAD")
    .option("--branch <name>", "the head branch's name, where git does not know it")
    .option("--policy <file>", "try a local policy file (default: .github/countersign.yml at the base)")
    .option("--coverage <glob...>", "coverage reports of the head: lcov or istanbul JSON")
    .option("--base-coverage <glob...>", "coverage reports of the base")
    .option("--base-coverage-commit <ref>", "the commit of the base reports (default: the merge base)")
    .option("--findings <glob...>", "findings of other tools: SARIF, checkstyle …")
    .option("--base-findings <glob...>", "their findings at the base, not counted")
    .option("--earlier <file>", "the report.json or facts.json of an earlier run on this change: its verdicts stay");
  return withSuppliedOptions(reading);
}

/**
 * The facts of one change, from the saved file or from the repository.
 * @throws {Problem} for flags that contradict each other, a file that holds no facts, and a change that cannot be read
 */
export async function readFactsFor(options: ReadingOptions, io: Io, stage: Stage): Promise<Facts> {
  refuseContradictions(options);
  if (options.facts === undefined) {
    const input = { ...gateInput(options, io), ...(await suppliedInput(options, io)) };
    const facts = await readFacts(input, { now: io.now, stage });
    tellUnusedFloors(options, facts.floors, io);
    return facts;
  }
  return readFactsFile(options.facts, io);
}

/** Facts that were saved before; a note says when another version read them. */
export async function readFactsFile(name: string, io: Io): Promise<Facts> {
  const facts = parseFacts(await readText(name, io), name);
  if (facts.engine.version !== engine.version) {
    io.stderr(
      `note: the facts were read by Countersign ${facts.engine.version}; this is ${engine.version}, which may decide differently.\n`,
    );
  }
  return facts;
}

function refuseContradictions(options: ReadingOptions): void {
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
  if (options.baseCoverageCommit !== undefined && (options.baseCoverage ?? options.baseFindings) === undefined) {
    throw new Problem(
      "--base-coverage-commit says at which commit the reports of the base were made, and there are none.",
      "Name them with --base-coverage, or leave out --base-coverage-commit.",
    );
  }
  if (options.baseFindings !== undefined && options.findings === undefined) {
    throw new Problem(
      "--base-findings says what other tools found at the base, and there is nothing to compare it with.",
      "Name what they found at the head with --findings, or leave out --base-findings.",
    );
  }
}

/** How an option is written: `baseCoverage` is `--base-coverage`. */
export function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The flags as the gate is asked. */
export function gateInput(options: ReadingOptions, io: Pick<Io, "cwd">): GateInput {
  return {
    clone: resolve(io.cwd, options.repo ?? "."),
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
    findings: { head: options.findings ?? null, base: options.baseFindings ?? null },
    earlier: options.earlier === undefined ? null : { path: resolve(io.cwd, options.earlier), name: options.earlier },
  };
}
