import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import { constantTruth } from "./constant-truth.ts";

/** Whether the statement after this one can be reached through it. */
export interface Completion {
  isPassed: (statement: SyntaxNode) => boolean;
}

/**
 * Which statements of a file never let what follows them run: exits, calls that end the process, and what holds nothing
 * else. In doubt a statement is passed. Each is judged once.
 */
export function readCompletion(file: SourceFile): Completion {
  const known = new Map<SyntaxNode, boolean>();
  const left = readLeft(file);
  const isPassed = (statement: SyntaxNode): boolean => {
    const judged = known.get(statement);
    if (judged !== undefined) return judged;
    const passed = judge(statement, { file, isPassed, left });
    known.set(statement, passed);
    return passed;
  };
  return { isPassed };
}

interface Context extends Completion {
  file: SourceFile;
  /** The loops and switches that something breaks out of. */
  left: ReadonlySet<SyntaxNode>;
}

function judge(statement: SyntaxNode, context: Context): boolean {
  const { file } = context;
  if (file.dialect.exits.has(statement.type)) return false;
  switch (statement.type) {
    case "expression_statement":
      return !endsProcess(statement, file);
    case "if_statement":
      return isIfPassed(statement, context);
    case "try_statement":
    case "try_with_resources_statement":
      return isTryPassed(statement, context);
    case "switch_statement":
    case "switch_expression":
    case "expression_switch_statement":
    case "type_switch_statement":
    case "select_statement":
      return isSwitchPassed(statement, context);
    case "while_statement":
    case "for_statement":
      return context.left.has(statement) || !isForever(statement, file);
    case "do_statement":
      return context.left.has(statement) || isContinued(statement) || isBlockPassed(statement.part("body"), context);
    case "synchronized_statement":
      return isBlockPassed(statement.part("body"), context);
    case "labeled_statement":
      return (
        !file.dialect.loops.has(statement.named.at(-1)?.type ?? "") || isBlockPassed(statement.named.at(-1)!, context)
      );
    case "statement_block":
    case "statement_list":
    case "block":
    case "constructor_body":
    case "else_clause":
    case "finally_clause":
      return isBlockPassed(statement, context);
    default:
      return true;
  }
}

/** Its condition is asked after a `continue` as well. */
function isContinued(loop: SyntaxNode): boolean {
  for (const { type } of loop.walk()) if (type === "continue_statement") return true;
  return false;
}

/** Whether the end of a block is reached; a statement alone is a block of one. */
function isBlockPassed(block: SyntaxNode | null, { file, isPassed }: Context): boolean {
  if (block === null) return true;
  if (!blockTypes.has(block.type)) return isPassed(block);
  return file.statements(block).every((statement) => isPassed(statement));
}

const blockTypes = new Set([
  ...["statement_block", "statement_list", "block", "constructor_body", "else_clause", "finally_clause"],
]);

function isIfPassed(node: SyntaxNode, context: Context): boolean {
  const others = node.parts("alternative");
  const last = others.at(-1);
  if (last === undefined || last.type === "elif_clause") return true;
  return [node, ...others].some((branch) => {
    const inner = branch === node || branch.type === "elif_clause" ? branch.part("consequence") : branch;
    return isBlockPassed(inner?.part("body") ?? inner, context);
  });
}

/** `finally` that leaves takes all with it; else the body or one of the handlers must get through. */
function isTryPassed(node: SyntaxNode, context: Context): boolean {
  const clauses = node.named;
  const last = node.part("finalizer") ?? clauses.find(({ type }) => type === "finally_clause") ?? null;
  const inner = last?.part("body") ?? last?.childOf("block") ?? null;
  if (inner !== null && !isBlockPassed(inner, context)) return false;
  const body = node.part("body");
  const otherwise = clauses.find(({ type }) => type === "else_clause");
  const handlers = clauses.filter(({ type }) => type === "catch_clause" || type === "except_clause");
  const isBodyPassed =
    isBlockPassed(body, context) && (otherwise === undefined || isBlockPassed(otherwise.part("body"), context));
  return (
    isBodyPassed || handlers.some((clause) => isBlockPassed(clause.part("body") ?? clause.childOf("block"), context))
  );
}

