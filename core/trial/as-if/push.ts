import { createHash } from "node:crypto";
import type { ChangedFile, Commit } from "../../change/change.ts";
import { treeFileOf } from "../../change/tree-file.ts";
import { mapEvidence, present } from "../../evidence.ts";
import type { Facts } from "../../facts.ts";
import { supposing, type Supposed } from "./supposed.ts";

/**
 * A new head by the author of the newest commit, in which one file has another content. What it holds is not known, so it
 * adds no line and says nothing of who wrote it; reports are taken for those of the new head, and checks have not run.
 */
export function withPush(supposed: Supposed, path: string): Supposed {
  const { facts } = supposed;
  const { change } = facts;
  const before = change.head.sha;
  const head = objectId(before, `commit ${path}`);
  const moved = (sha: string) => (sha === before ? head : sha);
  const files = [...change.files.filter((file) => file.path !== path), pushedFile(facts, path)];
  return supposing(
    supposed,
    {
      change: {
        ...change,
        head: { ...change.head, sha: head },
        uncommitted: change.uncommitted === null ? null : moved(change.uncommitted),
        commits: [...change.commits, pushedCommit(facts, head, path)],
        files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
      },
      reviewedTrees: [
        ...facts.reviewedTrees.filter(({ commit }) => commit !== before),
        { commit: before, files: change.files.map(treeFileOf) },
      ],
      coverage: {
        head: mapEvidence(facts.coverage.head, (report) => ({ ...report, tree: moved(report.tree) })),
        base: facts.coverage.base,
      },
      lineMaps: facts.lineMaps.map((map) => ({ ...map, from: moved(map.from), to: moved(map.to) })),
      checks: facts.checks.state === "present" ? present([]) : facts.checks,
    },
    "What is pushed is not known: it adds no line, says nothing of who wrote it, and reports of the tests stay as they are.",
  );
}

function pushedFile({ change }: Facts, path: string): ChangedFile {
  const known = change.files.find((file) => file.path === path);
  const newBlob = objectId(change.head.sha, `blob ${path}`);
  if (known === undefined) {
    return {
      ...{ path, previousPath: null, status: "modified", kind: "text", oldMode: "100644", newMode: "100644" },
      ...{ oldBlob: objectId(change.mergeBase, `blob ${path}`), newBlob, symlinkTarget: null, validUtf8: true },
      ...{ hunks: [], addedLines: 0, deletedLines: 0 },
    };
  }
  if (known.status !== "deleted") return { ...known, newBlob };
  // What the change had deleted is there again, with another content: the lines that were gone stay unknown.
  return { ...known, status: "modified", newMode: known.oldMode, newBlob, hunks: [], addedLines: 0, deletedLines: 0 };
}

function pushedCommit({ change, asOf }: Facts, sha: string, path: string): Commit {
  const last = change.commits.at(-1);
  const nobody = { name: "nobody", email: "nobody@invalid" };
  return {
    ...{ sha, parents: [change.head.sha], author: last?.author ?? nobody, committer: last?.committer ?? nobody },
    ...{ authoredAt: asOf, committedAt: asOf, message: "A push that is supposed\n", messageProblems: [], moves: [] },
    diffs: [{ parent: change.head.sha, files: [{ from: path, to: path, hunks: [] }] }],
  };
}

/** An id that no object of the repository has, of the same length as its ids, and always the same. */
function objectId(like: string, of: string): string {
  return createHash("sha256").update(`${like} ${of}`).digest("hex").slice(0, like.length);
}
