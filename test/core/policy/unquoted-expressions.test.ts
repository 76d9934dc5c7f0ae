import { describe, expect, test } from "vitest";
import type { FoundProblem } from "../../../core/policy/problem.ts";
import { readYaml } from "../../../core/policy/read-yaml.ts";
import { withUnquotedExpressions } from "../../../core/policy/unquoted-expressions.ts";

/** What is left of the problems of a document, and what takes their place. */
function left(text: string, found: readonly FoundProblem[]): string[] {
  const { root } = readYaml(text);
  if (root === null) throw new Error("the text can be read");
  return withUnquotedExpressions(found, root).map(
    ({ offset, code, path, fix }) => `${offset} ${code} ${path.join(".")}: ${fix}`,
  );
}

const problem = (code: FoundProblem["code"], offset: number, ...path: (string | number)[]): FoundProblem => ({
  ...{ code, offset, path, what: "", fix: "" },
});

describe("an expression that YAML cut in two is told once", () => {
  const text = "rules:\n  - when: { ai: true, if: a.exists(c, c.b == 'x') }\n  - when: { ai: true }";
  const at = text.indexOf("a.exists");
  const quote = `${at} CS050 rules.0.when.if: Quote the expression: \`if: "…"\`.`;
  const when = ["rules", 0, "when"] as const;
  const kept = (each: FoundProblem) => `${each.offset} ${each.code} ${each.path.join(".")}: `;

  test.each([
    { says: "what is wrong with its first half", found: problem("CS050", at, ...when, "if") },
    { says: "what its second half was taken for", found: problem("CS010", at + 9, ...when, "c.b == 'x')") },
    { says: "and with a word at its end", found: problem("CS010", at + 9, ...when, "1 b") },
    { says: "and with one at its beginning", found: problem("CS010", at + 9, ...when, "b 1") },
    { says: "and with none", found: problem("CS010", at + 9, ...when, "1)") },
  ])("not $says", ({ found }) => expect(left(text, [found])).toEqual([quote]));

  test.each([
    { says: "another mistake of its first half", found: problem("CS012", at, ...when, "if") },
    { says: "a key that is a word", found: problem("CS010", at + 9, ...when, "ai_x-y") },
    { says: "a key before it", found: problem("CS010", at - 9, ...when, "c.b") },
    { says: "a key where it begins", found: problem("CS010", at, ...when, "c.b") },
    { says: "another mistake of a key", found: problem("CS011", at + 9, ...when, "c.b") },
    { says: "a key of another part", found: problem("CS010", at + 9, "rules", 0, "require", "c.b") },
    { says: "a key of another rule", found: problem("CS010", at + 90, "rules", 1, "when", "c.b") },
    { says: "an expression of another rule", found: problem("CS050", at + 90, "rules", 1, "when", "if") },
    { says: "what is wrong at the top", found: problem("CS011", 0) },
  ])("but $says", ({ found }) => expect(left(text, [found])).toEqual([kept(found), quote]));
});

describe("which expressions YAML cuts", () => {
  const told = (expression: string) => left(`rules:\n  - when: { if: ${expression} }`, []);
  const quoted = (mark: string) => [`23 CS050 rules.0.when.if: Quote the expression: \`if: ${mark}…${mark}\`.`];
  test.each([
    { expression: "a(b, c)", are: quoted('"') },
    { expression: 'a("b", c)', are: quoted("'") },
    { expression: "a(b, c('d'))", are: quoted('"') },
    { expression: "a(b)", are: [] },
    { expression: "a)", are: [] },
    { expression: '"a(b"', are: [] },
    { expression: "'a(b'", are: [] },
    { expression: "5", are: [] },
    { expression: "[a(b]", are: [] },
  ])("$expression", ({ expression, are }) => expect(told(expression)).toEqual(are));

  test("none where there are no rules", () => {
    expect(left("mode: warn", [problem("CS012", 6, "mode")])).toEqual(["6 CS012 mode: "]);
    expect(left("rules: []", [])).toEqual([]);
  });
});
