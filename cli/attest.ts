import { Command, Option } from "commander";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readIdentityToken } from "../adapters/attestation/identity-token.ts";
import { signWithKey } from "../adapters/attestation/sign-with-key.ts";
import { signWithSigstore, sigstoreServices } from "../adapters/attestation/sign-with-sigstore.ts";
import { applyNote } from "../adapters/git/apply-note.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository } from "../adapters/git/run-git.ts";
import { applyFile } from "../adapters/workspace/apply-report.ts";
import { absent } from "../core/evidence.ts";
import { parseFacts } from "../core/facts-file.ts";
import { jsonText } from "../core/json-text.ts";
import { errorCode, Problem } from "../core/problem.ts";
import { writeRecordBlock, type ProvenanceRecord } from "../core/provenance/index.ts";
import {
  ciRun,
  parseReview,
  payloadType,
  provenanceRecord,
  renderRecord,
  statementOf,
  statementPayload,
} from "../core/report/index.ts";
import { plainStage } from "../core/stage.ts";
import { inertJson, showPath } from "../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import { digestsOfFiles, recordOf } from "../gate/record.ts";
import { replay, runGate } from "../gate/run-gate.ts";
import type { Io } from "./io.ts";
import { noteAccess } from "./key-note.ts";

const attestFormats = ["record", "statement", "pr-body"] as const;

interface AttestOptions {
  repo?: string;
  base?: string;
  head?: string;
  branch?: string;
  facts?: string;
  report?: string;
  format?: (typeof attestFormats)[number];
  sign?: "sigstore" | "key";
  key?: string;
  note?: boolean;
  commit?: string;
  force?: boolean;
  output?: string;
}

