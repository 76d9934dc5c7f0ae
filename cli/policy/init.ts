import { Command, Option } from "commander";
import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { openRepository } from "../../adapters/git/run-git.ts";
import { applyFile } from "../../adapters/workspace/apply-report.ts";
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
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import type { Io } from "../io.ts";
import { workTreePaths } from "./repository-view.ts";

interface InitOptions {
  repo?: string;
  preset: StarterPreset;
  force?: boolean;
}

/** `countersign policy init`: writes a policy that fits the repository, with what people need beside it. */
export function policyInitCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("init")
    .description("write a policy that fits this repository, its tests, and the pages for people")
    .option("--repo <path>", "the repository (default: the current folder)")
    .addOption(new Option("--preset <name>", "what to start from").choices(starterPresets).default("observe"))
    .option("--force", "write over files that are there")
    .addHelpText("after", examples)
    .action(async (options: InitOptions) => {
      const repository = await openRepository(resolve(io.cwd, options.repo ?? "."));
      const root = repository.workTree;
      if (root === null) throw new Problem("This repository has no working tree.", "Run the command in a clone.");
      if (options.force !== true) refuseSecondPolicy(root);
      const starter = starterFiles(options.preset, await workTreePaths(repository), jsonText(policyJsonSchema()));
      const written = await write(starter.files, root, options.force === true);
      io.stdout(report(starter, written, options.preset, fromRoot(root, io.cwd)));
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign policy init
  countersign policy init --preset enforce --force`;

function refuseSecondPolicy(root: string): void {
  const there = policyFileNames.find((path) => existsSync(join(root, path)));
  if (there === undefined) return;
  throw new Problem(`${there} is there already, so nothing was written.`, "Keep it, or write over it with `--force`.");
}

/** What is there is kept, unless it is to be written over. Returns what was written. */
async function write(files: readonly StarterFile[], root: string, force: boolean): Promise<Set<string>> {
  const written = new Set<string>();
  for (const { path, text, standIns } of files) {
    const taken = [path, ...standIns].some((name) => existsSync(join(root, name)));
    if (taken && !force) continue;
    await applyFile(join(root, path), text, { linksStayIn: root });
    written.add(path);
  }
  return written;
}

/** How the commands of the report are to begin, so that they work where the person stands. */
function fromRoot(root: string, cwd: string): { go: string | null; policy: string } {
  const [policy] = policyFileNames;
  const path = relative(cwd, root);
  if (path === "") return { go: null, policy };
  return { go: path.split(sep).join("/"), policy };
}

function report(
  { files, policy }: Starter,
  written: ReadonlySet<string>,
  preset: StarterPreset,
  { go, policy: place }: { go: string | null; policy: string },
): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  const lines = files.map(({ path, says }) => {
    return `  ${written.has(path) ? "wrote" : "kept "} ${path.padEnd(width)}  ${written.has(path) ? says : "is there already"}`;
  });
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
