import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";

/**
 * Whether a text is there for people to read: it goes to a log, an error, an assertion or a label. `all` says the same of
 * every use of the name that it is given to.
 */
export function isForPeople(file: SourceFile, node: SyntaxNode): boolean {
  const own = file.callAt(node);
  if (own !== null && isMessageCall(own)) return true;
  let inner = node;
  for (let at = node.parent, step = 0; at !== null && step < mostSteps; inner = at, at = at.parent, step += 1) {
    if (throwing.has(at.type)) return true;
    const call = file.callAt(at);
    if (call !== null) return !inner.isWithin(call.callee) && isMessageCall(call);
    if (file.dialect.entries.has(at.type) && labels.test(file.dialect.readEntry(at)?.key ?? "")) return true;
    if (at.type.startsWith("jsx_") || at.type === "assert_statement") return true;
    if (file.dialect.declarations.has(at.type) && at.part("name") !== null) return isNameForPeople(file, at);
    if (file.dialect.assignments.has(at.type)) return isNameForPeople(file, at);
    if (file.dialect.functions.has(at.type) || file.dialect.blocks.has(at.type)) return false;
  }
  return false;
}

const mostSteps = 40;
const throwing = new Set(["throw_statement", "raise_statement", "assert_statement"]);
const labels =
  /^(?:message|msg|label|title|description|help|placeholder|text|detail|details|hint|summary|error|reason|tooltip)$/i;

/** Whether the name that a value is given to is used, and only in messages. */
function isNameForPeople(file: SourceFile, statement: SyntaxNode): boolean {
  const target = statement.part("name") ?? statement.part("left");
  const name = target?.type === "expression_list" ? target.named[0] : target;
  if (name === undefined || name === null || !file.dialect.names.has(name.type)) return false;
  const binding = file.bindingOf(name);
  if (binding === null) return false;
  const uses = usesOf(file, name.text).filter((use) => use.field !== "left" && use !== name && !isDeclared(use));
  const own = uses.filter((use) => file.bindingOf(use) === binding);
  if (own.length === 0 || own.length > mostUses) return false;
  return own.every((use) => {
    const call = callAround(file, use);
    return call !== null && isMessageCall(call);
  });
}

const mostUses = 20;

function isDeclared({ field, parent }: SyntaxNode): boolean {
  return (
    (field === "name" && parent !== null && /declarator|_spec$/.test(parent.type)) ||
    (parent?.type === "expression_list" && parent.field === "left")
  );
}

function callAround(file: SourceFile, use: SyntaxNode): Call | null {
  let inner = use;
  for (let at = use.parent, step = 0; at !== null && step < 8; inner = at, at = at.parent, step += 1) {
    const call = file.callAt(at);
    if (call !== null) return inner.isWithin(call.callee) ? null : call;
    if (file.dialect.blocks.has(at.type) || file.dialect.assignments.has(at.type)) return null;
  }
  return null;
}

const usesByFile = new WeakMap<SourceFile, ReadonlyMap<string, readonly SyntaxNode[]>>();

function usesOf(file: SourceFile, name: string): readonly SyntaxNode[] {
  let uses = usesByFile.get(file);
  if (uses === undefined) {
    const made = new Map<string, SyntaxNode[]>();
    for (const node of file.nodes(...file.dialect.names)) {
      const same = made.get(node.text);
      if (same === undefined) made.set(node.text, [node]);
      else same.push(node);
    }
    usesByFile.set(file, made);
    uses = made;
  }
  return uses.get(name) ?? [];
}

/** A call that logs, prints, fails or asserts. */
export function isMessageCall({ name, receiver, isNew }: Call): boolean {
  if (messageNames.test(name)) return true;
  const owner = receiver?.text.slice(-60) ?? "";
  return isNew
    ? /(?:Error|Exception|Failure|Warning)$/.test(name)
    : isLogger(owner) || (owner === "fmt" && /^(?:F?[Pp]rint\w*|Errorf)$/.test(name));
}

/** `console`, `this.logger`, `log.WithField(…)`, `System.out`. */
export function isLogger(owner: string): boolean {
  return /(?:^|[.\s(_])(?:console|log|logger|logging|slog|zap|LOG|LOGGER|_log|_logger|winston|pino|debug|System\.(?:out|err)|t|b|chalk|vscode\.window)$|[a-z_]Log(?:ger)?$|_log(?:ger)?$/.test(
    owner,
  );
}

const messageNames =
  /^(?:print|println|printf|log|debug|info|warn|warning|error|fatal|panic|trace|expect|toBe|toEqual|toStrictEqual|toContain|toMatch|toThrow|describe|it|test|fail|assert\w*|Error[f]?|Errorf|[A-Z]\w*(?:Error|Exception|Warning)|gettext|_|alert|confirm|prompt|add_argument|echo|secho|notify|Wrapf?|New|require)$/;
