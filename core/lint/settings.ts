import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { constantTruth } from "./constant-truth.ts";

/** A key that gets a value: of an object, a keyword argument, a field. */
export interface Setting {
  key: string;
  value: SyntaxNode;
  node: SyntaxNode;
  /** What holds the field, where a field is assigned. */
  owner: SyntaxNode | null;
}

/** Every setting of these keys in a file, entries first. In Python a plain name counts too: modules are settings there. */
export function* settingsOf(file: SourceFile, keys: ReadonlySet<string>): Generator<Setting, void, undefined> {
  for (const { key, value, node } of file.entries) if (keys.has(key)) yield { key, value, node, owner: null };
  if (file.language === "javascript")
    for (const node of file.nodes("method_definition")) {
      const key = node.part("name")?.text ?? "";
      if (keys.has(key) && node.parent?.type === "object") yield { key, value: node, node, owner: null };
    }
  for (const { target, value, node, operator } of file.assignments) {
    if (operator !== "=" && operator !== "||=" && operator !== "??=") continue;
    const member = file.dialect.readMember(target);
    if (member !== null && keys.has(member.name)) yield { key: member.name, value, node, owner: member.object };
    else if (file.language === "python" && target.type === "identifier" && keys.has(target.text))
      yield { key: target.text, value, node, owner: null };
  }
}

/** What a flag is set to; null when that is decided elsewhere. */
export function flag(file: SourceFile, node: SyntaxNode): boolean | null {
  const value = file.valueOf(node);
  const isFlag = /^(?:true|false|number|integer|int_literal|unary_expression|not_operator)$/.test(value.type);
  return isFlag ? constantTruth(value, file) : null;
}

/** The text of a constant in lower case; empty when it is none. */
export function lowerText(file: SourceFile, node: SyntaxNode | null | undefined): string {
  return node === null || node === undefined ? "" : (file.constantText(node)?.toLowerCase() ?? "");
}

/** The keys of an object, a dictionary, a struct, with what they are set to. */
export interface Options {
  node: SyntaxNode;
  values: Map<string, SyntaxNode>;
  /** Nothing else can be in it: no spread, no key that is computed. */
  isWhole: boolean;
}

/** The options that a value holds; null when it is not written in this file. */
export function optionsOf(file: SourceFile, node: SyntaxNode): Options | null {
  const plain = file.valueOf(node);
  const literal = plain.type === "unary_expression" ? (plain.part("operand") ?? plain) : plain;
  const body = literal.type === "composite_literal" ? literal.part("body") : literal;
  if (body === null || !/^(?:object|dictionary|literal_value)$/.test(body.type)) return null;
  const values = new Map<string, SyntaxNode>();
  let isWhole = true;
  for (const child of body.named) {
    const entry = file.dialect.entries.has(child.type) ? file.dialect.readEntry(child) : null;
    if (entry !== null) values.set(entry.key, entry.value);
    else if (child.type === "method_definition") values.set(child.part("name")?.text ?? "", child);
    else isWhole = false;
  }
  return { node: literal, values, isWhole };
}

/** The keyword arguments of a call. */
export function keywordsOf({ node, args }: Call): Options {
  const values = new Map(args.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const])));
  return { node, values, isWhole: !args.some(({ value }) => value.type === "dictionary_splat") };
}

/** The elements of a list, a tuple, an array, a slice; a value that is none is its own only element. */
export function elementsOf(file: SourceFile, node: SyntaxNode): SyntaxNode[] {
  const value = file.valueOf(node);
  if (/^(?:array|list|tuple|set|element_value_array_initializer|array_initializer)$/.test(value.type))
    return value.named;
  if (value.type === "array_creation_expression") return value.part("value")?.named ?? [];
  if (value.type === "composite_literal")
    return (value.part("body")?.named ?? []).map((element) => element.named[0] ?? element);
  const call = file.callAt(value);
  if (
    call !== null &&
    /^(?:of|asList|singletonList|singleton|List|Set|new)$/.test(call.name) &&
    file.language === "java"
  )
    return call.args.map((argument) => argument.value);
  return [value];
}
