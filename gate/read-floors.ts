import { fetchFloor, readFloorHere, readFloorIn, type FloorText } from "../adapters/git/read-floor.ts";
import type { Remote } from "../adapters/git/remote.ts";
import type { GitRepository } from "../adapters/git/run-git.ts";
import type { Repository } from "../core/change/change.ts";
import { absent, present } from "../core/evidence.ts";
import type { WrittenFloor, Facts } from "../core/facts.ts";
import { namedFloors } from "../core/policy/index.ts";

/** Where the policies of other repositories may be taken from. */
export interface FloorSource {
  /** Folders of clones on this machine, by `owner/name` in lower case: a person named them. */
  clones: ReadonlyMap<string, string>;
  /** The server that all repositories of the host are on, without a path; null: nothing is fetched. */
  server: Remote | null;
}

export const noFloors: FloorSource = { clones: new Map(), server: null };

/**
 * The policies that the repository's own extends, each at its pinned commit: from a clone that was named, from the
 * repository itself when it is its own, else from the server; a file may lie in no repository. Absent as soon as one of them is missing, with what to do.
 */
export async function readFloors(
  policy: Facts["policy"],
  repository: GitRepository | null,
  own: Repository | null,
  source: FloorSource,
): Promise<Facts["floors"]> {
  const named = policy.state === "present" ? namedFloors(policy.value.text) : [];
  const found: WrittenFloor[] = [];
  const missing: { repo: string; why: string }[] = [];
  for (const name of named) {
    const reading = await readFloor(name, repository, own, source);
    if ("text" in reading) found.push({ ...name, text: reading.text });
    else missing.push({ repo: name.repo, why: reading.failure });
  }
  const [first, ...others] = missing;
  // Of one, whoever needs it says which it is.
  if (first !== undefined && others.length === 0) return absent(first.why);
  return first !== undefined
    ? absent(missing.map(({ repo, why }) => `${repo}: ${why}`).join("; "))
    : present(found.sort(byName));
}

type FloorName = Omit<WrittenFloor, "text">;

async function readFloor(
  name: FloorName,
  repository: GitRepository | null,
  own: Repository | null,
  { clones, server }: FloorSource,
): Promise<FloorText> {
  const clone = clones.get(name.repo.toLowerCase());
  if (clone !== undefined) return readFloorIn(clone, name);
  const here = own !== null && `${own.owner}/${own.name}`.toLowerCase() === name.repo.toLowerCase();
  const local = here && repository !== null ? await readFloorHere(repository, name) : null;
  if (local !== null && "text" in local) return local;
  if (server !== null) return fetchTwice({ ...server, url: `${server.url}/${name.repo}` }, name);
  const how = `give a clone of it with \`--floor ${name.repo}=FOLDER\`, or fetch it with \`--fetch-floors\``;
  return { failure: local === null ? how : `${local.failure}; ${how}` };
}

/** Once more after a failure: without it nothing is decided, and most failures of a network pass. */
async function fetchTwice(remote: Remote, name: FloorName): Promise<FloorText> {
  const first = await fetchFloor(remote, name);
  const read = "text" in first ? first : await fetchFloor(remote, name);
  return "text" in read ? read : { failure: `it could not be fetched from ${remote.url}: ${read.failure}` };
}

function byName(a: FloorName, b: FloorName): number {
  const [one, other] = [a, b].map(({ repo, path, ref }) => JSON.stringify([repo, path, ref]));
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
