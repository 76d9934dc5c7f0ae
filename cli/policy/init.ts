import { Command, Option } from "commander";
import { join, relative, resolve, sep } from "node:path";
import { openRepository } from "../../adapters/git/run-git.ts";
import { applyFile } from "../../adapters/workspace/apply-report.ts";
import { findPolicyFile } from "../../adapters/workspace/policy-place.ts";
import { findSameFile } from "../../adapters/workspace/same-file.ts";
import { jsonText } from "../../core/json-text.ts";
import {
  policyFileNames,
  policyJsonSchema,
  starterFiles,
  starterPresets,
  type Starter,
  type StarterFile,
  type StarterPreset,
} from "../../core/policy/index.ts";
import { caseJsonSchema } from "../../core/trial/case-schema.ts";
import { Problem } from "../../core/problem.ts";
import { inertJson, showPath } from "../../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import type { Io } from "../io.ts";
import { workTreePaths } from "./repository-view.ts";

interface InitOptions {
  repo?: string;
  preset: StarterPreset;
  force?: boolean;
  json?: boolean;
}

/** `countersign policy init`: writes a policy that fits the repository, with what people need beside it. */
export function policyInitCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("init")
    .description("write a policy that fits this repository, its tests, and the pages for people")
    .option("--repo <path>", "the repository (default: the current folder)")
    .addOption(new Option("--preset <name>", "what to start from").choices(starterPresets).default("observe"))
    .option("--force", "write over files that are there")
    .option("--json", "print JSON: each file, and whether it was written or kept")
    .addHelpText("after", examples)
    .action(async (options: InitOptions) => {
      const repository = await openRepository(resolve(io.cwd, options.repo ?? "."));
      const root = repository.workTree;
      if (root === null) throw new Problem("This repository has no working tree.", "Run the command in a clone.");
      const there = await policyThatCounts(root);
      if (there !== null && options.force !== true) throw isThereAlready(there);
      const schemas = { policy: jsonText(policyJsonSchema()), cases: jsonText(caseJsonSchema()) };
      const starter = starterFiles(options.preset, await workTreePaths(repository), schemas);
      const files = await write(starter.files, root, options.force === true);
      io.stdout(
        options.json === true
          ? reportJson(files, starter.policy, options.preset)
          : report(files, starter.policy, options.preset, fromRoot(root, io.cwd)),
      );
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign policy init
  countersign policy init --preset enforce --force`;

/**
 * The policy that is there. One that the gate does not read can neither be kept nor be written over: a second file beside
 * it is a mistake too.
 * @throws {Problem} naming it
 */
async function policyThatCounts(root: string): Promise<string | null> {
  try {
    return await findPolicyFile(root);
  } catch (error) {
    if (error instanceof Problem) throw new Problem(`${error.what} Nothing was written.`, error.fix, { cause: error });
    throw error;
  }
}

function isThereAlready(path: string): Problem {
  const what = `${path} is there already, so nothing was written.`;
  return new Problem(what, "Keep it, or write over it with `--force`.");
}

interface WrittenFile {
  path: string;
  /** What it is for, or why it was not written. */
  says: string;
  isWritten: boolean;
}

/** What is there is kept, unless it is to be written over; a folder always is. What stands under another name counts as the file. */
async function write(files: readonly StarterFile[], root: string, force: boolean): Promise<WrittenFile[]> {
  const done: WrittenFile[] = [];
  for (const { path, says, text, standIns } of files) {
    const there = await findSameFile(root, [path, ...standIns]);
    const place = there?.path ?? path;
    const isWritten = there === null || (force && !there.isFolder);
    if (isWritten) await applyFile(join(root, place), text, { linksStayIn: root });
    done.push({ path: place, says: isWritten ? says : "is there already", isWritten });
  }
  return done;
}

/** How the commands of the report are to begin, so that they work where the person stands. */
function fromRoot(root: string, cwd: string): { go: string | null; policy: string } {
  const [policy] = policyFileNames;
  const path = relative(cwd, root);
  if (path === "") return { go: null, policy };
  return { go: path.split(sep).join("/"), policy };
}

function reportJson(files: readonly WrittenFile[], { areas }: Starter["policy"], preset: StarterPreset): string {
  const done = files.map(({ path, isWritten }) => ({ path, state: isWritten ? "written" : "kept" }));
  return inertJson(jsonText({ version: 1, preset, files: done, areas }));
}

function report(
  files: readonly WrittenFile[],
  policy: Starter["policy"],
  preset: StarterPreset,
  { go, policy: place }: { go: string | null; policy: string },
): string {
  const width = Math.max(...files.map(({ path }) => showPath(path).length));
  const lines = files.map(
    ({ path, says, isWritten }) => `  ${isWritten ? "wrote" : "kept "} ${showPath(path).padEnd(width)}  ${says}`,
  );
  return [
    ...lines,
    "",
    `The policy is the preset ${preset}, with areas for ${policy.areas.join(", ")}.`,
    ...(policy.withoutFiles.length === 0 ? [] : [`As comments, for want of files: ${policy.withoutFiles.join(", ")}.`]),
    "",
    go === null ? "Next" : `Next, in the root of the repository (cd ${showPath(go)})`,
    "  1. Read .github/countersign.yml, and change the areas to fit your folders.",
    "  2. countersign policy check    says who can approve what, and what matches nothing",
    "  3. countersign policy test     runs the cases; write your own beside them",
    `  4. countersign policy replay --policy ${place} --last 50 --enforced`,
    "  5. Commit it: a policy counts from the moment it is on the base branch.",
    "",
    "Working alone? With `mode: enforce`, every later change to the policy needs somebody else's approval, whatever its rules ask.",
    "Name yourself under `break_glass` before you enforce: `break_glass: { who: { users: [you] }, max_age: 4h }`.",
    "",
  ].join("\n");
}
