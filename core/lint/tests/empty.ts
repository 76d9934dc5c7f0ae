import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { within } from "./assertions.ts";
import type { TestCase } from "./test-case.ts";

/**
 * The tests that hold the code to nothing: no word of an assertion in them, none in the functions of the file that they call,
 * and no helper from elsewhere that could hold one. A test that something does not fail says so in its name.
 */
export function testsOfNothing(file: SourceFile, cases: readonly TestCase[]): TestCase[] {
  const asserting = new Set(
    file.functions.flatMap(({ name, node }) => (name !== null && mayAssert(node) ? [name] : [])),
  );
  const calls = file.calls.map((call) => ({ node: call.node, call }));
  return cases.filter(({ body, name, node, skipped }) => {
    if (body === null || skipped !== null || body.end - body.start > longest || smoke.test(name)) return false;
    if (mayAssert(body) || saysExpected(file, node, body)) return false;
    const made = within(calls, body).map(({ call }) => call);
    if (file.language === "go" && passesTest(node, body)) return false;
    if (made.length === 0 && file.statements(body).length > 0 && file.language !== "python")
      return isEmptyBlock(file, body);
    return !made.some((call) => asserting.has(call.name) || isHelper(file, call));
  });
}

const longest = 20_000;
const smoke =
  /\b(?:not|n't|never|no|without)\b.{0,40}(?:throw|rais|error|fail|panic|crash|leak|block|hang|exception|deadlock|race)|smoke|compil|implements|interface|type|does nothing|no-?op|race|concurren|dont|NoPanic|NotPanic|NoError|NotThrow|not_raise|no_error|not_crash|DoesNot|does_not|doesnt|should_not|loads?Context|^\.?main/i;

const words =
  /assert|expect|should|verif|check|fail|raise|throw|must|require|ensure|compare|equal|snapshot|golden|tester|valid|done\(|plan\(|\.is\(|match|await(?:Until|ility)|wait_?for|StepVerifier|benchmark|Error\(|Fatal|panic|doctest/i;

/** `@Test(expected = …)` and its kin stand before the body. */
function saysExpected(file: SourceFile, node: SyntaxNode, body: SyntaxNode): boolean {
  return /\b(?:expected|raises)/i.test(file.text.slice(node.start, body.start).slice(0, 1000));
}

function mayAssert(node: SyntaxNode): boolean {
  return words.test(node.text.slice(0, longest).replace(/^[ \t]*(?:\/\/|#).*$/gm, ""));
}

/** In Go whoever gets the test can fail it. */
function passesTest(node: SyntaxNode, body: SyntaxNode): boolean {
  const name = node.part("parameters")?.named[0]?.part("name")?.text ?? "t";
  if (!/^\w{1,40}$/.test(name)) return true;
  return new RegExp(`[(,{:&=]\\s*${name}\\b(?!\\.)|\\b${name}\\.(?:Run|Error|Fatal|Fail|Skip)`).test(
    body.text.slice(0, longest),
  );
}

function isEmptyBlock(file: SourceFile, body: SyntaxNode): boolean {
  return file.statements(body).length === 0;
}

/** It comes from a place where helpers of tests are kept, or is a method of the test's own class that is inherited. */
function isHelper(file: SourceFile, call: Call): boolean {
  if (/^(?:self|this|super|cls)$/.test(call.receiver?.text ?? "")) return true;
  const from = file.bindingOf(call.callee)?.declarations.find(({ kind }) => kind === "import")?.from;
  return (
    /test|helper|util|fixture|support|harness|common|shared/i.test(from?.module ?? "") ||
    /test|run|scenario|helper/i.test(call.name)
  );
}
