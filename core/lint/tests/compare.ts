import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Report } from "../pattern.ts";
import { assertionsIn, within, type Assertion } from "./assertions.ts";
import { isWeaker, weakness } from "./strength.ts";
import { testsIn, type TestCase } from "./test-case.ts";

/** What the tests of a file held the code to before the change, and no longer do. */
export function reportWeaker(base: SourceFile, head: SourceFile, report: Report): void {
  const before = testsOf(base);
  const after = testsOf(head);
  if (before.size === 0) return;
  reportDeleted(base, head, before, after, report);
  const snapshots: Assertion[] = [];
  for (const [name, old] of before) {
    const now = after.get(name);
    if (now !== undefined) compareTest(old, now, snapshots, report);
  }
  if (snapshots.length < massUpdate) return;
  report(snapshots[0]!.node, `${snapshots.length} snapshots of this file were updated at once.`, "snapshots");
}

/** As many of a file are seldom looked at one by one. */
const massUpdate = 3;

interface ReadTest {
  test: TestCase;
  assertions: Assertion[];
  /** All of it but its assertions, without spaces. */
  rest: string;
}

/** By name; of several tests of a name the first. */
function testsOf(file: SourceFile): Map<string, ReadTest> {
  const all = assertionsIn(file);
  const tests = new Map<string, ReadTest>();
  for (const test of testsIn(file).cases) {
    if (tests.has(test.name)) continue;
    const assertions = test.body === null ? [] : outermost(within(all, test.body));
    tests.set(test.name, { test, assertions, rest: restOf(file, test, assertions) });
  }
  return tests;
}

function outermost(assertions: readonly Assertion[]): Assertion[] {
  let end = -1;
  return assertions.filter(({ node }) => {
    if (node.end <= end) return false;
    end = node.end;
    return true;
  });
}

function restOf(file: SourceFile, { body }: TestCase, assertions: readonly Assertion[]): string {
  if (body === null) return "";
  let from = body.start;
  const parts: string[] = [];
  for (const { node } of assertions) {
    parts.push(file.text.slice(from, node.start));
    from = node.end;
  }
  return plain(parts.join("") + file.text.slice(from, body.end));
}

function plain(text: string): string {
  return text.replace(/[\s;]+/g, "");
}

function compareTest(old: ReadTest, now: ReadTest, snapshots: Assertion[], report: Report): void {
  const left = new Map<string, number>();
  for (const { node } of now.assertions) left.set(plain(node.text), (left.get(plain(node.text)) ?? 0) + 1);
  const gone = old.assertions.filter(({ node }) => {
    const count = left.get(plain(node.text)) ?? 0;
    left.set(plain(node.text), count - 1);
    return count <= 0;
  });
  const known = new Set(old.assertions.map(({ node }) => plain(node.text)));
  const added = now.assertions.filter(({ node }) => !known.has(plain(node.text)));
  const node = nameOf(now.test.node);
  const missing = old.assertions.length - now.assertions.length;
  if (missing > 0 && now.test.skipped === null)
    report(
      { line: node.line, endLine: node.line },
      `${missing === 1 ? "An assertion of this test is" : `${missing} assertions of this test are`} gone.`,
      `gone ${now.test.name}`,
    );
  for (const weak of added) {
    const was = gone.find(
      (other) => plain(other.subject?.text ?? "") === plain(weak.subject?.text ?? "") && other !== weak,
    );
    if (was === undefined) continue;
    if (/Snapshot$/.test(weak.matcher) && was.matcher === weak.matcher) snapshots.push(weak);
    else if (isWeaker(was, weak)) report(weak.node, weakness(was, weak), `weaker ${now.test.name}`);
    else if (isOtherResult(was, weak) && old.rest === now.rest && missing === 0)
      report(weak.node, "The test expects another result of the same steps than before.", `expected ${now.test.name}`);
  }
}

/** Of a function its name: what stands before that is said of it. */
function nameOf(node: SyntaxNode): SyntaxNode {
  return node.part("name") ?? node.part("definition")?.part("name") ?? node;
}

/** The same question, and another literal as its answer. */
function isOtherResult(was: Assertion, now: Assertion): boolean {
  if (was.matcher !== now.matcher || was.expected === null || now.expected === null) return false;
  const isPlain = [was, now].every(({ expected }) =>
    /^(?:true|false|number|integer|float|string|none|null|\w+_literal|unary_\w+)$/.test(expected!.type),
  );
  return isPlain && plain(was.expected.text) !== plain(now.expected.text);
}

/** Fewer tests than before, none of the new ones in their place, and what they called is called still. */
function reportDeleted(
  base: SourceFile,
  head: SourceFile,
  before: ReadonlyMap<string, ReadTest>,
  after: ReadonlyMap<string, ReadTest>,
  report: Report,
): void {
  const gone = [...before].filter(([name]) => !after.has(name));
  const bodies = new Set([...after].filter(([name]) => !before.has(name)).map(([, { rest }]) => rest));
  const added = [...after.keys()].filter((name) => !before.has(name)).length;
  const lost = gone.filter(([, { rest }]) => !bodies.has(rest) || rest.length < 10);
  if (lost.length <= added || after.size === 0) return;
  const stillCalled = new Set(head.calls.map(({ name }) => name));
  const calls = base.calls.map((call) => ({ node: call.node, name: call.name }));
  const kept = lost.filter(([, { test, assertions }]) => {
    if (test.body === null || assertions.length === 0) return false;
    const own = within(calls, test.body).map(({ name }) => name);
    return own.some((name) => stillCalled.has(name) && name.length > 2 && !common.test(name));
  });
  const count = Math.min(kept.length, lost.length - added);
  if (count <= 0) return;
  const what =
    count === 1
      ? "A test was deleted, and the code that it called is still there."
      : `${count} tests were deleted, and the code that they called is still there.`;
  report({ line: 1, endLine: 1 }, what, `deleted ${kept.map(([name]) => name).join(" ")}`.slice(0, 400));
}

const common =
  /^(?:expect|assert\w*|to[A-Z]\w*|be|describe|it|test|require|mock\w*|fn|spyOn|beforeEach|afterEach|push|map|filter|forEach|join|Run|Parallel|Helper|Error\w*|Fatal\w*|Equal|NoError|True|False|Nil|NotNil|len|str|int|list|print|append|raises|get|set|json|log|resolve|then|is[A-Z]\w*|when|thenReturn|verify|any|eq|of|size)$/;
