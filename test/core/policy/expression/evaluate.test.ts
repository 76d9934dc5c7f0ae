import { celEnv, isCelError, parse, plan } from "@bufbuild/cel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compileExpression,
  evaluateExpression,
  Fields,
  Unknown,
  type Value,
} from "../../../../core/policy/expression/index.ts";
import type { Expression } from "../../../../core/policy/expression/syntax.ts";
import { newWork } from "../../../../core/policy/work.ts";

const sizes = { files: 3, commits: 0, added_lines: 40, deleted_lines: 7 };
const paths = ["src/a.ts", "src/b/c.ts", "README.md"];

/** A small environment: three files, sizes, one ratio, and evidence that is absent. */
function file(path: string, index: number): Fields {
  return new Fields({
    path: () => path,
    added_lines: () => index * 10,
    sensitive: () => index === 1,
    acceptance: () => (index === 0 ? "as-is" : new Unknown(`no AI in ${path}`)),
    areas: () => (index === 0 ? ["auth", "web"] : []),
  });
}
const environment = new Fields({
  change: () =>
    new Fields({
      event: () => "push",
      author: () => new Unknown("no pull request"),
      uncommitted: () => false,
      size: () => new Fields(Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, () => size]))),
      files: () => paths.map(file),
    }),
  coverage: () => new Fields({ patch: () => new Unknown("no report"), unmeasured: () => 0 }),
});

function valueOf(source: string): Value {
  const result = compileExpression(source);
  if (!result.ok) throw new Error(result.problems.map(({ what }) => what).join("; "));
  const { expression, types } = result.compiled;
  return evaluateExpression(expression, { get: (name) => environment.get(name), work: newWork(), types });
}

const yes = [
  "change.size.files == 3 && change.size.files != 4",
  "change.size.files >= 3 && change.size.files <= 3 && change.size.files > 2.5 && change.size.files < 4",
  "7 / 2 == 3 && -7 / 2 == -3 && 7 % 2 == 1 && 7.0 / 2.0 == 3.5",
  "double(change.size.deleted_lines) / double(change.size.added_lines) < 0.2",
  'change.event in ["push", "local"] && !("auth" in ["a"])',
  "change.files.exists(f, f.sensitive) && !change.files.all(f, f.sensitive)",
  "change.files.exists_one(f, f.sensitive)",
  'change.files.filter(f, f.added_lines > 5).size() == 2 && change.files.map(f, f.path)[0] == "src/a.ts"',
  'change.files.map(f, f.added_lines > 5, f.path)[0] == "src/b/c.ts"',
  'change.files.exists(f, "auth" in f.areas) && change.files.exists(f, glob(f.path, "src/**/*.ts"))',
  'change.files.exists(f, f.path.endsWith(".md") && f.path.startsWith("READ") && f.path.contains("ME"))',
  'change.uncommitted ? false : change.event + "!" == "push!"',
  'size("a\u{1f600}") == 2 && size(change.files) == 3',
  "!has(coverage.patch) && !has(coverage.patch.lines) && has(change.event)",
];
test.each(yes)("%s", (source) => expect(valueOf(source)).toBe(true));

describe("what cannot be known", () => {
  test.each([
    { source: 'change.author == "ann"', reason: "no pull request" },
    { source: "!(coverage.patch.lines.ratio < 0.8)", reason: "no report" },
    {
      source: "change.size.files / change.size.commits == 1",
      reason: "`change.size.files / change.size.commits` divides by zero",
      failed: true,
    },
    {
      source: "change.size.files % change.size.commits == 1",
      reason: "`change.size.files % change.size.commits` divides by zero",
      failed: true,
    },
    {
      source: "double(1) / double(change.size.commits) > 1.0",
      reason: "`double(1) / double(change.size.commits)` is no number that can be told",
      failed: true,
    },
    {
      source: "9007199254740991 + change.size.files > 0",
      reason: "`9007199254740991 + change.size.files` is no number that can be told",
      failed: true,
    },
    { source: "change.files[3].sensitive", reason: "the list has no position 3", failed: true },
    { source: "change.files.all(f, f.acceptance == 'as-is')", reason: "no AI in src/b/c.ts" },
    { source: "change.files.filter(f, f.acceptance == 'edited').size() == 0", reason: "no AI in src/b/c.ts" },
    { source: "change.author == 'ann' ? true : true", reason: "no pull request" },
    { source: "change.author in ['ann']", reason: "no pull request" },
    { source: "change.event in ['push', 'local'] && change.author == 'ann'", reason: "no pull request" },
  ])("$source", ({ source, reason, failed = false }) =>
    expect(valueOf(source)).toEqual(new Unknown(reason, { failed })),
  );
});

