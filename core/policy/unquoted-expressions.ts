import type { FoundProblem, KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { nodeAt } from "./schema-problems.ts";

/**
 * An expression without quotes that YAML cut in two: within `{ }` a comma ends it, and ` #` does anywhere. What is told
 * of its halves would mislead; one problem takes its place.
 */
export function withUnquotedExpressions(found: readonly FoundProblem[], root: YamlNode): FoundProblem[] {
  const cut = [...(nodeAt(root, ["rules"])?.entries.keys() ?? [])].flatMap((index) => {
    const when: KeyPath = ["rules", index, "when"];
    const node = nodeAt(root, [...when, "if"]);
    return node !== null && isCut(node) ? [{ when, node }] : [];
  });
  const isHalf = (problem: FoundProblem) =>
    cut.some(({ when, node }) => startsWith(problem.path, when) && isOfHalf(problem, node));
  return [...found.filter((problem) => !isHalf(problem)), ...cut.map(({ when, node }) => quoteIt(when, node))];
}

function isCut({ source, value }: YamlNode): boolean {
  return source?.style === "PLAIN" && typeof value === "string" && count(value, "(") > count(value, ")");
}

/** What is told of the expression itself, and of the "keys" that the rest of it was taken for. */
function isOfHalf({ code, path, offset }: FoundProblem, { offset: start }: YamlNode): boolean {
  const key = String(path.at(-1));
  return key === "if" ? code === "CS050" : code === "CS010" && offset > start && !/^[a-z_-]+$/.test(key);
}

function quoteIt(when: KeyPath, { offset, value }: YamlNode): FoundProblem {
  const quote = typeof value === "string" && value.includes('"') ? "'" : '"';
  return {
    offset,
    code: "CS050",
    path: [...when, "if"],
    what: "the expression is not quoted, and YAML ends it before it is over",
    fix: `Quote the expression: \`if: ${quote}…${quote}\`.`,
  };
}

function startsWith(path: KeyPath, start: KeyPath): boolean {
  return start.every((part, index) => path[index] === part);
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}
