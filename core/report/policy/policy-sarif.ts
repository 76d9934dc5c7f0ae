import type * as Sarif from "sarif";
import { jsonText } from "../../json-text.ts";
import { problemCodes, repositoryCodes } from "../../policy/index.ts";
import { inertJson } from "../../untrusted/index.ts";
import { cleanMessage, fileUri, isFilePath } from "../sarif/text.ts";
import { plain } from "../text.ts";
import type { CheckedPolicy, CheckedProblem } from "./checked-policy.ts";

/** What `policy check` found as SARIF 2.1.0, for code scanning: a category of its own beside that of changes. */
export function renderPolicySarif(checked: CheckedPolicy, engine: { version: string }): string {
  const placed = checked.problems.filter(({ file }) => isFilePath(file));
  const codes = [...new Set(placed.map(({ code }) => code))].sort();
  const log: Sarif.Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Countersign",
            semanticVersion: plain(engine.version, 60),
            rules: codes.map((code) => ({ id: code, shortDescription: { text: plain(meaningOf(code)) } })),
          },
        },
        automationDetails: { id: "countersign-policy/" },
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
        columnKind: "utf16CodeUnits",
        results: placed.map((problem) => result(problem, codes.indexOf(problem.code))),
      },
    ],
  };
  return inertJson(jsonText(log, 12));
}

function result({ level, code, file, line, column, path, what, fix }: CheckedProblem, ruleIndex: number): Sarif.Result {
  return {
    ruleId: code,
    ruleIndex,
    level,
    message: { text: cleanMessage(`${path === "" ? "" : `${path}: `}${what}. ${fix}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: fileUri(file), uriBaseId: "%SRCROOT%" },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  };
}

function meaningOf(code: CheckedProblem["code"]): string {
  const meanings: Readonly<Record<string, string>> = {
    ...Object.fromEntries(Object.entries(problemCodes).map(([known, { means }]) => [known, means])),
    ...repositoryCodes,
  };
  return meanings[code] ?? code;
}
