import type { Call, Handler, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { nodesIn } from "../caught-errors.ts";
import type { Pattern, Report } from "../pattern.ts";

/** A new error is raised for one that was caught, and does not say which. */
export const lostCause: Pattern = {
  rule: {
    id: "lost-cause",
    title: "A new error hides the one that caused it",
    help: "Give the caught error on as the cause: `{ cause: error }`, `from error`, `%w`, or the constructor's last argument.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "warning" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /\bcatch\b|\bexcept\b|\bErrorf\b|\berrors\.New\b/,
  find(file, report) {
    if (file.language === "go") findInGo(file, report);
    else
      for (const handler of file.handlers)
        for (const node of nodesIn(handler.body, file))
          if (raises.has(node.type) && handlerAround(node, file) === handler.node)
            if (losers[file.language](node, handler, file))
              report(node, "This raises another error, and loses the one that was caught.");
  },
};

const raises = new Set(["throw_statement", "raise_statement"]);

/** Of handlers within each other the inner one's error is the cause. */
function handlerAround(node: SyntaxNode, { dialect }: SourceFile): SyntaxNode | null {
  return node.above(dialect.handlers, dialect.functions);
}

type Loses = (raise: SyntaxNode, handler: Handler, file: SourceFile) => boolean;
const losers: Record<"javascript" | "python" | "java", Loses> = {
  python: losesInPython,
  java: losesInJava,
  javascript: losesInJavaScript,
};

/** `raise Other(…)` without `from`; `raise` alone and `raise e` give the caught one on. */
function losesInPython(raise: SyntaxNode, { name }: Handler, file: SourceFile): boolean {
  const [raised] = raise.named;
  if (raised === undefined || raise.part("cause") !== null || raise.has("from")) return false;
  if (raised.type === "identifier" && raised.text === name) return false;
  const call = file.callAt(raised);
  // `e.with_traceback(…)`, `wrap(e)`: what a function gives may hold it.
  const isMade = call === null || /^_*[A-Z]/.test(call.name);
  return isMade || name === null || !isWithin(raised, name, file);
}

function isWithin(node: SyntaxNode, name: string, file: SourceFile): boolean {
  return nodesIn(node, file, 300).some((inner) => file.dialect.names.has(inner.type) && inner.text === name);
}

/** The built-in ones take `{ cause }` last; `AggregateError` has it one place later. */
const builtIn = new Set(
  "Error EvalError RangeError ReferenceError SyntaxError TypeError URIError AggregateError SuppressedError".split(" "),
);

/**
 * An error of the language's own is judged by its options. What an error of the project takes is not known: giving it the
 * caught one in whatever place is enough.
 */
function losesInJavaScript(raise: SyntaxNode, { name, node, body }: Handler, file: SourceFile): boolean {
  const thrown = raise.named[0] === undefined ? null : file.bare(raise.named[0]);
  const call = thrown === null ? null : madeError(thrown, file);
  // Without a name for it whoever wrote this has not overlooked it.
  if (call === null || name === null || !/(?:Error|Exception)$/.test(call.name)) return false;
  const isBuiltIn = builtIn.has(call.name) && file.bindingOf(call.callee) === null;
  // One without a text is a signal, which stands for itself.
  if (!isBuiltIn)
    return call.args.length > 0 && node.part("parameter")?.type === "identifier" && !isWithin(call.node, name, file);
  const options = call.args[optionsPlace(call)]?.value;
  if (call.args.some(({ value }) => value.type === "spread_element")) return false;
  if (options === undefined) return true;
  const plain = file.bare(options);
  if (plain.type !== "object") return false;
  return !givesCause(plain, { name, body }, file);
}

function optionsPlace({ name }: Call): number {
  return name === "AggregateError" ? 2 : name === "SuppressedError" ? 3 : 1;
}

function givesCause(
  options: SyntaxNode,
  { name, body }: { name: string; body: SyntaxNode },
  file: SourceFile,
): boolean {
  return options.named.some((part) => {
    if (part.type === "spread_element") return true;
    if (part.type === "shorthand_property_identifier") return part.text === "cause" && name === "cause";
    const key = part.part("key");
    const value = part.part("value");
    if (value === null || key === null || key.text.replace(/["'`[\]]/g, "") !== "cause") return false;
    return file.bare(value).type !== "member_expression" && holdsCaught(value, { name, body }, file);
  });
}

/** Not another one of its name, which the handler declares. */
function holdsCaught(value: SyntaxNode, { name, body }: { name: string; body: SyntaxNode }, file: SourceFile): boolean {
  return nodesIn(value, file, 300).some((inner) => {
    if (!file.dialect.names.has(inner.type) || inner.text !== name) return false;
    const declared = file.bindingOf(inner)?.declarations ?? [];
    return declared.length === 0 || declared.some((declaration) => !declaration.name.isWithin(body));
  });
}

/** `new X(…)`, and `Error(…)`, which is the same. */
function madeError(thrown: SyntaxNode, file: SourceFile): Call | null {
  const call = file.callAt(thrown);
  return call !== null && call.receiver === null && (call.isNew || builtIn.has(call.name)) ? call : null;
}

/** `throw new X("…")` without the caught one as a whole; of `InvocationTargetException` the inner one is what counts. */
function losesInJava(raise: SyntaxNode, { name, body, types }: Handler, file: SourceFile): boolean {
  if (name === null || /^(?:ignored?|expected)$/.test(name)) return false;
  const holding = new Set([name]);
  for (const { target, value } of assignmentsIn(body, file))
    if (holds(value, holding, file, types)) holding.add(target);
  const [thrown] = raise.named;
  if (thrown === undefined) return false;
  const parts = thrown.type === "ternary_expression" ? thrown.named.slice(1) : [thrown];
  return parts.some((part) => makesError(part, body, file) && !holds(part, holding, file, types));
}

/** Names that get a value in the handler, in the order of the text; and those that are given the cause later. */
function assignmentsIn(body: SyntaxNode, file: SourceFile): { target: string; value: SyntaxNode }[] {
  return nodesIn(body, file).flatMap((node) => {
    if (node.type === "variable_declarator" || node.type === "assignment_expression") {
      const target = node.part("name") ?? node.part("left");
      const value = node.part("value") ?? node.part("right");
      return target === null || value === null ? [] : [{ target: target.text, value }];
    }
    if (node.type === "instanceof_expression") {
      const bound = node.part("name");
      return bound === null ? [] : [{ target: bound.text, value: node.part("left") ?? node }];
    }
    const call = node.type === "method_invocation" ? file.callAt(node) : null;
    const [given] = call?.args ?? [];
    const takes = /^(?:initCause|addSuppressed|setStackTrace|withCause|cause|setCause)$/.test(call?.name ?? "");
    return takes && call?.receiver != null && given !== undefined
      ? [{ target: call.receiver.text, value: given.value }]
      : [];
  });
}

/** Whether an error stands in a value as a whole: not where only its text is asked for, or it is put into a text. */
function holds(value: SyntaxNode, names: ReadonlySet<string>, file: SourceFile, types: readonly SyntaxNode[]): boolean {
  for (const node of value.walk()) {
    if (node.type !== "identifier" || !names.has(node.text) || node.field === "name") continue;
    let whole = node;
    while (whole.parent?.type === "parenthesized_expression") whole = whole.parent;
    const { parent } = whole;
    if (parent?.type === "binary_expression") continue;
    if (parent?.type !== "method_invocation" || whole.field !== "object") return true;
    const asked = parent.part("name")?.text ?? "";
    if (
      !/^(?:getMessage|getLocalizedMessage|toString|getClass|getStackTrace|getCause|printStackTrace|get\w{1,40}(?:Code|Name|State|Message))$/.test(
        asked,
      )
    )
      return true;
    if (asked === "getStackTrace" || (asked === "getCause" && types.some(isCarrier))) return true;
  }
  return false;
}

function isCarrier({ text }: SyntaxNode): boolean {
  return /(?:InvocationTargetException|PrivilegedActionException|ExecutionException|CompletionException|UncheckedIOException)$/.test(
    text,
  );
}

/** A construction, alone or under a call that gives it back, or a name of the handler that holds one. */
function makesError(thrown: SyntaxNode, body: SyntaxNode, file: SourceFile): boolean {
  const bare = file.bare(thrown);
  if (bare.type === "object_creation_expression") return true;
  const call = file.callAt(bare);
  if (call?.name === "fillInStackTrace" || call?.name === "initCause")
    return call.receiver !== null && file.bare(call.receiver).type === "object_creation_expression";
  if (bare.type !== "identifier") return false;
  const binding = file.bindingOf(bare);
  const [declared, ...others] = binding?.declarations ?? [];
  if (declared?.value == null || others.length > 0 || binding!.values.length > 0) return false;
  return declared.value.type === "object_creation_expression" && declared.name.isWithin(body);
}

/** `fmt.Errorf` that writes an error without `%w`, and a new error in `if err != nil` that does not mention it. */
function findInGo(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    const isErrorf = call.name === "Errorf" && call.receiver?.text === "fmt";
    if (!isErrorf && !(call.name === "New" && call.receiver?.text === "errors")) continue;
    const [format, ...given] = call.args.map(({ value }) => value);
    const text = format === undefined ? null : file.constantText(format);
    if (text === null || text.includes("%w")) continue;
    const isWritten = isErrorf && given.some((value) => isError(value));
    if (isWritten || isReturnedFor(call, file))
      report(call.node, "This makes another error, and loses the one that it is made for.");
  }
}

/** `err`, `closeErr`, `err.Error()`. */
function isError(value: SyntaxNode): boolean {
  const text = value.text.slice(0, 60).replace(/\.Error\(\)$/, "");
  return /^(?:err|\w{1,30}Err)\d?$/.test(text);
}

/** Returned in `if err != nil`, of which the error is mentioned nowhere in the block. */
function isReturnedFor({ node }: Call, file: SourceFile): boolean {
  const returned = node.above(new Set(["return_statement"]), new Set(["call_expression", "block"]));
  const block = returned?.parent?.parent ?? null;
  if (block?.parent?.type !== "if_statement" || block.field !== "consequence") return false;
  const handler = file.dialect.readHandler(block.parent);
  if (handler?.name == null) return false;
  return !isWithin(block, handler.name, file);
}