describe("what is known settles what it can", () => {
  test.each([
    { source: "change.author == 'ann' || change.size.files == 3", is: true },
    { source: "change.size.files == 3 || change.author == 'ann'", is: true },
    { source: "change.author == 'ann' && change.size.files == 4", is: false },
    { source: "change.files.exists(f, f.acceptance == 'as-is')", is: true },
    { source: "change.files.all(f, f.acceptance == 'edited')", is: false },
  ])("$source: $is", ({ source, is }) => expect(valueOf(source)).toBe(is));
});

/** The same values for the library's own evaluator: whole numbers are its 64-bit ones, what is absent is left out. */
const plain = {
  change: {
    event: "push",
    uncommitted: false,
    size: Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, BigInt(size)])),
    files: paths.map((path, index) => ({
      path,
      added_lines: BigInt(index * 10),
      sensitive: index === 1,
      ...(index === 0 ? { acceptance: "as-is" } : {}),
      areas: index === 0 ? ["auth", "web"] : [],
    })),
  },
  coverage: { unmeasured: 0n },
};

/** Expressions of the right types, so that the checker lets them through. */
const { question } = fc.letrec<{ question: string; number: string; ofFile: string }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(
      "0",
      "1",
      "3",
      "change.size.files",
      "change.size.commits",
      "change.files.size()",
      "change.files[1].added_lines",
    ),
    fc
      .tuple(tie("number"), fc.constantFrom("+", "-", "*", "/", "%"), tie("number"))
      .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
  ),
  ofFile: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(
      "f.sensitive",
      "f.acceptance == 'as-is'",
      "has(f.acceptance)",
      "'auth' in f.areas",
      "f.path.endsWith('.ts')",
    ),
    fc
      .tuple(fc.constant("f.added_lines"), fc.constantFrom("<", ">=", "=="), tie("number"))
      .map((parts) => parts.join(" ")),
    fc.tuple(tie("ofFile"), fc.constantFrom("&&", "||"), tie("ofFile")).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
  ),
  question: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      "true",
      "false",
      "change.uncommitted",
      "change.author == 'ann'",
      "has(change.author)",
      "has(coverage.patch)",
    ),
    fc
      .tuple(tie("number"), fc.constantFrom("<", "<=", ">", ">=", "==", "!="), tie("number"))
      .map((parts) => parts.join(" ")),
    fc
      .tuple(tie("question"), fc.constantFrom("&&", "||"), tie("question"))
      .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    tie("question").map((inner) => `!(${inner})`),
    fc.tuple(tie("question"), tie("question"), tie("question")).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
    fc
      .tuple(fc.constantFrom("all", "exists", "exists_one"), tie("ofFile"))
      .map(([name, body]) => `change.files.${name}(f, ${body})`),
    tie("ofFile").map((body) => `change.files.filter(f, ${body}).size() > 1`),
  ),
}));

test("on any expression the answer is that of the library's evaluator, and its errors are what cannot be known", () => {
  const engine = celEnv({});
  fc.assert(
    fc.property(question, (source) => {
      fc.pre(compileExpression(source).ok);
      const theirs = plan(engine, parse(source))(plain);
      const ours = valueOf(source);
      expect(ours instanceof Unknown ? "unknown" : ours).toBe(isCelError(theirs) ? "unknown" : theirs);
    }),
    { numRuns: 300 },
  );
});

