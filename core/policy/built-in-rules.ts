import { resolveRequire, resolveWhen, type Policy, type PolicyRule } from "./policy.ts";

/**
 * Rules that come with keys outside `rules`. Their ids are those keys: a written id has neither dot nor underscore, so
 * the two never meet.
 */
export function builtInRules(policy: Policy): PolicyRule[] {
  const { detectedWithoutTrailer } = policy.provenance;
  if (detectedWithoutTrailer === "allow") return [];
  return [
    {
      id: "provenance.detected_without_trailer",
      title: "A commit with marks of AI says so in its trailers",
      when: resolveWhen({ ai: true }),
      require: resolveRequire({ disclosure: "not-only-detected" }),
      mode: policy.mode,
      enforceAfter: null,
      unmet: detectedWithoutTrailer,
    },
  ];
}
