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
  /** sha256 of the resolved policy, as in every decision by it. */
  digest: string;
  /** The file over its presets. */
  written: WrittenPolicy;
  origins: Origins;
  resolved: Policy;
}

/** What a policy comes to, or what is wrong with it. */
export function printablePolicy(
  text: string,
  options: LoadOptions & { lintRules: readonly LintRule[] },
): { ok: true; printed: PrintedPolicy } | { ok: false; problems: PolicyProblem[] } {
  const loaded = loadPolicy(text, options);
  if (!loaded.ok) return loaded;
  const { extends: extended = [], ...own } = readPolicy(text, options).written();
  const others = extended.filter(({ preset }) => preset === undefined);
  const written = others.length === 0 ? own : { ...own, extends: others };
  return {
    ok: true,
    printed: { digest: digestOf(loaded.policy), written, origins: originsOf(text), resolved: loaded.policy },
  };
}
