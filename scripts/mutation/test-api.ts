import { chai, GLOBAL_EXPECT, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from "@vitest/expect";

/*
 * The part of Vitest's interface that the tests of the decision core use: tests are collected once and can be run any
 * number of times, in one process. `in-process-runner.ts` puts it in Vitest's place.
 */

/** One test, as it was collected. */
export interface CollectedTest {
  /** The same in every process: file, names and the position among equal names. */
  id: string;
  file: string;
  run: () => unknown;
}

/** What was collected so far, in the order of the files. */
export const collected: CollectedTest[] = [];

/** Called before a file is imported: what it declares is this file's. */
export function beginFile(file: string): void {
  current.file = file;
  current.counts.clear();
}

/** Called when a file was imported: the bodies of its suites may use what stands below them. */
export function endFile(): void {
  for (const suite of pending.splice(0)) suite();
}

const current = { file: "", suites: [] as string[], counts: new Map<string, number>() };
const pending: (() => void)[] = [];

type Body = (...args: never[]) => unknown;
type Rows = readonly unknown[];

/** Between the name and the body there may be options; behind them a time limit. Neither is minded here. */
type Rest = readonly [Body, ...unknown[]] | readonly [object, Body];

export const test = Object.assign((name: string, ...rest: Rest): void => collect(name, () => bodyOf(rest)()), {
  each:
    (rows: Rows) =>
    (name: string, ...rest: Rest) => {
      for (const row of rows) collect(name, () => bodyOf(rest)(...argumentsOf(row)));
    },
});

export const describe = Object.assign((name: string, body: Body): void => inSuite(name, () => body()), {
  each: (rows: Rows) => (name: string, body: Body) => {
    for (const row of rows) inSuite(name, () => body(...argumentsOf(row)));
  },
});

/** What a file takes away at its end is kept: its tests run again. */
export function afterAll(): void {}

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = Object.assign((value: unknown, message?: string) => chai.expect(value, message), chai.expect, {
  getState: () => ({}),
  setState: () => undefined,
});
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect });

function collect(name: string, run: () => unknown): void {
  const path = [...current.suites, name].join(" > ");
  const count = (current.counts.get(path) ?? 0) + 1;
  current.counts.set(path, count);
  collected.push({ id: `${current.file}#${path}#${count}`, file: current.file, run });
}

function inSuite(name: string, body: () => unknown): void {
  if (current.suites.length === 0) pending.push(() => runSuite(name, body));
  else runSuite(name, body);
}

function runSuite(name: string, body: () => unknown): void {
  current.suites.push(name);
  body();
  current.suites.pop();
}

function bodyOf([first, second]: Rest): Body {
  return isBody(first) ? first : isBody(second) ? second : () => undefined;
}

function isBody(value: unknown): value is Body {
  return typeof value === "function";
}

/** A row that is a list is spread, as Vitest does. */
function argumentsOf(row: unknown): never[] {
  const values: unknown[] = Array.isArray(row) ? row : [row];
  return values as never[];
}
