import { expect, test } from "vitest";
import type { FunctionChange } from "../../../core/coverage/coverage-review.ts";
import { absent, present } from "../../../core/evidence.ts";
import { judgeChange, scopeOf } from "../../../core/policy/judge.ts";
import type { Reason } from "../../../core/policy/index.ts";
import { untestedFunctions } from "../../../core/policy/untested-functions.ts";
import { buildCoverage, buildPolicy, buildSubject, noCoverage, sampleVocabulary } from "../../subjects.ts";

const [a, b] = ["src/a.ts", "src/b.py"];
const fn = (name: string, state: FunctionChange["state"] = "new-uncalled"): FunctionChange => ({
  ...{ name, state, line: 7, endLine: 9 },
});

interface Row {
  says: string;
  most?: number | null;
  /** The functions of `src/a.ts` and of a file that is not the rule's. */
  functions?: readonly FunctionChange[];
  elsewhere?: readonly FunctionChange[];
  /** How many functions the report names at all; unless given, three. Null: that was not counted. */
  total?: number | null;
  silentOn?: readonly string[];
  /** Why there is no report. */
  missing?: string;
  addedLines?: readonly [number, number];
  is: readonly Reason[];
}

function reasonsOf({ most = 0, functions = [], elsewhere = [], total = 3, silentOn = [], ...row }: Row): Reason[] {
  const [inA, inB] = row.addedLines ?? [10, 10];
  const files = [
    { path: a, functions: [...functions] },
    { path: "lib/c.ts", functions: [...elsewhere] },
  ];
  const report = buildCoverage({ files, silentOn: { functions: [...silentOn] } });
  const nothing = { covered: 0, total: 0 };
  const counted = (of: number) => present({ lines: nothing, branches: nothing, functions: { covered: 0, total: of } });
  const after = total === null ? absent("no total") : counted(total);
  const read = { ...report, project: { ...report.project, after } };
  const coverage = row.missing === undefined ? read : noCoverage(row.missing);
  const changed = [
    { path: a, addedLines: inA },
    { path: b, addedLines: inB },
  ];
  const change = judgeChange(buildPolicy("rules: []"), buildSubject({ files: changed, coverage }), sampleVocabulary);
  return untestedFunctions(most, scopeOf(change, change.files, false));
}

const found = (count: number, most: number) =>
  `functions, new or changed, that no test enters: ${count}, and at most ${most} may be there`;
const met = (count: number, most: number): Reason => ({
  says: found(count, most),
  state: "yes",
  fix: null,
  reasons: [],
});
const missed = (most: number, names: readonly string[], fix: string): Reason => ({
  ...{ says: found(names.length, most), state: "no", fix },
  reasons: names.map((says) => ({ says, state: "no", fix: null, reasons: [] })),
});
const unknown = (says: string, fix: string): Reason => ({ says, state: "unknown", fix, reasons: [] });
const reportThem = "Have the coverage tool report functions too.";
const at = (name: string) => `${name} at ${a}:7`;

test.each<Row>([
  { says: "nothing, where nothing is asked", most: null, functions: [fn("f")], is: [] },
  { says: "nothing, of a change that adds no line", functions: [fn("f")], addedLines: [0, 0], is: [] },
  { says: "nothing, of such a change without a report", missing: "none", addedLines: [0, 0], is: [] },
  { says: "that there is none, where one of two files adds lines", addedLines: [0, 1], is: [met(0, 0)] },
  {
    says: "what is missing without a report, and how to give one",
    missing: "no file matches *.info",
    is: [
      unknown(
        "whether tests enter the functions is not known: no file matches *.info",
        "See where the tests write the coverage report, and name that file.",
      ),
    ],
  },
  {
    says: "that a report names no function",
    total: 0,
    is: [unknown("the coverage report names no function", reportThem)],
  },
  { says: "none found, where nobody counted how many it names", total: null, is: [met(0, 0)] },
  { says: "one of as many as may be", most: 1, functions: [fn("f")], is: [met(1, 1)] },
  {
    says: "new and changed ones, and no others",
    functions: [
      fn("f"),
      fn("g", "changed-uncalled"),
      fn("h", "new-called"),
      fn("i", "changed-called"),
      fn("j", "lost"),
    ],
    is: [missed(0, [at("f"), at("g")], `Have a test enter ${at("f")}, ${at("g")}.`)],
  },
  { says: "none of another file", elsewhere: [fn("f")], is: [met(0, 0)] },
  {
    says: "three for a start of many",
    most: 1,
    functions: ["f", "g", "h", "i"].map((name) => fn(name)),
    is: [missed(1, ["f", "g", "h", "i"].map(at), `Have a test enter ${at("f")}, ${at("g")}, ${at("h")} and 1 more.`)],
  },
  {
    says: "that nobody knows, where a language is left out and no more are found than may be",
    most: 1,
    functions: [fn("f")],
    silentOn: [b],
    is: [unknown(`the coverage report names no function for the language of ${b}`, reportThem)],
  },
  {
    says: "those that are too many, whatever language is left out",
    functions: [fn("f")],
    silentOn: [b],
    is: [missed(0, [at("f")], `Have a test enter ${at("f")}.`)],
  },
  { says: "nothing of a language of other files", silentOn: ["lib/c.py"], is: [met(0, 0)] },
  {
    says: "a long name inert and cut",
    functions: [fn(`f\u001b${"g".repeat(100)}`)],
    is: [missed(0, [at(`f${"g".repeat(78)}…`)], `Have a test enter ${at(`f${"g".repeat(78)}…`)}.`)],
  },
])("of functions that no test enters is told: $says", (row) => expect(reasonsOf(row)).toEqual(row.is));
