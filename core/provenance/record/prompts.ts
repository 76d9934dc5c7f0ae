import { isFingerprint } from "../trailers/grammars.ts";
import type { CommitProvenance } from "../provenance.ts";

/**
 * The prompts of a commit: well-formed fingerprints in its `AI-Prompt` trailers and in those of later commits that speak
 * for it, each once and without the template that may follow. What is a claim in prose is none.
 */
export function promptsOf({ trailers, remediations }: Pick<CommitProvenance, "trailers" | "remediations">): string[] {
  const all = [...trailers, ...remediations.flatMap((remediation) => remediation.trailers)];
  const values = all
    .filter(({ key }) => key.toLowerCase() === "ai-prompt")
    .map(({ value }) => value.trim())
    .filter(isFingerprint);
  return [...new Set(values.map((value) => value.split(" ")[0] ?? value))];
}
