import type { Mode, RuleResult } from "../decision.ts";
import type { WrittenPolicy } from "../written-policy.ts";

/** A case of the starter test before it is text. */
export interface StarterCase {
  /** The rule, or the key of `provenance`, that it is there for: without that it is left out. */
  about: string;
  /** A sentence. */
  name: string;
  /** What the case is made of, as keys of a case with their YAML. */
  given: Readonly<Record<string, string>>;
  /** What becomes of rules, by their ids; of those that the policy has. */
  rules: Readonly<Record<string, ExpectedState>>;
  /** What else is expected of rules, as YAML: `enforced: warn`. */
  also?: Readonly<Record<string, string>>;
}

/** `unmet` is what the rule's mode makes of it. */
export type ExpectedState = RuleResult["state"] | "unmet";

/** The cases of what a policy has, as items of `cases`. */
export function casesText(cases: readonly StarterCase[], policy: WrittenPolicy): string {
  return cases
    .filter(({ about }) => modeOf(about, policy) !== null)
    .map((one) => caseText(one, policy))
    .join("\n\n");
}

/** The mode of a rule or of a key of `provenance`; null where the policy has none of that name. */
function modeOf(id: string, { mode = "enforce", rules = [], provenance = {} }: WrittenPolicy): Mode | null {
  if (Object.keys(provenance).some((key) => id === `provenance.${key}`)) return mode;
  const rule = rules.find((one) => one.id === id);
  return rule === undefined ? null : (rule.mode ?? mode);
}

function caseText(one: StarterCase, policy: WrittenPolicy): string {
  const expected = Object.entries(one.rules).flatMap(([id, state]) => {
    const mode = modeOf(id, policy);
    if (mode === null) return [];
    const parts = [stateText(state, mode, id === one.about), one.also?.[id] ?? []].flat();
    return [`${id}: { ${parts.join(", ")} }`];
  });
  const keys = Object.entries(one.given).map(([key, value]) => `${key}:${value.startsWith("\n") ? "" : " "}${value}`);
  const expect =
    expected.length > 1
      ? ["expect:", "  rules:", ...expected.map((line) => `    ${line}`)]
      : [`expect: { rules: { ${expected.join("")} } }`];
  const [first = "", ...rest] = [`name: ${one.name}`, ...keys, ...expect].join("\n").split("\n");
  return [`  - ${first}`, ...rest.map((line) => `    ${line}`)].join("\n");
}

/** What waiting comes to is told of the rule that the case is about: the state alone would be the same in every mode. */
function stateText(state: ExpectedState, mode: Mode, isSubject: boolean): string[] {
  const isEnforced = mode === "enforce";
  if (state === "unmet") return [`state: ${isEnforced ? "unsatisfied" : "warned"}`];
  if (state !== "waiting" || !isSubject) return [`state: ${state}`];
  return [`state: ${state}`, `decision: ${isEnforced ? "needs-approval" : "warn"}`];
}
