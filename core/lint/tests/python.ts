import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { isTestFile } from "../test-files.ts";
import type { Switch, TestCase, Tests } from "./test-case.ts";

/** Functions and methods called `test…`, of pytest and unittest. */
export function pythonTests(file: SourceFile): Tests {
  const isOfTests = isTestFile(file.path) || /^\s*(?:import|from)\s+(?:pytest|unittest)\b/m.test(file.text);
  const switches: Switch[] = [];
  for (const node of file.nodes("decorator")) if (isOff(file, node.named[0])) switches.push({ node, kind: "skip" });
  for (const { node, target, value } of file.assignments)
    if (target.text === "pytestmark") switches.push(...marksIn(file, node, value));
  for (const call of file.calls)
    if (call.name === "param" && call.receiver?.text === "pytest")
      for (const { name, value } of call.args) if (name === "marks") switches.push(...marksIn(file, value, value));
  const cases = isOfTests ? file.nodes("function_definition").flatMap((node) => readCase(file, node)) : [];
  for (const { skipped } of cases)
    if (skipped !== null && skipped.type !== "decorator") switches.push({ node: skipped, kind: "skip" });
  return { cases, switches };
}

function marksIn(file: SourceFile, node: SyntaxNode, value: SyntaxNode): Switch[] {
  const values = value.type === "list" || value.type === "tuple" ? value.named : [value];
  return values.some((mark) => isOff(file, mark)) ? [{ node, kind: "skip" }] : [];
}

/** `skip` and `xfail`; not where a condition decides, unless that is a constant. */
function isOff(file: SourceFile, value: SyntaxNode | undefined): boolean {
  if (value === undefined) return false;
  const call = file.callAt(value);
  const name = (call?.callee ?? value).text.replace(/\s/g, "");
  const condition = call?.args.find((argument) => argument.name === null || argument.name === "condition")?.value;
  if (/^(?:pytest\.)?mark\.skip$|^unittest\.skip$|^skip$|^(?:unittest\.)?expectedFailure$/.test(name))
    return name !== "skip" || call !== null;
  if (/^(?:pytest\.)?mark\.xfail$/.test(name)) return condition === undefined || isTrue(condition);
  return /^(?:pytest\.)?mark\.skipif$|^unittest\.skipIf$/.test(name) && condition !== undefined && isTrue(condition);
}

function isTrue({ type, text }: SyntaxNode): boolean {
  return type === "true" || text === "1";
}

function readCase(file: SourceFile, node: SyntaxNode): TestCase[] {
  const name = node.part("name")?.text ?? "";
  const body = node.part("body");
  if (!/^test(?:_|[A-Z]|\d|$)/.test(name) || file.functionAround(node) !== null) return [];
  const holder = node.above(new Set(["class_definition"]));
  const decorated = node.parent?.type === "decorated_definition" ? node.parent : null;
  // A fixture may be called so, and is no test.
  if (decorated?.children.some(({ type, text }) => type === "decorator" && /fixture/.test(text)) === true) return [];
  const off = decorated?.children.find((child) => child.type === "decorator" && isOff(file, child.named[0])) ?? null;
  const title = `${holder?.part("name")?.text ?? ""}.${name}`;
  return [{ node: decorated ?? node, name: title, body, skipped: off ?? ownSkip(file, body) }];
}

/** `pytest.skip("…")`, `self.skipTest("…")` as a statement of the test itself. */
function ownSkip(file: SourceFile, body: SyntaxNode | null): SyntaxNode | null {
  for (const statement of body?.named.slice(0, 50) ?? []) {
    const [value] = statement.named;
    if (statement.type === "raise_statement" && /^(?:unittest\.)?SkipTest\b/.test(value?.text ?? "")) return statement;
    const call = statement.type === "expression_statement" && value !== undefined ? file.callAt(value) : null;
    if (call !== null && /^(?:pytest\.(?:skip|xfail)|self\.skipTest)$/.test(call.callee.text)) return call.node;
  }
  return null;
}
