import { compileGlob, globMatches } from "./glob.ts";

/**
 * Whether a model's name is one that a policy means; `*` is any part of it. Spellings differ in capitals, and in what
 * stands between words: `Claude Opus 4.6` is `claude-opus-4.6`.
 */
export function isModelNamed(pattern: string, name: string): boolean {
  return globMatches(compileGlob(plain(pattern)), plain(name));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-").replaceAll("_", "-").replaceAll("/", ":");
}
