import type { Call, Handler, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { nodesIn } from "./caught-errors.ts";

/** A loop that tries the same again after a failure. */
export interface RetryLoop {
  node: SyntaxNode;
  /** Where it waits before the next attempt. */
  pauses: Pause[];
  /** Something in it counts attempts, watches a clock, or can be told to stop. */
  isBounded: boolean;
}

export interface Pause {
  node: SyntaxNode;
  /** How long; null when that is not given here. */
  delay: SyntaxNode | null;
}

/** The retry loops of a file. A loop that waits for something without a failure is none, and neither is a worker's. */
export function retryLoops(file: SourceFile): RetryLoop[] {
  const pauses = pausesByLoop(file);
  return file.loops.flatMap((node) => {
    const nodes = nodesIn(node, file, 1500);
    const own = pauses.get(node) ?? [];
    if (!isRetry(node, nodes, own, file)) return [];
    return [{ node, pauses: own, isBounded: isBounded(node, nodes, file) }];
  });
}

/** What waits in which loop, by the innermost loop around it. */
function pausesByLoop(file: SourceFile): Map<SyntaxNode, Pause[]> {
  const pauses = new Map<SyntaxNode, Pause[]>();
  for (const call of file.calls) {
    const pause = pauseOf(call, file);
    const loop = pause === null ? null : loopAround(call.node, file);
    if (pause === null || loop === null) continue;
    const known = pauses.get(loop);
    if (known === undefined) pauses.set(loop, [pause]);
    else known.push(pause);
  }
  return pauses;
}

const sleepNames =
  /^(?:sleep|delay|wait|pause|backoff|snooze|sleepMs|sleepFor|sleepAsync|delayMs|waitMs|Sleep|After|NewTimer|setTimeout|parkNanos|sleepUninterruptibly)$/;

/** `await sleep(ms)`, `setTimeout(resolve, ms)`, `time.sleep(s)`, `time.After(d)`, `Thread.sleep(ms)`. */
export function pauseOf(call: Call, file: SourceFile): Pause | null {
  const { name, receiver, args, node } = call;
  if (!sleepNames.test(name)) return null;
  const of = receiver?.text.slice(0, 60) ?? "";
  if (file.language === "go" && of !== "time") return null;
  if (
    file.language === "java" &&
    !/^(?:Thread|TimeUnit\.\w{1,20}|(?:\w{1,20}\.)?Uninterruptibles|LockSupport)$/.test(of)
  )
    return null;
  if (file.language === "python" && receiver !== null && !/^(?:time|asyncio|anyio|trio|gevent|eventlet)$/.test(of))
    return null;
  const isTimer = name === "setTimeout" && args[0] !== undefined && args.length > 1 && file.language === "javascript";
  return { node, delay: (isTimer ? args[1] : args[0])?.value ?? null };
}

/** Through the function that `new Promise` is given, which runs at once. */
function loopAround(node: SyntaxNode, { dialect }: SourceFile): SyntaxNode | null {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (dialect.loops.has(at.type)) return at;
    if (!dialect.functions.has(at.type)) continue;
    const made = at.parent?.parent;
    if (made?.type !== "new_expression" || made.part("constructor")?.text !== "Promise") return null;
  }
  return null;
}

const counted = /attempt|retr(?:y|ies)|\btries\b|backoff/i;

/**
 * A handler that does not leave, where success does; or a pause between attempts, when a name says that they are such, or
 * what is asked is whether it went well.
 */