describe("what the checker would have refused throws, whatever is asked", () => {
  const at = 0;
  const one: Expression = { kind: "literal", at, type: "int", value: 1 };
  const word: Expression = { kind: "literal", at, type: "text", value: "a" };
  const truth: Expression = { kind: "literal", at, type: "bool", value: true };
  const sign = (name: string, ...args: Expression[]): Expression => ({
    kind: "call",
    style: "operator",
    at,
    name,
    args,
  });
  const call = (name: string, ...args: Expression[]): Expression => ({
    kind: "call",
    style: "function",
    at,
    name,
    args,
  });
  test.each<{ expression: Expression; is: string }>([
    { expression: { kind: "field", at, of: one, field: "a" }, is: "a part of something through that has no parts" },
    {
      expression: { kind: "macro", at, name: "all", range: word, variable: "x", condition: null, body: truth },
      is: "a part of something through that has no parts",
    },
    { expression: sign("-"), is: "- through without arguments" },
    { expression: sign("?:", truth), is: "`?:` through without both its sides" },
    { expression: sign("in", one, one), is: "`in` through without a list" },
    { expression: sign("[]", word, one), is: "`[]` through without a list" },
    { expression: sign("[]", { kind: "list", at, items: [one] }, word), is: "`[]` through without a list" },
    { expression: sign("+", truth, one), is: "+ through without numbers" },
    { expression: call("startsWith", one, word), is: "startsWith through with something that is no text" },
  ])("$is", ({ expression, is }) => {
    const ask = () => evaluateExpression(expression, { get: () => true, work: newWork(), types: new Map() });
    expect(ask).toThrow(`the checker let ${is}`);
  });
});

describe("signs and functions, each way", () => {
  test.each([
    { source: "'a' < 'b'", is: true },
    { source: "'b' < 'a'", is: false },
    { source: "'a' < 'a'", is: false },
    { source: "'a' <= 'a'", is: true },
    { source: "'b' <= 'a'", is: false },
    { source: "'a' > 'a'", is: false },
    { source: "'b' > 'a'", is: true },
    { source: "'a' >= 'a'", is: true },
    { source: "'a' >= 'b'", is: false },
    { source: "'a' + 'b' == 'ab'", is: true },
    { source: "'a' != 'a'", is: false },
    { source: "'a' == 'b'", is: false },
    { source: "1 != 1", is: false },
    { source: "3 * 2 - 1 == 5", is: true },
    { source: "-3 % 2 == -1", is: true },
    { source: "-(1 - 3) == 2", is: true },
    { source: "'abc'.startsWith('b')", is: false },
    { source: "'abc'.endsWith('b')", is: false },
    { source: "'abc'.contains('b')", is: true },
    { source: "'abc'.contains('d')", is: false },
    { source: "glob('a/b', 'a/*')", is: true },
    { source: "glob('a/b/c', 'a/*')", is: false },
    { source: "[1, 2, 3][2] == 3", is: true },
    { source: "3 in [1, 2]", is: false },
    { source: "change.files.exists_one(f, f.added_lines > 5)", is: false },
    { source: "change.files.exists_one(f, f.added_lines > 50)", is: false },
    { source: "change.files.map(f, f.added_lines)[2] == 20", is: true },
    { source: "has(change.author) || has(change.size)", is: true },
  ])("$source: $is", ({ source, is }) => expect(valueOf(source)).toBe(is));
});

describe("what is worked at is counted", () => {
  const stepsOf = (source: string): number => {
    const result = compileExpression(source);
    if (!result.ok) throw new Error(result.problems[0]?.what);
    const work = newWork();
    evaluateExpression(result.compiled.expression, {
      get: (name) => environment.get(name),
      work,
      types: result.compiled.types,
    });
    return work.spent;
  };
  test.each([
    { says: "each part that is asked for", source: "true || false", parts: 2, is: 0 },
    { says: "a text and another", source: "'abc'.contains('b')", parts: 3, is: 5 },
    { says: "the length of a text", source: "'abc'.size() == 3", parts: 4, is: 4 },
    { says: "two texts that are compared", source: "'abc' < 'de'", parts: 3, is: 5 },
    { says: "the items of a list", source: "1 in [1, 2, 3]", parts: 6, is: 3 },
  ])("$says", ({ source, parts, is }) => expect(stepsOf(source)).toBe(parts * stepsOf("true") + is));
});
