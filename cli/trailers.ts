import { Command } from "commander";
import { resolve } from "node:path";
import { readObjects } from "../adapters/git/read-blobs.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository } from "../adapters/git/run-git.ts";
import { parseCommit } from "../core/change/parse-commit.ts";
import type { Identity } from "../core/change/change.ts";
import { Problem } from "../core/problem.ts";
import { renderTrailers, trailerReport } from "../core/provenance/index.ts";
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
    .option("--repo <path>", "the repository of --commit")
    .option("--commit <rev>", "the commit to read (default with --repo: HEAD)")
    .option("--json", "print JSON")
    .action(async (options: TrailersOptions) => {
      const source = await readMessage(options, io);
      const report = trailerReport(source);
      io.stdout(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderTrailers(report));
      finish(exitCodes.pass);
    });
}

interface Message {
  message: string;
  author?: Identity;
  committer?: Identity;
}

async function readMessage(options: TrailersOptions, io: Io): Promise<Message> {
  if (options.commit === undefined && options.repo === undefined)
    return { message: Buffer.from(await io.readStdin()).toString("utf8") };
  const repository = await openRepository(resolve(io.cwd, options.repo ?? "."));
  const sha = await resolveCommit(repository, options.commit ?? "HEAD", "--commit");
  let read: Message | null = null;
  await readObjects(repository, [sha], (_name, bytes) => {
    read = bytes === null ? null : parseCommit(bytes);
  });
  if (read === null) throw new Problem(`The commit ${sha} could not be read.`, "Check the repository with `git fsck`.");
  return read;
}
