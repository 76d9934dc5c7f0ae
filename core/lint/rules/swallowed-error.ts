import type { Handler, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Pattern, Report } from "../pattern.ts";
import { givesReason } from "../reasons.ts";

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
  trigger: /\b(?:catch|except|suppress|err\w*|_)\b/,
  find(file, report) {
    for (const handler of file.handlers)
      if (doesNothing(handler.body, file, handler.node.start))
        report(headOf(handler), "This handler drops the error: nothing is done about it.");
    if (file.language === "javascript") reportEmptyCallbacks(file, report);
    if (file.language === "python") reportSuppressed(file, report);
    if (file.language === "go") reportBlankErrors(file, report);
  },
};

/** From the handler's first word to its body. */
function headOf({ node, body }: Handler): { start: number; end: number } {
  return { start: node.start, end: Math.max(node.start + 1, body.start) };
}

/** A comment that stands before the first statement of a Python block is not within it: `from` is where to begin. */
function doesNothing(body: SyntaxNode, file: SourceFile, from = body.start): boolean {
  const isIdle = file.statements(body).every((statement) => isIdleStatement(statement));
  if (!isIdle) return false;
  const lastLine = body.endLine;
  return !file.comments.some(({ text, start, line }) => start >= from && line <= lastLine && givesReason(text));
}

function isIdleStatement(statement: SyntaxNode): boolean {
  if (["pass_statement", "continue_statement", "empty_statement"].includes(statement.type)) return true;
  return statement.type === "expression_statement" && statement.named.every(({ type }) => type === "ellipsis");
}

/** `.catch(() => {})`: the second argument of `then` is the same. */
function reportEmptyCallbacks(file: SourceFile, report: Report): void {
  for (const { name, receiver, args, callee } of file.calls) {
    const callback = name === "catch" ? args[0] : name === "then" ? args[1] : undefined;
    if (receiver === null || callback === undefined) continue;
    const body = file.dialect.functions.has(callback.value.type) ? callback.value.part("body") : null;
    const isNoop = /^(?:_\.)?noop$/.test(callback.value.text);
    if (!isNoop && (body?.type !== "statement_block" || !doesNothing(body, file))) continue;
    report(
      { start: callee.part("property")?.start ?? callee.start, end: callback.value.end },
      "This callback drops the error: nothing is done about it.",
    );
  }
}

/** `with suppress(Exception):` says in a word what a bare `except: pass` says in two. */
function reportSuppressed(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    if (file.calleeName(call) !== "contextlib.suppress") continue;
    if (call.args.some(({ value }) => /^(?:Base)?Exception$/.test(value.text)))
      report(call.node, "Every error of this block is suppressed.");
  }
}

/** `_ = save()` and `value, _ := load()`, where the name of what is called says that it can fail. */
function reportBlankErrors(file: SourceFile, report: Report): void {
  for (const { node, target, value } of file.assignments) {
    const call = target.text === "_" ? file.callAt(value) : null;
    const targets = node.part("left")?.named ?? [];
    if (call === null || targets.at(-1) !== target || targets.length > 1) continue;
    report(node, "The error that this call may give is dropped.");
  }
}
