import { Command } from "commander";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { errorCode, Problem } from "../core/problem.ts";
import { promptFingerprint, type PromptKey } from "../core/provenance/index.ts";
import { inertText, showPath } from "../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";

interface FingerprintOptions {
  keyId?: string;
  keyFile?: string;
}

/** `countersign fingerprint`: the `AI-Prompt` trailer for a prompt on standard input, which is hashed and dropped. */
export function fingerprintCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("fingerprint")
    .description("print the AI-Prompt trailer for a prompt on standard input, which is not kept")
    .option("--key-id <id>", "the public name of the key (default: COUNTERSIGN_PROMPT_KEY_ID)")
    .option("--key-file <file>", "the secret to key the fingerprint with (default: COUNTERSIGN_PROMPT_KEY)")
    .addHelpText("after", examples)
    .action(async (options: FingerprintOptions) => {
      const key = await readKey(options, io);
      const text = new TextDecoder().decode(await io.readStdin());
      if (text.trim() === "")
        throw new Problem("Standard input holds no prompt.", "Give one: `countersign fingerprint < prompt.txt`.");
      io.stdout(`AI-Prompt: ${promptFingerprint(text, key ?? undefined)}\n`);
      if (key === null) io.stderr(warning);
      finish(exitCodes.pass);
    });
}

const warning =
  "note: without a key, anybody can check a guess at the prompt against this fingerprint, and short prompts are guessed easily. Give a key with --key-file and --key-id.\n";

const examples = `
Examples
  countersign fingerprint < prompt.txt
  countersign fingerprint --key-id team-2026 --key-file prompt.key < prompt.txt`;

async function readKey({ keyId, keyFile }: FingerprintOptions, io: Io): Promise<PromptKey | null> {
  const id = keyId ?? (io.environment.COUNTERSIGN_PROMPT_KEY_ID || undefined);
  const secret =
    keyFile === undefined ? io.environment.COUNTERSIGN_PROMPT_KEY || undefined : await readSecret(keyFile, io);
  if (id === undefined && secret === undefined) return null;
  if (id !== undefined && secret !== undefined) return { id, secret };
  throw new Problem(
    id === undefined
      ? "The prompt key has no id."
      : `There is no prompt key for the id ${inertText(id, { maxGraphemes: 60 })}.`,
    "Give both: `--key-id` and `--key-file`, or COUNTERSIGN_PROMPT_KEY_ID and COUNTERSIGN_PROMPT_KEY.",
  );
}

/** The line break that an editor leaves at the end of a file is no part of a secret. */
async function readSecret(name: string, io: Io): Promise<Uint8Array> {
  const bytes = await readFile(resolve(io.cwd, name)).catch((cause: unknown) => {
    throw new Problem(
      `${showPath(name)} could not be read (${errorCode(cause)}).`,
      "Name the file that holds the key.",
      {
        cause,
      },
    );
  });
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 10 || bytes[end - 1] === 13)) end--;
  return bytes.subarray(0, end);
}
