import { readAgentTrace, unreadRecord, type Attribution, type TracedCommit } from "../../core/provenance/index.ts";
import { readPath } from "../../core/change/path-name.ts";
import { readObjects, splitAtNul } from "./read-blobs.ts";
import { tryGit, type GitRepository } from "./run-git.ts";

/**
 * What the Agent Trace files of the head's tree say of the commits, as claims: the change can edit them. Null when the tree
 * has none. They stand in the folder that the format's reference hook writes to.
 */
export async function readTraceFiles(
  repository: GitRepository,
  commits: readonly TracedCommit[],
  head: string,
): Promise<Attribution[] | null> {
  const files = await listTraceFiles(repository, head);
  if (files.length === 0) return null;
  const read: Attribution[] = [];
  let index = 0;
  const wanted = files.slice(0, mostFiles);
  await readObjects(
    repository,
    wanted.map(({ blob }) => blob),
    (_, bytes) => {
      const { path } = wanted[index++]!;
      if (bytes === null) read.push(unreadRecord(claimOf(head, path), "agent-trace", missing));
      else read.push(...readAgentTrace(bytes, { commits, head, place: path, strength: "claim" }));
    },
  );
  const left = files[mostFiles];
  if (left !== undefined) read.push(unreadRecord(claimOf(head, folder), "agent-trace", tooMany));
  return read;
}

const folder = ".agent-trace";
/** One is what the reference hook writes. */
const mostFiles = 100;
const tooMany = `files beyond the first ${mostFiles}`;
const missing = "contents that this clone lacks, or that are larger than 64 MB";

function claimOf(commit: string, place: string) {
  return { commit, place, strength: "claim" } as const;
}

/** The files of records in a tree: at most as many as are read, and one more where there are more. */
export async function listTraceFiles(
  repository: GitRepository,
  head: string,
): Promise<{ path: string; blob: string }[]> {
  const listed = await tryGit(repository, ["ls-tree", "-z", "--full-tree", head, `${folder}/`], { objectsOnly: true });
  const files = splitAtNul(listed.stdout).flatMap((entry) => {
    const tab = entry.indexOf(9);
    const [mode, type, blob] = entry.toString("latin1", 0, tab).split(" ");
    const { path } = readPath(entry.subarray(tab + 1));
    const isTrace = type === "blob" && mode !== "120000" && (path.endsWith(".jsonl") || path.endsWith(".json"));
    return isTrace && blob !== undefined ? [{ path, blob }] : [];
  });
  return files.slice(0, mostFiles + 1);
}
