import type { Evidence } from "../evidence.ts";
import type { People } from "../ownership/index.ts";
import { inertText, showPath } from "../untrusted/index.ts";
import type { KeyPath } from "./problem.ts";

/** What is only seen beside the repository, by its code: `policy check` warns of it, and no decision depends on it. */
export const repositoryCodes = {
  CS201: "an area that matches no file of the repository",
  CS202: "paths of a rule, a boundary, a waiver or `provenance.exclude` that match no file of the repository",
  CS203: "an area whose approval fewer than two people could give",
  CS204: "a policy of another repository without the digest of its text",
  CS205: "a line of CODEOWNERS that GitHub skips, or reads otherwise than was meant",
} as const;
/** A code of what only the repository can tell. */
export type RepositoryCode = keyof typeof repositoryCodes;

/** What is known of the repository around the policy. */
export interface RepositoryView {
  /** Its files; null where there is no repository. */
  paths: readonly string[] | null;
  /** Absent where there is none, or GitHub would not load it. */
  codeowners: Evidence<{ path: string; text: string }>;
  people: Evidence<People>;
  /** Whose team a name without a slash means; null where that is not known. */
  organisation: string | null;
  /** `sha256:…` of the texts of other repositories' policies that are at hand, by `floorKey`. */
  digests: ReadonlyMap<string, string>;
}

/** What names one text of another repository. */
export function floorKey({ repo, path, ref }: { repo: string; path: string; ref: string }): string {
  return `${repo} ${path} ${ref}`;
}

/** A warning before its key is looked for in the file. */
export interface FoundWarning {
  code: RepositoryCode;
  path: KeyPath;
  what: string;
  fix: string;
}

/** A name or path of the repository as a word of a sentence. */
export function shown(name: string): string {
  return inertText(showPath(name), { maxGraphemes: 120 });
}
