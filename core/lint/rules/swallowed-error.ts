import type { Handler, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { headOf, saysWhy, typeNames } from "../caught-errors.ts";
import { errorResults } from "../go-errors.ts";
import type { Pattern, Report } from "../pattern.ts";

/** An error is caught, and nothing whatever is done about it. */
export const swallowedError: Pattern = {
  rule: {
    id: "swallowed-error",
    title: "An error is caught and dropped",
    help: "Handle it, rethrow it with its cause, or say in a comment why it is safe to go on.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /\b(?:catch|except|suppress|then|err\w*|\w+[eE]rr)\b|\b_ :?=|^package /m,
  find(file, report) {
    for (const handler of file.handlers)
      if (
        doesNothing(handler.body, file, handler.node.start, takesAll(handler, file)) &&
        !isExpected(handler, file) &&
        !isOnlyCleanUp(handler, file)
      )
        report(headOf(handler), "This handler drops the error: nothing is done about it.");
    if (file.language === "javascript") reportEmptyCallbacks(file, report);
    if (file.language === "python") reportSuppressed(file, report);
    if (file.language === "go") reportDroppedResults(file, report);
  },
};

/** A comment that stands before the first statement of a Python block is not within it: `from` is where to begin. */
function doesNothing(body: SyntaxNode, file: SourceFile, from: number, isBroad: boolean): boolean {
  const isIdle = file.statements(body).every((statement) => isIdleStatement(statement, isBroad));
  return isIdle && !saysWhy(file, from, body.endLine);
}

/** A `return` with nothing answers a named error, which can mean that there is no more to do; of any error it says nothing. */
function isIdleStatement(statement: SyntaxNode, isBroad: boolean): boolean {
  if (["pass_statement", "continue_statement", "empty_statement"].includes(statement.type)) return true;
  if (statement.type === "return_statement") return isBroad && statement.named.length === 0;
  return (
    statement.type === "expression_statement" &&
    statement.named.every(({ type }) => type === "ellipsis" || type === "string" || type === "undefined")
  );
}

function takesAll({ types }: Pick<Handler, "types">, { language }: SourceFile): boolean {
  if (language === "go") return false;
  return types.length === 0 || typeNames(types).some(({ name }) => /^(?:Base)?Exception$|^Throwable$/.test(name));
}

/**
 * Errors that tell of no failure: the end of an iteration, a queue with nothing in it, a task that was cancelled, a module
 * that may be left out. In Java a name says it.
 */
function isExpected({ types, name, guarded }: Handler, file: SourceFile): boolean {
  if (file.language === "java") return name !== null && /^(?:ignored?|expected)$/.test(name);
  if (file.language !== "python" || types.length === 0) return false;
  const statements = guarded === null ? [] : file.statements(guarded);
  const isImport = statements.every((statement) => statement.type.startsWith("import_"));
  return typeNames(types).every(
    ({ name: type }) => noFailures.has(type) || (isImport && /^(?:Import|ModuleNotFound)Error$/.test(type)),
  );
}

/** What is called when the work is over, alone in its block: there is nobody left to tell. */
function isOnlyCleanUp({ guarded, types }: Handler, file: SourceFile): boolean {
  const [only, ...others] = guarded === null || file.language === "go" ? [] : file.statements(guarded);
  if (only === undefined || others.length > 0 || (file.language === "python" && takesAll({ types }, file)))
    return false;
  let at = file.bare(only.named[0] ?? only);
  if (at.type === "await_expression" || at.type === "await") at = at.named[0] ?? at;
  const call = file.callAt(at);
  return call !== null && isCleanUp(call.name);
}

const noFailures = new Set([
  ...["StopIteration", "StopAsyncIteration", "GeneratorExit", "CancelledError", "Empty", "QueueEmpty", "Full"],
  ...["ProcessLookupError", "EndOfStream", "ClosedResourceError", "WouldBlock"],
]);

/** `.catch(() => {})`, `.catch(() => undefined)`: the second argument of `then` is the same. */
function reportEmptyCallbacks(file: SourceFile, report: Report): void {
  for (const { name, receiver, args, callee } of file.calls) {
    const callback = name === "catch" ? args[0] : name === "then" ? args[1] : undefined;
    if (receiver === null || callback === undefined || !isNoop(callback.value, file)) continue;
    if (isCleanUp(file.callAt(receiver)?.name ?? "")) continue;
    report(
      { start: callee.part("property")?.start ?? callee.start, end: callback.value.end },
      "This callback drops the error: nothing is done about it.",
    );
  }
}

function isNoop(callback: SyntaxNode, file: SourceFile): boolean {
  if (!file.dialect.functions.has(callback.type)) return noops.has(callback.text.slice(0, 40));
  const body = callback.part("body");
  if (body === null) return false;
  if (body.type === "statement_block") return doesNothing(body, file, body.start, true);
  return ["undefined", "void 0", "{}"].includes(body.text.slice(0, 10)) && !saysWhy(file, callback.start, body.endLine);
}

const noops = new Set(["noop", "_.noop", "$.noop", "lodash.noop", "Function.prototype"]);

/** `with suppress(Exception):` says in a word what a bare `except: pass` says in two. */
function reportSuppressed(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    if (call.name !== "suppress" || file.calleeName(call) !== "contextlib.suppress") continue;
    if (call.args.some(({ value }) => /^(?:builtins\.)?(?:Base)?Exception$/.test(value.text.slice(0, 40))))
      report(call.node, "Every error of this block is suppressed.");
  }
}

/** `save()` and `_ = save()`, `value, _ := load()`, of which the last result is an error as far as one can see. */
function reportDroppedResults(file: SourceFile, report: Report): void {
  const resultOf = errorResults(file);
  for (const { node, target, value } of file.assignments) {
    const call = target.text === "_" ? file.callAt(value) : null;
    const targets = node.part("left")?.named ?? [];
    if (call === null || targets.at(-1) !== target) continue;
    const result = resultOf(call);
    const isKnown = result === (targets.length === 1 ? "only" : "last");
    const isLikely = targets.length === 1 && /^(?:[a-z]\w*|Save|Write|Send|Load|Delete|Update|Insert)$/.test(call.name);
    if ((isKnown || isLikely) && !isCleanUp(call.name) && !saysWhy(file, node.start, node.endLine))
      report(node, "The error that this call may give is dropped.");
  }
  for (const statement of file.nodes("expression_statement")) {
    const call = file.callAt(statement.named[0] ?? statement);
    if (call !== null && resultOf(call) !== "none") report(statement, "The error that this call gives is dropped.");
  }
}

function isCleanUp(name: string): boolean {
  return cleanUp.test(name);
}

const cleanUp =
  /^(?:close|quit|disconnect|cancel|abort|destroy|dispose|terminate|kill|stop|shutdown|flush|release|unlock|rollback|remove|unlink|rm|clean|unset|setenv|encode$|append$|copy$|len$|recover$|min$|max$)/i;
