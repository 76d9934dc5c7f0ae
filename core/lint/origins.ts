import type { SourceFile, SyntaxNode } from "../syntax/index.ts";

/**
 * What a value may have come from, by qualified name: the class it was made of (`requests.Session`), the function that gave
 * it (`tarfile.open`), or the type it is declared with (`java.util.Random`). A name that several places set has several.
 */
export function originsOf(file: SourceFile, node: SyntaxNode): string[] {
  const found = new Set<string>();
  let at: SyntaxNode[] = [node];
  for (let step = 0; step < 4 && at.length > 0; step += 1) {
    const next: SyntaxNode[] = [];
    for (const value of at.slice(0, mostValues)) {
      const plain = unwrapped(file, value);
      const name = makerName(file, plain);
      if (name !== "") found.add(name);
      else next.push(...valuesOf(file, plain, found));
    }
    at = next;
  }
  return [...found];
}

/** A name that is set more often than this is nobody's: hostile text could make each use of it costly. */
const mostValues = 10;

/** A dotted name with imports resolved, of a few parts; empty for anything that is computed. */
export function dottedName(file: SourceFile, node: SyntaxNode): string {
  let base = file.bare(node);
  const names: string[] = [];
  for (let member = file.dialect.readMember(base); member !== null; member = file.dialect.readMember(base)) {
    names.unshift(member.name);
    base = file.bare(member.object);
    if (names.length > 8) return "";
  }
  const first = requiredModule(file, base) ?? plainName(file, base);
  return first === "" ? "" : [first, ...names].join(".");
}

/** `require("crypto")`, where it is used at once. */
function requiredModule(file: SourceFile, node: SyntaxNode): string | null {
  const call = file.language === "javascript" ? file.callAt(node) : null;
  const module = call?.callee.text === "require" ? call.args[0]?.value : undefined;
  return module?.type === "string" ? module.text.slice(1, -1).replace(/^node:/, "") : null;
}

function plainName(file: SourceFile, node: SyntaxNode): string {
  const isName = file.dialect.names.has(node.type) || /^(?:this|super)$/.test(node.type);
  if (isName || node.type.endsWith("type_identifier")) return file.qualifiedName(node) || node.text;
  return node.type === "generic_type" && node.named[0] !== undefined ? plainName(file, node.named[0]) : "";
}

function unwrapped(file: SourceFile, node: SyntaxNode): SyntaxNode {
  const plain = file.bare(node);
  const inner = /^(?:await|await_expression|unary_expression)$/.test(plain.type) ? plain.named.at(-1) : undefined;
  return inner === undefined ? plain : file.bare(inner);
}

/** What made a value, where that is written at the value itself. */
function makerName(file: SourceFile, node: SyntaxNode): string {
  if (node.type === "composite_literal") return typeName(file, node.part("type"));
  const call = file.callAt(node);
  if (call === null) return "";
  if (file.language === "go" && call.name === "new" && call.args[0] !== undefined)
    return typeName(file, call.args[0].value);
  return calledName(file, call);
}

/** What a call calls; of Java's methods, that have no member node, the receiver's name and theirs. */
export function calledName(
  file: SourceFile,
  { receiver, callee, name }: { receiver: SyntaxNode | null; callee: SyntaxNode; name: string },
): string {
  if (receiver === null) return dottedName(file, callee);
  const of = dottedName(file, receiver);
  return of === "" ? "" : `${of}.${name}`;
}

/** A type by its qualified name, without pointers and type arguments. */
export function typeName(file: SourceFile, type: SyntaxNode | null): string {
  let at = type;
  for (let step = 0; step < 4 && at !== null && wrapsType.has(at.type); step += 1) at = at.named.at(0) ?? null;
  if (at === null) return "";
  const module = at.part("package");
  if (module === null) return dottedName(file, at);
  const from = file.scopes.find(module)?.declarations.find(({ kind }) => kind === "import")?.from;
  return `${from?.module ?? module.text}.${at.part("name")?.text ?? ""}`;
}

const wrapsType = new Set(["pointer_type", "generic_type", "type", "type_annotation", "parenthesized_type"]);

/** The values that a name gets; the types that it is declared with are noted. */
function valuesOf(file: SourceFile, node: SyntaxNode, types: Set<string>): SyntaxNode[] {
  const own = ownField(file, node);
  const binding = file.bindingOf(own ?? node) ?? (own === null ? null : file.scopes.find(own));
  const declarations = binding?.declarations.slice(0, mostValues) ?? [];
  for (const { name } of declarations) {
    const declared = name.parent?.part("type") ?? name.parent?.parent?.part("type") ?? null;
    const type = declared === null ? "" : typeName(file, declared);
    if (type !== "" && type !== "var") types.add(type);
  }
  const values = (binding?.values ?? []).slice(0, mostValues).map(({ value }) => value);
  const isOfSelf = own !== null && binding === null;
  return [
    ...declarations.flatMap(({ value, kind }) => (value === null || kind === "import" ? [] : value)),
    ...values,
    ...(isOfSelf ? (fieldValues(file).get(own.text) ?? []) : []),
  ];
}

/** The name of `this.x` and `self.x`. */
function ownField(file: SourceFile, node: SyntaxNode): SyntaxNode | null {
  const object = file.dialect.readMember(node)?.object;
  if (object === undefined || !/^(?:this|self|cls)$/.test(object.text)) return null;
  return node.part("property") ?? node.part("attribute") ?? node.part("field");
}

/** What is assigned to each field of `this` or `self` in a file. */
function fieldValues(file: SourceFile): Map<string, SyntaxNode[]> {
  const known = fieldsByFile.get(file);
  if (known !== undefined) return known;
  const fields = new Map<string, SyntaxNode[]>();
  for (const { target, value } of file.assignments) {
    const own = ownField(file, target);
    if (own !== null) fields.set(own.text, [...(fields.get(own.text) ?? []).slice(-mostValues), value]);
  }
  fieldsByFile.set(file, fields);
  return fields;
}

const fieldsByFile = new WeakMap<SourceFile, Map<string, SyntaxNode[]>>();
