import * as z from "zod";
import type { Condition } from "../condition.ts";
import { stepOfOther } from "../direction.ts";
import {
  compileExpression,
  environmentOf,
  evaluateExpression,
  expressionLimits,
  factsOfExpression,
  factsOfExpressions,
  fileFields,
  Unknown,
  type Compiled,
  type Value,
} from "../expression/index.ts";
import type { Answer, JudgedChange, JudgedFile } from "../judged.ts";
import { offsetInScalar } from "../read-yaml.ts";
import { worded } from "../wording.ts";

const wording = {
  says: "A question in the Common Expression Language about `change`, `coverage`, `findings`, `pull_request` and `file`; see docs/expressions.md. One that mentions `file` is asked for each file.",
  expects: `an expression of at most ${expressionLimits.length} characters`,
  example: 'change.provenance.acceptance in ["as-is", "unstated"] && coverage.patch.branches.total > 0',
};

/** One that is too long is told by its own check, which says what to do about it. */
const schema = worded(z.string().min(1), wording, { maxLength: expressionLimits.length });

/** An expression as it is written, and whether it asks about each file. */
export interface AskedExpression {
  source: string;
  mentionsFile: boolean;
}

/** Whether an expression holds. Where evidence is absent that it needs, that is unknown, never true or false. */
const condition: Condition<string, AskedExpression> = {
  schema,
  scope: "file",
  scopeOf: ({ mentionsFile }) => (mentionsFile ? "file" : "change"),
  facts: factsOfExpressions,
  factsOf: (asked) => factsOfExpression(compiledOnce(asked)),
  resolve: (source) => ({ source, mentionsFile: compiledOf(source).mentionsFile }),
  compare: (before, after) => stepOfOther(before.source, after.source),
  canFail: true,
  problems: (at) => {
    const result = compileExpression(schema.parse(at.value));
    if (result.ok) return [];
    return result.problems.map(({ at: index, what, fix }) => {
      return { offset: offsetInScalar(at, index), code: "CS050" as const, path: [], what, fix };
    });
  },
  says: ({ source }) => `meets \`${source}\``,
  holds: (asked, change, file) => {
    if (asked.mentionsFile && file === null) return { state: "no", says: "no file is changed" };
    return answerOf(asked.source, valueOf(asked, change, file), file?.shown ?? "the change");
  },
};

export { condition as if };

function valueOf(asked: AskedExpression, change: JudgedChange, file: JudgedFile | null): Value {
  const { expression, types } = compiledOnce(asked);
  const environment = environmentOf(change);
  const get = (name: string) => (name === "file" && file !== null ? fileFields(file, change) : environment.get(name));
  return evaluateExpression(expression, { get, work: change.work, types });
}

function answerOf(source: string, value: Value, who: string): Answer {
  if (value === true) return { state: "yes", says: `${who} meets \`${source}\`` };
  if (value === false) return { state: "no", says: `${who} does not meet \`${source}\`` };
  const why = value instanceof Unknown ? value.reason : "it is neither true nor false";
  const says = `\`${source}\` cannot be answered for ${who}: ${why}`;
  return value instanceof Unknown && !value.failed
    ? { state: "unknown", says }
    : { state: "unknown", says, failed: true };
}

const compiled = new WeakMap<AskedExpression, Compiled>();

function compiledOnce(asked: AskedExpression): Compiled {
  const known = compiled.get(asked);
  if (known !== undefined) return known;
  const fresh = compiledOf(asked.source);
  compiled.set(asked, fresh);
  return fresh;
}

/** The loader has refused every expression with a problem. */
function compiledOf(source: string): Compiled {
  const result = compileExpression(source);
  if (result.ok) return result.compiled;
  throw new Error(`an expression was not checked: ${result.problems[0]?.what ?? ""}`);
}
