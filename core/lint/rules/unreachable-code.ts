import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { readCompletion, type Completion } from "../completion.ts";
import { constantTruth } from "../constant-truth.ts";
import type { Pattern, Report } from "../pattern.ts";
import { repeatedConditions } from "../repeated-conditions.ts";

/** Code that never runs: after an exit, behind a condition that is written as a constant, or asked for a second time. */
export const unreachableCode: Pattern = {
  rule: {
    id: "unreachable-code",
    title: "Code can never run",
    help: "Delete it, or correct the exit or the condition before it.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /\b(?:return|throw|raise|break|continue|goto|exit|_exit|quit|Exit|panic|Fatal\w*|if|elif|while|for|case)\b|\?/,
  find(file, report) {
    const completion = readCompletion(file);
    for (const block of file.nodes(...listTypes(file))) reportAfterExit(block, { file, completion, report });
    for (const node of file.nodes("if_statement", "elif_clause", "while_statement", "for_statement"))
      reportConstant(node, file, report);
    for (const node of file.nodes("ternary_expression", "conditional_expression")) reportConstant(node, file, report);
    for (const condition of repeatedConditions(file))
      report(condition, "An earlier branch of this chain asks the same, so this one never runs.");
  },
};

/** In Go the statements of a case stand in a list of their own. */
function listTypes({ dialect, language }: SourceFile): string[] {
  return language === "go" ? ["source_file", "statement_list"] : [...dialect.blocks];
}

interface Work {
  file: SourceFile;
  completion: Completion;
  report: Report;
}

function reportAfterExit(block: SyntaxNode, { file, completion, report }: Work): void {
  const statements = block.named.filter(({ field, type }) => field !== "value" && type !== "switch_label");
  const exit = statements.findIndex((statement) => !completion.isPassed(statement));
  if (exit === -1) return;
  const rest = statements.slice(exit + 1);
  const label = rest.findIndex(({ type }) => type === "labeled_statement" && file.language === "go");
  const dead = (label === -1 ? rest : rest.slice(0, label)).filter((statement) => !isHoisted(statement));
  const [first] = dead;
  if (first === undefined || isKeptOnPurpose(dead, statements[exit]!, file)) return;
  report({ start: first.start, end: dead.at(-1)!.end }, "This code stands after an exit, so it never runs.");
}

/** What holds wherever it stands: functions, types, a `var` without a value. */
function isHoisted(statement: SyntaxNode): boolean {
  if (statement.type === "variable_declaration")
    return statement.has("var") && statement.named.every((declarator) => declarator.part("value") === null);
  if (statement.type === "export_statement") return statement.part("declaration") === null;
  return hoisted.has(statement.type);
}

const hoisted = new Set([
  ...["function_declaration", "generator_function_declaration", "function_signature", "interface_declaration"],
  ...["type_alias_declaration", "ambient_declaration", "import_statement", "empty_statement", "statement_identifier"],
  ...["line_comment", "block_comment", "ERROR"],
]);

/**
 * `return` and `throw` after a call that ends the process are there for the compiler; `yield` after `return` makes an empty
 * generator of a Python function.
 */
function isKeptOnPurpose(dead: readonly SyntaxNode[], exit: SyntaxNode, file: SourceFile): boolean {
  const [first] = dead;
  if (first === undefined) return true;
  if (exit.type === "expression_statement" && dead.length === 1)
    return file.dialect.exits.has(first.type) || file.callAt(first.named[0] ?? first)?.name === "panic";
  return file.language === "python" && first.type === "expression_statement" && first.named[0]?.type === "yield";
}

function reportConstant(node: SyntaxNode, file: SourceFile, report: Report): void {
  const isLoop = file.dialect.loops.has(node.type);
  const condition = conditionOf(node);
  if (condition === null) return;
  const truth = constantTruth(condition, file);
  if (truth === null || (isLoop && truth) || isForTypes(node, file)) return;
  const what = isLoop ? "The condition of this loop is" : "This condition is";
  report(
    { start: node.type === "for_statement" ? condition.start : node.start, end: condition.end },
    `${what} always ${truth}, so a branch of the code never runs.`,
  );
}

function conditionOf(node: SyntaxNode): SyntaxNode | null {
  if (node.type === "conditional_expression") return node.named[1] ?? null;
  const condition = (node.childOf("for_clause") ?? node).part("condition");
  if (condition === null && node.type === "for_statement")
    return node.named.find(({ type, field }) => type === "false" && field !== "body") ?? null;
  return condition;
}

/** `if False:` with imports for the type checker, or with the `yield` that makes a generator. */
function isForTypes(node: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== "python") return false;
  const body = node.part("consequence");
  const isImport = ({ type }: SyntaxNode) => type.startsWith("import_") || type === "pass_statement";
  const isYield = ({ named }: SyntaxNode) => named[0]?.type === "yield";
  return body !== null && (body.named.every(isImport) || body.named.every(isYield));
}
