import { conditions } from "./conditions/index.ts";
import type { Reason } from "./decision.ts";
import type { Answer, JudgedChange, JudgedFile } from "./judged.ts";
import type { ConditionKey, When } from "./policy.ts";
import { few } from "./reasons.ts";
import { spend } from "./work.ts";

/** Where a rule's conditions hold. */
export interface Match {
  /** `unknown`: for no file all conditions hold for sure, for some they may. */
  state: Answer["state"];
  /** Whether for some file it is open only because an expression failed, so that nothing may pass by it. */
  failed: boolean;
  /** The files for which they hold or may hold. */
  files: readonly JudgedFile[];
  /** False when the rule asks about every file of the change. */
  narrowed: boolean;
  reasons: Reason[];
}

/** The files for which all conditions hold. A rule without conditions holds for the whole change, even an empty one. */
export function matchFiles(when: When | null, change: JudgedChange): Match {
  if (when === null) return { state: "yes", failed: false, files: change.files, narrowed: false, reasons: [] };
  const asked = conditionKeys.filter((key) => when[key] !== null);
  const columns = asked.map((key) => answersTo(key, when[key], change));
  const rows = filesOf(change).map((_file, index) => columns.map((answers) => answers[index]!));
  const states = rows.map(combine);
  const state = states.includes("yes") ? "yes" : states.includes("unknown") ? "unknown" : "no";
  // Where it applies to some file, only an expression that fails for another leaves something open.
  const isOpen = (answer: Answer, row: number) =>
    states[row] === "unknown" && answer.state === "unknown" && (state === "unknown" || answer.failed === true);
  return {
    state,
    failed: rows.some((answers, index) => states[index] === "unknown" && answers.some(({ failed }) => failed === true)),
    files: change.files.filter((_file, index) => states[index] !== "no"),
    narrowed: asked.some((key) => scopeOf(key, when[key]) === "file"),
    reasons: asked.map((key, index) => {
      const answers = columns[index]!;
      const reason = explain(key, when[key], answers);
      return answers.some(isOpen) ? { ...reason, state: "unknown", fix: howToTell(key, answers) } : reason;
    }),
  };
}

/** An empty change is asked about once, without a file. */
function filesOf(change: JudgedChange): readonly (JudgedFile | null)[] {
  return change.files.length === 0 ? [null] : change.files;
}

const conditionKeys = Object.keys(conditions).filter(isConditionKey);

function isConditionKey(key: string): key is ConditionKey {
  return Object.hasOwn(conditions, key);
}

type Asked<K extends ConditionKey> = NonNullable<When[K]>;

/** The same table, typed so that a key's condition and its question go together. */
const table: {
  [K in ConditionKey]: {
    holds: (asked: Asked<K>, change: JudgedChange, file: JudgedFile | null) => Answer;
    says: (asked: Asked<K>) => string;
    scope: "file" | "change";
    scopeOf?: (asked: Asked<K>) => "file" | "change";
  };
} = conditions;

function scopeOf<K extends ConditionKey>(key: K, asked: When[K]): "file" | "change" {
  const { scope, scopeOf: ofQuestion } = table[key];
  return asked === null || ofQuestion === undefined ? scope : ofQuestion(asked);
}

/** Making, combining and telling one: as long as comparing so many characters. */
const stepsOfAnswer = 80;

/** One answer for each file; a condition on the whole change is asked once. */
function answersTo<K extends ConditionKey>(key: K, asked: When[K], change: JudgedChange): Answer[] {
  const files = filesOf(change);
  const answer = (file: JudgedFile | null): Answer =>
    asked === null ? { state: "yes", says: "nothing is asked" } : table[key].holds(asked, change, file);
  // Answers are made and told one by one.
  spend(change.work, stepsOfAnswer * files.length);
  if (scopeOf(key, asked) === "file") return files.map(answer);
  return new Array<Answer>(files.length).fill(answer(null));
}

function combine(answers: readonly Answer[]): Answer["state"] {
  if (answers.some(({ state }) => state === "no")) return "no";
  return answers.some(({ state }) => state === "unknown") ? "unknown" : "yes";
}

/** What to do about a condition that leaves open whether its rule applies. */
function howToTell(key: string, answers: readonly Answer[]): string {
  const open = answers.filter(({ state }) => state === "unknown");
  const failed = open.find((answer) => answer.failed === true);
  if (failed !== undefined) {
    return `Mend \`when.${key}\` of this rule, which cannot be worked out here: ask first whether it can be, as in \`n > 0 && 100 / n > 5\`.`;
  }
  return `Let the gate read what \`when.${key}\` of this rule asks about: ${open[0]?.says ?? "it is not known"}.`;
}

function explain<K extends ConditionKey>(key: K, asked: When[K], answers: readonly Answer[]): Reason {
  const question = asked === null ? "" : table[key].says(asked);
  const held = answers.filter(({ state }) => state === "yes");
  const open = answers.filter(({ state }) => state === "unknown");
  const state = held.length > 0 ? "yes" : open.length > 0 ? "unknown" : "no";
  if (scopeOf(key, asked) === "change") {
    return { says: `${answers[0]?.says ?? "the change is empty"} (asked: ${question})`, state, fix: null, reasons: [] };
  }
  const reasons = [...held, ...open].map(({ says, state: each }): Reason => ({
    says,
    state: each,
    fix: null,
    reasons: [],
  }));
  return { says: `${held.length} of ${answers.length} files: ${question}`, state, fix: null, reasons: few(reasons) };
}
