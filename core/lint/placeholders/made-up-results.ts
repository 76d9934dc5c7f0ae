import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Report } from "../pattern.ts";

/** A function gives back, or an answer sends, what is called a mock, or a person who does not exist. */
export function reportMadeUpResults(file: SourceFile, report: Report): void {
  if (/mock|fake|dummy|stub|sample|example|demo|seed|faker/i.test(file.path)) return;
  for (const node of file.nodes("return_statement")) {
    const value = node.type === "return_statement" ? returned(file, node) : null;
    if (value !== null && isMadeUp(file, value) && !isMaker(file, node)) report(node, "This gives back made-up data.");
  }
  for (const { node, name, args, receiver } of file.calls) {
    const [first] = args;
    if (!senders.has(name) || first === undefined || (receiver === null && name !== "jsonify")) continue;
    if (isMadeUpName(file.bare(first.value)) && !isMaker(file, node)) report(node, "This answers with made-up data.");
  }
}

const senders = new Set(["json", "send", "jsonify", "JSON", "ok", "respond", "body"]);

function returned(file: SourceFile, node: SyntaxNode): SyntaxNode | null {
  const [value] = node.named;
  if (value === undefined) return null;
  return file.bare(value.type === "expression_list" ? (value.named[0] ?? value) : value);
}

function isMadeUp(file: SourceFile, value: SyntaxNode): boolean {
  if (isMadeUpName(value)) return true;
  const text = file.constantText(value);
  if (text !== null) return /^(?:mock|mocked|fake|dummy|placeholder|stub)(?:$|[ _-])/i.test(text) || people.test(text);
  return literals.has(value.type) && value.end - value.start < 5000 && people.test(value.text);
}

/** `mockUsers`, `DUMMY_DATA`, `sample_orders`. */
function isMadeUpName({ type, text }: SyntaxNode): boolean {
  if (type !== "identifier") return false;
  return /^(?:mock(?:ed)?|fake|dummy|placeholder)(?:[A-Z_]|$)|^(?:MOCK|FAKE|DUMMY|PLACEHOLDER)(?:_|$)|^sample(?:_?[Dd]ata|_?[Rr]esponse|_?[Uu]sers)$/.test(
    text,
  );
}

const people = /\b(?:John|Jane) (?:Doe|Smith)\b|\bLorem ipsum\b/;
const literals = new Set(["object", "array", "dictionary", "list", "composite_literal", "object_creation_expression"]);

/** Whose name says that it makes such things. */
function isMaker(file: SourceFile, node: SyntaxNode): boolean {
  let around = file.functionAround(node);
  for (let step = 0; around !== null && step < 5; step += 1) {
    if (/mock|fake|dummy|stub|placeholder|sample|example|demo|seed|test/i.test(around.name ?? "")) return true;
    around = file.functionAround(around.node);
  }
  return false;
}
