import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Switch, TestCase, Tests } from "./test-case.ts";

/** `it("…", () => {})` and its kin, of Jest, Vitest, Mocha, Jasmine, Playwright, node:test, Deno. */
export function javascriptTests(file: SourceFile): Tests {
  const cases: TestCase[] = [];
  const switches: Switch[] = [];
  const titles = new Map<SyntaxNode, string>();
  for (const call of file.calls) {
    const words = chain(file, call);
    const [root, ...modifiers] = words;
    if (root === undefined || !roots.has(root)) continue;
    const body = bodyOf(file, call);
    const [title] = call.args;
    if (title === undefined || (body === null && !isTitle(title.value)) || call.args.length < 2) continue;
    const name = `${nameAround(call.node, titles)} › ${title.value.text.slice(0, 300)}`;
    const options = call.args.find(({ value }) => value.type === "object")?.value;
    const kind = kindOf(root, modifiers) ?? kindOfOptions(file, options);
    if (kind !== null) switches.push({ node: call.node, kind });
    if (suites.has(root) && !modifiers.includes("step")) titles.set(call.node, name);
    else cases.push({ node: call.node, name, body, skipped: kind === "skip" ? call.node : ownSkip(file, body) });
  }
  for (const { skipped } of cases) if (skipped !== null) switches.push({ node: skipped, kind: "skip" });
  return { cases, switches };
}

const suites = new Set(["describe", "fdescribe", "xdescribe", "suite", "context", "xcontext", "fcontext"]);
const roots = new Set([...suites, "it", "test", "specify", "fit", "xit", "ftest", "xtest", "xspecify", "Deno"]);

/** `it.skip.each(…)(…)` as `it`, `skip`, `each`. */
function chain(file: SourceFile, call: Call): string[] {
  const words: string[] = [];
  let at: SyntaxNode | null = call.callee;
  for (let step = 0; at !== null && step < 6; step += 1) {
    if (at.type === "identifier") return [at.text, ...words];
    if (at.type === "member_expression") {
      words.unshift(at.part("property")?.text ?? "");
      at = at.part("object");
    } else if (at.type === "call_expression") at = at.part("function");
    else return [];
  }
  return [];
}

function isTitle({ type }: SyntaxNode): boolean {
  return type === "string" || type === "template_string";
}

function bodyOf(file: SourceFile, { args }: Call): SyntaxNode | null {
  const last = args.findLast(({ value }) => file.dialect.functions.has(value.type))?.value;
  return last?.part("body") ?? null;
}

function nameAround(node: SyntaxNode, titles: Map<SyntaxNode, string>): string {
  for (let at = node.parent; at !== null; at = at.parent) {
    const title = titles.get(at);
    if (title !== undefined) return title.slice(0, 600);
  }
  return "";
}

function kindOf(root: string, modifiers: readonly string[]): Switch["kind"] | null {
  if (/^f(?:it|test|describe|context)$/.test(root) || modifiers.includes("only")) return "only";
  const isOff = modifiers.some((word) => ["skip", "failing", "fails", "fixme", "fail", "ignore"].includes(word));
  return root.startsWith("x") || isOff ? "skip" : null;
}

/** `test("…", { skip: true }, …)`. */
function kindOfOptions(file: SourceFile, options: SyntaxNode | undefined): Switch["kind"] | null {
  for (const pair of options?.named ?? []) {
    const key = pair.part("key")?.text;
    const value = pair.part("value");
    if (value === null || value.type === "false" || !["true", "string"].includes(file.bare(value).type)) continue;
    if (key === "only") return "only";
    if (key === "skip" || key === "ignore" || key === "fails") return "skip";
  }
  return null;
}

/** `test.skip()`, `t.skip("…")`, `this.skip()`, `pending()` as a statement of the test itself, under no condition. */
function ownSkip(file: SourceFile, body: SyntaxNode | null): SyntaxNode | null {
  if (body?.type !== "statement_block") return null;
  for (const statement of body.named.slice(0, 50)) {
    const [value] = statement.named;
    const call = statement.type === "expression_statement" && value !== undefined ? file.callAt(value) : null;
    if (call === null) continue;
    const of = call.receiver?.text ?? "";
    const isUnconditional =
      call.args.length === 0 || ["string", "template_string", "true"].includes(call.args[0]!.value.type);
    if (call.name === "skip" && /^(?:t|test|this|ctx|context|it)$/.test(of) && isUnconditional) return call.node;
    if ((call.name === "fixme" || call.name === "fail") && of === "test" && isUnconditional) return call.node;
    if (call.name === "pending" && of === "" && isUnconditional) return call.node;
  }
  return null;
}
