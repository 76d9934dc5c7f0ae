import * as z from "zod";
import { rewrite } from "./fix-texts.ts";
import { formatPath, type FoundProblem, type KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { expectedAt, nodeAt } from "./schema-problems.ts";
import { dayIn } from "./written/dates.ts";

/**
 * Problems of reading YAML with advice that fits the key they are about: of a word such as `on`, the reader knows only
 * that it is ambiguous; the schema knows whether a text, a truth value or something else belongs there.
 */
export function fittingFixes(found: readonly FoundProblem[], schema: z.ZodType, root: YamlNode): FoundProblem[] {
  return found.map((problem) => {
    if (problem.code !== "CS014" && problem.code !== "CS015") return problem;
    const node = nodeAt(root, problem.path);
    const source = node?.source?.raw;
    // A key has no value of that text: the advice for it stands as it is.
    return source === undefined || node?.offset !== problem.offset
      ? problem
      : { ...problem, fix: fittingFix(source, problem.path, schema) ?? problem.fix };
  });
}

function fittingFix(source: string, path: KeyPath, schema: z.ZodType): string | null {
  const expected = expectedAt(schema, path);
  if (expected.schema === null) return null;
  const takes = (value: unknown) => expected.schema?.safeParse(value).success === true;
  if (takes(source)) return `Quote it: \`"${source}"\`.`;
  const truth = truths.get(source.toLowerCase());
  if (truth !== undefined && takes(truth)) return `Write \`${String(truth)}\`.`;
  const day = dayIn(source);
  if (day !== null && takes(day)) return `Quote the day: \`"${day}"\`.`;
  const number = Number(source.replaceAll("_", ""));
  // `012` is the one that the reader can tell the digits of.
  return Number.isFinite(number) && takes(number) ? null : rewrite(path, source, expected);
}

const truths = new Map([
  ...["yes", "on", "y"].map((word) => [word, true] as const),
  ...["no", "off", "n"].map((word) => [word, false] as const),
]);

/** A mapping whose keys could not all be read is not blamed for one that seems to be missing, or for having none. */
export function withoutMissingKeys(found: readonly FoundProblem[], unread: readonly FoundProblem[]): FoundProblem[] {
  const places = new Set(unread.filter(({ code }) => code === "CS018").map(({ path }) => formatPath(path)));
  return found.filter(({ code, path }) => !(code === "CS011" || code === "CS012") || !places.has(formatPath(path)));
}
