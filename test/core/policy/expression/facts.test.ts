import { describe, expect, test } from "vitest";
import { factsInOrder, type Fact } from "../../../../core/policy/answer-events.ts";
import {
  compileExpression,
  environmentOf,
  evaluateExpression,
  factsOfExpression,
  factsOfExpressions,
  fileFields,
  variables,
  type Compiled,
  type Field,
  type Type,
} from "../../../../core/policy/expression/index.ts";
import { newWork } from "../../../../core/policy/work.ts";
import { buildPolicy } from "../../../subjects.ts";
import { judged, subjects } from "../part-cases.ts";
import { record } from "../recorded-reads.ts";

const policy = buildPolicy('areas: { auth: { paths: ["src/auth/**"], tier: 1 } }');

describe("an expression depends on what its fields read", () => {
  test.each<{ expression: string; is: Fact[] }>([
    { expression: "1 > 0", is: [] },
    { expression: "change.event == 'push'", is: ["change.event"] },
    { expression: "has(change.branch)", is: ["branch"] },
    { expression: "change.size.files > 1 || pull_request.fork", is: ["change", "pullRequest.fork"] },
    { expression: "coverage.project.delta.lines < 0.0", is: ["coverage"] },
    { expression: "change.files.exists(f, f.path == 'a')", is: ["files.file"] },
    { expression: "change.files.filter(f, f.ai).size() > 1", is: ["provenance", "files"] },
    { expression: "pull_request.labels.exists(branch, branch == 'x')", is: ["labels"] },
    { expression: "false && file.coverage.lines.ratio < 0.5", is: ["coverage", "files.file"] },
  ])("$expression", ({ expression, is }) => {
    expect(factsOfExpression(compiled(expression))).toEqual(is);
  });
});

describe("a field says what it reads, and nothing else", () => {
  test.each(fieldsIn("", variables))("$expression", ({ expression }) => {
    const question = compiled(expression);
    const reads = new Set(subjects.flatMap((subject) => readsOf(question, subject)));
    expect(factsInOrder(reads)).toEqual(factsOfExpression(question));
  });

  test("together they are what any expression can depend on", () => {
    const all = fieldsIn("", variables).flatMap(({ expression }) => factsOfExpression(compiled(expression)));
    expect(factsInOrder(all)).toEqual(factsOfExpressions);
  });
});

/** For every field an expression that looks whether it is there, which works it out: of each item, where a list holds it. */
function fieldsIn(before: string, fields: Readonly<Record<string, Field>>): { expression: string }[] {
  return Object.entries(fields).flatMap(([name, { type }]) => {
    const path = `${before}${name}`;
    const own = before === "" ? [] : [{ expression: `has(${path})` }];
    return [...own, ...inside(path, type)];
  });
}

function inside(path: string, type: Type): { expression: string }[] {
  if (type.is === "record") return fieldsIn(`${path}.`, type.fields);
  if (type.is !== "list" || type.of.is !== "record") return [];
  // An item that no list can hold keeps the loop going to its end.
  return fieldsIn("item.", type.of.fields).map(({ expression }) => ({
    expression: `${path}.exists(item, ${expression} && 1 < 0)`,
  }));
}

function compiled(expression: string): Compiled {
  const result = compileExpression(expression);
  if (!result.ok) throw new Error(`${expression}: ${result.problems[0]?.what ?? ""}`);
  return result.compiled;
}

function readsOf({ expression, types }: Compiled, subject: (typeof subjects)[number]): Fact[] {
  const change = judged(policy, subject);
  const recording = record(change);
  const environment = environmentOf(recording.change);
  for (const file of change.files) {
    const item = () => fileFields(recording.fileOf(file), recording.change);
    const get = (name: string) => (name === "file" ? item() : environment.get(name));
    evaluateExpression(expression, { get, work: newWork(), types });
  }
  return [...recording.reads];
}
