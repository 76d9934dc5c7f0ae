import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import * as z from "zod";
import type { LabelledCase, ReadCases } from "./cases.ts";

/** What a file of tests hands to ESLint's RuleTester: one text each, or a text with settings. */
const Written = z.union([
  z.string(),
  z.looseObject({
    code: z.string(),
    options: z.unknown().optional(),
    filename: z.string().nullish(),
    jsx: z.boolean().optional(),
  }),
]);
const Runs = z.array(z.object({ valid: z.array(Written), invalid: z.array(Written) }));

/**
 * ESLint plugins: files of tests that hand texts to a RuleTester, which are `valid` or `invalid`. A case is labelled with
 * whether the rule reports in it at all. Cases with options of the rule are left out.
 * `fileOf` says where the tests of a rule stand in the suite.
 */
export function ruleTesterReader(
  suite: string,
  fileOf: (rule: string) => string,
  extension: "js" | "ts" = "js",
): ReadCases {
  return (folder, rules) =>
    [...rules].flatMap((theirs) => {
      const file = join(folder, fileOf(theirs));
      if (!existsSync(file)) return [];
      return collectRuns(readFileSync(file, "utf8")).flatMap(({ valid, invalid }) => [
        ...valid.flatMap((one, index) =>
          caseOf(one, 0, { suite, theirs, place: `${theirs} valid ${index + 1}`, extension }),
        ),
        ...invalid.flatMap((one, index) =>
          caseOf(one, 1, { suite, theirs, place: `${theirs} invalid ${index + 1}`, extension }),
        ),
      ]);
    });
}

function caseOf(
  written: z.infer<typeof Written>,
  count: 0 | 1,
  { extension, ...about }: Pick<LabelledCase, "suite" | "theirs" | "place"> & { extension: string },
): LabelledCase[] {
  const one = typeof written === "string" ? { code: written } : written;
  if ("options" in one && one.options !== undefined && JSON.stringify(one.options) !== "[]") return [];
  const path = `case.${extension}${"jsx" in one && one.jsx === true ? "x" : ""}`;
  return [{ ...about, files: [{ path, text: one.code }], label: { kind: "count", count } }];
}

/**
 * The tests are run to know what they are: in a program of its own that may read nothing but itself and write nothing, with
 * a stand-in for everything that they import.
 */
function collectRuns(source: string): z.infer<typeof Runs> {
  const { code } = transformSync(source, { loader: "ts", format: "cjs" });
  const child = join(import.meta.dirname, "collect-rule-tester.ts");
  const args = [
    "--permission",
    `--allow-fs-read=${join(import.meta.dirname, "../..")}`,
    "--disable-warning=ExperimentalWarning",
    child,
  ];
  const printed = execFileSync(process.execPath, args, {
    input: code,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    timeout: 60_000,
  });
  return Runs.parse(JSON.parse(printed));
}
