import type { MeasuredFunction } from "./merge-files.ts";
import { largestCount } from "./problem.ts";

/** Functions of one section, from the records before lcov 2.2 (`FN`, `FNDA`) and since (`FNL`, `FNA`). */
export class LcovFunctions {
  #declared: MeasuredFunction[] = [];
  /** What `FNDA` says of a name: one count, or several in order, for two methods may share a name. */
  #calls = new Map<string, number | number[]>();
  /** Functions of `FNL` by index; each `FNA` is another name of one of them, with its own count. */
  #groups = new Map<number, MeasuredFunction>();
  #named = new Set<number>();

  add(name: string, line: number, endLine: number | null): void {
    this.#declared.push({ name, line, endLine: endAfter(line, endLine), hits: 0 });
  }

  addCalls(name: string, hits: number): void {
    const before = this.#calls.get(name);
    if (before === undefined) this.#calls.set(name, hits);
    else if (typeof before === "number") this.#calls.set(name, [before, hits]);
    else before.push(hits);
  }

  addGroup(index: number, line: number, endLine: number | null): void {
    this.#groups.set(index, { name: "", line, endLine: endAfter(line, endLine), hits: 0 });
  }

  /** False when no `FNL` came before with this index. */
  addAlias(index: number, name: string, hits: number): boolean {
    const group = this.#groups.get(index);
    if (group === undefined) return false;
    if (!this.#named.has(index)) group.name = name;
    this.#named.add(index);
    group.hits = addHits(group.hits, hits);
    return true;
  }

  /** The functions since the last call. */
  take(): MeasuredFunction[] {
    this.#countCalls();
    const functions = [...this.#declared, ...this.#groups.values()];
    this.#declared = [];
    this.#calls = new Map();
    this.#groups = new Map();
    this.#named = new Set();
    return functions;
  }

  #countCalls(): void {
    const repeated = new Map<string, { functions: MeasuredFunction[]; calls: number[] }>();
    for (const declared of this.#declared) {
      const calls = this.#calls.get(declared.name) ?? 0;
      if (typeof calls === "number") declared.hits = calls;
      else {
        const same = repeated.get(declared.name) ?? { functions: [], calls };
        same.functions.push(declared);
        repeated.set(declared.name, same);
      }
    }
    for (const { functions, calls } of repeated.values()) shareCalls(functions, calls);
  }
}

/**
 * Where a name has as many counts as declarations, they belong together in order. Otherwise the tool has summed them by
 * name, and so do we: a function that was called must not be reported as uncalled.
 */
function shareCalls(functions: readonly MeasuredFunction[], calls: readonly number[]): void {
  const sum = calls.reduce(addHits, 0);
  functions.forEach((declared, index) => {
    declared.hits = functions.length === calls.length ? calls[index]! : sum;
  });
}

/** An end before the start is no end. */
function endAfter(line: number, endLine: number | null): number | null {
  return endLine !== null && endLine < line ? null : endLine;
}

function addHits(first: number, second: number): number {
  return Math.min(first + second, largestCount);
}
