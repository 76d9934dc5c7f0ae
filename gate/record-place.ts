import { readChange } from "../adapters/git/read-change.ts";
import { resolveRange } from "../adapters/git/resolve-range.ts";
import { gitText, tryGit, type GitRepository } from "../adapters/git/run-git.ts";
import { Problem } from "../core/problem.ts";
import type { ProvenanceRecord } from "../core/provenance/index.ts";
import { inertText } from "../core/untrusted/index.ts";
import { sameFiles, type Check } from "./compare-record.ts";

/** A commit by the name that a person gave it. */
export interface Named {
  name: string;
  sha: string;
}

/** Whether the record speaks for the commit that it should speak for: a good record of another one says nothing about it. */
export function checkHead({ head }: ProvenanceRecord, expected: Named): Check {
  return {
    says: `it speaks for ${inertText(expected.name)}, ${expected.sha.slice(0, 12)}`,
    holds: head.sha === expected.sha,
    otherwise: `It speaks for ${head.sha}. If that is the commit you mean, say \`--head ${head.sha}\`.`,
  };
}

/** Where a note stands: what was looked at, and the commit that the change went into, as far as the place says it. */
export interface NotePlace {
  check: Check;
  base: string | null;
  /** True for a squash: the commits of the record may be gone. */
  isSquash: boolean;
}

/**
 * Whether a note stands where its record belongs: on the head, on a merge of it, or on a squash, which is a commit that
 * differs from its one parent by the same files and numbers of lines. Anybody can copy a note to another commit.
 */
export async function checkNotePlace(
  repository: GitRepository,
  record: ProvenanceRecord,
  commit: string,
): Promise<NotePlace> {
  const head = record.head.sha;
  const on = (what: string, base: string | null, isSquash = false): NotePlace => {
    return { check: { says: `its note stands on ${what}`, holds: true }, base, isSquash };
  };
  if (commit === head) return on("its head", null);
  const parents = await parentsOf(repository, commit);
  if (parents.length > 1 && parents.includes(head))
    return on("a merge of its head", parents.find((parent) => parent !== head) ?? null);
  const [parent] = parents;
  if (parent !== undefined && parents.length === 1 && (await isSquashOf(repository, record, { commit, parent })))
    return on("a commit that differs from its parent by the same files and lines", parent, true);
  const says = "its note stands on its head, on a merge of it, or on a squash with the same files and lines";
  const otherwise = `The note is on ${commit.slice(0, 12)} and its record is of ${head.slice(0, 12)}: it may have been copied.`;
  return { check: { says, holds: false, otherwise }, base: null, isSquash: false };
}

/**
 * Whether the record begins where the change left its base: one that begins later leaves commits out. `base` is null to
 * take the default branch, where that is known; then a record that reaches back further holds too.
 */
export async function checkRange(
  repository: GitRepository,
  record: ProvenanceRecord,
  base: Named | null,
): Promise<Check> {
  const of = base === null ? "the default branch" : inertText(base.name);
  const says = `it begins where its head left ${of}`;
  const found = await leftBase(repository, record.head.sha, base?.sha ?? null);
  if ("why" in found) {
    if (base !== null) return { says, holds: false, otherwise: found.why };
    const unchecked = "it leaves no commit out (its range was not checked; `--base REV` names where it should begin)";
    return { says: `${unchecked}: ${found.why}`, holds: null };
  }
  const isSame = record.mergeBase === found.mergeBase;
  const holds = isSame || (base === null && (await isAncestor(repository, record.mergeBase, found.mergeBase)));
  const otherwise = `It begins at ${record.mergeBase.slice(0, 12)}, not at ${found.mergeBase.slice(0, 12)}. If that is the change you mean, say \`--base ${record.mergeBase}\`.`;
  return { says: `${says}, at ${found.mergeBase.slice(0, 12)}`, holds, otherwise };
}

async function parentsOf(repository: GitRepository, commit: string): Promise<string[]> {
  const found = await gitText(repository, ["rev-list", "--no-walk", "--parents", commit]);
  return found.split(" ").slice(1);
}

async function isSquashOf(
  repository: GitRepository,
  record: ProvenanceRecord,
  { commit, parent }: { commit: string; parent: string },
): Promise<boolean> {
  try {
    const range = await resolveRange(repository, { event: "local", base: parent, head: commit, workTree: false });
    const checks = sameFiles(await readChange(range, {}), record);
    return checks.every(({ holds }) => holds === true);
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

async function leftBase(
  repository: GitRepository,
  head: string,
  base: string | null,
): Promise<{ mergeBase: string } | { why: string }> {
  try {
    return await resolveRange(repository, { event: "local", base, head, workTree: false });
  } catch (error) {
    if (error instanceof Problem) return { why: error.what };
    throw error;
  }
}

async function isAncestor(repository: GitRepository, ancestor: string, commit: string): Promise<boolean> {
  const found = await tryGit(repository, ["merge-base", "--is-ancestor", ancestor, commit]);
  return found.code === 0;
}
