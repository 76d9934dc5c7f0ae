import type { Call, FunctionParts, SourceFile, SyntaxNode } from "../syntax/index.ts";

/** Says of a call whether it gives a promise, as far as that can be told without types. */
export type GivesPromise = (node: SyntaxNode) => boolean;

/** Functions of the file that are async or promise so in their type, methods of the class around, and well-known functions. */
export function promiseCalls(file: SourceFile): GivesPromise {
  const byNode = new Map(file.functions.map((parts) => [parts.node, parts]));
  const methods = asyncMethods(file);
  return (node) => {
    const call = file.callAt(node);
    if (call === null) return false;
    const called = file.bare(call.callee);
    const inline = byNode.get(called);
    if (inline !== undefined) return !call.isNew && inline.isAsync && !answersErrors(inline, file);
    if (call.isNew) return call.name === "Promise" && isGlobal(call.callee, file);
    if (call.receiver === null) return isAsyncName(call, byNode, file) || wellKnown.has(importedName(call, file));
    if (call.receiver.type === "this") return methods.get(classAround(node))?.has(call.name) ?? false;
    return isKnownMember(call, file) || isMethodOf(call, methods, file);
  };
}

/** `store.save()` of a `store` that is made here of a class of the file. */
function isMethodOf({ receiver, name }: Call, methods: AsyncMethods, file: SourceFile): boolean {
  const made = receiver === null ? null : file.callAt(file.valueOf(receiver));
  if (made === null || !made.isNew) return false;
  const [declared] = file.bindingOf(made.callee)?.declarations ?? [];
  const body = declared?.kind === "class" ? (declared.value?.part("body") ?? null) : null;
  return body !== null && (methods.get(body)?.has(name) ?? false);
}

type AsyncMethods = ReadonlyMap<SyntaxNode | null, ReadonlySet<string>>;

/** A name that only ever stands for one function, and that one is async. */
function isAsyncName(call: Call, byNode: ReadonlyMap<SyntaxNode, FunctionParts>, file: SourceFile): boolean {
  const binding = file.bindingOf(call.callee);
  const [declared, ...others] = binding?.declarations ?? [];
  if (declared?.value == null || declared.isPart || others.length > 0 || binding!.values.length > 0) return false;
  const parts = byNode.get(file.bare(declared.value));
  return parts !== undefined && givesPromise(parts) && !answersErrors(parts, file);
}

function givesPromise({ node, isAsync }: FunctionParts): boolean {
  return (isAsync && !node.has("*")) || /^:\s*Promise\b/.test((node.part("return_type")?.text ?? "").slice(0, 40));
}

/** Everything that it does stands in a try with a handler: it is made to be left alone. */
export function answersErrors({ body }: FunctionParts, file: SourceFile): boolean {
  if (body?.type !== "statement_block") return false;
  const [only, ...others] = file.statements(body).filter(({ type }) => !type.endsWith("_declaration"));
  return only?.type === "try_statement" && others.length === 0 && only.childOf("catch_clause") !== null;
}

/** Of each class body the methods that are async. */
function asyncMethods(file: SourceFile): Map<SyntaxNode | null, Set<string>> {
  const methods = new Map<SyntaxNode | null, Set<string>>();
  for (const parts of file.functions) {
    const { node, name } = parts;
    const isMember = node.type === "method_definition" || node.parent?.type.endsWith("field_definition") === true;
    if (!isMember || name === null || !givesPromise(parts) || answersErrors(parts, file)) continue;
    const around = classAround(node);
    const known = methods.get(around);
    if (known === undefined) methods.set(around, new Set([name]));
    else known.add(name);
  }
  return methods;
}

const classBody = new Set(["class_body"]);
/** Within these `this` is another. */
const ownThis = new Set(["function_expression", "function_declaration", "generator_function", "object"]);

function classAround(node: SyntaxNode): SyntaxNode | null {
  return node.above(classBody, ownThis);
}

function isGlobal(name: SyntaxNode, file: SourceFile): boolean {
  return file.bindingOf(name) === null;
}

function importedName(call: Call, file: SourceFile): string {
  const declared = file.bindingOf(call.callee)?.declarations[0];
  const isElsewhere = declared === undefined || declared.kind === "import";
  return call.callee.type === "identifier" && isElsewhere ? file.calleeName(call) : "";
}

const wellKnown = new Set([
  ...["fetch", "axios", "got", "ky", "node-fetch", "undici.fetch", "undici.request", "timers/promises.setTimeout"],
  ...["fs/promises.readFile", "fs/promises.writeFile", "fs/promises.mkdir", "fs/promises.rm", "fs/promises.unlink"],
  ...[
    "fs/promises.appendFile",
    "fs/promises.rename",
    "fs/promises.copyFile",
    "fs/promises.readdir",
    "fs/promises.stat",
  ],
]);

/** `fs.promises.writeFile`, `axios.post`, `Promise.all`. */
function isKnownMember(call: Call, file: SourceFile): boolean {
  const { receiver, name } = call;
  if (receiver === null || receiver.text.length > 40) return false;
  if (receiver.text === "Promise") return /^(?:all|allSettled|any|race|reject)$/.test(name) && isGlobal(receiver, file);
  const of = file.qualifiedName(receiver);
  if (of === "fs/promises" || of === "fs.promises") return true;
  return (
    (of === "axios" || of === "ky" || of === "got") && /^(?:get|post|put|patch|delete|head|options|request)$/.test(name)
  );
}
