import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";

/** One thing that a test holds the code to. */
export interface Assertion {
  node: SyntaxNode;
  /** What is looked at; null where nothing is. */
  subject: SyntaxNode | null;
  /** How: `toBe`, `not.toThrow`, `assertEqual`, `==`. */
  matcher: string;
  /** What it should be; null where the matcher says it all. */
  expected: SyntaxNode | null;
}

/** Every assertion of a file, in the order of the text. */
export function assertionsIn(file: SourceFile): Assertion[] {
  const found = file.calls.flatMap((call) => readCall(file, call));
  if (file.language === "python") found.push(...file.nodes("assert_statement").map(readAssert));
  return found.sort((a, b) => a.node.start - b.node.start);
}

/** Those of a sorted list that stand within a node. */
export function within<T extends { node: SyntaxNode }>(sorted: readonly T[], { start, end }: SyntaxNode): T[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.node.start < start) low = middle + 1;
    else high = middle;
  }
  const found: T[] = [];
  for (let index = low; index < sorted.length && sorted[index]!.node.start < end; index += 1)
    found.push(sorted[index]!);
  return found;
}

function readCall(file: SourceFile, call: Call): Assertion[] {
  if (starters.has(call.name) && (call.receiver === null || call.name !== "that")) return readChain(call);
  const [first, second, third] = call.args.map(({ value }) => value);
  const of = call.receiver?.text ?? "";
  const isOfGo =
    file.language === "go" && /^(?:assert|require|is|s|suite|s\.Require\(\))$/.test(of) && /^[A-Z]/.test(call.name);
  if (isOfGo) {
    const takesTest = /^(?:t|tb|s\.T\(\))$/.test(first?.text ?? "");
    const [a, b] = takesTest ? [second, third] : [first, second];
    return [
      { node: call.node, subject: b ?? a ?? null, matcher: call.name, expected: b === undefined ? null : (a ?? null) },
    ];
  }
  if (file.language === "go") return [];
  if (
    /^assert(?:[A-Z_]\w*)?$/.test(call.name) ||
    (/^(?:assert|chai\.assert|t)$/.test(of) && file.language === "javascript" && asserters.test(call.name))
  ) {
    const isSwapped = file.language === "java";
    const [subject, expected] = isSwapped && second !== undefined ? [second, first] : [first, second];
    const matcher = of === "assert" || of === "chai.assert" || of === "t" ? `assert.${call.name}` : call.name;
    return [{ node: call.node, subject: subject ?? null, matcher, expected: expected ?? null }];
  }
  if (file.language === "python" && /^(?:pytest|self)$/.test(of) && /^(?:raises|warns)$/.test(call.name))
    return [{ node: call.node, subject: null, matcher: call.name, expected: first ?? null }];
  return [];
}

const starters = new Set(["expect", "assertThat"]);
const asserters =
  /^(?:ok|equal|strictEqual|deepEqual|deepStrictEqual|notEqual|is|truthy|true|throws|rejects|match|isTrue|isOk|same|exists)$/;

/** `expect(a).not.toBe(b)`, `assertThat(a).isEqualTo(b)`: as one. */
function readChain(call: Call): Assertion[] {
  const words: string[] = [];
  let at = call.node;
  let expected: SyntaxNode | null = null;
  for (let step = 0; step < 20 && at.parent !== null; step += 1) {
    const { parent } = at;
    const isMember = parent.part("object") === at;
    const isCalled = parent.part("function") === at;
    if (!isMember && !isCalled) break;
    if (isMember) words.push((parent.part("property") ?? parent.part("name"))?.text ?? "");
    if (isCalled || parent.type === "method_invocation") expected = parent.part("arguments")?.named[0] ?? null;
    at = parent;
  }
  if (words.length === 0 && call.name !== "expect") return [];
  return [{ node: at, subject: call.args[0]?.value ?? null, matcher: words.join("."), expected }];
}

function readAssert(node: SyntaxNode): Assertion {
  const [value] = node.named;
  const operator = value?.type === "comparison_operator" ? value.part("operators")?.text : undefined;
  if (value === undefined || operator === undefined || value.named.length !== 2)
    return { node, subject: value ?? null, matcher: "assert", expected: null };
  return { node, subject: value.named[0] ?? null, matcher: operator, expected: value.named[1] ?? null };
}
