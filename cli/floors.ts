import type { Command } from "commander";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { openRepository, tryGit } from "../adapters/git/run-git.ts";
import { readRemote } from "../core/change/repository.ts";
import type { Facts } from "../core/facts.ts";
import { readFloorName, type FloorName } from "../core/policy/index.ts";
import { Problem } from "../core/problem.ts";
import { inertText } from "../core/untrusted/index.ts";
import type { FloorSource } from "../gate/read-floors.ts";
import type { Io } from "./io.ts";

/** How a person says where the policies of other repositories are, which a policy may extend. */
export interface FloorOptions {
  repo?: string;
  floor?: string[];
  fetchFloors?: boolean;
}

/** The names of these options, but for `repo`, which is asked for elsewhere. */
export const floorOptions = ["floor", "fetchFloors"] as const satisfies (keyof FloorOptions)[];

/** Gives a command the flags for them. */
export function withFloorOptions(command: Command): Command {
  return command
    .option(
      "--floor <floor...>",
      "a clone of a repository whose policy is extended: acme/policies=../policies; or a policy that holds although nothing extends it: acme/rules/ai.yml@COMMIT, and =FOLDER behind it for a clone",
    )
    .option("--fetch-floors", "fetch such policies from the host of the remote `origin`, without a token");
}

/** Where they may be taken from. @throws {Problem} for a flag that cannot be used */
export async function floorSource({ floor = [], fetchFloors, repo }: FloorOptions, io: Io): Promise<FloorSource> {
  const entries = await Promise.all(floor.map((entry) => readEntry(entry, io)));
  const set = entries.flatMap(({ set }) => (set === null ? [] : [set]));
  const clones = clonesOf(entries);
  if (fetchFloors !== true) return { clones, server: null, set };
  const repository = await openRepository(resolve(io.cwd, repo ?? "."));
  const origin = await tryGit(repository, ["config", "--get", "remote.origin.url"]);
  const server = serverOf(origin.stdout.toString("utf8").trim());
  if (server === null)
    throw new Problem(
      "--fetch-floors needs a server, and there is no remote `origin` that names one.",
      "Give clones instead: `--floor acme/policies=../policies`.",
    );
  // Without a token: where `origin` points is no reason to hand anybody one.
  return { clones, server: { url: server, token: "" }, set };
}

/** What one `--floor` says: where a clone is, which policy holds whatever extends it, or both. */
interface FloorEntry {
  /** `owner/name` in lower case. */
  repo: string;
  folder: string | null;
  set: FloorName | null;
}

/** Two policies of one repository may come from one clone; otherwise a repository is named once. */
function clonesOf(entries: readonly FloorEntry[]): Map<string, string> {
  const clones = new Map<string, string>();
  for (const [index, { repo, folder, set }] of entries.entries()) {
    if (folder === null) continue;
    const before = entries.slice(0, index).find((other) => other.repo === repo && other.folder !== null);
    if (before !== undefined && (before.folder !== folder || (set === null && before.set === null)))
      throw new Problem(`--floor names ${inertText(repo)} twice.`, "Leave in one folder for each repository.");
    clones.set(repo, folder);
  }
  return clones;
}

/** The server that an address names, with its port where it is reached over HTTP, as the address says; null for none. */
function serverOf(address: string): string | null {
  const place = readRemote(address);
  if (place === null) return null;
  const { protocol, host } = URL.canParse(address) ? new URL(address) : { protocol: "ssh:", host: place.host };
  return protocol === "http:" || protocol === "https:" ? `${protocol}//${host}` : `https://${place.host}`;
}

const forms =
  "Write `--floor acme/policies=../policies` with the folder of a clone, or `--floor acme/policies/ai.yml@COMMIT` with all digits of a commit.";

async function readEntry(entry: string, io: Io): Promise<FloorEntry> {
  const split = entry.indexOf("=");
  const [name, folder] = split < 0 ? [entry, null] : [entry.slice(0, split), entry.slice(split + 1)];
  const shown = inertText(entry, { maxGraphemes: 100 });
  if (folder === "") throw new Problem(`--floor expects a folder after \`=\`, got ${shown}.`, forms);
  const clone = folder === null ? null : await cloneAt(folder, entry, io);
  if (name.split("/").length === 2 && clone !== null) return { repo: name.toLowerCase(), folder: clone, set: null };
  const set = readFloorName(name);
  if (!("problem" in set)) return { repo: set.repo.toLowerCase(), folder: clone, set };
  const what = name.split("/").length > 2 ? `, got ${shown}: ${set.problem}` : `, got ${shown}`;
  throw new Problem(`--floor expects a repository and a folder, or a policy with its commit${what}.`, forms);
}

async function cloneAt(name: string, entry: string, io: Io): Promise<string> {
  const folder = resolve(io.cwd, name);
  const shown = inertText(entry, { maxGraphemes: 200 });
  if (await isFolder(folder))
    await openRepository(folder).catch((cause: unknown) => {
      if (!(cause instanceof Problem)) throw cause;
      throw new Problem(`The folder of \`--floor ${shown}\` is in no git repository.`, forms, { cause });
    });
  return folder;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Names on the error output the clones of `--floor` of which nothing was read: most likely a slip, and nothing holds by it. */
export function tellUnusedFloors({ floor = [] }: FloorOptions, floors: Facts["floors"], io: Pick<Io, "stderr">): void {
  if (floors.state === "absent") return;
  const used = new Set(floors.value.map(({ repo }) => repo.toLowerCase()));
  const named = floor.map((entry) => entry.split("=", 1)[0] ?? "").filter((name) => name.split("/").length === 2);
  for (const repo of named.filter((name) => !used.has(name.toLowerCase()))) {
    const shown = inertText(repo, { maxGraphemes: 100 });
    io.stderr(
      `note: --floor names ${shown}, and the policy extends nothing of it. For a policy of it to hold all the same, name that: \`--floor ${shown}/PATH@COMMIT\`.\n`,
    );
  }
}