/** Left by none of its branches, and there is one for everything. */
function isSwitchPassed(node: SyntaxNode, context: Context): boolean {
  const branches = (node.part("body") ?? node).named.filter(({ type }) => branchTypes.has(type));
  const hasDefault = node.type === "select_statement" || branches.some(isDefault);
  if (!hasDefault || branches.length === 0 || context.left.has(node)) return true;
  if (branches.some(({ type }) => type === "switch_rule")) return true;
  const ends = branches.map((branch) => branchStatements(branch).every((one) => context.isPassed(one)));
  // In Go each branch is left at its end unless it says `fallthrough`; elsewhere it falls into the next.
  return context.file.language === "go"
    ? ends.some((isEnd, at) => isEnd && !fallsThrough(branches[at]!))
    : ends.at(-1)!;
}

const branchTypes = new Set([
  ...["switch_case", "switch_default", "expression_case", "type_case", "default_case", "communication_case"],
  ...["switch_block_statement_group", "switch_rule"],
]);

function isDefault(branch: SyntaxNode): boolean {
  if (branch.type === "switch_default" || branch.type === "default_case") return true;
  return branch.named.some(({ type, text }) => type === "switch_label" && text.startsWith("default"));
}

function branchStatements(branch: SyntaxNode): SyntaxNode[] {
  const list = branch.childOf("statement_list");
  if (list !== null) return list.named;
  return branch.named.filter(({ type, field }) => field !== "value" && type !== "switch_label");
}

function fallsThrough(branch: SyntaxNode): boolean {
  return branchStatements(branch).at(-1)?.type === "fallthrough_statement";
}

/** A loop without an end of its own. */
function isForever(loop: SyntaxNode, file: SourceFile): boolean {
  if (loop.type === "while_statement" && file.language === "python")
    return constantTruth(loop.part("condition"), file) === true;
  const clause = loop.childOf("for_clause");
  const condition = (clause ?? loop).part("condition");
  if (file.language === "go")
    return clause === null && loop.childOf("range_clause") === null
      ? loop.named.every(({ field, type }) => field === "body" || type === "true")
      : clause !== null && condition === null;
  if (loop.type === "for_statement" && (condition === null || condition.type === "empty_statement"))
    return file.language !== "python";
  return constantTruth(condition, file) === true;
}

/** The loops and switches that a `break` or `goto` may leave. One with a label counts for all around it. */
function readLeft(file: SourceFile): ReadonlySet<SyntaxNode> {
  const left = new Set<SyntaxNode>();
  for (const exit of file.nodes("break_statement", "goto_statement")) {
    const isNear = exit.type === "break_statement" && exit.named.length === 0;
    for (let at = exit.parent; at !== null; at = at.parent) {
      if (file.dialect.functions.has(at.type)) break;
      if (!file.dialect.loops.has(at.type) && !switchTypes.has(at.type)) continue;
      left.add(at);
      if (isNear) break;
    }
  }
  return left;
}

const switchTypes = new Set([
  ...["switch_statement", "switch_expression", "expression_switch_statement", "type_switch_statement"],
  "select_statement",
]);

/** `process.exit(1)`, `sys.exit()`, `os.Exit(1)`, `panic(err)`, `System.exit(1)` as a statement. */
function endsProcess(statement: SyntaxNode, file: SourceFile): boolean {
  const [only] = statement.named;
  const call = only === undefined ? null : file.callAt(only);
  if (call === null || !endingNames.test(call.name)) return false;
  const isOwn = call.receiver === null ? file.bindingOf(call.callee) : file.bindingOf(call.receiver);
  if (isOwn !== null && isOwn.declarations.every(({ kind }) => kind !== "import")) return false;
  return endings[file.language].has(file.calleeName(call));
}

const endingNames = /^(?:exit|_exit|quit|abort|Exit|Goexit|panic|Fatal|Fatalf|Fatalln|halt)$/;

const endings: Record<SourceFile["language"], ReadonlySet<string>> = {
  javascript: new Set(["process.exit", "process.abort", "Deno.exit"]),
  python: new Set(["sys.exit", "os._exit", "os.abort", "exit", "quit"]),
  go: new Set(["os.Exit", "panic", "log.Fatal", "log.Fatalf", "log.Fatalln", "runtime.Goexit"]),
  java: new Set(["System.exit", "Runtime.getRuntime().exit", "Runtime.getRuntime().halt"]),
};
