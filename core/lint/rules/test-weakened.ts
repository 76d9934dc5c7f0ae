import type { SyntaxNode } from "../../syntax/index.ts";
import type { Pattern } from "../pattern.ts";
import { assertionsIn } from "../tests/assertions.ts";
import { reportWeaker } from "../tests/compare.ts";
import { testsOfNothing } from "../tests/empty.ts";
import { testsIn } from "../tests/test-case.ts";
import { isTrivial } from "../tests/trivial.ts";
import { isTestFile } from "../test-files.ts";

/** A test says less than before, or nothing. */
export const testWeakened: Pattern = {
  rule: {
    id: "test-weakened",
    title: "A test was made to say less",
    help: "Put back what the test held the code to; where the code is meant to behave otherwise now, say so in the change.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /\b(?:test|it|describe|suite|specify|fit|xit|pytest|unittest)\b|test_|_test|Test|assert|expect/,
  find(file, report) {
    const { cases, switches } = testsIn(file);
    for (const { node, kind } of switches)
      report(
        headLine(node),
        kind === "only"
          ? "Because of this the other tests of the file do not run."
          : "This test does not run, or may fail.",
        `${kind} ${node.text.slice(0, 200).replace(/\s+/g, " ")}`,
      );
    if (cases.length === 0 && !isTestFile(file.path)) return;
    for (const assertion of assertionsIn(file))
      if (isTrivial(file, assertion)) report(assertion.node, "This assertion holds whatever the code does.");
    for (const { node, name } of testsOfNothing(file, cases))
      report(nameLine(node), "This test holds the code to nothing.", `nothing ${name}`);
  },
  compare(pair, report) {
    if (pair.base !== null && pair.head !== null) reportWeaker(pair.base, pair.head, report);
  },
};

/** Where it begins: a test may go on for long. */
function headLine(node: { start: number; line: number }): { line: number; endLine: number } {
  return { line: node.line, endLine: node.line };
}

/** Of a function the line of its name: what stands before that is said of it. */
function nameLine(node: SyntaxNode): { line: number; endLine: number } {
  return headLine(node.part("name") ?? node.part("definition")?.part("name") ?? node);
}
