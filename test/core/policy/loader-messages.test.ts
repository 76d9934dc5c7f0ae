import { readFileSync, globSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

/**
 * Every message of the loader stands in a table of tests with its exact place. Messages are found in the source: whatever
 * is the `what` of a problem beside its `fix`. Rows are found in the tables: texts with a place and a code.
 */
const policyFolder = join(import.meta.dirname, "../../../core/policy");
const tables = ["loader-errors", "loader-expression-errors", "load-policy", "read-yaml"];
/** What a policy is told of its repository comes after loading, and has tables of its own. */
const afterLoading = ["repository-warnings.ts", "few-owners.ts"];
const sources = globSync("**/*.ts", { cwd: policyFolder })
  .filter((path) => !afterLoading.includes(path))
  .map((path) => join(policyFolder, path))
  .sort()
  .map(parse);
const rows = tables
  .flatMap((name) => nodesIn(parse(join(import.meta.dirname, `${name}.test.ts`))))
  .flatMap((node) => partsOf(node)?.join("…") ?? [])
  .filter((text) => /(?:^|:)[0-9]+:[0-9]+ CS[0-9]{3}/.test(text));

test("there are messages and rows", () => {
  expect(rows.length).toBeGreaterThan(200);
  expect(sources.flatMap(messagesIn).length).toBeGreaterThan(120);
});

test("every message has a row with its place", () => {
  const missing = sources.flatMap(messagesIn).filter(({ parts }) => !rows.some((row) => hasParts(row, parts)));
  expect(missing.map(({ file, parts }) => `${file}: ${parts.join("…")}`)).toEqual([]);
});

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
}

function nodesIn(node: ts.Node): ts.Node[] {
  const below: ts.Node[] = [];
  ts.forEachChild(node, (child) => void below.push(...nodesIn(child)));
  return [node, ...below];
}

function isNamed(node: ts.Node): node is ts.VariableDeclaration | ts.TypeAliasDeclaration | ts.PropertyDeclaration {
  return ts.isVariableDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isPropertyDeclaration(node);
}

/** The fixed parts of a text or a template. */
function partsOf(node: ts.Node): string[] | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}

interface Message {
  file: string;
  parts: string[];
}

/** Each text that may become a message; with what to write instead, where that is written out beside it. */
function messagesIn(source: ts.SourceFile): Message[] {
  const file = source.fileName.slice(policyFolder.length + 1);
  return nodesIn(source)
    .flatMap((node) => toldIn(node, source) ?? [])
    .flatMap(({ what, fix }) => {
      const instead = fix === undefined ? [] : (partsOf(fix) ?? []);
      return textsIn(meantBy(what)).map((parts) => ({ file, parts: [...parts, ...instead] }));
    });
}

/** Of a condition both sides; what is put into a template is no message of its own. */
function textsIn(node: ts.Node): string[][] {
  const parts = partsOf(node);
  if (parts !== null) return [parts];
  if (ts.isConditionalExpression(node)) return [...textsIn(node.whenTrue), ...textsIn(node.whenFalse)];
  return [];
}

interface Told {
  what: ts.Node;
  fix: ts.Node | undefined;
}

/** What a node tells: `{ what, fix }`, or what is given to a function that makes one. */
function toldIn(node: ts.Node, source: ts.SourceFile): Told | null {
  if (ts.isObjectLiteralExpression(node)) {
    const [what, fix] = [valueOf(node, "what"), valueOf(node, "fix")];
    return what === undefined || fix === undefined ? null : { what, fix };
  }
  if (!ts.isCallExpression(node)) return null;
  const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
  const name = called.getText();
  const names = tellersIn(source).get(name) ?? sources.flatMap((other) => tellersIn(other).get(name) ?? []);
  const [what, fix] = [node.arguments[names.indexOf("what")], node.arguments[names.indexOf("fix")]];
  return what === undefined ? null : { what, fix };
}

function valueOf(node: ts.ObjectLiteralExpression, name: string): ts.Node | undefined {
  const property = node.properties.find((each) => each.name?.getText() === name);
  return property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : property?.name;
}

const tellersOf = new Map<ts.SourceFile, Map<string, string[]>>();

/** The functions of a file that take the `what` and the `fix` of a problem, with the names of their parameters. */
function tellersIn(source: ts.SourceFile): Map<string, string[]> {
  const known = tellersOf.get(source);
  if (known !== undefined) return known;
  const found = nodesIn(source).flatMap((node): [string, string[]][] => {
    if (!ts.isFunctionLike(node)) return [];
    const names = node.parameters.map(({ name }) => name.getText());
    const holder = node.name ?? (isNamed(node.parent) ? node.parent.name : undefined);
    if (holder === undefined || !names.includes("what") || !names.includes("fix")) return [];
    // A type `Tell` is that of a parameter `tell`.
    return [holder.getText(), holder.getText().toLowerCase()].map((name) => [name, names]);
  });
  tellersOf.set(source, new Map(found));
  return new Map(found);
}

/** A name means what the nearest variable of that name holds. */
function meantBy(told: ts.Node): ts.Node {
  if (!ts.isIdentifier(told)) return told;
  for (let around = told.parent; !ts.isSourceFile(around); around = around.parent) {
    const found = ts.isBlock(around) ? around.statements.flatMap((each) => variableIn(each, told.text)) : [];
    if (found[0] !== undefined) return found[0];
  }
  return told;
}

function variableIn(statement: ts.Statement, name: string): ts.Expression[] {
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap((each) =>
    each.name.getText() === name && each.initializer !== undefined ? [each.initializer] : [],
  );
}

function hasParts(row: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = row.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}
