import type { Handler, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { handsOn, headOf, nodesIn, saysWhy, typeNames } from "../caught-errors.ts";
import { givesNothing, resultOf } from "../go-errors.ts";
import { isLogCall } from "../log-calls.ts";
import type { Pattern, Report } from "../pattern.ts";

/** A handler gives back a value that could as well be an answer: nothing, none, zero, an empty list. */
export const sentinelReturn: Pattern = {
  rule: {
    id: "sentinel-return",
    title: "A failure is returned as an empty answer",
    help: "Let the error pass, or return a result that says that it failed, and why.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /\bcatch\b|\bexcept\b|[eE]rr(?:or)?\d? ?!= ?nil/,
  find(file, report) {
    for (const handler of file.handlers) {
      const value = returnedValue(handler, file);
      if (value === null || !isSentinel(value, handler, file) || isAnswer(handler, value, file)) continue;
      if (handsOn(handler, file) || saysWhy(file, handler.node.start, handler.body.endLine)) continue;
      report(headOf(handler), "This handler returns a value that the caller cannot tell from an answer.");
    }
    if (file.language === "javascript") findInCallbacks(file, report);
  },
};

/** What the handler returns at its end, when all that it does before is to log. */
function returnedValue({ body }: Handler, file: SourceFile): SyntaxNode | null {
  const statements = file.statements(body);
  const last = statements.at(-1);
  if (last?.type !== "return_statement" || statements.length > 6) return null;
  const isPlain = statements.slice(0, -1).every((statement) => isLogOrText(statement, file));
  return isPlain ? (last.named[0] ?? null) : null;
}

function isLogOrText(statement: SyntaxNode, file: SourceFile): boolean {
  if (/_declaration$/.test(statement.type)) return true;
  const [only] = statement.named;
  if (statement.type !== "expression_statement" || only === undefined) return false;
  if (only.type === "assignment" || only.type === "string") return true;
  const call = file.callAt(only.type.startsWith("await") ? (only.named[0] ?? only) : only);
  return call !== null && isLogCall(call, file);
}

function isSentinel(value: SyntaxNode, handler: Handler, file: SourceFile): boolean {
  const bare = file.bare(value);
  if (file.language === "go") return isGoSentinel(bare, handler, file);
  return isEmptyValue(bare) && !isExpected(handler, bare, file);
}

function isEmptyValue(value: SyntaxNode): boolean {
  if (["null", "null_literal", "none", "false", "undefined"].includes(value.type)) return true;
  if (["array", "object", "list", "dictionary", "tuple"].includes(value.type)) return value.named.length === 0;
  return emptyTexts.has(value.text.slice(0, 40).replace(/\s/g, ""));
}

const emptyTexts = new Set([
  ...[
    "0",
    "-1",
    "0.0",
    "0L",
    "-1L",
    "0.0f",
    "0d",
    "NaN",
    "Number.NaN",
    '""',
    "''",
    "``",
    "void0",
    "Double.NaN",
    "[]",
    "{}",
  ],
  ...['float("nan")', "float('nan')", "math.nan", "np.nan", "set()", "dict()", "list()", "newMap()", "newSet()"],
  ...["Optional.empty()", "Collections.emptyList()", "Collections.emptyMap()", "Collections.emptySet()", "List.of()"],
  ...["Map.of()", "Set.of()", "newArrayList<>()", "newHashMap<>()", "newHashSet<>()", "Stream.empty()"],
]);

/**
 * In a function that returns an error: no error at all. In one that does not, nothing and nought; there the caller has no
 * other way to learn of it.
 */
function isGoSentinel(value: SyntaxNode, { node }: Handler, file: SourceFile): boolean {
  const around = node.above(file.dialect.functions);
  if (around === null) return false;
  const values = value.type === "expression_list" ? value.named : [value];
  if (resultOf(around) !== "none") return givesNothing(values);
  return values.length === 1 && ["nil", '""', "0", "-1", "``"].includes(values[0]!.text);
}

/** A named error that means that there is nothing, or that a text is none: then an empty answer is the answer. */
function isExpected({ types }: Handler, value: SyntaxNode, { language }: SourceFile): boolean {
  if (types.length === 0 || language === "javascript") return false;
  const isNothing = ["null_literal", "none", "false"].includes(value.type) || value.text === "Optional.empty()";
  return typeNames(types).every(({ name }) => absences.has(name) || (isNothing && notParsed.test(name)));
}

const absences = new Set([
  ...["KeyError", "IndexError", "LookupError", "AttributeError", "FileNotFoundError", "StopIteration", "DoesNotExist"],
  ...[
    "ImportError",
    "ModuleNotFoundError",
    "ObjectDoesNotExist",
    "NoResultFound",
    "ProcessLookupError",
    "NotImplementedError",
  ],
  ...["CancelledError", "KeyboardInterrupt", "EOFError", "Empty", "NotFound", "NoSuchElementException", "EOFException"],
  ...["NoSuchFileException", "FileNotFoundException", "ClassNotFoundException", "NoSuchMethodException"],
  ...[
    "NoSuchFieldException",
    "EmptyResultDataAccessException",
    "NoResultException",
    "PackageNotFoundError",
    "NotADirectoryError",
  ],
  ...[
    "MissingResourceException",
    "EntityNotFoundException",
    "IndexOutOfBoundsException",
    "ArrayIndexOutOfBoundsException",
    "InterruptedException",
  ],
]);

const notParsed =
  /^(?:ValueError|TypeError|OverflowError|UnicodeDecodeError|JSONDecodeError|ValidationError|InvalidOperation|SyntaxError|NumberFormatException|IllegalArgumentException|DateTimeParseException|ParseException|ClassCastException|URISyntaxException|MalformedURLException|BadSignature|Invalid\w{1,60})$/;

/** `isJson`, `has…`, `tryParse`: the question is whether it works, and the name says so. */
function isAnswer(handler: Handler, value: SyntaxNode, file: SourceFile): boolean {
  const around = file.functionAround(handler.node);
  if (around?.name != null && tellsOfFailure.test(around.name)) return true;
  if (!["false", "False"].includes(value.text)) return false;
  return answersYes(handler, around?.body ?? null, file);
}

const tellsOfFailure =
  /^_{0,2}(?:is|has|can|could|should|was|are|does|exists?|supports?|check|validate|verify|matches|contains|equals|try|maybe|safe|attempt|ping|probe|detect)(?:[A-Z_]|$)|(?:OrNull|OrNone|OrUndefined|OrDefault|OrEmpty|OrElse|_or_none|_or_default|_exists|Exists|Safe|_safe|IfExists|IfPresent|Optional|Available|_available|_valid|Valid)$/;

/** What is tried ends in `return true`: what is asked is whether it works. */
function answersYes({ guarded }: Handler, body: SyntaxNode | null, file: SourceFile): boolean {
  return [guarded, body].some((block) => {
    const last = block === null ? undefined : file.statements(block).at(-1);
    return last?.type === "return_statement" && /^(?:true|True)$/.test(last.named[0]?.text ?? "");
  });
}

/** `.catch(() => null)`, `.catch(() => [])`. */
function findInCallbacks(file: SourceFile, report: Report): void {
  for (const { name, receiver, args, callee } of file.calls) {
    const callback = name === "catch" ? args[0]?.value : undefined;
    if (receiver === null || callback === undefined || !file.dialect.functions.has(callback.type)) continue;
    const value = callbackValue(callback, file);
    if (value === null || ["undefined", "void 0"].includes(value.text) || !isEmptyValue(value)) continue;
    if (asksWhetherThere.test(file.callAt(file.bare(receiver))?.name ?? "")) continue;
    if (tellsOfFailure.test(file.functionAround(callback)?.name ?? "")) continue;
    const start = callee.part("property")?.start ?? callee.start;
    if (!saysWhy(file, start, callback.endLine))
      report({ start, end: callback.end }, "This callback gives a value that nobody can tell from an answer.");
  }
}

/** Whether a file is there, and what a failed answer holds: nothing is an answer to these. */
const asksWhetherThere = /^(?:l?stat|access|exists|readlink|realpath|head|json|text|arrayBuffer|blob|formData)$/;

function callbackValue(callback: SyntaxNode, file: SourceFile): SyntaxNode | null {
  const body = callback.part("body");
  if (body === null) return null;
  if (body.type !== "statement_block") return file.bare(body);
  const last = file.statements(body).at(-1);
  if (last?.type !== "return_statement" || nodesIn(body, file, 200).some(({ type }) => type === "if_statement"))
    return null;
  return last.named[0] === undefined ? null : file.bare(last.named[0]);
}
