import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { Command } from "commander";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository, type GitRepository } from "../adapters/git/run-git.ts";
import { Problem } from "../core/problem.ts";
import { renderBlame, renderBlameJson } from "../core/report/index.ts";
import { showPath } from "../core/untrusted/index.ts";
import { blameFile, type BlameResult } from "../gate/blame-file.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";
import { terminalOptions } from "./print-review.ts";

interface BlameOptions {
  repo?: string;
  rev?: string;
  json?: boolean;
}

/** `countersign blame`: for every line of a committed file who or what wrote it, and what says so. */
export function blameCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("blame")
    .description("show who or what wrote each line of a file, and what says so")
    .argument("<file>", "a file of the repository, by its path from the current folder, or that of --repo")
    .option("--repo <path>", "any folder of the repository (default: the current folder)")
    .option("--rev <rev>", "the commit to read (default: HEAD)")
    .option("--json", "print JSON, without the text of the lines")
    .addHelpText("after", examples)
    .action(async (file: string, options: BlameOptions) => {
      const folder = resolve(io.cwd, options.repo ?? ".");
      const repository = await openRepository(folder);
      const rev = await resolveCommit(repository, options.rev ?? "HEAD", "--rev");
      const path = await pathInRepository(repository, folder, file);
      const result = await blameFile(repository, rev, path);
      for (const note of await notes(repository, path, options, result)) io.stderr(`note: ${note}\n`);
      io.stdout(options.json ? renderBlameJson(result.blame) : renderBlame(result.blame, result.text, optionsFor(io)));
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign blame src/index.ts
  countersign blame --repo ../service --rev v1.2.0 --json src/index.ts`;

/** In a file or a pipe there is room for long lines. */
function optionsFor(io: Io): ReturnType<typeof terminalOptions> {
  return { ...terminalOptions(io), ...(io.terminal === null ? { width: 200 } : {}) };
}

/** The path from the root of the repository, as git has it; in a bare repository it is named so. */
async function pathInRepository(repository: GitRepository, folder: string, file: string): Promise<string> {
  if (file.includes("\0")) throw outside(file);
  const { workTree } = repository;
  const path =
    workTree === null
      ? relative(resolve("/"), resolve("/", file))
      : relative(await realpath(workTree), resolve(await realpath(folder), file));
  if (path === "" || path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)) throw outside(file);
  return path.split(sep).join("/");
}

function outside(file: string): Problem {
  return new Problem(
    `${showPath(file)} is no file in the repository.`,
    "Name a file by its path from the folder that the command runs in, or from that of `--repo`.",
  );
}

async function notes(
  repository: GitRepository,
  path: string,
  { rev }: BlameOptions,
  { blob, stretches, restoredFound }: BlameResult,
): Promise<string[]> {
  const isEdited = rev === undefined && repository.workTree !== null && !(await holds(repository, path, blob));
  const isCut = stretches.some(({ cut }) => cut);
  return [
    ...(isEdited ? [`${showPath(path)} was edited since; these are the lines that HEAD has.`] : []),
    ...(restoredFound ? [] : [unlooked]),
    ...(isCut ? ["This clone is shallow: where its history ends, nobody can say who brought a line."] : []),
  ];
}

const unlooked =
  "Not all of the file's history was looked into: lines that were taken away and came back may show who brought them back.";

/** Whether the file in the working tree is what was committed, line endings aside. */
async function holds({ workTree, objects }: GitRepository, path: string, blob: string): Promise<boolean> {
  const bytes = await readFile(join(workTree ?? "", path)).catch(() => null);
  if (bytes === null) return false;
  const withoutReturns = Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
  return [bytes, withoutReturns].some((content) => blobId(content, objects.format) === blob);
}

/** As git names contents: the digest of a header and the bytes. */
function blobId(content: Buffer, format: "sha1" | "sha256"): string {
  return createHash(format).update(`blob ${content.length}\0`).update(content).digest("hex");
}
