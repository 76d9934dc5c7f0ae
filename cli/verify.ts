import { Command } from "commander";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { readAttestation, type Attestation } from "../adapters/attestation/read-attestation.ts";
import { verifiedKey } from "../adapters/attestation/sign-with-key.ts";
import { verifyBundle } from "../adapters/attestation/verify-bundle.ts";
import { readRecordNote } from "../adapters/git/read-records.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository, type GitRepository } from "../adapters/git/run-git.ts";
import { jsonText } from "../core/json-text.ts";
import { errorCode, Problem } from "../core/problem.ts";
import type { ProvenanceRecord } from "../core/provenance/index.ts";
import { agreesWithItself } from "../core/report/index.ts";
import { inertJson, inertText, showPath } from "../core/untrusted/index.ts";
import { compareRecord, type Check } from "../gate/compare-record.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";

interface VerifyOptions {
  repo?: string;
  commit?: string;
  key?: string;
  certificateIdentity?: string;
  certificateIssuer?: string;
  trustedRoot?: string;
  json?: boolean;
}

/** `countersign verify`: whether a statement was signed by whom it should be, and tells of this repository. Offline. */
export function verifyCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("verify")
    .description("check a signed statement, or the record in a commit's note, against the repository; asks no network")
    .argument("[file]", "a signed envelope or a Sigstore bundle")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--commit <rev>", "check the note on this commit instead of a file")
    .option("--key <file>", "the public key that must have signed: PEM, Ed25519 or ECDSA P-256")
    .option("--certificate-identity <name>", "for a Sigstore bundle: who must have signed, as the certificate names it")
    .option("--certificate-issuer <url>", "for a Sigstore bundle: who vouches for the signer")
    .option("--trusted-root <file>", "Sigstore's trusted root (default: the one of its public instance, built in)")
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const answer = await verify(file, options, io);
      io.stdout(options.json ? inertJson(jsonText(answer)) : render(answer));
      finish(answer.verified ? exitCodes.pass : exitCodes.fail);
    });
}

const examples = `
Examples
  countersign verify change.dsse.json --key key.pub
  countersign verify change.sigstore.json --certificate-identity https://github.com/acme/orders/.github/workflows/gate.yml@refs/heads/main --certificate-issuer https://token.actions.githubusercontent.com
  countersign verify --commit HEAD`;

interface Answer {
  verified: boolean;
  /** One sentence. */
  says: string;
  changeId: string | null;
  head: string | null;
  signer: string | null;
  checks: Check[];
}

async function verify(file: string | undefined, options: VerifyOptions, io: Io): Promise<Answer> {
  refuseContradictions(file, options);
  const repository = await openRepository(resolve(io.cwd, options.repo ?? "."));
  const text = file === undefined ? await noteOf(repository, options) : await readLimited(file, io);
  if (text === null) return refused(`it has more than ${limitBytes} bytes`);
  const read = readAttestation(text);
  if (typeof read === "string") return refused(read);
  const signature = await checkSignature(read, file === undefined, options, io);
  return judge(read, signature, repository);
}

/** More is no statement of ours. */
const limitBytes = 64 * 1024 * 1024;

function refuseContradictions(file: string | undefined, options: VerifyOptions): void {
  const { commit, key, certificateIdentity, certificateIssuer, trustedRoot } = options;
  if (file === undefined && commit === undefined)
    throw new Problem("There is nothing to check.", "Name a file, or the commit of a note: `--commit HEAD`.");
  if (file !== undefined && commit !== undefined)
    throw new Problem("A file and the note of --commit are two things to check.", "Leave out one of the two.");
  if ((certificateIdentity === undefined) !== (certificateIssuer === undefined))
    throw new Problem(
      "Who signed is known only by name and by who vouches for the name.",
      "Give both --certificate-identity and --certificate-issuer.",
    );
  if (key !== undefined && certificateIdentity !== undefined)
    throw new Problem(
      "--key is for an envelope, --certificate-identity for a Sigstore bundle.",
      "Leave out one of the two.",
    );
  if (trustedRoot !== undefined && certificateIdentity === undefined)
    throw new Problem(
      "--trusted-root is for a Sigstore bundle.",
      "Give --certificate-identity and --certificate-issuer too, or leave it out.",
    );
}