/** `countersign attest`: the provenance record of a change, as a file, a signed statement, a block or a git note. */
export function attestCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("attest")
    .description("write the provenance record of a change: as JSON, a signed statement, a pull request's block, a note")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--base <ref>", "the branch the change goes into (default: the remote's default branch)")
    .option("--head <ref>", "the newest commit of the change (default: HEAD)")
    .option("--branch <name>", "the head branch's name, where git does not know it")
    .option("--facts <file>", "the facts.json of a run, instead of reading the change")
    .option("--report <file>", "the report.json of a run; reviewers and what was validated are not in it")
    .addOption(
      new Option("--format <format>", "what to write (default: record; with --sign: statement)").choices(attestFormats),
    )
    .addOption(new Option("--sign <how>", "sign the statement").choices(["sigstore", "key"]))
    .option("--key <file>", "the private key of --sign key: PEM, Ed25519 or ECDSA P-256")
    .option("--note", "add the record as a git note in refs/notes/ai-provenance")
    .option("--commit <rev>", "the commit of the note, such as a squash (default: the head)")
    .option("--force", "replace a note that is there")
    .option("--output <file>", "write to a file, not to standard output")
    .addHelpText("after", examples)
    .action(async (options: AttestOptions) => {
      refuseContradictions(options);
      const source = await readSource(options, io);
      await print(await documentOf(source, options, io), options, io);
      if (options.note) await writeNote(source.record, options, io);
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign attest --base origin/main --format pr-body
  countersign attest --facts countersign-report/facts.json --sign key --key key.pem --output change.dsse.json
  countersign attest --facts countersign-report/facts.json --note --commit HEAD`;

function refuseContradictions(options: AttestOptions): void {
  const { facts, report, sign, key, note, commit, force, format } = options;
  const reading = (["base", "head", "branch"] as const).filter((name) => options[name] !== undefined);
  if (facts !== undefined && report !== undefined)
    throw new Problem(
      "--facts and --report are two accounts of a change.",
      "Leave out one of the two; facts say more.",
    );
  if ((facts ?? report) !== undefined && reading.length > 0)
    throw new Problem(
      `The change is read from a file, so ${reading.map((name) => `--${name}`).join(", ")} would change nothing.`,
      "Leave them out, or leave out --facts and --report.",
    );
  if (sign !== undefined && format !== undefined && format !== "statement")
    throw new Problem(
      `--sign signs a statement, so it cannot go with --format ${format}.`,
      "Leave out one of the two.",
    );
  if (sign === "key" && key === undefined)
    throw new Problem("--sign key needs a key.", "Name a private key in PEM: `--sign key --key key.pem`.");
  if (sign !== "key" && key !== undefined)
    throw new Problem("--key is the key of --sign key.", "Add `--sign key`, or leave out --key.");
  if (!note && (commit !== undefined || force))
    throw new Problem("--commit and --force are about the note of --note.", "Add `--note`, or leave them out.");
}

interface Source {
  record: ProvenanceRecord;
  sha256ByPath: ReadonlyMap<string, string>;
}

async function readSource(options: AttestOptions, io: Io): Promise<Source> {
  const none = new Map<string, string>();
  if (options.report !== undefined) {
    const review = parseReview(await readText(options.report, io), options.report);
    const made = { createdAt: io.now().toISOString(), ci: ciRun(io.environment) };
    return { record: provenanceRecord(review, made), sha256ByPath: none };
  }
  if (options.facts !== undefined) {
    const facts = parseFacts(await readText(options.facts, io), options.facts);
    return { record: recordOf(await replay(facts, { stage: plainStage }), io.environment), sha256ByPath: none };
  }
  const result = await runGate(gateInput(options, io), { now: io.now, stage: plainStage });
  const repository = await openRepository(repositoryPath(options, io));
  return { record: recordOf(result, io.environment), sha256ByPath: await digestsOfFiles(repository, result.facts) };
}

function gateInput(options: AttestOptions, io: Io): Parameters<typeof runGate>[0] {
  return {
    clone: repositoryPath(options, io),
    range: { event: "local", base: options.base ?? null, head: options.head ?? null, workTree: false },
    repository: null,
    pullRequest: absent("no pull request was read: this is a local run"),
    branch:
      options.branch === undefined ? absent("the head is not a branch") : { state: "present", value: options.branch },
    policy: { from: "base", path: null },
    coverage: { folder: io.cwd, head: null, base: null, tested: null, baseline: null },
    earlier: null,
  };
}

function repositoryPath({ repo }: AttestOptions, io: Io): string {
  return resolve(io.cwd, repo ?? ".");
}

async function documentOf({ record, sha256ByPath }: Source, options: AttestOptions, io: Io): Promise<string> {
  const format = options.format ?? (options.sign === undefined ? "record" : "statement");
  if (format === "record") return renderRecord(record);
  if (format === "pr-body") return blockOf(record, io);
  const statement = statementOf(record, sha256ByPath);
  const payload = statementPayload(statement);
  if (options.sign === undefined) return inertJson(jsonText(statement));
  if (options.sign === "sigstore") {
    const token = await readIdentityToken(io.environment);
    return `${JSON.stringify(await signWithSigstore(payload, payloadType, token, sigstoreServices(io.environment)))}\n`;
  }
  const key = options.key ?? "";
  const envelope = signWithKey(payload, payloadType, await readText(key, io));
  await noteAccess(key, "private", io);
  return `${JSON.stringify(envelope)}\n`;
}

function blockOf(record: ProvenanceRecord, io: Io): string {
  const block = writeRecordBlock(record);
  if (block === null)
    throw new Problem(
      "The record is too long for a pull request's body, even without its commits and files.",
      "Write it as a note: `--note`.",
    );
  const written = block.includes('"commits":[]') && record.commits.length > 0 ? "its commits and files" : "its files";
  if (block.length < writeRecordBlock(record, Infinity)!.length)
    io.stderr(`note: the record is too long for a pull request's body, so ${written} are left out.\n`);
  return `${block}\n`;
}

async function print(text: string, { output }: AttestOptions, io: Io): Promise<void> {
  if (output === undefined) io.stdout(text);
  else await applyFile(resolve(io.cwd, output), text, { linksStayIn: io.cwd });
}

async function writeNote(record: ProvenanceRecord, options: AttestOptions, io: Io): Promise<void> {
  const repository = await openRepository(repositoryPath(options, io));
  const commit = await resolveCommit(repository, options.commit ?? record.head.sha, "--commit");
  await applyNote(repository, {
    commit,
    text: renderRecord(record),
    force: options.force ?? false,
    environment: io.environment,
  });
  io.stderr(
    `note: the record stands beside ${commit.slice(0, 12)} in refs/notes/ai-provenance. Publish it with \`git push origin refs/notes/ai-provenance\`.\n`,
  );
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
