import { compileGlob, globMatches } from "./glob.ts";
import { globIsWithin } from "./pattern-within.ts";
import type { Work } from "./work.ts";

/**
 * Whether a model's name is one that a policy means; `*` is any part of it. Spellings differ in capitals, and in what
 * stands between words: `Claude Opus 4.6` is `claude-opus-4.6`.
 */
export function isModelNamed(pattern: string, name: string): boolean {
  return globMatches(compileGlob(plain(pattern)), plain(name));
}

/** Whether every model that a pattern means is certainly meant by another. */
export function isModelWithin(pattern: string, other: string, work?: Work): boolean {
  return globIsWithin(plain(pattern), plain(other), work);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-").replaceAll("_", "-").replaceAll("/", ":");
}
