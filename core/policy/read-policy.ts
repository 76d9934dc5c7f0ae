import type { z } from "zod";
import type { LintRule } from "../findings/finding.ts";
import { certainProblems } from "./certain-problems.ts";
import { conditions } from "./conditions/index.ts";
import { presetProblems, presetsOf } from "./extends.ts";
import { overPresets } from "./presets.ts";
import { fittingFixes, withoutMissingKeys } from "./fitting-fixes.ts";
import { formatPath, type FoundProblem, type KeyPath, type PolicyProblem } from "./problem.ts";
import { readYaml, type YamlNode, type YamlReading } from "./read-yaml.ts";
import { referenceProblems } from "./references.ts";
import { requirements } from "./requirements/index.ts";
import { nodeAt, schemaProblems } from "./schema-problems.ts";
import { toolReferenceProblems } from "./tool-references.ts";
import { withUnquotedExpressions } from "./unquoted-expressions.ts";
import { WrittenPolicy } from "./written-policy.ts";

/** What one policy file says by itself, before other repositories' policies are looked at. */
export interface PolicyReading {
  /** Null when the text cannot be read as one document. */
  root: YamlNode | null;
  problems: FoundProblem[];
  /** The file over its presets; call it only when there is no problem. */
  written: () => WrittenPolicy;
  /** Problems with line and column, in the order of the file. */
  place: (found: readonly FoundProblem[]) => PolicyProblem[];
}

/** Reads one policy file and finds everything that is wrong with it alone. */
export function readPolicy(
  text: string,
  { file, lintRules, tools }: { file: string; lintRules: readonly LintRule[]; tools?: readonly string[] },
): PolicyReading {
  const reading = readYaml(text);
  const place = (found: readonly FoundProblem[]) =>
    found
      .map(({ offset, path, ...rest }) => ({ file, ...reading.place(offset), path: formatPath(path), ...rest }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  const { root } = reading;
  if (root === null)
    return { root, problems: brokenProblems(reading), place, written: () => WrittenPolicy.parse(null) };
  const presets = presetsOf(root);
  return {
    root,
    problems: withUnquotedExpressions(
      [
        ...fittingFixes(reading.problems, WrittenPolicy, root),
        ...withoutGuesses(
          [
            ...withoutMissingKeys(documentProblems(root), reading.problems),
            ...presetProblems(root),
            ...partProblems(root),
            ...withoutMissingKeys(referenceProblems(root, lintRules, presets), reading.problems),
            ...toolReferenceProblems(root, tools ?? null),
          ],
          reading,
        ),
      ],
      root,
    ),
    written: () => overPresets(WrittenPolicy.parse(root.value), presets),
    place,
  };
}

/** What is wrong with a document that cannot be read to its end: names that others of its parts have are not looked for. */
function brokenProblems(reading: YamlReading): FoundProblem[] {
  if (reading.soFar === null) return reading.problems;
  const { root, doubts } = reading.soFar;
  const shape = [...schemaProblems(WrittenPolicy, root), ...presetProblems(root), ...partProblems(root)];
  const told = withUnquotedExpressions(withoutMissingKeys(shape, reading.problems), root);
  return [
    ...fittingFixes(reading.problems, WrittenPolicy, root),
    ...withoutGuesses(certainProblems(told, root, doubts), reading),
  ];
}

/** Where a tab leaves it open what a line belongs to, neither that line nor what seems to be missing is blamed for it. */
function withoutGuesses(found: readonly FoundProblem[], { isGuess, hasGuess }: YamlReading): FoundProblem[] {
  return found.filter(({ code, offset }) => !isGuess(offset) && !(hasGuess && code === "CS011"));
}

function documentProblems(root: YamlNode): FoundProblem[] {
  if (root.value === null) {
    return [{ offset: 0, code: "CS026", path: [], what: "the file is empty", fix: "Write at least `version: 1`." }];
  }
  return schemaProblems(WrittenPolicy, root);
}

/** What conditions and requirements know to be wrong about values that their schemas accept. */
function partProblems(root: YamlNode): FoundProblem[] {
  const rules = [...(nodeAt(root, ["rules"])?.entries.keys() ?? [])];
  return rules.flatMap((index) => [
    ...problemsIn(conditions, root, ["rules", index, "when"]),
    ...problemsIn(requirements, root, ["rules", index, "require"]),
  ]);
}

interface Part {
  readonly schema: z.ZodType;
  readonly problems?: (at: YamlNode) => readonly FoundProblem[];
}

function problemsIn(table: Readonly<Record<string, Part>>, root: YamlNode, path: KeyPath): FoundProblem[] {
  return [...(nodeAt(root, path)?.entries ?? [])].flatMap(([key, node]) => {
    const part = Object.hasOwn(table, key) ? table[key] : undefined;
    if (part?.problems === undefined || node.reported) return [];
    if (!part.schema.safeParse(node.value).success) return [];
    return part.problems(node).map((problem) => ({ ...problem, path: [...path, key, ...problem.path] }));
  });
}
