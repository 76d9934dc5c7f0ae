import { describe, expect, test } from "vitest";
import { checkExpression } from "../../../../core/policy/expression/check.ts";
import { parseExpression } from "../../../../core/policy/expression/cel.ts";

const question = "Write a question such as `change.size.files > 3`.";

/** `place fix` of everything that is wrong. */
function fixes(source: string): string[] {
  const parsed = parseExpression(source);
  const problems = parsed.ok ? checkExpression(parsed.expression).problems : [parsed.problem];
  return problems.map(({ at, fix }) => `${at} ${fix}`);
}

describe("the sign is named that stands for a word, or for a sign of another language", () => {
  test.each([
    { source: "not (true)", is: "0 Write `!` for not." },
    { source: "not(true)", is: "0 Write `!` for not." },
    { source: "not true", is: "0 Write `!` for not." },
    { source: "NOT true", is: "0 Write `!` for not." },
    { source: "true && not false", is: "8 Write `!` for not." },
    { source: "true && not (false)", is: "8 Write `!` for not." },
    { source: "knot b", is: `5 ${question}` },
    { source: 'not"a"', is: "3 Close the quote" },
    { source: "file.not b", is: `9 ${question}` },
    { source: "true and false", is: "5 Write `&&` for and." },
    { source: "true AND false", is: "5 Write `&&` for and." },
    { source: "true and", is: "5 Write `&&` for and." },
    { source: "true and not (false)", is: "5 Write `&&` for and." },
    { source: "true or false", is: "5 Write `||` for or." },
    { source: "true Or(false)", is: "5 Write `||` for or." },
    { source: "true order false", is: `5 ${question}` },
    { source: "change.size.files is 3", is: "18 Write `==` to compare." },
    { source: "change.size.files equals 3", is: "18 Write `==` to compare." },
    { source: "change.size.files is not 3", is: "18 Write `!=` for is not." },
    { source: "change.size.files is  not 3", is: "18 Write `!=` for is not." },
    { source: "change.size.files is nothing", is: "18 Write `==` to compare." },
    { source: "'a' not in ['a']", is: "4 Write `!(… in …)` for not in." },
    { source: "change.size.files = 3", is: "18 Write `==` to compare." },
    { source: "change.size.files === 3", is: "18 Write `==` to compare." },
    { source: "change.size.files !== 3", is: "18 Write `!=` to compare." },
    { source: "change.size.files <> 3", is: "18 Write `!=` to compare." },
    { source: "change.size.files => 3", is: "18 Write `>=` to compare." },
    { source: "change.size.files =< 3", is: "18 Write `<=` to compare." },
    { source: "change.size.files gt 3", is: "18 Write `>` to compare." },
    { source: "file.path matches 'x'", is: '10 Use `glob(text, "pattern")`, `startsWith`, `endsWith` or `contains`.' },
    { source: "file.path like 'x'", is: '10 Use `glob(text, "pattern")`, `startsWith`, `endsWith` or `contains`.' },
    { source: "if true then false", is: "0 Write the question alone, without `if` and `then`." },
    { source: "${{ true }}", is: "0 Write names alone, without `$` and without braces around." },
    { source: "$change.size.files > 3", is: "0 Write names alone, without `$` and without braces around." },
    { source: "true;", is: "4 Write one question, without `;`." },
    { source: "change.size.files >= 80%", is: "23 Something is missing after this sign." },
    { source: "True", is: "0 Write `true`." },
    { source: "pull_request.fork == FALSE", is: "21 Write `false`." },
    { source: "change.files.any(f, f.ai)", is: "12 Did you mean `exists`?" },
    { source: "change.files.every(f, f.ai)", is: "12 Did you mean `all`?" },
    { source: "len(change.files) > 2", is: "0 Did you mean `size`?" },
    { source: "count(change.files) > 2", is: "0 Did you mean `size`?" },
    { source: "change.files.length > 2", is: "12 Write `.size()` for how many there are." },
    { source: "file.path.length > 2", is: "9 Write `.size()` for how long it is." },
    { source: "file.path.includes('a')", is: "9 Did you mean `contains`?" },
  ])("$source", ({ source, is }) => {
    const [first = ""] = fixes(source);
    expect(first.startsWith(is) ? is : first).toBe(is);
  });

  test("a question about items that is called by another word is told once", () =>
    expect(fixes("change.files.any(f, f.ai)")).toHaveLength(1));
});
