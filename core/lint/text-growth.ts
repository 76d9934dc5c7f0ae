import type { Binding, Call, SourceFile, SyntaxNode } from "../syntax/index.ts";

/** A piece that is put to what a name holds: by `+=`, by `append`, `push` or `WriteString`. */
export interface Growth {
  /** The statement or call that does it. */
  node: SyntaxNode;
  value: SyntaxNode;
}

/** What is put to a name after it was declared, in the order of the text. */
export function growthOf(file: SourceFile, binding: Binding): readonly Growth[] {
  return growths(file).get(binding) ?? [];
}

/** Every name of a file that grows, with its pieces. */
export function growths(file: SourceFile): ReadonlyMap<Binding, readonly Growth[]> {
  const known = byFile.get(file);
  if (known !== undefined) return known;
  const made = new Map<Binding, Growth[]>();
  const add = (name: SyntaxNode, growth: Growth) => {
    const binding = file.bindingOf(name);
    if (binding === null) return;
    const pieces = made.get(binding) ?? [];
    made.set(binding, pieces);
    pieces.push(growth);
  };
  for (const { node, target, value, operator } of file.assignments)
    if (operator === "+=" || addsToItself(file, target, value)) add(target, { node, value });
    else if (elements.has(target.type))
      add(target.part("object") ?? target.part("value") ?? target.part("operand") ?? target.named[0] ?? target, {
        node,
        value,
      });
  for (const call of file.calls) addGrowth(file, call, add);
  for (const pieces of made.values()) pieces.sort((a, b) => a.node.start - b.node.start);
  byFile.set(file, made);
  return made;
}

/** `list[0] = x`. */
const elements = new Set(["subscript_expression", "subscript", "index_expression", "array_access"]);

/** `query = query + more`. */
function addsToItself(file: SourceFile, target: SyntaxNode, value: SyntaxNode): boolean {
  if (!file.dialect.names.has(target.type)) return false;
  let at: SyntaxNode | null = file.bare(value);
  if (at.part("operator")?.type !== "+") return false;
  for (let step = 0; at !== null && step < longestChain; step += 1) {
    if (at.type === target.type) return at.text === target.text;
    at = at.part("left");
  }
  return false;
}

const byFile = new WeakMap<SourceFile, ReadonlyMap<Binding, readonly Growth[]>>();

const growers = new Set(
  "append push unshift extend insert add addAll WriteString WriteByte WriteRune write writelines prepend".split(" "),
);

function addGrowth(file: SourceFile, call: Call, add: (name: SyntaxNode, growth: Growth) => void): void {
  const { name, receiver, args, node } = call;
  if (receiver !== null && growers.has(name)) {
    const grown = chainStart(file, receiver);
    if (grown !== null) for (const { value } of args) add(grown, { node, value });
    return;
  }
  const [first, ...others] = args;
  if (first === undefined || file.language !== "go") return;
  // `fmt.Fprintf(&builder, "…", x)`, `list = append(list, x)`.
  const target = file.bare(first.value);
  const isPrinted = receiver?.text === "fmt" && name.startsWith("Fprint") && target.type === "unary_expression";
  const grown = isPrinted ? (target.part("operand") ?? target) : target;
  if (isPrinted || (receiver === null && name === "append"))
    for (const { value } of others) add(grown, { node, value });
}

/** Of `builder.append(a).append(b)` the builder. */
function chainStart(file: SourceFile, receiver: SyntaxNode): SyntaxNode | null {
  let at = receiver;
  for (let step = 0; step < longestChain; step += 1) {
    if (file.dialect.names.has(at.type)) return at;
    const call = file.callAt(at);
    if (call === null || call.receiver === null || !growers.has(call.name)) return null;
    at = call.receiver;
  }
  return null;
}

/** Chains are followed from each of their links: a bound keeps that from growing with their square. */
const longestChain = 30;
