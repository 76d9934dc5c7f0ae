import { Command } from "commander";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { readAttestation, type Attestation } from "../adapters/attestation/read-attestation.ts";
import { verifiedKey } from "../adapters/attestation/sign-with-key.ts";
import { verifyBundle } from "../adapters/attestation/verify-bundle.ts";
import { readRecordNote } from "../adapters/git/read-records.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository, type GitRepository } from "../adapters/git/run-git.ts";
import { jsonText } from "../core/json-text.ts";
import { Problem } from "../core/problem.ts";
import type { ProvenanceRecord } from "../core/provenance/index.ts";
import { agreesWithItself } from "../core/report/index.ts";
import { inertJson, inertText } from "../core/untrusted/index.ts";
import { compareRecord, hasHead, type Check } from "../gate/compare-record.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import { checkHead, checkNotePlace, checkRange, type Named } from "../gate/record-place.ts";
import type { Io } from "./io.ts";
import { noteAccess } from "./key-note.ts";
import { readText } from "./read-text.ts";
import { answerTo, refused, renderAnswer, type Answer, type Signature } from "./verify-answer.ts";

/** Who must have signed: a key, or a name and who vouches for it. */
export interface SignerOptions {
  key?: string;
  certificateIdentity?: string;
  certificateIssuer?: string;
  trustedRoot?: string;
}

interface VerifyOptions extends SignerOptions {
  repo?: string;
  commit?: string;
  head?: string;
  base?: string;
  allowUnsigned?: boolean;
  json?: boolean;
}

/**
 * `countersign verify`: whether a statement was signed by whom it should be, speaks for the commit that it should speak
 * for, and tells of this repository. Offline.
 */
export function verifyCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("verify")
    .description("check a signed statement, or the record in a commit's note, against the repository; asks no network")
    .argument("[file]", "a signed envelope or a Sigstore bundle")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--commit <rev>", "check the note on this commit instead of a file")
    .option("--head <rev>", "the commit that it must speak for (default: HEAD; for a note: what its place says)")
    .option("--base <rev>", "where the change must have begun (default: where it left the default branch, if known)")
    .option("--allow-unsigned", "exit with 0 when nobody signed it and the rest holds; it is not verified")
    .option("--key <file>", "the public key that must have signed: PEM, Ed25519 or ECDSA P-256")
    .option("--certificate-identity <name>", "for a Sigstore bundle: who must have signed, as the certificate names it")
    .option("--certificate-issuer <url>", "for a Sigstore bundle: who vouches for the signer")
    .option("--trusted-root <file>", "Sigstore's trusted root (default: the one of its public instance, built in)")
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const answer = await verify(file, options, io);
      io.stdout(options.json ? inertJson(jsonText(answer)) : renderAnswer(answer));
      const isEnough = answer.verified || (options.allowUnsigned === true && answer.matches);
      finish(isEnough ? exitCodes.pass : exitCodes.fail);
    });
}

const examples = `
Examples
  countersign verify change.dsse.json --key key.pub
  countersign verify change.sigstore.json --certificate-identity https://github.com/acme/orders/.github/workflows/gate.yml@refs/heads/main --certificate-issuer https://token.actions.githubusercontent.com
  countersign verify change.dsse.json --key key.pub --head v1.4.0 --base v1.3.0
  countersign verify --commit HEAD --allow-unsigned`;

async function verify(file: string | undefined, options: VerifyOptions, io: Io): Promise<Answer> {
  refuseContradictions(file, options);
  const repository = await openRepository(resolve(io.cwd, options.repo ?? "."));
  const expected = await readExpected(repository, file === undefined, options);
  const text = file === undefined ? await noteOf(repository, expected.noted ?? "") : await readLimited(file, io);
  if (text === null) return refused(`it has more than ${limitBytes} bytes`);
  const read = readAttestation(text);
  if (typeof read === "string") return refused(read);
  const signature = await checkSignature(read, options, io);
  const record = read.kind === "record" ? read.record : read.statement.predicate.record;
  return answerTo(read, signature, [...subjectChecks(read, record), ...(await tellsOf(repository, record, expected))]);
}

/** What it must speak for. */
interface Expected {
  /** Null for a note that stands where it belongs: its place says which commit it speaks for. */
  head: Named | null;
  base: Named | null;
  /** The commit that the note is on. */
  noted: string | null;
}

async function readExpected(
  repository: GitRepository,
  isNote: boolean,
  { head, base, commit }: VerifyOptions,
): Promise<Expected> {
  const named = async (name: string, flag: string): Promise<Named> => {
    return { name, sha: await resolveCommit(repository, name, flag) };
  };
  return {
    head: isNote && head === undefined ? null : await named(head ?? "HEAD", "--head"),
    base: base === undefined ? null : await named(base, "--base"),
    noted: isNote ? (await named(commit ?? "HEAD", "--commit")).sha : null,
  };
}

