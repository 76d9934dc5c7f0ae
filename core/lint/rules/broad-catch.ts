import type { Call, Handler, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { handsOn, nodesIn, rethrows, saysWhy, typeNames } from "../caught-errors.ts";
import { endsProgram, isLogCall } from "../log-calls.ts";
import type { Pattern, Report } from "../pattern.ts";

/** A handler that takes errors which nobody thought of, and does not give them on. */
export const broadCatch: Pattern = {
  rule: {
    id: "broad-catch",
    title: "Every error is caught",
    help: "Name the errors that are expected here, and let the others pass; put less into one try.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["python", "go", "java", "javascript"],
  trigger: /\bexcept\b|\brecover\(\)|\bcatch\b/,
  find(file, report) {
    if (file.language === "python") findInPython(file, report);
    if (file.language === "java") findInJava(file, report);
    if (file.language === "go") findRecovered(file, report);
    if (file.language === "javascript") findLongTries(file, report);
  },
};

function findInPython(file: SourceFile, report: Report): void {
  for (const handler of file.handlers) {
    const broad = typeNames(handler.types).find(({ node, name }) => isEveryError(node, name, file));
    if (handler.types.length > 0 && broad === undefined) continue;
    if (handsErrorOn(handler, file) || isExplained(handler, file)) continue;
    if (broad === undefined)
      report({ start: handler.node.start, end: handler.body.start }, "This handler takes every error, even an exit.");
    else report(broad.node, "This handler takes every error, those that nobody thought of as well.");
  }
}

function isEveryError(node: SyntaxNode, name: string, file: SourceFile): boolean {
  if (name !== "Exception" && name !== "BaseException") return false;
  if (node.type === "attribute") return file.qualifiedName(node) === `builtins.${name}`;
  return node.type === "identifier" && file.bindingOf(node) === null;
}

/** A comment before the first statement of the handler says why everything is taken. */
function isExplained({ node, body }: Handler, file: SourceFile): boolean {
  const [first] = file.statements(body);
  return saysWhy(file, node.start, Math.max(body.line, (first?.line ?? body.endLine) - 1));
}

/** Raised again or as the cause of another, written down with its trace, or given to what may answer it. */
function handsErrorOn(handler: Handler, file: SourceFile): boolean {
  const { name, body } = handler;
  const isGivenOn = nodesIn(body, file).some((node) => {
    if (node.type === "raise_statement") return raisesIt(node, name);
    const call = file.callAt(node);
    return call !== null && (keepsTrace(call) || (endsProgram(call) && call.name !== "fail"));
  });
  return isGivenOn || handsOn(handler, file);
}

function raisesIt(raise: SyntaxNode, name: string | null): boolean {
  const [raised] = raise.named;
  if (raised === undefined || raise.part("cause") !== null) return true;
  if (raised.type === "identifier") return raised.text === name;
  return name !== null && [...raised.walk()].some(({ type, text }) => type === "identifier" && text === name);
}

/** `logger.exception("…")`, `logger.error("…", exc_info=True)`, `traceback.print_exc()`, `sentry_sdk.capture_exception()`. */
function keepsTrace({ name, receiver, args }: Call): boolean {
  if (name === "exception" || name === "capture_exception") return true;
  if (receiver?.text === "traceback") return /^(?:print|format)_/.test(name);
  const info = args.find((argument) => argument.name === "exc_info")?.value;
  return info !== undefined && !["False", "None", "0"].includes(info.text);
}

const everyJavaError = new Set(["Exception", "Throwable", "RuntimeException", "Error", "NullPointerException"]);

function findInJava(file: SourceFile, report: Report): void {
  for (const handler of file.handlers) {
    const broad = typeNames(handler.types).filter(
      ({ node, name }) => everyJavaError.has(name) && isOfJavaLang(node, name),
    );
    if (
      broad.length === 0 ||
      isSuppressed(handler) ||
      isExplained(handler, file) ||
      rethrows(handler, file) ||
      handsOn(handler, file)
    )
      continue;
    for (const { node, name } of broad)
      report(
        node,
        name === "NullPointerException"
          ? "This handler takes an error that only a mistake in the program gives."
          : "This handler takes every error, those that nobody thought of as well.",
      );
  }
}

function isOfJavaLang({ text }: SyntaxNode, name: string): boolean {
  return text === name || text === `java.lang.${name}`;
}

function isSuppressed({ node }: Handler): boolean {
  const modifiers = node.childOf("catch_formal_parameter")?.childOf("modifiers");
  return modifiers?.text.includes("AvoidCatchingGenericException") ?? false;
}

/** `recover()` of which the value goes nowhere but into a log: the panic is over, and the caller is told of no error. */
function findRecovered(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    if (call.name !== "recover" || call.receiver !== null || call.args.length > 0) continue;
    const held = heldAs(call.node);
    const around = call.node.above(file.dialect.functions);
    if (held === null || around === null) continue;
    if (held !== "" && nodesIn(around, file).some((node) => answersPanic(node, held, file))) continue;
    report(call.node, "This takes every panic, and tells nobody that the work was not done.");
  }
}

/** The name that gets what was recovered; empty where none does; null where it goes elsewhere. */
function heldAs({ parent }: SyntaxNode): string | null {
  if (parent?.type === "expression_statement") return "";
  if (parent?.type === "binary_expression") return "";
  const left = parent?.type === "expression_list" ? parent.parent?.part("left") : null;
  if (left?.type !== "expression_list" || left.named.length !== 1) return null;
  return left.text === "_" ? "" : left.text;
}

/** A new panic, an exit, an error that is set or sent, an answer to whoever asked, a call that is given what was recovered. */
function answersPanic(node: SyntaxNode, held: string, file: SourceFile): boolean {
  switch (node.type) {
    case "assignment_statement":
    case "send_statement":
    case "return_statement":
      return node.named.length > 0;
    case "call_expression": {
      const call = file.callAt(node);
      if (call === null || call.name === "recover") return false;
      if (endsProgram(call) || /^(?:WriteHeader|AbortWithStatus\w*|Error)$/.test(call.name))
        return !isLogCall(call, file);
      return !isLogCall(call, file) && !printers.has(call.name) && call.args.some(({ value }) => value.text === held);
    }
    default:
      return false;
  }
}

const printers = new Set(["Sprint", "Sprintf", "Sprintln", "Errorf", "Stack"]);

/** More statements than this under one `catch`, and nobody can say which of them it is about. */
const longestTry = 15;

/** JavaScript has no types to name: what makes a handler too broad is how much stands before it. */
function findLongTries(file: SourceFile, report: Report): void {
  for (const handler of file.handlers) {
    const { guarded, node } = handler;
    if (guarded === null || node.parent === null || file.statements(guarded).length <= longestTry) continue;
    if (file.statements(handler.body).some(({ type }) => type === "throw_statement")) continue;
    report(
      { start: node.parent.start, end: guarded.start },
      "One try holds so much that its handler cannot tell what failed.",
    );
  }
}
