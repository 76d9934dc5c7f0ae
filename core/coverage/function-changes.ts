import type { AddedLines } from "./added-lines.ts";
import { firstFrom } from "./ascending.ts";
import type { FunctionChange } from "./coverage-review.ts";
import type { MeasuredFunction } from "./merge-files.ts";
import type { FileCoverage } from "./report.ts";

/** The same file in the baseline, and where its lines are at head. */
export interface FileBefore {
  file: FileCoverage;
  line: (line: number) => number | null;
}

/**
 * The functions that the change added or edited, and those that tests entered before and do not any more.
 * New: declared on an added line, and the baseline has no function of that name. Changed: has an added line that can run;
 * a report that does not say where functions end shows that only of the line of declaration. `measuredLines` ascending.
 */
export function functionChanges(
  file: FileCoverage,
  added: AddedLines,
  measuredLines: readonly number[],
  before: FileBefore | null,
): FunctionChange[] {
  const twins = new Twins(file, before);
  return file.functions.flatMap((declared) => {
    const state = stateOf(declared, added, measuredLines, twins);
    if (state === null) return [];
    return [{ name: plainName(declared.name), line: declared.line, endLine: declared.endLine, state }];
  });
}

/** Names that an instrumenter made up hold a number that changes with the code around. */
export function isAnonymous(name: string): boolean {
  return name === "" || name.startsWith("(anonymous") || name.startsWith("<anonymous") || name.startsWith("anonymous_");
}

function plainName(name: string): string {
  return isAnonymous(name) ? "(anonymous)" : name;
}

function stateOf(
  declared: MeasuredFunction,
  added: AddedLines,
  measuredLines: readonly number[],
  twins: Twins,
): FunctionChange["state"] | null {
  const called = declared.hits > 0;
  if (added.has(declared.line) && !twins.hasNamesake(declared)) return called ? "new-called" : "new-uncalled";
  if (added.has(declared.line) || hasLineWithin(measuredLines, declared))
    return called ? "changed-called" : "changed-uncalled";
  return !called && twins.wasCalled(declared) ? "lost" : null;
}

function hasLineWithin(lines: readonly number[], { line, endLine }: MeasuredFunction): boolean {
  const next = firstFrom(lines, line);
  return next !== undefined && next <= (endLine ?? line);
}

/** Finds a function of the head in the baseline: by the line of its declaration, or by a name that only it has. */
class Twins {
  readonly #byLine = new Map<number, MeasuredFunction[]>();
  readonly #byName: Map<string, MeasuredFunction[]>;
  readonly #headNames: Map<string, MeasuredFunction[]>;

  constructor(file: FileCoverage, before: FileBefore | null) {
    const functions = before?.file.functions ?? [];
    this.#byName = Map.groupBy(functions, ({ name }) => name);
    this.#headNames = Map.groupBy(file.functions, ({ name }) => name);
    for (const declared of functions) {
      const line = before?.line(declared.line) ?? null;
      if (line === null) continue;
      const sameLine = this.#byLine.get(line);
      if (sameLine === undefined) this.#byLine.set(line, [declared]);
      else sameLine.push(declared);
    }
  }

  hasNamesake({ name }: MeasuredFunction): boolean {
    return !isAnonymous(name) && this.#headNames.get(name)?.length === 1 && this.#byName.get(name)?.length === 1;
  }

  wasCalled(declared: MeasuredFunction): boolean {
    const sameLine = this.#byLine.get(declared.line) ?? [];
    const twin =
      sameLine.find(({ name }) => name === declared.name) ?? (sameLine.length === 1 ? sameLine[0] : undefined);
    return twin !== undefined && twin.hits > 0;
  }
}
