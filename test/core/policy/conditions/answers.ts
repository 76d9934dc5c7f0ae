import { conditions } from "../../../../core/policy/conditions/index.ts";
import type { Answer, JudgedChange, JudgedFile } from "../../../../core/policy/judged.ts";
import { judgeChange } from "../../../../core/policy/judge.ts";
import type { ConditionKey, Policy, When } from "../../../../core/policy/policy.ts";
import { buildPolicy, buildSubject, sampleVocabulary, type SubjectSketch } from "../../../subjects.ts";

/** What a condition says of each file of a change, also of those for which it does not hold; once, of a change without any. */
export function answersTo(key: ConditionKey, written: string, sketch: SubjectSketch, areas: string): string[] {
  const policy = policyThatAsks(key, written, areas);
  const change = judgeChange(policy, buildSubject(sketch), sampleVocabulary);
  return answers(key, policy.rules[0]?.when?.[key] ?? null, change).map(said);
}

/** What a condition asks, as the end of a sentence. */
export function questionOf(key: ConditionKey, written: string, areas: string): string {
  return question(key, policyThatAsks(key, written, areas).rules[0]?.when?.[key] ?? null);
}

function policyThatAsks(key: ConditionKey, written: string, areas: string): Policy {
  return buildPolicy(`${areas}\nrules: [{ id: r, when: { ${key}: ${written} }, require: { labels: [reviewed] } }]`);
}

type Asked<K extends ConditionKey> = NonNullable<When[K]>;

const table: {
  [K in ConditionKey]: {
    scope: "file" | "change";
    scopeOf?: (asked: Asked<K>) => "file" | "change";
    says: (asked: Asked<K>) => string;
    holds: (asked: Asked<K>, change: JudgedChange, file: JudgedFile | null) => Answer;
  };
} = conditions;

function answers<K extends ConditionKey>(key: K, asked: When[K], change: JudgedChange): Answer[] {
  if (asked === null) throw new Error(`nothing is asked by ${key}`);
  const { scope, scopeOf, holds } = table[key];
  const none = (scopeOf?.(asked) ?? scope) === "change" || change.files.length === 0;
  return (none ? [null] : change.files).map((file) => holds(asked, change, file));
}

function question<K extends ConditionKey>(key: K, asked: When[K]): string {
  if (asked === null) throw new Error(`nothing is asked by ${key}`);
  return table[key].says(asked);
}

function said({ state, says, failed }: Answer): string {
  return `${state}: ${says}${failed === true ? " (it failed)" : ""}`;
}