async function noteOf(repository: GitRepository, { commit }: VerifyOptions): Promise<string> {
  const sha = await resolveCommit(repository, commit ?? "HEAD", "--commit");
  const note = await readRecordNote(repository, sha);
  if (note !== null) return note;
  throw new Problem(
    `${sha} has no note in refs/notes/ai-provenance.`,
    "Fetch the notes: `git fetch origin refs/notes/ai-provenance:refs/notes/ai-provenance`, or name a file.",
  );
}

interface Signature {
  signer: string | null;
  check: Check;
}

async function checkSignature(read: Attestation, isNote: boolean, options: VerifyOptions, io: Io): Promise<Signature> {
  const { key, certificateIdentity: identity, certificateIssuer: issuer, trustedRoot } = options;
  if (read.kind === "envelope") {
    if (key === undefined) throw unnamed("The file is an envelope signed with a key.", "--key key.pub");
    const id = verifiedKey(read.envelope, read.payload, await readText(key, io));
    return { signer: id && `key ${id}`, check: { says: "it is signed with this key", holds: id !== null } };
  }
  if (read.kind === "bundle") {
    if (identity === undefined || issuer === undefined)
      throw unnamed("The file is a Sigstore bundle.", "--certificate-identity NAME --certificate-issuer URL");
    const root = trustedRoot === undefined ? null : await readText(trustedRoot, io);
    const result = await verifyBundle(read.bundle, { identity, issuer }, root);
    if ("signer" in result)
      return { signer: identity, check: { says: `it is signed by ${inertText(identity)}`, holds: true } };
    return { signer: null, check: { says: `it is signed by ${inertText(identity)}: ${result.refused}`, holds: false } };
  }
  const isAsked = key !== undefined || identity !== undefined;
  return { signer: null, check: { says: "it is signed", holds: isNote && !isAsked ? null : false } };
}

function unnamed(what: string, flags: string): Problem {
  return new Problem(
    `${what} Who must have signed it was not said.`,
    `Say it: \`${flags}\`. Anybody can sign something.`,
  );
}

async function judge(read: Attestation, { signer, check }: Signature, repository: GitRepository): Promise<Answer> {
  const record = read.kind === "record" ? read.record : read.statement.predicate.record;
  const checks = [check, ...subjectChecks(read, record), ...(await compareRecord(repository, record))];
  const failed = checks.find(({ holds }) => holds === false);
  const what = `${read.kind === "record" ? "the record" : "the statement"} about ${inertText(record.changeId)}`;
  const by = signer === null ? "Nobody signed it" : `Signed by ${inertText(signer)}`;
  const says =
    failed === undefined
      ? `Verified: ${what} tells of this repository. ${by}.`
      : `Not verified: of ${what} it does not hold that ${failed.says}.`;
  return { verified: failed === undefined, says, changeId: record.changeId, head: record.head.sha, signer, checks };
}

function subjectChecks(read: Attestation, record: ProvenanceRecord): Check[] {
  if (read.kind === "record") return [];
  const [subject] = read.statement.subject;
  return [
    { says: "its subject is the head of its record", holds: subject?.digest.gitCommit === record.head.sha },
    { says: "its fields say what its record says", holds: agreesWithItself(read.statement) },
  ];
}

function refused(why: string): Answer {
  return { verified: false, says: `Not verified: ${why}.`, changeId: null, head: null, signer: null, checks: [] };
}

function render({ says, checks }: Answer): string {
  const marks = checks.map(
    ({ says: what, holds }) =>
      `  ${holds === null ? "not known" : holds ? "holds" : "DOES NOT HOLD"}: ${inertText(what)}`,
  );
  return `${[says, ...marks].join("\n")}\n`;
}

/** Null when the file is larger than any statement. */
async function readLimited(name: string, io: Io): Promise<string | null> {
  const found = await stat(resolve(io.cwd, name)).catch(() => null);
  return found !== null && found.size > limitBytes ? null : readText(name, io);
}

async function readText(name: string, io: Io): Promise<string> {
  return readFile(resolve(io.cwd, name), "utf8").catch((cause: unknown) => {
    throw new Problem(
      `${showPath(name)} could not be read (${errorCode(cause)}).`,
      "Name a file that exists and that you may read.",
      {
        cause,
      },
    );
  });
}
