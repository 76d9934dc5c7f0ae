import type { Command } from "commander";
import { parseGivenFacts, type GivenFacts } from "../core/given-facts.ts";
import { Problem } from "../core/problem.ts";
import type { GateInput } from "../gate/read-facts.ts";
import { floorOptions, floorSource, withFloorOptions, type FloorOptions } from "./floors.ts";
import type { Io } from "./io.ts";
import { readStatement, type SignerOptions } from "./read-statement.ts";
import { readText } from "./read-text.ts";

/** What a person supplies in the place of a platform: reviews, a signed statement, other repositories' policies. */
export interface SuppliedOptions extends SignerOptions, FloorOptions {
  reviews?: string;
  attestation?: string;
}

/** The names of these options, but for `repo`, which is asked for elsewhere. */
export const suppliedOptions = [
  "reviews",
  "attestation",
  "key",
  "certificateIdentity",
  "certificateIssuer",
  "trustedRoot",
  ...floorOptions,
] as const satisfies (keyof SuppliedOptions)[];

/** Gives a command the flags for them. */
export function withSuppliedOptions(command: Command): Command {
  const supplied = command
    .option("--reviews <file>", "reviews and people, as JSON: what a platform would tell (docs/facts.md)")
    .option("--attestation <file>", "a signed statement about the head; say who must have signed it")
    .option("--key <file>", "the public key that must have signed the attestation")
    .option("--certificate-identity <name>", "who must have signed the attestation, as its certificate says")
    .option("--certificate-issuer <url>", "who vouches for that signer")
    .option("--trusted-root <file>", "Sigstore's trusted root (default: the one of its public instance, built in)");
  return withFloorOptions(supplied);
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
