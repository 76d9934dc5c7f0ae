import type { Command } from "commander";
import { resolve } from "node:path";
import { openRepository, tryGit } from "../adapters/git/run-git.ts";
import { readRemote } from "../core/change/repository.ts";
import { parseGivenFacts, type GivenFacts } from "../core/given-facts.ts";
import { Problem } from "../core/problem.ts";
import { inertText } from "../core/untrusted/index.ts";
import type { BaselineSource } from "../gate/read-baselines.ts";
import type { GateInput } from "../gate/read-facts.ts";
import type { Io } from "./io.ts";
import { readStatement, type SignerOptions } from "./read-statement.ts";
import { readText } from "./read-text.ts";

/** What a person supplies in the place of a platform: reviews, a signed statement, other repositories' policies. */
export interface SuppliedOptions extends SignerOptions {
  repo?: string;
  reviews?: string;
  attestation?: string;
  baseline?: string[];
  fetchBaselines?: boolean;
}

/** The names of these options, but for `repo`, which is asked for elsewhere. */
export const suppliedOptions = [
  "reviews",
  "attestation",
  "key",
  "certificateIdentity",
  "certificateIssuer",
  "trustedRoot",
  "baseline",
  "fetchBaselines",
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
    .option(
      "--baseline <repo=folder...>",
      "a clone of a repository whose policy is extended: acme/policies=../policies",
    )
    .option("--fetch-baselines", "fetch such policies from the host of the remote `origin`, without a token");
}

/** What was supplied, as the gate takes it. Throws a `Problem` for a file, or flags, that cannot be used. */
export async function suppliedInput(
  options: SuppliedOptions,
  io: Io,
): Promise<Pick<GateInput, "given" | "baselines"> & Partial<Pick<GateInput, "pullRequest">>> {
  const given = await givenFacts(options, io);
  const { pullRequest } = given;
  return {
    given,
    baselines: await baselineSource(options, io),
    ...(pullRequest === undefined ? {} : { pullRequest }),
  };
}

async function givenFacts(options: SuppliedOptions, io: Io): Promise<GivenFacts> {
  const { reviews, attestation } = options;
  if (attestation === undefined && (options.key ?? options.certificateIdentity ?? options.trustedRoot) !== undefined)
    throw new Problem("There is no attestation whose signer could be checked.", "Name it: `--attestation FILE`.");
  return {
    ...(reviews === undefined ? {} : parseGivenFacts(await readText(reviews, io), reviews)),
    ...(attestation === undefined ? {} : { statements: await readStatement(attestation, options, io) }),
  };
}

async function baselineSource(
  { baseline = [], fetchBaselines, repo }: SuppliedOptions,
  io: Io,
): Promise<BaselineSource> {
  const clones = new Map(baseline.map((entry) => readClone(entry, io)));
  if (fetchBaselines !== true) return { clones, server: null };
  const repository = await openRepository(resolve(io.cwd, repo ?? "."));
  const origin = await tryGit(repository, ["config", "--get", "remote.origin.url"]);
  const host = readRemote(origin.stdout.toString("utf8").trim())?.host;
  if (host === undefined)
    throw new Problem(
      "--fetch-baselines needs a server, and there is no remote `origin` that names one.",
      "Give clones instead: `--baseline acme/policies=../policies`.",
    );
  // Without a token: where `origin` points is no reason to hand anybody one.
  return { clones, server: { url: `https://${host}`, token: "" } };
}

function readClone(entry: string, io: Io): [repo: string, folder: string] {
  const [repo = "", ...rest] = entry.split("=");
  const folder = rest.join("=");
  if (repo.split("/").length === 2 && folder !== "") return [repo.toLowerCase(), resolve(io.cwd, folder)];
  throw new Problem(
    `--baseline expects a repository and a folder, got ${inertText(entry, { maxGraphemes: 100 })}.`,
    "Write `--baseline acme/policies=../policies`.",
  );
}
