import { inertText } from "../untrusted/index.ts";
import { hasCome } from "./dates.ts";
import type { Decision, RuleResult } from "./decision.ts";
import { compileExpression, environmentOf, explainExpression, Fields, fileFields } from "./expression/index.ts";
import type { ExplainedPart } from "./expression/index.ts";
import { judgeChange } from "./judge.ts";
import type { JudgedChange, JudgedFile, Vocabulary } from "./judged.ts";
import type { Policy, PolicyRule } from "./policy.ts";
import type { Subject } from "./subject.ts";

/** What a rule came to, with what a reader asks next. All text is inert. */
export interface ExplainedRule extends RuleResult {
  /** The rule's `if`, and what its parts come to; null for a rule without one. */
  expression: ExplainedExpression | null;
  /** What a date does to the mode of the rule, as sentences; its reasons tell of waivers and break-glass. */
  dated: string[];
}

/** An `if` of a rule with what its parts came to. */
export interface ExplainedExpression {
  source: string;
  /** Once for the change, or for each of the first files when it asks about a file. */
  values: { file: string | null; parts: ExplainedPart[] }[];
}

/** How many files an expression is explained for; the rule's own come first. */
const explainedFiles = 3;

/**
 * Every rule of a decision with the values that its expression had and the dates that bear on it. Pure, and takes what
 * `decide` took, so that it tells of the same world.
 */
export function explainRules(
  decision: Decision,
  { policy, subject, vocabulary }: { policy: Policy; subject: Subject; vocabulary: Vocabulary },
): ExplainedRule[] {
  const changes = new Map<Policy, JudgedChange>();
  const judged = (asked: Policy): JudgedChange => {
    const known = changes.get(asked) ?? judgeChange(asked, subject, vocabulary);
    changes.set(asked, known);
    return known;
  };
  return decision.rules.map((result) => {
    const found = ruleOf(policy, result);
    if (found === null) return { ...result, expression: null, dated: [] };
    const expression = explained(found.rule, result, judged(found.policy));
    return { ...result, expression, dated: datedByMode(found.rule, result, subject.asOf) };
  });
}

/** The rule as the policy, or the floor that asks for it, has it; null for one that is built in. */
function ruleOf(policy: Policy, { id, floor }: RuleResult): { rule: PolicyRule; policy: Policy } | null {
  const policies =
    floor === null ? [policy] : policy.floors.filter(({ repo }) => repo === floor).map((each) => each.policy);
  for (const candidate of policies) {
    const rule = candidate.rules.find((written) => written.id === id);
    if (rule !== undefined) return { rule, policy: candidate };
  }
  return null;
}

function explained(rule: PolicyRule, result: RuleResult, change: JudgedChange): ExplainedExpression | null {
  const asked = rule.when?.if ?? null;
  if (asked === null) return null;
  const compiling = compileExpression(asked.source);
  const source = inertText(asked.source, { maxGraphemes: 1_000 });
  if (!compiling.ok) return { source, values: [] };
  const { compiled } = compiling;
  const environment = environmentOf(change);
  if (!compiled.mentionsFile)
    return { source, values: [{ file: null, parts: explainExpression(compiled, environment) }] };
  const values = filesToExplain(result, change).map((file) => ({
    file: file.shown,
    parts: explainExpression(compiled, withFile(environment, file, change)),
  }));
  return { source, values };
}

function filesToExplain({ files }: RuleResult, change: JudgedChange): JudgedFile[] {
  const named = new Set(files);
  const isNamed = (file: JudgedFile) => named.has(file.subject.file.path);
  return [...change.files.filter(isNamed), ...change.files.filter((file) => !isNamed(file))].slice(0, explainedFiles);
}

function withFile(environment: Fields, file: JudgedFile, change: JudgedChange): Fields {
  const makers = environment.names.map((name) => [name, () => environment.get(name)] as const);
  return new Fields({ ...Object.fromEntries(makers), file: () => fileFields(file, change) });
}

function datedByMode({ mode, enforceAfter }: PolicyRule, result: RuleResult, asOf: string): string[] {
  if (enforceAfter === null) return [];
  const day = asOf.slice(0, 10);
  if (hasCome(enforceAfter, asOf))
    return [`Enforced since ${enforceAfter}; it was read on ${day}, and its mode was \`${mode}\` before.`];
  const then =
    result.enforced === result.decision ? "the same would be decided" : `it would come to ${result.enforced}`;
  return [`Its mode is \`${mode}\` until ${enforceAfter}, and \`enforce\` from that day on: then ${then}.`];
}
