import { fetchFloor, readFloorHere, readFloorIn, type FloorText } from "../adapters/git/read-floor.ts";
import type { Remote } from "../adapters/git/remote.ts";
import type { GitRepository } from "../adapters/git/run-git.ts";
import type { Repository } from "../core/change/change.ts";
import { absent, present } from "../core/evidence.ts";
import type { WrittenFloor, Facts } from "../core/facts.ts";
import { floorName, isSameFloor, namedFloors, type FloorName } from "../core/policy/index.ts";
import { Problem } from "../core/problem.ts";

/** Where the policies of other repositories may be taken from. */
export interface FloorSource {
  /** Folders of clones on this machine, by `owner/name` in lower case: a person named them. */
  clones: ReadonlyMap<string, string>;
  /** The server that all repositories of the host are on, without a path; null: nothing is fetched. */
  server: Remote | null;
  /** Floors that an organisation sets: they hold whether the policy names them or not. */
  set: readonly FloorName[];
}

/** No floor but those that the repository itself holds. */
export const noFloors: FloorSource = { clones: new Map(), server: null, set: [] };

/**
 * The policies that the repository's own extends, and those that are set for it, each at its pinned commit: from a clone that
 * was named, from the repository itself when it is its own, else from the server; a file may lie in no repository. Absent as
 * soon as one that the policy extends is missing, with what to do.
 * @throws {Problem} when one that is set is missing: no policy tells that it should be there, so nobody would notice
 */
export async function readFloors(
  policy: Facts["policy"],
  repository: GitRepository | null,
  own: Repository | null,
  source: FloorSource,
): Promise<Facts["floors"]> {
  const named = policy.state === "present" ? namedFloors(policy.value.text) : [];
  const wanted = [...source.set, ...named];
  const found: WrittenFloor[] = [];
  const missing: { repo: string; why: string }[] = [];
  for (const [index, name] of wanted.entries()) {
    if (wanted.findIndex((other) => isSameFloor(other, name)) < index) continue;
    const reading = await readFloor(name, repository, own, source);
    if ("text" in reading) found.push({ ...name, text: reading.text });
    else if (index < source.set.length) throw notRead(name, reading.failure);
    else missing.push({ repo: name.repo, why: reading.failure });
  }
  const [first, ...others] = missing;
  // Of one, whoever needs it says which it is.
  if (first !== undefined && others.length === 0) return absent(first.why);
  return first !== undefined
    ? absent(missing.map(({ repo, why }) => `${repo}: ${why}`).join("; "))
    : present(found.sort(byName));
}

function notRead(name: FloorName, why: string): Problem {
  return new Problem(
    `The floor ${floorName(name)} holds whatever the policy says, and it was not read: ${why}. Nothing was decided.`,
    "Give access to that repository, or to a clone of it that has the commit, and try again.",
  );
}

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
