import { Command } from "commander";
import { resolve } from "node:path";
import { readObjects } from "../adapters/git/read-blobs.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository } from "../adapters/git/run-git.ts";
import { parseCommit, type CommitObject } from "../core/change/parse-commit.ts";
import { jsonText } from "../core/json-text.ts";
import { Problem } from "../core/problem.ts";
import { renderTrailers, trailerReport } from "../core/provenance/index.ts";
import { inertJson, redactDeep } from "../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";

interface TrailersOptions {
  repo?: string;
  commit?: string;
  json?: boolean;
}

/** `countersign trailers`: what git finds in one commit message, what is recognised, and what is one edit away. */
export function trailersCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("trailers")
    .description("show what a commit message says about who wrote it (a message on standard input, or a commit)")
    .option("--repo <path>", "the repository of --commit (default: the current folder)")
    .option("--commit <rev>", "the commit to read (default with --repo: HEAD)")
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(async (options: TrailersOptions) => {
      const { problems, ...words } = await readWords(options, io);
      for (const problem of problems) io.stderr(`note: ${problem}\n`);
      // As in `check`: what is judged holds no secret, so that nothing printed does.
      const report = trailerReport(redactDeep(words));
      io.stdout(options.json ? inertJson(jsonText(report)) : renderTrailers(report));
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign trailers --commit HEAD
  git log -1 --format=%B | countersign trailers --json`;

type Words = Pick<CommitObject, "message" | "problems"> & Partial<Pick<CommitObject, "author" | "committer">>;

async function readWords({ repo, commit }: TrailersOptions, io: Io): Promise<Words> {
  if (commit !== undefined || repo !== undefined) return readCommit(resolve(io.cwd, repo ?? "."), commit ?? "HEAD");
  const input = await io.readStdin();
  if (input.length > 0) return readMessage(input);
  throw new Problem(
    "Standard input is empty.",
    "Give a commit message: `git log -1 --format=%B | countersign trailers`, or name a commit: `--commit HEAD`.",
  );
}

async function readCommit(folder: string, name: string): Promise<Words> {
  const repository = await openRepository(folder);
  const sha = await resolveCommit(repository, name, "--commit");
  const found: Words[] = [];
  await readObjects(repository, [sha], (_name, bytes) => {
    if (bytes === null) return;
    const { message, author, committer, problems } = parseCommit(bytes);
    found.push({ message, author, committer, problems });
  });
  const [words] = found;
  if (words === undefined)
    throw new Problem(`The commit ${sha} could not be read.`, "Check the repository with `git fsck`.");
  return words;
}

/** Read as if it stood in a commit, whose header ends at the first empty line: cut at a NUL, within the same limit. */
function readMessage(input: Uint8Array): Words {
  const { message, problems } = parseCommit(
    Buffer.concat([Buffer.from("author A <a> 0 +0000\ncommitter A <a> 0 +0000\n\n"), input]),
  );
  return { message, problems };
}
