import { Command, InvalidArgumentError } from "commander";
import { jsonText } from "../../core/json-text.ts";
import { Problem } from "../../core/problem.ts";
import { renderReplay } from "../../core/report/index.ts";
import type { GivenPolicy } from "../../core/trial/given-policy.ts";
import { countReplay, replayChange, type ReplayedChange, type ReplayPolicies } from "../../core/trial/replay.ts";
import { inertJson } from "../../core/untrusted/index.ts";
import { engine } from "../../gate/engine.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import type { Io } from "../io.ts";
import { withFloorOptions, type FloorOptions } from "../floors.ts";
import { terminalOptions } from "../print-review.ts";
import { progressBar } from "../progress.ts";
import { pastChanges } from "./past-changes.ts";
import { isOnlyUnread, loadPolicyFile, refuseProblems } from "./policy-file.ts";
import { notesOnPast, notesOnSaved, type SavedFrom } from "./replay-notes.ts";
import { findFactsFiles, readSavedChange, type KnownChange } from "./saved-changes.ts";
import { readGivenPolicy } from "./surroundings.ts";

interface ReplayOptions extends FloorOptions {
  policy: string;
  old?: string;
  facts?: string[];
  last?: number;
  head?: string;
  enforced?: boolean;
  failOnNewBlock?: boolean;
  json?: boolean;
}

/** `countersign policy replay`: which of the changes that are known a new policy would have decided otherwise. */
export function policyReplayCommand(io: Io, finish: (code: ExitCode) => void): Command {
  const command = new Command("replay")
    .description("judge known changes by a new policy, and list those that come out otherwise")
    .requiredOption("--policy <file>", "the new policy")
    .option("--old <file>", "the policy to compare with (default: the facts' own, or the one at --head)")
    .option("--facts <path...>", "saved facts: files, or folders of files whose names end with facts.json")
    .option("--last <number>", "the last so many changes of this repository, instead of saved facts", wholeNumber)
    .option("--repo <path>", "the repository of --last (default: the current folder)")
    .option("--head <ref>", "the branch whose changes --last means (default: HEAD)");
  return withFloorOptions(command)
    .option("--enforced", "compare what would be decided if every rule were enforced")
    .option(
      "--fail-on-new-block",
      "exit 1 when a change would newly block or be undecided, 3 when one cannot be judged",
    )
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(async (options: ReplayOptions) => {
      const policies = { old: await oldPolicy(options, io), new: await loadable(options.policy, options, io) };
      const { changes, notes } = await replayAll(options, policies, io);
      const report = { counts: countReplay(changes), changes, notes };
      io.stdout(
        options.json === true
          ? inertJson(jsonText({ version: 1, ...report }))
          : renderReplay(report, terminalOptions(io)),
      );
      tellUnjudged(changes, options, io);
      finish(exitOf(changes, options));
    });
}

const examples = `
Examples
  countersign policy replay --policy new.yml --last 50
  countersign policy replay --policy new.yml --facts saved/ --fail-on-new-block --json`;

/** A policy that does not load is a mistake to be told at once, not once a change. */
async function loadable(name: string, options: ReplayOptions, io: Io): Promise<GivenPolicy> {
  const policy = await readGivenPolicy(name, options, io);
  const loaded = loadPolicyFile(policy, io.now().toISOString(), { floors: policy.floors, organisation: null });
  // Of saved facts, each holds policies of other repositories.
  if (options.facts === undefined || !isOnlyUnread(loaded)) refuseProblems(loaded, policy.path);
  return policy;
}

async function oldPolicy(options: ReplayOptions, io: Io): Promise<ReplayPolicies["old"]> {
  return options.old === undefined ? null : loadable(options.old, options, io);
}

