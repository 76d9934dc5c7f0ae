import * as core from "@actions/core";
import { inertMultiline, redact } from "../core/untrusted/index.ts";

/**
 * Writes lines to the job's log. The runner reads a line that begins with `::` as a command, so a file name with a line
 * break must never reach standard output by another way than this (threat: workflow-command injection).
 */
export function say(text: string): void {
  core.info(safe(text));
}

/** The same as a warning on the workflow run. It takes one of the ten that GitHub shows for a step. */
export function warn(text: string): void {
  core.warning(safe(text));
}

/** Marks the step as failed and says why. It takes one of the ten errors that GitHub shows for a step. */
export function fail(text: string): void {
  core.setFailed(safe(text));
}

/**
 * Redacted on both sides of the cleaning: dropping the invisible characters of a text can bring the parts of a secret
 * together.
 */
function safe(text: string): string {
  return redact(inertMultiline(redact(text), { maxGraphemes: 1_000_000 }));
}