function isRetry(loop: SyntaxNode, nodes: readonly SyntaxNode[], pauses: readonly Pause[], file: SourceFile): boolean {
  const head = headText(loop);
  const exits = nodes.filter(({ type }) => type === "return_statement" || type === "break_statement");
  const staying = nodes.filter((node) => file.dialect.handlers.has(node.type) && staysIn(node, loop, file));
  const isNamed =
    counted.test(head) ||
    (isEndless(loop, file) && nodes.some((node) => node.type === "identifier" && counted.test(node.text.slice(0, 60))));
  if (staying.length > 0) {
    const leaves = exits.some((exit) => isSuccess(exit, loop, file));
    return (
      (leaves && (pauses.length > 0 || isNamed || isEndless(loop, file))) ||
      (isNamed && (exits.length > 0 || pauses.length > 0))
    );
  }
  if (pauses.length === 0 || exits.length === 0) return false;
  const asksForSuccess = nodes.some(
    (node) =>
      node.type === "if_statement" &&
      /\.ok\b|\bstatus(?:_?[cC]ode)?\b|\berr == nil\b/.test((node.part("condition")?.text ?? "").slice(0, 200)),
  );
  return (
    asksForSuccess && (isNamed || file.language !== "javascript" || /\bfetch\(|axios/.test(loop.text.slice(0, 3000)))
  );
}

/** What stands before the body. */
function headText(loop: SyntaxNode): string {
  const body = loop.part("body");
  return loop.type === "do_statement"
    ? (loop.part("condition")?.text ?? "")
    : loop.tree.source.slice(loop.start, Math.min(body?.start ?? loop.end, loop.start + 300));
}

/** A handler of this loop itself, of which the last statement goes on. */
function staysIn(handlerNode: SyntaxNode, loop: SyntaxNode, file: SourceFile): boolean {
  const handler = file.dialect.readHandler(handlerNode);
  if (handler === null || handlerNode.above(file.dialect.loops) !== loop) return false;
  const last = file.statements(handler.body).at(-1);
  const isStaying = last === undefined || last.type === "continue_statement" || !file.dialect.exits.has(last.type);
  return isStaying && !changesSubject(handler, file);
}

/** What is tried next is another: the folder above, the next of an iterator. */
function changesSubject({ body, guarded }: Handler, file: SourceFile): boolean {
  const tried = guarded?.text.slice(0, 3000) ?? "";
  if (/\bnext\(/.test(tried)) return true;
  return nodesIn(body, file, 500).some((node) => {
    const target = /assignment/.test(node.type) ? (node.part("left") ?? node.named[0]) : undefined;
    if (target == null || !file.dialect.names.has(target.type) || inPassing.test(target.text)) return false;
    return (
      guarded !== null &&
      nodesIn(guarded, file, 500).some((used) => used.type === target.type && used.text === target.text)
    );
  });
}

const inPassing = /attempt|retr|tries|count|delay|wait|sleep|backoff|err|last|interval|^[a-z]$|ok|done|success/i;

/** Leaves this loop, and stands in no handler. */
function isSuccess(exit: SyntaxNode, loop: SyntaxNode, file: SourceFile): boolean {
  if (exit.type === "break_statement" && exit.above(breakable) !== loop) return false;
  if (isInHandler(exit, loop, file)) return false;
  // A loop over a list that finds something is a search: what it tries next is another.
  if (isOverList(loop)) return false;
  return file.language === "go" || exit.above(tries) !== null || exit.parent?.parent === loop;
}

const tries = new Set(["try_statement", "try_with_resources_statement"]);

function isInHandler(exit: SyntaxNode, loop: SyntaxNode, file: SourceFile): boolean {
  let below = exit;
  for (let at = exit.parent; at !== null && at !== loop; below = at, at = at.parent) {
    const handler = file.dialect.handlers.has(at.type) ? file.dialect.readHandler(at) : null;
    if (handler !== null && handler.body === below) return true;
  }
  return false;
}

const breakable = new Set([
  ...["for_statement", "for_in_statement", "enhanced_for_statement", "while_statement", "do_statement"],
  ...[
    "switch_statement",
    "switch_expression",
    "expression_switch_statement",
    "type_switch_statement",
    "select_statement",
  ],
]);

/** `for (const host of hosts)`; a range of numbers is a count. */
function isOverList(loop: SyntaxNode): boolean {
  const range = loop.type === "for_statement" ? loop.childOf("range_clause") : null;
  if (range !== null)
    return range.part("left") !== null && !/^\d+$|max|retr|attempt|tries/i.test(range.part("right")?.text ?? "");
  if (loop.type === "for_in_statement" || loop.type === "enhanced_for_statement") return !counted.test(headText(loop));
  const over = loop.part("right");
  return (
    over !== null &&
    loop.type === "for_statement" &&
    !/^range\(|^itertools\.count|^count\(/.test(over.text.slice(0, 30))
  );
}

/** `while (true)`, `for (;;)`, `for {`, `for i := 0; ; i++`. */
export function isEndless(loop: SyntaxNode, { language }: SourceFile): boolean {
  if (language === "python" && loop.type === "for_statement")
    return /^(?:itertools\.)?count\(/.test(loop.part("right")?.text ?? "");
  if (language === "go") {
    const clause = loop.childOf("for_clause");
    if (clause !== null) return clause.part("condition") === null;
    return loop.named.every(({ type, text }) => type === "block" || text === "true");
  }
  if (loop.type === "for_in_statement" || loop.type === "enhanced_for_statement") return false;
  const condition = loop.part("condition");
  return (
    condition === null || condition.type === "empty_statement" || /^\(?\s*(?:true|True|1)\s*\)?$/.test(condition.text)
  );
}

const limits =
  /attempt|retr(?:y|ies)|tries|count|max|limit|deadline|timeout|elapsed|remaining|expir|\bstart|\bend|\bi\b|\bn\b|Date\.now|time\(\)|monotonic|nanoTime|currentTimeMillis|time\.(?:Since|Now)/i;
const stops =
  /\bctx\.(?:Done|Err)\(|\.Done\(\)|aborted|throwIfAborted|is_set\(\)|isInterrupted\(\)|interrupted\(\)|cancelled|canceled|stopped|shutdown/i;

/** A count or a clock in the head, or in a condition of the body under which it leaves; or something that tells it to stop. */
function isBounded(loop: SyntaxNode, nodes: readonly SyntaxNode[], file: SourceFile): boolean {
  const head = headText(loop);
  if (!isEndless(loop, file)) {
    if (loop.type !== "while_statement" && loop.type !== "do_statement") return true;
    if (/[<>]|!==?|\band\b|&&/.test(head) || limits.test(head) || stops.test(head)) return true;
  }
  return nodes.some((node) => {
    const condition =
      node.type === "if_statement" || node.type === "ternary_expression"
        ? (node.part("condition") ?? node.named[0])
        : null;
    const text = condition?.text.slice(0, 300) ?? "";
    if (/[<>]|[!=]==?/.test(text) && limits.test(text)) return true;
    if (stops.test(text)) return true;
    return node.type === "communication_case" && stops.test((node.part("communication")?.text ?? "").slice(0, 200));
  });
}

/** A function that calls itself again where it failed. */
export interface RetryCall {
  node: SyntaxNode;
  /** An argument counts, or a name in it says that something does. */
  isBounded: boolean;
  /** The pause around it: `setTimeout(() => load(), 1000)`, or one in the same handler. */
  pause: Pause | null;
}

export function retryCalls(file: SourceFile): RetryCall[] {
  const names = new Set(file.functions.flatMap(({ name }) => name ?? []));
  return file.calls.flatMap((call) => {
    const isOwn = call.receiver === null || /^(?:this|self)$/.test(call.receiver.text);
    return isOwn && names.has(call.name) ? (readRetryCall(call, file) ?? []) : [];
  });
}

function readRetryCall(call: Call, file: SourceFile): RetryCall | null {
  let handler: SyntaxNode | null = null;
  let pause: Pause | null = null;
  let below = call.node;
  for (let at = call.node.parent; at !== null; below = at, at = at.parent) {
    if (handler === null && isHandler(at, below, file)) handler = at;
    const around = file.callAt(at);
    if (around !== null && handler === null) pause ??= pauseOf(around, file);
    if (!file.dialect.functions.has(at.type)) continue;
    const parts = file.dialect.readFunction(at);
    if (parts.name === null) continue;
    if (parts.name !== call.name || handler === null) return null;
    // With other arguments it does something else: the next part, one level up, one attempt more.
    const own = new Set(parts.parameters.map(({ name }) => name));
    const isSame = call.args.every(({ value }) => file.dialect.names.has(value.type) && own.has(value.text));
    const isBoundedHere =
      !isSame ||
      counted.test(
        call.args
          .map(({ value }) => value.text)
          .join(" ")
          .slice(0, 300),
      ) ||
      limitsIn(handler, file);
    return { node: call.node, isBounded: isBoundedHere, pause: pause ?? pauseIn(handler, file) };
  }
  return null;
}

/** `catch`, `except`, `if err != nil`, and the callback of `.catch(…)`. */
function isHandler(node: SyntaxNode, below: SyntaxNode, file: SourceFile): boolean {
  if (file.dialect.handlers.has(node.type)) return file.dialect.readHandler(node) !== null;
  return node.type === "call_expression" && below.field === "arguments" && file.callAt(node)?.name === "catch";
}

function limitsIn(handler: SyntaxNode, file: SourceFile): boolean {
  return nodesIn(handler, file, 500).some((node) => {
    const text =
      node.type === "if_statement" ? (node.part("condition") ?? node.named[0])?.text.slice(0, 300) : undefined;
    return text !== undefined && ((/[<>]|[!=]==?/.test(text) && limits.test(text)) || stops.test(text));
  });
}

function pauseIn(handler: SyntaxNode, file: SourceFile): Pause | null {
  for (const node of handler.walk()) {
    const call = file.callAt(node);
    const pause = call === null ? null : pauseOf(call, file);
    if (pause !== null) return pause;
  }
  return null;
}
