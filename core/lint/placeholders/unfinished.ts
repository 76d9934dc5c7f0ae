import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Report } from "../pattern.ts";

/** Statements that end a function because it was not written: thrown, raised, panicked or returned as an error. */
export function reportUnfinished(file: SourceFile, report: Report): void {
  const inherited = inheritedNames(file);
  for (const node of file.nodes(...ends[file.language])) {
    const error = errorOf(file, node);
    if (error !== null && isUnfinished(file, node, error, inherited))
      report(node, "This says that the code was not written yet.");
  }
}

const ends: Record<SourceFile["language"], string[]> = {
  javascript: ["throw_statement"],
  python: ["raise_statement"],
  go: ["return_statement", "call_expression"],
  java: ["throw_statement"],
};

interface MadeError {
  name: string;
  /** What it says; empty when it says nothing, or nothing that is written here. */
  text: string;
}

function errorOf(file: SourceFile, node: SyntaxNode): MadeError | null {
  if (node.type === "call_expression") {
    const panic = file.callAt(node);
    return panic?.name === "panic" && panic.receiver === null ? { name: "panic", text: textOf(file, panic) } : null;
  }
  for (const value of node.type === "return_statement" ? (node.named.at(-1)?.named ?? []) : node.named.slice(0, 1)) {
    const made = file.bare(value);
    const call = file.callAt(made);
    if (node.type === "return_statement" && !/^(?:errors\.New|fmt\.Errorf)$/.test(call?.callee.text ?? "")) continue;
    if (call !== null) return { name: call.name, text: textOf(file, call) };
    return { name: made.type === "identifier" ? made.text : "", text: file.constantText(made) ?? "" };
  }
  return null;
}

function textOf(file: SourceFile, call: Call): string {
  const first = call.args[0]?.value;
  const parts = first === undefined ? null : file.textOf(first, false);
  return (parts ?? [])
    .map((part) => (part.kind === "written" ? part.text : "x"))
    .join("")
    .slice(0, 300);
}

/**
 * Said to be missing for now; or all that a function does. `not implemented for this type` beside code that handles the others
 * is an answer, and so is a method that those who inherit it must write.
 */
function isUnfinished(
  file: SourceFile,
  node: SyntaxNode,
  { name, text }: MadeError,
  inherited: ReadonlySet<string>,
): boolean {
  if (forHeirs.test(text)) return false;
  if (later.test(text)) return true;
  const isNamed = /^NotImplemented(?:Error|Exception)$/.test(name);
  const says = missing.test(text) && text.length < 80;
  if (!says && !(isNamed && text.length < 80)) return false;
  if (name === "panic") return says;
  return isWholeFunction(file, node) && !isForHeirs(file, node, says, inherited);
}

const later =
  /\bnot (?:been )?(?:implemented|supported|done|written) (?:here )?yet\b|\bnot yet (?:been )?(?:implemented|supported|written)\b|\btodo\b|\bimplement me\b|\bto be implemented\b|^(?:stub|placeholder)\b/i;
const missing = /\b(?:not[ -]?implemented|unimplemented|no implementation|implementation missing)\b/i;
const forHeirs =
  /\bsub-?class|\boverr?id|\b(?:must|should|need to|have to|has to) (?:be )?(?:implement|define|provide)|\bderived\b|\babstract\b|\bconcrete\b|\b(?:child|base|parent) class/i;

/** Besides a text for the docs, nothing comes before it. */
function isWholeFunction(file: SourceFile, node: SyntaxNode): boolean {
  const body = file.functionAround(node)?.body;
  if (body === null || body === undefined) return false;
  const statements = file
    .statements(body)
    .filter(({ type, named }) => type !== "expression_statement" || named[0]?.type !== "string");
  const isChoice = statements.some(({ type }) =>
    /^(?:if|for|while|switch|try|match|expression_switch|type_switch)/.test(type),
  );
  return statements.length <= 2 && statements.at(-1) === node && !isChoice;
}

/** A method of a class that is there to be inherited from; in Python any class that leaves a method open is. */
function isForHeirs(file: SourceFile, node: SyntaxNode, says: boolean, inherited: ReadonlySet<string>): boolean {
  const around = file.functionAround(node)?.node;
  const holder = around?.above(classTypes, file.dialect.functions);
  if (around === undefined || holder === undefined || holder === null) return false;
  const name = holder.part("name")?.text ?? "";
  if (/^(?:abstract|base|i[A-Z])|(?:base|interface|mixin|protocol|abstract|template|backend|adapter)$/i.test(name))
    return true;
  if (holder.type === "abstract_class_declaration" || holder.childOf("modifiers")?.has("abstract") === true)
    return true;
  if (file.language === "python") {
    const bases = holder.part("superclasses")?.text ?? "";
    return !says || bases === "" || /\b(?:ABC|ABCMeta|Protocol|object)\b/.test(bases) || inherited.has(name);
  }
  return inherited.has(name);
}

const classTypes = new Set(["class_definition", "class_declaration", "abstract_class_declaration", "class"]);

/** The names of classes that others of the file inherit from. */
function inheritedNames(file: SourceFile): ReadonlySet<string> {
  const names = file.nodes(...classTypes).flatMap((node) => {
    const bases = node.part("superclasses") ?? node.childOf("class_heritage") ?? node.part("superclass");
    return bases === null ? [] : bases.text.slice(0, 500).split(/\W+/);
  });
  return new Set(names.filter((name) => name !== "" && name !== "extends"));
}
