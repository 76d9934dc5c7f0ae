import type { Range } from "istanbul-lib-coverage";
import { expect, test } from "vitest";
import { statementRegions } from "../../../core/coverage/istanbul-regions.ts";

/** `line:column-line:column`, with nothing for a column at the end of the line. */
function range(text: string): Range {
  const [start = [], end = []] = text
    .split("-")
    .map((side) => side.split(":").map((part) => (part === "" ? null : Number(part))));
  const json: unknown = { start: { line: start[0], column: start[1] }, end: { line: end[0], column: end[1] } };
  // The library's types know no column of null; its files do.
  return json as Range;
}

function regions(statements: string[], bodies: string[] = []): string[] {
  const found = statementRegions({
    statementMap: Object.fromEntries(statements.map((text, index) => [index, range(text)])),
    fnMap: Object.fromEntries(
      bodies.map((text, index) => [index, { name: "f", line: 1, decl: range(text), loc: range(text) }]),
    ),
    s: Object.fromEntries(statements.map((_, index) => [index, index + 1])),
  });
  return found.map(({ line, start, end, hits }) => `${line}: ${start}-${end} ran ${hits}`);
}

test.each([
  { says: "a statement on one line goes on nowhere", statements: ["3:0-3:20"], bodies: [], is: [] },
  { says: "a statement of four lines goes on for three", statements: ["3:0-6:2"], bodies: [], is: ["3: 4-6 ran 1"] },
  {
    says: "a block is left out, so that its comments and braces are no code",
    statements: ["3:0-7:1", "4:2-4:9"],
    bodies: [],
    is: [],
  },
  { says: "the statement in a block is not", statements: ["3:0-9:1", "4:2-6:9"], bodies: [], is: ["4: 5-6 ran 2"] },
  {
    says: "the body of a function in a statement is cut out",
    statements: ["3:0-9:1", "5:4-5:9"],
    bodies: ["4:8-7:2"],
    is: ["3: 4-4 ran 1", "3: 8-9 ran 1"],
  },
  {
    says: "an arrow whose body is one expression",
    statements: ["1:17-5:1", "1:30-5:1"],
    bodies: ["1:30-5:1"],
    is: ["1: 2-5 ran 2"],
  },
  {
    says: "two bodies",
    statements: ["1:0-9:1"],
    bodies: ["2:4-3:3", "5:4-7:3"],
    is: ["1: 2-2 ran 1", "1: 4-5 ran 1", "1: 8-9 ran 1"],
  },
  {
    says: "a body in a body is cut out once",
    statements: ["1:0-9:1"],
    bodies: ["2:4-8:3", "4:4-6:3"],
    is: ["1: 2-2 ran 1", "1: 9-9 ran 1"],
  },
  {
    says: "a block with a function in it is still a block",
    statements: ["1:0-9:1", "2:0-8:1"],
    bodies: ["3:4-5:3"],
    is: ["2: 3-3 ran 2", "2: 6-8 ran 2"],
  },
  { says: "a column of null is the end of the line", statements: ["3:0-6:", "6:4-6:9"], bodies: [], is: [] },
  { says: "an end before the start is nothing", statements: ["6:0-3:0"], bodies: ["9:0-1:0"], is: [] },
])("$says", ({ statements, bodies, is }) => expect(regions(statements, bodies)).toEqual(is));

test("statements that overlap without nesting, which no parser makes, are harmless", () => {
  expect(regions(["1:0-4:0", "3:0-8:0", "6:0-9:0"])).toEqual(["1: 2-4 ran 1", "3: 4-8 ran 2", "6: 7-9 ran 3"]);
});
