import { Command } from "commander";
import { resolve } from "node:path";
import { jsonText } from "../core/json-text.ts";
import {
  diagnoseCodeowners,
  matchOwners,
  ownerText,
  problemsThatCouldDecide,
  type CodeownersFile,
  type Diagnosis,
} from "../core/ownership/index.ts";
import { Problem } from "../core/problem.ts";
import { inertJson, inertText, showPath } from "../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import { readOwnersFile, type OwnersFile } from "./codeowners-file.ts";
import type { Io } from "./io.ts";

interface OwnersOptions {
  repo?: string;
  codeowners?: string;
  check?: boolean;
  json?: boolean;
}

/** `countersign owners`: who owns files by CODEOWNERS, as GitHub reads it, and what is wrong with that file. */
export function ownersCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("owners")
    .description("show who owns files by CODEOWNERS, or check that file")
    .argument("[path...]", "files, as the repository names them")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--codeowners <file>", "the file to read (default: the repository's)")
    .option("--check", "check the file itself")
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(async (paths: readonly string[], options: OwnersOptions) => {
      refuseOddCombination(paths, options);
      const found = await readOwnersFile(options.codeowners, resolve(io.cwd, options.repo ?? "."));
      if (options.check) finish(await check(found, options, io));
      else finish(show(paths, found, options, io));
    });
}

const examples = `
Examples
  countersign owners src/auth/session.ts
  countersign owners --json docs/index.md package.json
  countersign owners --check`;

function refuseOddCombination(paths: readonly string[], { check: isCheck }: OwnersOptions): void {
  if (isCheck && paths.length > 0)
    throw new Problem("`--check` looks at the whole file, and takes no paths.", "Leave the paths or `--check` out.");
  if (!isCheck && paths.length === 0)
    throw new Problem(
      "No path is named.",
      "Name files: `countersign owners src/main.ts`. Or check the file: `--check`.",
    );
}

/** Who owns each path. The exit code says nothing about it: no owner is an answer too. */
function show(paths: readonly string[], { file, shown }: OwnersFile, { json }: OwnersOptions, io: Io): ExitCode {
  for (const note of notesOn(paths, file, shown)) io.stderr(`note: ${note}\n`);
  const answers = paths.map((path) => ({ path, ...matchOwners(file, plainPath(path)) }));
  const rows = answers.map(({ path, owners, line }) => ({ path, owners: owners.map(ownerText), line }));
  if (json) io.stdout(inertJson(jsonText(rows)));
  else for (const { path, owners, line } of rows) io.stdout(`${showPath(path)}  ${sentence(owners, line, shown)}\n`);
  return exitCodes.pass;
}

/** `./src/a` and `/src/a` are `src/a`: patterns begin at the root. */
function plainPath(path: string): string {
  let from = 0;
  while (path.startsWith("/", from) || path.startsWith("./", from)) from += path[from] === "/" ? 1 : 2;
  return path.slice(from);
}

function sentence(owners: readonly string[], line: number | null, shown: string): string {
  if (line === null) return "no owner: no line matches";
  if (owners.length === 0) return `no owner: ${shown}:${line} takes them away`;
  return `${inertText(owners.join(" "), { maxGraphemes: 2_000 })}  (${shown}:${line})`;
}

function notesOn(paths: readonly string[], file: CodeownersFile, shown: string): string[] {
  if (!file.loaded) return [`${shown} has 3 MB or more: GitHub does not load it, and nothing has an owner`];
  return paths.flatMap((path) =>
    problemsThatCouldDecide(file, plainPath(path)).map(
      ({ line }) => `${shown}:${line} is skipped by GitHub, and may be meant for ${showPath(path)}`,
    ),
  );
}

async function check(found: OwnersFile, { json }: OwnersOptions, io: Io): Promise<ExitCode> {
  const { file, shown, path, present } = found;
  const diagnoses = diagnoseCodeowners(file, { path, present, tracked: await found.tracked() });
  const errors = diagnoses.filter(({ level }) => level === "error").length;
  if (json) io.stdout(inertJson(jsonText({ file: shown, diagnoses })));
  else {
    for (const diagnosis of diagnoses) io.stdout(`${diagnosisText(diagnosis, shown)}\n`);
    io.stdout(
      `${shown}: ${counted(file.lines.length, "valid line")}, ${counted(errors, "error")}, ${counted(diagnoses.length - errors, "warning")}\n`,
    );
  }
  return errors > 0 ? exitCodes.usage : exitCodes.pass;
}

function diagnosisText({ level, kind, line, column, says, fix }: Diagnosis, shown: string): string {
  const place = line === null ? shown : `${shown}:${line}:${column ?? 1}`;
  return `${place} ${level} ${kind}: ${says}${fix === null ? "" : `\n  ${fix}`}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
