import { answersErrors, promiseCalls, type GivesPromise } from "../async-calls.ts";
import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Pattern, Report } from "../pattern.ts";

/** A promise that nobody waits for: what it gives is lost, and its error with it. */
export const floatingPromise: Pattern = {
  rule: {
    id: "floating-promise",
    title: "A promise is neither awaited nor handled",
    help: "Await it, or give it a `.catch` that answers its error; mark what may run on its own with `void`.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript"],
  trigger: /\basync\b|\bPromise\b|\bfetch\(|\.then\(|\baxios\b|\bimport\(|\.(?:resolves|rejects)\b/,
  find(file, report) {
    const givesPromise = promiseCalls(file);
    for (const statement of file.nodes("expression_statement")) {
      const [expression] = statement.named;
      const floating = expression === undefined ? null : floatingIn(expression, givesPromise, file);
      if (floating !== null) report(floating, "Nobody waits for this promise, and nobody learns of its error.");
    }
    const named = identifiersByName(file);
    for (const call of file.calls) findInCall(call, report, file, named);
    findInTries(givesPromise, file, report);
    findInConditions(givesPromise, file, report);
  },
};

/** What of an expression that stands alone is a promise: `a()`, `ready && a()`, `ready ? a() : b()`. */
function floatingIn(expression: SyntaxNode, givesPromise: GivesPromise, file: SourceFile): SyntaxNode | null {
  const plain = file.bare(expression);
  switch (plain.type) {
    case "call_expression":
    case "new_expression":
      return isFloating(plain, givesPromise, file) ? plain : null;
    case "binary_expression": {
      const right = plain.part("right");
      return right !== null && /^(?:&&|\|\||\?\?)$/.test(plain.part("operator")?.type ?? "")
        ? floatingCall(right, givesPromise, file)
        : null;
    }
    case "ternary_expression":
      return (
        [plain.part("consequence"), plain.part("alternative")]
          .map((branch) => (branch === null ? null : floatingCall(branch, givesPromise, file)))
          .find((found) => found !== null) ?? null
      );
    default:
      return null;
  }
}

function floatingCall(node: SyntaxNode, givesPromise: GivesPromise, file: SourceFile): SyntaxNode | null {
  const plain = file.bare(node);
  return plain.type === "call_expression" && isFloating(plain, givesPromise, file) ? plain : null;
}

function isFloating(node: SyntaxNode, givesPromise: GivesPromise, file: SourceFile): boolean {
  let at = node;
  let isChain = false;
  for (let step = 0; step < 50; step += 1) {
    const call = file.callAt(at);
    if (call === null) return false;
    const { name, receiver, args } = call;
    if (receiver === null || !["then", "catch", "finally"].includes(name))
      return givesPromise(at) || isExpectation(call, file) || /[a-z]Async$/.test(name) || (isChain && isImport(call));
    if (name === "catch" && args.length > 0) return false;
    if (name === "then" && args.length > 1) return false;
    // `.then` of anything gives a promise; what a builder of one's own calls so cannot be told apart, and is rare.
    if (name === "then" && isCallback(args[0]?.value, file))
      return !handlesEarlier(receiver, file) && !isThenable(receiver, file);
    isChain = true;
    at = file.bare(receiver);
  }
  return false;
}

function isImport({ callee }: Call): boolean {
  return callee.type === "import";
}

function isCallback(value: SyntaxNode | undefined, file: SourceFile): boolean {
  return value !== undefined && (file.dialect.functions.has(value.type) || value.type === "identifier");
}

/** `.catch(…).then(…)`: what is thrown after the catch is still lost, but the error of the work itself is not. */
function handlesEarlier(receiver: SyntaxNode, file: SourceFile): boolean {
  let at = file.bare(receiver);
  for (let step = 0; step < 50; step += 1) {
    const call = file.callAt(at);
    if (call === null || call.receiver === null) return false;
    if (call.name === "catch" || (call.name === "then" && call.args.length > 1)) return true;
    at = file.bare(call.receiver);
  }
  return false;
}

/** Commands of a test runner for browsers are queued: there `then` needs no answer. */
function isThenable(receiver: SyntaxNode, file: SourceFile): boolean {
  let at = file.bare(receiver);
  for (let step = 0; step < 50; step += 1) {
    const inner = file.callAt(at)?.receiver ?? file.dialect.readMember(at)?.object ?? null;
    if (inner === null) break;
    at = file.bare(inner);
  }
  return at.text.slice(0, 3) === "cy" || at.text.slice(0, 8) === "cy.";
}

/** `expect(promise).rejects.toThrow()` is a promise: not awaited, the test passes whatever comes. */
function isExpectation({ receiver }: Call, file: SourceFile): boolean {
  let at = receiver;
  let isAsync = false;
  for (let step = 0; step < 6 && at !== null; step += 1) {
    const member = file.dialect.readMember(at);
    if (member === null) break;
    isAsync ||= member.name === "resolves" || member.name === "rejects";
    at = member.object;
  }
  return isAsync && at !== null && file.callAt(at)?.name === "expect";
}

const predicates = new Set([
  "filter",
  "some",
  "every",
  "find",
  "findIndex",
  "findLast",
  "findLastIndex",
  "sort",
  "forEach",
]);

/** `items.forEach(async …)`, `items.filter(async …)`, `new Promise(async …)`, and `items.map(async …)` of which nothing is made. */
function findInCall(call: Call, report: Report, file: SourceFile, named: ReadonlyMap<string, SyntaxNode[]>): void {
  const callback = call.args[0]?.value;
  if (callback === undefined || !file.dialect.functions.has(callback.type) || !callback.has("async")) return;
  if (call.isNew) {
    const isPromise = call.name === "Promise" && file.bindingOf(call.callee) === null;
    if (isPromise && !answersErrors(file.dialect.readFunction(callback), file))
      report(call.node, "What is thrown in this async executor does not reject the promise, and nobody learns of it.");
    return;
  }
  if (call.receiver === null) return;
  const isDropped = (call.name === "map" || call.name === "flatMap") && isNeverAwaited(call.node, file, named);
  if (!isDropped && (!predicates.has(call.name) || isOwnMethod(call))) return;
  const message =
    call.name === "forEach" || isDropped
      ? "Nobody waits for the promises that this async callback gives."
      : "This async callback gives a promise, which always counts as true.";
  report(call.node, message);
}

/** What `map` gives stands alone, or is used as the list of values that it is not. */
function isNeverAwaited(node: SyntaxNode, file: SourceFile, named: ReadonlyMap<string, SyntaxNode[]>): boolean {
  const { parent } = node;
  if (parent?.type === "expression_statement" || (parent !== null && isUsedAsList(parent))) return true;
  const name = parent?.type === "variable_declarator" ? parent.part("name") : null;
  const scope = name === null ? null : (file.bindingOf(name)?.scope ?? null);
  if (name?.type !== "identifier" || scope === null || scope.parent === null) return false;
  const uses = (named.get(name.text) ?? []).filter((at) => at !== name);
  if (uses.length > mostUses || uses.some((at) => file.bindingOf(at)?.scope !== scope)) return false;
  return uses.length > 0 && uses.every(({ parent: use }) => use !== null && isUsedAsList(use));
}

const mostUses = 20;

function identifiersByName(file: SourceFile): Map<string, SyntaxNode[]> {
  const named = new Map<string, SyntaxNode[]>();
  for (const node of file.nodes("identifier")) {
    const known = named.get(node.text);
    if (known === undefined) named.set(node.text, [node]);
    else known.push(node);
  }
  return named;
}

function isUsedAsList(member: SyntaxNode): boolean {
  return member.type === "member_expression" && listMembers.has(member.part("property")?.text ?? "");
}

const listMembers = new Set(["filter", "join", "length", "some", "every", "find", "includes", "sort", "forEach"]);

/** `page.find(async …)` of a library may wait; a name for many is a list. */
function isOwnMethod({ name, receiver }: Call): boolean {
  return /^(?:find|filter|some|every)$/.test(name) && /^(?:page|cy|browser|\$|z|it|test)$/.test(receiver?.text ?? "");
}

/** `try { return send(); } catch …`: the handler has gone before the promise fails. */
function findInTries(givesPromise: GivesPromise, file: SourceFile, report: Report): void {
  for (const statement of file.nodes("return_statement")) {
    const value = statement.named[0] === undefined ? null : file.bare(statement.named[0]);
    if (value === null || !givesPromise(value)) continue;
    const around = statement.above(new Set(["try_statement"]), file.dialect.functions);
    if (around === null || around.childOf("catch_clause") === null) continue;
    const guarded = around.part("body");
    if (guarded === null || !statement.isWithin(guarded)) continue;
    if (statement.above(file.dialect.functions)?.has("async"))
      report(statement, "This promise is returned out of the try without await: the handler does not get its error.");
  }
}

/** `if (isKnown(user))` of an async function: a promise is always true. */
function findInConditions(givesPromise: GivesPromise, file: SourceFile, report: Report): void {
  for (const node of file.nodes("if_statement", "while_statement", "ternary_expression")) {
    const condition = node.part("condition");
    if (condition === null) continue;
    const plain = file.bare(condition);
    const asked =
      plain.type === "unary_expression" && plain.has("!") ? file.bare(plain.part("argument") ?? plain) : plain;
    if (givesPromise(asked)) report(condition, "This condition is a promise, which is always true.");
  }
}
