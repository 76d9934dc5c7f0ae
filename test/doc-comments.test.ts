import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

/** Whoever reads the two rooms that decide merges can hover over any exported name and learn what it stands for. */
const root = resolve(import.meta.dirname, "..");
const files = ["core/policy", "core/ownership"]
  .flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: root }))
  .map((path) => path.replaceAll("\\", "/"))
  .sort();

test.each(files)("every exported thing of %s has a doc comment", (path) => {
  expect(undocumented(readFileSync(join(root, path), "utf8"))).toEqual([]);
});

test.each([
  { says: "a function", text: "export function a() {}", names: ["a"] },
  { says: "a constant", text: "export const a = 1, b = 2;", names: ["a", "b"] },
  { says: "a type", text: "export type A = 1;", names: ["A"] },
  { says: "an interface", text: "export interface A {}", names: ["A"] },
  { says: "a class", text: "export class A {}", names: ["A"] },
  { says: "a comment of another kind", text: "// A.\nexport const a = 1;", names: ["a"] },
  { says: "the comment of the thing above", text: "/** A. */\nconst b = 1;\nexport const a = b;", names: ["a"] },
  { says: "a type away from its schema", text: `/** A. */\nexport const A = 1;\nconst b = 1;\nexport type A = 1;` },
  { says: "a type under its schema", text: "/** A. */\nexport const A = 1;\nexport type A = 1;", names: [] },
  { says: "a schema under its type", text: "/** A. */\nexport interface A {}\nexport const A = 1;", names: [] },
  { says: "a schema without one", text: "export const A = 1;\nexport type A = 1;", names: ["A", "A"] },
  { says: "what is not exported", text: "const a = 1;", names: [] },
  { says: "what has one", text: "/** A. */\nexport const a = 1;\n/** B. */\nexport type B = 1;", names: [] },
])("is looked at: $says", ({ text, names = ["A"] }) => expect(undocumented(text)).toEqual(names));

/** The exported names without a comment. A type and its schema, or the forms of one function, that stand together have one. */
function undocumented(text: string): string[] {
  const { statements } = ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, true);
  return statements.flatMap((statement, index) => {
    if (!isExported(statement) || isDocumented(statement)) return [];
    const above = statements[index - 1];
    const names = namesOf(statement);
    const isTwin = above !== undefined && isDocumented(above) && namesOf(above).includes(names[0] ?? "");
    return isTwin ? [] : names;
  });
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function isDocumented(statement: ts.Statement): boolean {
  return ts.getJSDocCommentsAndTags(statement).length > 0;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed ? [statement.name?.text ?? "default"] : [];
}
