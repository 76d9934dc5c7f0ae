import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { askGit } from "./git.ts";

/** How prompts are kept in a working tree, as its settings and the environment say. */
export interface PromptSettings {
  /** Null where prompts are hashed without a key. */
  key: { id: string; secret: string | Uint8Array } | null;
  /** Whether the first words are kept too. */
  summaries: boolean;
}

/**
 * The key in `COUNTERSIGN_PROMPT_KEY`, else in the file that `countersign.promptKeyFile` names, with its name in
 * `COUNTERSIGN_PROMPT_KEY_ID` or `countersign.promptKeyId`; and `countersign.promptSummary`. Null where a key is meant
 * that cannot be read or has no name: then no prompt may be hashed, because a plain hash could be guessed.
 */
export function readPromptSettings(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): PromptSettings | null {
  const config = (...args: string[]): string | null => askGit(folder, ["config", ...args]);
  const summaries = config("--type=bool", "--get", "countersign.promptSummary") === "true";
  const file = config("--type=path", "--get", "countersign.promptKeyFile");
  const given = environment.COUNTERSIGN_PROMPT_KEY || null;
  const id = environment.COUNTERSIGN_PROMPT_KEY_ID || config("--get", "countersign.promptKeyId");
  if (given === null && file === null && id === null) return { key: null, summaries };
  const secret = given ?? (file === null ? null : readKeyFile(resolve(folder, file)));
  return secret === null || id === null ? null : { key: { id, secret }, summaries };
}

/** Line breaks at the end are no part of the key, as for `countersign fingerprint`. */
function readKeyFile(file: string): Uint8Array | null {
  try {
    const bytes = readFileSync(file);
    let end = bytes.length;
    while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end -= 1;
    return bytes.subarray(0, end);
  } catch {
    return null;
  }
}