async function replayAll(
  options: ReplayOptions,
  policies: ReplayPolicies,
  io: Io,
): Promise<{ changes: ReplayedChange[]; notes: string[] }> {
  const { total, changes, notesOn } = await knownChanges(options, io);
  const progress = progressBar(io, "changes", total);
  const replayed: ReplayedChange[] = [];
  const from: SavedFrom[] = [];
  for await (const change of changes) {
    replayed.push(judged(change, policies, options));
    if ("facts" in change) from.push({ changeId: change.facts.change.id, repository: change.facts.change.repository });
    progress.at(replayed.length);
  }
  progress.clear();
  if (replayed.some(({ kind }) => kind !== "not-judged")) return { changes: replayed, notes: notesOn(from) };
  throw new Problem(
    `None of the ${replayed.length} changes could be judged; the first: ${replayed[0]?.problem ?? "there is none"}`,
    "Mend what the message names, or name other changes.",
  );
}

function judged(change: KnownChange, policies: ReplayPolicies, { enforced }: ReplayOptions): ReplayedChange {
  if ("facts" in change) return replayChange(change, policies, engine, enforced === true ? "enforced" : "decision");
  const { name, problem } = change;
  return { name, changeId: "", kind: "not-judged", before: null, after: null, rules: [], problem };
}

/** Changes to judge, and what a reader must know of them once they are read. */
interface KnownChanges {
  total: number;
  changes: AsyncIterable<KnownChange>;
  notesOn: (read: readonly SavedFrom[]) => string[];
}

async function knownChanges(options: ReplayOptions, io: Io): Promise<KnownChanges> {
  const { facts, last, repo, head } = options;
  if (facts === undefined && last === undefined) {
    throw new Problem(
      "`policy replay` needs changes to judge: either saved facts or the last ones of this repository.",
      "Give one of `--facts <path>` and `--last <number>`.",
    );
  }
  const ofRepository = [last !== undefined && "--last", repo !== undefined && "--repo", head !== undefined && "--head"];
  const odd = ofRepository.filter((flag) => flag !== false);
  if (facts !== undefined && odd.length > 0) {
    throw new Problem(
      `--facts takes the changes from saved facts, and ${odd.join(", ")} from a repository.`,
      `Give one of the two: leave out --facts, or ${odd.join(", ")}.`,
    );
  }
  if (last === undefined) {
    const files = await findFactsFiles(facts ?? [], io);
    return { total: files.length, changes: each(files, (file) => readSavedChange(file, io)), notesOn: notesOnSaved };
  }
  const { steps, read, isShallow } = await pastChanges({ ...options, last }, io);
  const notes = notesOnPast(last, steps.length, isShallow);
  return { total: steps.length, changes: each(steps, read), notesOn: () => notes };
}

/** One after the other: facts are large, and so only those of one change are held. */
async function* each<T>(items: readonly T[], read: (item: T) => Promise<KnownChange>): AsyncGenerator<KnownChange> {
  for (const item of items) yield await read(item);
}

/** Of a change that could not be judged nobody knows that it would not block. */
function exitOf(changes: readonly ReplayedChange[], { failOnNewBlock }: ReplayOptions): ExitCode {
  if (failOnNewBlock !== true) return exitCodes.pass;
  if (unjudged(changes) > 0) return exitCodes.usage;
  const blocks = changes.some(({ kind }) => kind === "newly-blocks" || kind === "newly-undecided");
  return blocks ? exitCodes.fail : exitCodes.pass;
}

function tellUnjudged(changes: readonly ReplayedChange[], { failOnNewBlock }: ReplayOptions, io: Io): void {
  const count = unjudged(changes);
  if (failOnNewBlock !== true || count === 0) return;
  io.stderr(
    `--fail-on-new-block: ${count} of ${changes.length} changes could not be judged, so nobody knows whether they would block. Leave them out, or mend what is said of them.\n`,
  );
}

function unjudged(changes: readonly ReplayedChange[]): number {
  return changes.filter(({ kind }) => kind === "not-judged").length;
}

function wholeNumber(text: string): number {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1 on.");
}