async function tellsOf(repository: GitRepository, record: ProvenanceRecord, expected: Expected): Promise<Check[]> {
  const place = expected.noted === null ? null : await checkNotePlace(repository, record, expected.noted);
  const into = place?.base ? { name: `the parent ${place.base.slice(0, 12)}`, sha: place.base } : null;
  const range = (await hasHead(repository, record))
    ? [await checkRange(repository, record, expected.base ?? into)]
    : [];
  return [
    ...(await compareRecord(repository, record, { isSquash: place?.isSquash ?? false })),
    ...(expected.head === null ? [] : [checkHead(record, expected.head)]),
    ...(place === null ? [] : [place.check]),
    ...range,
  ];
}

/** More is no statement of ours. */
export const limitBytes = 64 * 1024 * 1024;

function refuseContradictions(file: string | undefined, options: VerifyOptions): void {
  const { commit, key, certificateIdentity, certificateIssuer, trustedRoot, allowUnsigned } = options;
  if (file === undefined && commit === undefined)
    throw new Problem("There is nothing to check.", "Name a file, or the commit of a note: `--commit HEAD`.");
  if (file !== undefined && commit !== undefined)
    throw new Problem(
      "A file and the note of --commit are two things to check.",
      "Leave out one of the two. The commit that a file must speak for is named with --head.",
    );
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
  if (allowUnsigned && (key ?? certificateIdentity) !== undefined)
    throw new Problem("--allow-unsigned asks for no signer, and one is named.", "Leave out one of the two.");
  if (trustedRoot !== undefined && certificateIdentity === undefined)
    throw new Problem(
      "--trusted-root is for a Sigstore bundle.",
      "Give --certificate-identity and --certificate-issuer too, or leave it out.",
    );
}

async function noteOf(repository: GitRepository, sha: string): Promise<string> {
  const note = await readRecordNote(repository, sha);
  if (note !== null) return note;
  throw new Problem(
    `${sha} has no note in refs/notes/ai-provenance.`,
    "Fetch the notes: `git fetch origin refs/notes/ai-provenance:refs/notes/ai-provenance`, or name a file.",
  );
}

/** Who signed, by the flags that say who must have. Throws a `Problem` when the flags do not say. */
export async function checkSignature(read: Attestation, options: SignerOptions, io: Io): Promise<Signature> {
  const { key, certificateIdentity: identity, certificateIssuer: issuer, trustedRoot } = options;
  if (read.kind === "envelope") {
    if (key === undefined) throw unnamed("The file is an envelope signed with a key.", "--key key.pub");
    const id = verifiedKey(read.envelope, read.payload, await readText(key, io));
    await noteAccess(key, "public", io);
    return { signer: id && `key ${id}`, check: { says: "it is signed with this key", holds: id !== null } };
  }
  if (read.kind === "bundle") {
    if (identity === undefined || issuer === undefined)
      throw unnamed("The file is a Sigstore bundle.", "--certificate-identity NAME --certificate-issuer URL");
    const root = trustedRoot === undefined ? null : await readText(trustedRoot, io);
    const result = await verifyBundle(read.bundle, { identity, issuer }, root);
    const says = `it is signed by ${inertText(identity)}`;
    if ("signer" in result) return { signer: identity, check: { says, holds: true } };
    return { signer: null, check: { says: `${says}: ${result.refused}`, holds: false } };
  }
  const isAsked = key !== undefined || identity !== undefined;
  return { signer: null, check: { says: "it is signed", holds: isAsked ? false : null } };
}

function unnamed(what: string, flags: string): Problem {
  return new Problem(
    `${what} Who must have signed it was not said.`,
    `Say it: \`${flags}\`. Anybody can sign something.`,
  );
}

/** Whether a statement agrees with itself about what it speaks for. */
export function subjectChecks(read: Attestation, record: ProvenanceRecord): Check[] {
  if (read.kind === "record") return [];
  const [subject] = read.statement.subject;
  return [
    { says: "its subject is the head of its record", holds: subject?.digest.gitCommit === record.head.sha },
    { says: "its fields say what its record says", holds: agreesWithItself(read.statement) },
  ];
}

/** Null when the file is larger than any statement. */
export async function readLimited(name: string, io: Io): Promise<string | null> {
  const found = await stat(resolve(io.cwd, name)).catch(() => null);
  return found !== null && found.size > limitBytes ? null : readText(name, io);
}
