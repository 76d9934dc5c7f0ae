import { hasCommit } from "../adapters/git/find-commits.ts";
import { readChange } from "../adapters/git/read-change.ts";
import { resolveRange } from "../adapters/git/resolve-range.ts";
import type { GitRepository } from "../adapters/git/run-git.ts";
import type { Change } from "../core/change/change.ts";
import { Problem } from "../core/problem.ts";
import type { ProvenanceRecord } from "../core/provenance/index.ts";
import { redactPath } from "../core/untrusted/index.ts";

/** One thing that was looked at. `holds` is null where the repository cannot tell. */
export interface Check {
  says: string;
  holds: boolean | null;
  /** Where it does not hold: a sentence on what there is instead, and what to do. */
  otherwise?: string;
}

/** What a record says that nothing in the repository can show again. */
export const notRecomputed = [
  "verdicts, tools, prompts and sessions",
  "acceptance",
  "disagreements",
  "validated",
  "reviewers",
  "ci",
  "policy",
  "decision",
  "coverage",
  "findings",
] as const;

/** True when the head of a record is in this clone. */
export async function hasHead(repository: GitRepository, { head }: ProvenanceRecord): Promise<boolean> {
  return hasCommit(repository, head.sha);
}

/**
 * Whether a record tells of this repository: its head is there, and reading the change anew gives the same commits, files
 * and numbers of lines. Verdicts are not compared: notes and pull requests, which raise them, change later. Where it
 * stands on a squash, its own commits may be gone.
 */
export async function compareRecord(
  repository: GitRepository,
  record: ProvenanceRecord,
  { isSquash }: { isSquash: boolean } = { isSquash: false },
): Promise<Check[]> {
  const head = record.head.sha;
  const says = `the commit ${head.slice(0, 12)} is in this repository`;
  if (!(await hasHead(repository, record))) return [{ says, holds: isSquash ? null : false }];
  const there: Check = { says, holds: true };
  const base = await firstPresent(repository, [record.base.sha, record.mergeBase]);
  if (base === null) {
    const missing = `its base ${record.base.sha.slice(0, 12)} is not in this clone`;
    return [there, { says: `the change could be read anew: ${missing}`, holds: null }];
  }
  const change = await readAnew(repository, base, head);
  if (typeof change === "string") return [there, { says: `the change could be read anew: ${change}`, holds: null }];
  return [there, ...sameCommits(change, record), ...sameFiles(change, record)];
}

/** The change begins at the merge base whichever of the two is asked for; a clone may lack the newest of the base. */
async function firstPresent(repository: GitRepository, commits: readonly string[]): Promise<string | null> {
  for (const commit of commits) if (await hasCommit(repository, commit)) return commit;
  return null;
}

async function readAnew(repository: GitRepository, base: string, head: string): Promise<Change | string> {
  try {
    const range = await resolveRange(repository, { event: "local", base, head, workTree: false });
    return await readChange(range, {});
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.what;
  }
}

function sameCommits(change: Change, record: ProvenanceRecord): Check[] {
  const mergeBase = { says: "its merge base is the same", holds: change.mergeBase === record.mergeBase };
  if (record.leftOut.commits > 0) {
    const count = record.commits.length + record.leftOut.commits;
    return [mergeBase, { says: `it has ${count} commits`, holds: change.commits.length === count }];
  }
  const isSame = sameText(
    change.commits.map(({ sha }) => sha),
    record.commits.map(({ sha }) => sha),
  );
  return [mergeBase, { says: `its ${record.commits.length} commits are the same`, holds: isSame }];
}

/** Whether a change has the files and numbers of lines of a record. */
export function sameFiles(change: Pick<Change, "files">, record: ProvenanceRecord): Check[] {
  const lines = (files: readonly { addedLines: number; deletedLines: number }[]) =>
    `+${sum(files.map((file) => file.addedLines))} −${sum(files.map((file) => file.deletedLines))}`;
  const told = `+${record.diff.addedLines} −${record.diff.deletedLines}`;
  const count: Check = {
    says: `its ${record.diff.files} files differ by ${told} lines`,
    holds: change.files.length === record.diff.files && lines(change.files) === told,
  };
  if (record.leftOut.files > 0) return [count];
  const each = (files: readonly { path: string; addedLines: number; deletedLines: number }[]) =>
    files.map(({ path, addedLines, deletedLines }) => `${redactPath(path).path} +${addedLines} −${deletedLines}`);
  const counted = record.files.every(({ addedLines, lines: by }) => linesIn(Object.values(by)) === addedLines);
  return [
    count,
    {
      says: "each file differs by as many lines",
      holds: sameText(each(change.files).sort(), each(record.files).sort()),
    },
    { says: "each added line has one verdict", holds: counted },
  ];
}

/** How many lines `3-5,9` and the like name. */
function linesIn(ranges: readonly string[]): number {
  const parts = ranges.flatMap((range) => range.split(","));
  return sum(parts.map((part) => part.split("-").map(Number)).map(([start = 0, end = start]) => end - start + 1));
}

function sameText(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
