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
import { listedPaths, namedPaths, notesOnFolders, type AskedPath } from "./asked-paths.ts";
import { readOwnersFile, type OwnersFile, type PathsFrom } from "./codeowners-file.ts";
import type { Io } from "./io.ts";

interface OwnersOptions {
  repo?: string;
  codeowners?: string;
  stdin?: boolean;
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
    .option("--stdin", "read the files from standard input, as `git diff --name-only` lists them, with or without -z")
    .option("--check", "check the file itself")
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(async (paths: readonly string[], options: OwnersOptions) => {
      refuseOddCombination(paths, options);
      const found = await readOwnersFile(options.codeowners, resolve(io.cwd, options.repo ?? "."));
      if (options.check) finish(await check(found, options, io));
      else finish(show(await askedPaths(paths, found, options, io), found, options, io));
    });
}

const examples = `
Examples
  countersign owners src/auth/session.ts
  countersign owners --json docs/index.md package.json
  git diff --name-only -z main... | countersign owners --stdin
  countersign owners --check`;

function refuseOddCombination(paths: readonly string[], { check: isCheck, stdin: isStdin }: OwnersOptions): void {
  if (isStdin && (isCheck || paths.length > 0))
    throw new Problem(
      `\`--stdin\` takes the paths from standard input, and does not go with ${isCheck ? "`--check`" : "named paths"}.`,
      "Leave one of the two out.",
    );
  if (isCheck && paths.length > 0)
    throw new Problem("`--check` looks at the whole file, and takes no paths.", "Leave the paths or `--check` out.");
  if (!isCheck && !isStdin && paths.length === 0)
    throw new Problem(
      "No path is named.",
      "Name files: `countersign owners src/main.ts`. Or list them: `git diff --name-only -z | countersign owners --stdin`. Or check the file: `--check`.",
    );
}

async function askedPaths(
  paths: readonly string[],
  from: PathsFrom,
  { stdin: isStdin }: OwnersOptions,
  io: Io,
): Promise<AskedPath[]> {
  if (isStdin) return listedPaths(await io.readStdin());
  const asked = namedPaths(paths, from);
  for (const note of await notesOnFolders(asked, from)) io.stderr(`note: ${note}\n`);
  return asked;
}

/** Who owns each path. The exit code says nothing about it: no owner is an answer too. */
function show(asked: readonly AskedPath[], { file, shown }: OwnersFile, { json }: OwnersOptions, io: Io): ExitCode {
  for (const note of notesOn(asked, file, shown)) io.stderr(`note: ${note}\n`);
  const answers = asked.map(({ path, plain }) => ({ path, ...matchOwners(file, plain) }));
  const rows = answers.map(({ path, owners, line }) => ({ path, owners: owners.map(ownerText), line }));
  if (json) io.stdout(inertJson(jsonText(rows)));
  else for (const { path, owners, line } of rows) io.stdout(`${showPath(path)}  ${sentence(owners, line, shown)}\n`);
  return exitCodes.pass;
}

function sentence(owners: readonly string[], line: number | null, shown: string): string {
  if (line === null) return "no owner: no line matches";
  if (owners.length === 0) return `no owner: ${shown}:${line} takes them away`;
  return `${inertText(owners.join(" "), { maxGraphemes: 2_000 })}  (${shown}:${line})`;
}

function notesOn(paths: readonly AskedPath[], file: CodeownersFile, shown: string): string[] {
  if (!file.loaded) return [`${shown} has 3 MB or more: GitHub does not load it, and nothing has an owner`];
  const isDoubtful = (line: number) => file.doubtful.some((one) => one.line === line);
  return paths.flatMap(({ path, plain }) => [
    ...(path.includes("\\") && !path.includes("/")
      ? [`${showPath(path)} is one name: paths have slashes, as in git`]
      : []),
    ...problemsThatCouldDecide(file, plain).map(({ line }) => {
      const what = isDoubtful(line) ? "has its pattern in quotes, which match only quotes," : "is skipped by GitHub,";
      return `${shown}:${line} ${what} and may be meant for ${showPath(path)}`;
    }),
  ]);
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
