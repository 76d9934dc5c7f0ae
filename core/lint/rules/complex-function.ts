import type { SourceFile } from "../../syntax/index.ts";
import { measureFunctions, type Complexity, type MeasuredFunction } from "../complexity.ts";
import { nameFunctions } from "../function-names.ts";
import type { Pattern, Spot } from "../pattern.ts";

/**
 * A function that takes long to understand. `find` names every one over a limit, by its name, so that one which was over it
 * at base is known; `compare` adds those which were over it already and grew. A function is thus reported by one of the two.
 */
export const complexFunction: Pattern = {
  rule: {
    id: "complex-function",
    title: "A function is hard to follow",
    help: "Take parts out into functions with names of their own, return early, or hand in one object.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /\b(?:function|def|func|if|for|while|switch|case|catch)\b|=>|\)\s*\{/,
  find(file, report) {
    for (const { parts, complexity, name } of namedFunctions(file)) {
      const over = measures.filter(({ key, limit }) => complexity[key] > limit);
      if (over.length === 0) continue;
      const values = over.map(({ key, says, limit }) => `${says} ${complexity[key]} (limit ${limit})`);
      report(spotOf({ parts, complexity }), `This function has ${inWords(values)}.`, name);
    }
  },
  compare({ base, head }, report) {
    if (base === null || head === null) return;
    const before = new Map(namedFunctions(base).map((measured) => [measured.name, measured.complexity]));
    for (const { parts, complexity, name } of namedFunctions(head)) {
      const old = before.get(name);
      if (old === undefined || !isOver(old)) continue;
      const grown = measures.filter(
        ({ key, limit, step }) => complexity[key] > limit && isGrown(old[key], complexity[key], limit, step),
      );
      if (grown.length === 0) continue;
      const values = grown.map(({ key, says }) => `${says} from ${old[key]} to ${complexity[key]}`);
      report(
        spotOf({ parts, complexity }),
        `This function was hard to follow, and grew: ${inWords(values)}.`,
        `${name} grew`,
      );
    }
  },
};

interface Measure {
  key: keyof Complexity;
  says: string;
  limit: number;
  /** How much more is clearly more. */
  step: number;
}

const measures: readonly Measure[] = [
  { key: "cyclomatic", says: "a cyclomatic complexity of", limit: 15, step: 4 },
  { key: "cognitive", says: "a cognitive complexity of", limit: 20, step: 6 },
  { key: "nesting", says: "a nesting depth of", limit: 4, step: 1 },
  { key: "parameters", says: "a parameter count of", limit: 6, step: 1 },
];

function isOver(complexity: Complexity): boolean {
  return measures.some(({ key, limit }) => complexity[key] > limit);
}

function isGrown(old: number, now: number, limit: number, step: number): boolean {
  return now >= old + step || (old <= limit && now > old);
}

interface NamedMeasure extends MeasuredFunction {
  name: string;
}

function namedFunctions(file: SourceFile): NamedMeasure[] {
  const names = nameFunctions(file);
  return measureFunctions(file).map((measured, index) => ({ ...measured, name: names[index]!.name }));
}

/** From its name, since annotations and decorators stand before it, to its end. */
function spotOf({ parts: { node } }: MeasuredFunction): Spot {
  return { start: node.part("name")?.start ?? node.start, end: node.end };
}

function inWords(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} and ${values.at(-1)!}`;
}
