import type { Attribution } from "../../core/provenance/attribution/attribution.ts";
import { gitText, type GitRepository } from "./run-git.ts";

/** A ref that holds tools' records: a tree of notes, one note, or Entire's branch of checkpoints. */
export type NoteRef = NoteForm & { name: string; id: string };

/** The tools whose notes stand under the commit's own id. */
export type NoteSource = Exclude<Attribution["source"], "agent-trace" | "entire">;

type NoteForm =
  | { form: "notes"; source: NoteSource }
  | { form: "note"; source: NoteSource; commit: string }
  | { form: "checkpoints" };

/** What is looked for, for a sentence to people. */
export const lookedFor = "refs/notes/ai, refs/notes/ai-attribution, refs/notes/whogitit, entire/checkpoints/v1";

/** Under which names a server has records, for fetching. A remote may be called as it likes here, but not there. */
export const serverRefs: readonly { name: string; source: NoteSource | "entire" }[] = [
  { name: "refs/notes/ai", source: "git-ai" },
  { name: "refs/notes/ai-attribution", source: "qwen-code" },
  { name: "refs/notes/whogitit", source: "whogitit" },
  { name: "refs/notes/ai-blame", source: "whogitit" },
  { name: "refs/heads/entire/checkpoints/v1", source: "entire" },
];

/** The refs of a repository that records stand under, read at one time. */
export interface RecordRefs {
  /** Those of tools, by name. */
  tools: NoteRef[];
  /** What our own ref of records of changes stands at, or null where there is none. */
  records: string | null;
}

/** The refs of the repository itself that hold records: what was fetched counts as what is its own. Never fetches. */
export async function findRecordRefs(repository: GitRepository): Promise<RecordRefs> {
  const listed = await gitText(repository, ["for-each-ref", "--format=%(refname) %(objectname)", ...places]);
  const refs = listed.split("\n").map((line) => line.split(" "));
  const tools = refs.flatMap(([name = "", id = ""]) => {
    const kind = kindOf(name);
    return kind === null ? [] : [{ name, id, ...kind }];
  });
  return { tools, records: refs.find(([name]) => name === recordRef)?.[1] ?? null };
}

/** Where records of changes stand as notes: `git notes --ref ai-provenance show <commit>` prints one. */
export const recordRef = "refs/notes/ai-provenance";

const places = ["refs/ai/authorship/", "refs/heads/entire/checkpoints/v1", "refs/notes/", "refs/remotes/"];

function kindOf(name: string): NoteForm | null {
  if (name.startsWith(oldNotes)) return { form: "note", source: "git-ai", commit: name.slice(oldNotes.length) };
  const end = name.startsWith("refs/remotes/") ? endAfterRemote(name) : name;
  if (end.endsWith(checkpoints)) return { form: "checkpoints" };
  const source = sources.get(end.replace("refs/", "")) ?? (end.startsWith(fetchedNotes) ? "git-ai" : undefined);
  return source === undefined ? null : { form: "notes", source };
}

/** A note of git-ai before there was `refs/notes/ai`. */
const oldNotes = "refs/ai/authorship/";
/** Where git-ai keeps what it fetched from each remote. */
const fetchedNotes = "refs/notes/ai-remote/";
const checkpoints = "entire/checkpoints/v1";

const sources: ReadonlyMap<string, NoteSource> = new Map([
  ["notes/ai", "git-ai"],
  ["notes/ai-attribution", "qwen-code"],
  ["notes/whogitit", "whogitit"],
  // What whogitit wrote under its first name.
  ["notes/ai-blame", "whogitit"],
]);

/** A remote's name may hold slashes, so ends are compared. */
function endAfterRemote(name: string): string {
  return [checkpoints, ...sources.keys()].find((end) => name.endsWith(`/${end}`)) ?? "";
}
