import type { Command } from "commander";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { openRepository, tryGit } from "../adapters/git/run-git.ts";
import { readRemote } from "../core/change/repository.ts";
import type { Facts } from "../core/facts.ts";
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
    .option("--floor <repo=folder...>", "a clone of a repository whose policy is extended: acme/policies=../policies")
    .option("--fetch-floors", "fetch such policies from the host of the remote `origin`, without a token");
}

/** Where they may be taken from. @throws {Problem} for a flag that cannot be used */
export async function floorSource({ floor = [], fetchFloors, repo }: FloorOptions, io: Io): Promise<FloorSource> {
  const named = await Promise.all(floor.map((entry) => readClone(entry, io)));
  const clones = new Map(named);
  const twice = named.find(([repo], index) => named.findIndex(([other]) => other === repo) < index);
  if (twice !== undefined)
    throw new Problem(`--floor names ${inertText(twice[0])} twice.`, "Leave in one folder for each repository.");
  if (fetchFloors !== true) return { clones, server: null };
  const repository = await openRepository(resolve(io.cwd, repo ?? "."));
  const origin = await tryGit(repository, ["config", "--get", "remote.origin.url"]);
  const server = serverOf(origin.stdout.toString("utf8").trim());
  if (server === null)
    throw new Problem(
      "--fetch-floors needs a server, and there is no remote `origin` that names one.",
      "Give clones instead: `--floor acme/policies=../policies`.",
    );
  // Without a token: where `origin` points is no reason to hand anybody one.
  return { clones, server: { url: server, token: "" } };
}

/** The server that an address names, with its port where it is reached over HTTP, as the address says; null for none. */
function serverOf(address: string): string | null {
  const place = readRemote(address);
  if (place === null) return null;
  const { protocol, host } = URL.canParse(address) ? new URL(address) : { protocol: "ssh:", host: place.host };
  return protocol === "http:" || protocol === "https:" ? `${protocol}//${host}` : `https://${place.host}`;
}

async function readClone(entry: string, io: Io): Promise<[repo: string, folder: string]> {
  const [repo = "", ...rest] = entry.split("=");
  const name = rest.join("=");
  const fix = "Write `--floor acme/policies=../policies`, with the folder of a clone.";
  if (repo.split("/").length !== 2 || name === "")
    throw new Problem(
      `--floor expects a repository and a folder, got ${inertText(entry, { maxGraphemes: 100 })}.`,
      fix,
    );
  const folder = resolve(io.cwd, name);
  const shown = inertText(entry, { maxGraphemes: 200 });
  if (await isFolder(folder))
    await openRepository(folder).catch((cause: unknown) => {
      if (!(cause instanceof Problem)) throw cause;
      throw new Problem(`The folder of \`--floor ${shown}\` is in no git repository.`, fix, { cause });
    });
  return [repo.toLowerCase(), folder];
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Names on the error output the repositories of `--floor` that the policy does not extend: most likely a slip. */
export function tellUnusedFloors({ floor = [] }: FloorOptions, floors: Facts["floors"], io: Pick<Io, "stderr">): void {
  if (floors.state === "absent") return;
  const used = new Set(floors.value.map(({ repo }) => repo.toLowerCase()));
  const named = floor.map((entry) => entry.slice(0, entry.indexOf("=")));
  for (const repo of named.filter((name) => !used.has(name.toLowerCase())))
    io.stderr(`note: --floor names ${inertText(repo, { maxGraphemes: 100 })}, and the policy extends nothing of it.\n`);
}
