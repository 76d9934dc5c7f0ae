import { readAttestation } from "../adapters/attestation/read-attestation.ts";
import { absent, present } from "../core/evidence.ts";
import type { Facts } from "../core/facts.ts";
import { inertText } from "../core/untrusted/index.ts";
import type { Io } from "./io.ts";
import { checkSignature, limitBytes, readLimited, subjectChecks, type SignerOptions } from "./verify.ts";

export type { SignerOptions };

/**
 * A signed statement as a fact: who signed what about which commit. Absent, with what does not hold, when it is not signed
 * by whom it should be or contradicts itself. Throws a `Problem` when nobody said who must have signed: anybody can sign.
 */
export async function readStatement(file: string, options: SignerOptions, io: Io): Promise<Facts["statements"]> {
  const refused = (why: string) => absent(`the attestation ${inertText(file)} does not count: ${why}`);
  const text = await readLimited(file, io);
  if (text === null) return refused(`it has more than ${limitBytes} bytes`);
  const read = readAttestation(text);
  if (typeof read === "string") return refused(read);
  if (read.kind === "record") return refused("it is a record, which nobody signed");
  const { signer, check } = await checkSignature(read, options, io);
  const { record } = read.statement.predicate;
  const failed = [check, ...subjectChecks(read, record)].find(({ holds }) => holds !== true);
  if (failed !== undefined) return refused(`it does not hold that ${failed.says}`);
  if (signer === null) return refused("nobody signed it");
  return present([{ commit: record.head.sha, predicateType: read.statement.predicateType, signer }]);
}
