import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Switch, TestCase, Tests } from "./test-case.ts";

/** Methods with `@Test` and its kin, and those called `test…` of a `TestCase`. */
export function javaTests(file: SourceFile): Tests {
  const switches = file
    .nodes("annotation", "marker_annotation")
    .filter(isOff)
    .map((node): Switch => ({ node, kind: "skip" }));
  const cases = file.nodes("method_declaration").flatMap(readCase);
  return { cases, switches };
}

function nameOf(annotation: SyntaxNode): string {
  return annotation.part("name")?.text.split(".").pop() ?? "";
}

/** `@Disabled`, `@Ignore`, `@Test(enabled = false)`; those with a condition have other names. */
function isOff(annotation: SyntaxNode): boolean {
  const name = nameOf(annotation);
  if (name === "Disabled" || name === "Ignore") return true;
  return name === "Test" && /\benabled\s*=\s*false\b/.test(annotation.part("arguments")?.text.slice(0, 500) ?? "");
}

function readCase(node: SyntaxNode): TestCase[] {
  const name = node.part("name")?.text ?? "";
  const annotations = node.childOf("modifiers")?.named.filter(({ type }) => type.endsWith("annotation")) ?? [];
  const holder = node.above(new Set(["class_declaration"]));
  const isMarked = annotations.some((annotation) => marks.has(nameOf(annotation)));
  const isOld = /^test/.test(name) && /\bTestCase\b/.test(holder?.part("superclass")?.text ?? "");
  const isStatic = node.childOf("modifiers")?.has("static") === true;
  if (isStatic || (!isMarked && !isOld)) return [];
  const skipped = annotations.find(isOff) ?? null;
  return [{ node, name: `${holder?.part("name")?.text ?? ""}.${name}`, body: node.part("body"), skipped }];
}

const marks = new Set(["Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate", "Property"]);
