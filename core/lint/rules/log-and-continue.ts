import type { Handler, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { headOf, saysWhy } from "../caught-errors.ts";
import { givesNothing, resultOf } from "../go-errors.ts";
import { isLogCall } from "../log-calls.ts";
import type { Pattern, Report } from "../pattern.ts";

/** An error is written to a log, and the program goes on as if there had been none. */
export const logAndContinue: Pattern = {
  rule: {
    id: "log-and-continue",
    title: "An error is logged, and the work goes on as if it had succeeded",
    help: "Rethrow it after logging, or return a failure that the caller cannot take for success.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /\bcatch\b|\bexcept\b|[eE]rr(?:or)?\d? ?!= ?nil/,
  find(file, report) {
    const before = file.language === "go" ? callsBefore(file) : new Map<SyntaxNode, SyntaxNode>();
    for (const handler of file.handlers) {
      if (!onlyLogs(handler.body, file) || isEndless(handler, file)) continue;
      const guarded = handler.guarded ?? before.get(handler.node) ?? null;
      if (guarded !== null && isOnlyCleanUp(guarded, file)) continue;
      if (!saysWhy(file, handler.node.start, handler.body.endLine))
        report(headOf(handler), "This handler logs the error, and goes on as if there had been none.");
    }
    if (file.language === "javascript") findInCallbacks(file, report);
  },
};

/** At least one log, and nothing else but what prepares it, or says that all is well. */
function onlyLogs(body: SyntaxNode, file: SourceFile): boolean {
  const statements = file.statements(body);
  const kinds = statements.map((statement, index) => kindOf(statement, file, index === statements.length - 1, 0));
  return kinds.includes("log") && !kinds.includes("other");
}

type Kind = "log" | "idle" | "other";

function kindOf(statement: SyntaxNode, file: SourceFile, isLast: boolean, depth: number): Kind {
  switch (statement.type) {
    case "expression_statement":
      return isLog(statement, file) ? "log" : isMessage(statement) ? "idle" : "other";
    case "pass_statement":
    case "empty_statement":
    case "lexical_declaration":
    case "variable_declaration":
    case "local_variable_declaration":
    case "short_var_declaration":
    case "import_statement":
    case "import_from_statement":
      return "idle";
    case "continue_statement":
      return isLast ? "idle" : "other";
    case "return_statement":
      return isLast && claimsSuccess(statement, file) ? "idle" : "other";
    case "if_statement":
      return depth < 3 ? kindOfBranches(statement, file, depth + 1) : "other";
    default:
      return "other";
  }
}

/** `if (verbose) console.error(error)`: of one that does more, something is done about the error. */
function kindOfBranches(node: SyntaxNode, file: SourceFile, depth: number): Kind {
  const branches = node.named.filter(({ field, type }) => field !== "condition" && type !== "ERROR");
  const kinds = branches.flatMap((branch) => {
    const inner = /clause$/.test(branch.type) ? branch.named.filter(({ field }) => field !== "condition") : [branch];
    return inner.flatMap((part) =>
      part.type.endsWith("block")
        ? file.statements(part).map((statement) => kindOf(statement, file, false, depth))
        : kindOf(part, file, false, depth),
    );
  });
  return kinds.includes("other") ? "other" : kinds.includes("log") ? "log" : "idle";
}

function isLog(statement: SyntaxNode, file: SourceFile): boolean {
  let at = statement.named[0] === undefined ? statement : file.bare(statement.named[0]);
  if (["await_expression", "await", "unary_expression"].includes(at.type)) at = at.named[0] ?? at;
  const call = file.callAt(at);
  return call !== null && isLogCall(call, file) && !isForDevelopers(call.name);
}

/** Whoever logs for developers alone has thought of it, and takes it for no failure. */
function isForDevelopers(name: string): boolean {
  return /^(?:debug|trace|verbose|silly|fine[rs]?|finest|d|v)(?:f|w|ln|Context)?$/i.test(name);
}

/** In Python a text for the log is an assignment like any other; its name says what it is for. */
function isMessage(statement: SyntaxNode): boolean {
  const [only] = statement.named;
  if (only?.type === "string") return true;
  if (only?.type !== "assignment") return false;
  return /^\w{0,40}(?:msg|message|error|err|exc|exception|traceback|tb|trace|stack|details?)$/i.test(
    only.part("left")?.text ?? "",
  );
}

/** A plain `return`, and an answer in which everything is well. In Go a plain one ends the work instead of going on. */
function claimsSuccess(statement: SyntaxNode, file: SourceFile): boolean {
  const value = statement.named[0];
  if (value === undefined) return file.language !== "go";
  if (value.text.length > 300) return false;
  if (file.language === "go") return givesNoError(statement, value);
  return /^(?:true|True)$|\bstatus(?:_code)?\(?\s*[=:]?\s*200\b|\bsendStatus\(200\)|,\s*200\)?$|["']?\b(?:success|ok)["']?\s*[:=]\s*[tT]rue|["']status["']\s*:\s*["'](?:ok|success)["']|\b(?:ResponseEntity|Response|Results?)\.ok\(/.test(
    value.text,
  );
}

/** `return nil` where the error should be, and nothing else either. */
function givesNoError(statement: SyntaxNode, value: SyntaxNode): boolean {
  const around = statement.above(new Set(["function_declaration", "method_declaration", "func_literal"]));
  const results = value.type === "expression_list" ? value.named : [value];
  return around !== null && resultOf(around) !== "none" && givesNothing(results);
}

/** `while (true)` with the try directly in it: a worker that must go on. */
function isEndless({ node }: Handler, { dialect, language }: SourceFile): boolean {
  const loop = node.above(dialect.loops, dialect.functions);
  if (loop === null) return false;
  const condition = loop.part("condition");
  if (language === "go") return loop.named.every(({ field }) => field === "body");
  if (loop.type === "for_statement")
    return language !== "python" && (condition === null || condition.type === "empty_statement");
  return /^\(?(?:true|True|1)\)?$/.test(condition?.text ?? "");
}

/** Of each `if err != nil` the statement before it in its list. */
function callsBefore(file: SourceFile): Map<SyntaxNode, SyntaxNode> {
  const before = new Map<SyntaxNode, SyntaxNode>();
  for (const list of file.nodes("statement_list")) {
    const { named } = list;
    for (let at = 1; at < named.length; at += 1)
      if (named[at]!.type === "if_statement") before.set(named[at]!, named[at - 1]!);
  }
  return before;
}

/** Closing and clearing away: nobody is left to tell, and a log is all that can be done. */
function isOnlyCleanUp(guarded: SyntaxNode, file: SourceFile): boolean {
  const statements = guarded.type.endsWith("block") ? file.statements(guarded) : [guarded];
  return statements.length > 0 && statements.every((statement) => isCleanUp(statement, file));
}

function isCleanUp(statement: SyntaxNode, file: SourceFile): boolean {
  let seen = 0;
  for (const node of statement.walk(file.dialect.functions)) {
    seen += 1;
    if (seen > 60) return false;
    const call = file.callAt(node);
    if (call !== null) return cleanUpName.test(call.name);
  }
  return false;
}

const cleanUpName =
  /^_?(?:close|quit|disconnect|cancel|abort|destroy|dispose|terminate|kill|stop|shutdown|flush|release|unlock|rollback|remove|unlink|rm|clean|delete_?temp|tear_?down|encode$|write$|fprint)/i;

/** `.catch(console.error)`, `.catch((error) => console.error(error))`. */
function findInCallbacks(file: SourceFile, report: Report): void {
  for (const { name, receiver, args, callee } of file.calls) {
    const callback = name === "catch" ? args[0]?.value : name === "then" ? args[1]?.value : undefined;
    if (receiver === null || callback === undefined || !logsOnly(callback, file)) continue;
    if (cleanUpName.test(file.callAt(receiver)?.name ?? "")) continue;
    const start = callee.part("property")?.start ?? callee.start;
    if (!saysWhy(file, start, callback.endLine))
      report(
        { start, end: callback.end },
        "This callback logs the error, and what follows goes on as if there had been none.",
      );
  }
}

function logsOnly(callback: SyntaxNode, file: SourceFile): boolean {
  if (!file.dialect.functions.has(callback.type))
    return /^(?:console|logger|log)\.(?:error|warn|log|info)$/.test(callback.text.slice(0, 40));
  const body = callback.part("body");
  if (body === null) return false;
  if (body.type === "statement_block") return onlyLogs(body, file);
  const call = file.callAt(file.bare(body));
  return call !== null && isLogCall(call, file) && !isForDevelopers(call.name);
}
