import type { Command } from "commander";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { openRepository, tryGit } from "../adapters/git/run-git.ts";
import { readRemote } from "../core/change/repository.ts";
import type { Facts } from "../core/facts.ts";
import { parseGivenFacts, type GivenFacts } from "../core/given-facts.ts";
import { Problem } from "../core/problem.ts";
import { inertText } from "../core/untrusted/index.ts";
import type { FloorSource } from "../gate/read-floors.ts";
import type { GateInput } from "../gate/read-facts.ts";
import type { Io } from "./io.ts";
import { readStatement, type SignerOptions } from "./read-statement.ts";
import { readText } from "./read-text.ts";

/** What a person supplies in the place of a platform: reviews, a signed statement, other repositories' policies. */
export interface SuppliedOptions extends SignerOptions {
  repo?: string;
  reviews?: string;
  attestation?: string;
  floor?: string[];
  fetchFloors?: boolean;
}

/** The names of these options, but for `repo`, which is asked for elsewhere. */
export const suppliedOptions = [
  "reviews",
  "attestation",
  "key",
  "certificateIdentity",
  "certificateIssuer",
  "trustedRoot",
  "floor",
  "fetchFloors",
] as const satisfies (keyof SuppliedOptions)[];

/** Gives a command the flags for them. */
export function withSuppliedOptions(command: Command): Command {
  return command
    .option("--reviews <file>", "reviews and people, as JSON: what a platform would tell (docs/facts.md)")
    .option("--attestation <file>", "a signed statement about the head; say who must have signed it")
    .option("--key <file>", "the public key that must have signed the attestation")
    .option("--certificate-identity <name>", "who must have signed the attestation, as its certificate says")
    .option("--certificate-issuer <url>", "who vouches for that signer")
    .option("--trusted-root <file>", "Sigstore's trusted root (default: the one of its public instance, built in)")
    .option("--floor <repo=folder...>", "a clone of a repository whose policy is extended: acme/policies=../policies")
    .option("--fetch-floors", "fetch such policies from the host of the remote `origin`, without a token");
}

/** What was supplied, as the gate takes it. Throws a `Problem` for a file, or flags, that cannot be used. */
export async function suppliedInput(
  options: SuppliedOptions,
  io: Io,
): Promise<Pick<GateInput, "given" | "floors"> & Partial<Pick<GateInput, "pullRequest">>> {
  const given = await givenFacts(options, io);
  const { pullRequest } = given;
  return {
    given,
    floors: await floorSource(options, io),
    ...(pullRequest === undefined ? {} : { pullRequest }),
  };
}

async function givenFacts(options: SuppliedOptions, io: Io): Promise<GivenFacts> {
  const { reviews, attestation } = options;
  const { key, certificateIdentity, certificateIssuer, trustedRoot } = options;
  if (attestation === undefined && (key ?? certificateIdentity ?? certificateIssuer ?? trustedRoot) !== undefined)
    throw new Problem("There is no attestation whose signer could be checked.", "Name it: `--attestation FILE`.");
  return {
    ...(reviews === undefined ? {} : parseGivenFacts(await readText(reviews, io), reviews)),
    ...(attestation === undefined ? {} : { statements: await readStatement(attestation, options, io) }),
  };
}

async function floorSource({ floor = [], fetchFloors, repo }: SuppliedOptions, io: Io): Promise<FloorSource> {
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

/** Which of the repositories that were named with `--floor` the policy does not extend: most likely a slip. */
export function unusedFloors({ floor = [] }: SuppliedOptions, { floors }: Pick<Facts, "floors">): string[] {
  if (floors.state === "absent") return [];
  const used = new Set(floors.value.map(({ repo }) => repo.toLowerCase()));
  return floor.map((entry) => entry.slice(0, entry.indexOf("="))).filter((repo) => !used.has(repo.toLowerCase()));
}
