import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { TestCase, Tests } from "./test-case.ts";

/** `func TestX(t *testing.T)`, and what runs within it by a name. */
export function goTests(file: SourceFile): Tests {
  const cases = file.nodes("function_declaration", "method_declaration").flatMap((node) => readCase(file, node));
  return {
    cases,
    switches: cases.flatMap(({ skipped }) => (skipped === null ? [] : [{ node: skipped, kind: "skip" as const }])),
  };
}

function readCase(file: SourceFile, node: SyntaxNode): TestCase[] {
  const name = node.part("name")?.text ?? "";
  const parameter = node.part("parameters")?.named[0];
  const isOfSuite = node.type === "method_declaration" && /\bSuite\b|Suite\)/.test(node.part("receiver")?.text ?? "");
  const takesTest = /^\*testing\.(?:T|F)$/.test(parameter?.part("type")?.text ?? "");
  if (!/^Test(?:[^a-z]|$)/.test(name) || name === "TestMain" || (!takesTest && !isOfSuite)) return [];
  const body = node.part("body");
  return [{ node, name, body, skipped: body === null ? null : ownSkip(file, body) }];
}

/** `t.Skip("…")` as a statement of the test itself: what stands under a condition is not. */
function ownSkip(file: SourceFile, body: SyntaxNode): SyntaxNode | null {
  for (const statement of file.statements(body).slice(0, 50)) {
    const [value] = statement.named;
    const call = statement.type === "expression_statement" && value !== undefined ? file.callAt(value) : null;
    if (
      call?.receiver != null &&
      /^Skip(?:f|Now)?$/.test(call.name) &&
      /^(?:t|tb|s|s\.T\(\)|suite\.T\(\))$/.test(call.receiver.text)
    )
      return call.node;
  }
  return null;
}
