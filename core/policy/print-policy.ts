import type { LintRule } from "../findings/finding.ts";
import { digestOf } from "./digest.ts";
import { loadPolicy, type LoadOptions } from "./load-policy.ts";
import { originsOf, type Origins } from "./origins.ts";
import type { Policy } from "./policy.ts";
import type { PolicyProblem } from "./problem.ts";
import { readPolicy } from "./read-policy.ts";
import type { WrittenPolicy } from "./written-policy.ts";

/** A policy made whole, as a file that says the same without its presets, and as what decides. */
export interface PrintedPolicy {
  /** sha256 of the resolved policy, as in every decision by it; null where a floor was not read. */
  digest: string | null;
  /** Why floors were not read, one each: with them it may ask for more. Inert. */
  unread: string[];
  /** The file over its presets. */
  written: WrittenPolicy;
  origins: Origins;
  /** Null where a floor was not read: nobody knows what decides. */
  resolved: Policy | null;
}

/**
 * What a policy comes to, or what is wrong with it. That a floor was not read is wrong with nothing that is written: the file
 * over its presets is told without it.
 */
export function printablePolicy(
  text: string,
  options: LoadOptions & { lintRules: readonly LintRule[] },
): { ok: true; printed: PrintedPolicy } | { ok: false; problems: PolicyProblem[] } {
  const loaded = loadPolicy(text, options);
  const unread = loaded.ok ? [] : loaded.problems.filter(({ code }) => code === "CS034").map(({ what }) => what);
  if (!loaded.ok && (unread.length === 0 || unread.length < loaded.problems.length)) return loaded;
  const { extends: extended = [], ...own } = readPolicy(text, options).written();
  const others = extended.filter(({ preset }) => preset === undefined);
  const written = others.length === 0 ? own : { ...own, extends: others };
  const resolved = loaded.ok ? loaded.policy : null;
  const digest = resolved === null ? null : digestOf(resolved);
  return { ok: true, printed: { digest, unread, written, origins: originsOf(text), resolved } };
}
