import { registerHooks } from "node:module";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { INSTRUMENTER_CONSTANTS, type MutantCoverage } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from "@stryker-mutator/api/test-runner";
import { globSync } from "tinyglobby";
import { beginFile, collected, endFile, type CollectedTest } from "./test-api.ts";

/**
 * Runs tests in this process: each mutant against the tests that reach it, the quickest first. Stryker's runner for Vitest
 * starts a worker and loads every module again for each mutant, which takes ten times as long as the tests.
 */
class InProcessRunner implements TestRunner {
  readonly #tests = new Map<string, TimedTest>();
  #isPoisoned = false;

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    for (const file of globSync([...testFiles, "!test/policies/preset-mutants.test.ts"]).sort()) {
      beginFile(relative(".", file));
      await import(pathToFileURL(resolve(file)).href);
      endFile();
    }
    for (const test of collected) if (!leftOut.test(test.id)) this.#tests.set(test.id, { ...test, took: 0 });
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const test of this.#tests.values()) tests.push(await tryOut(test));
    const none = { static: {}, perTest: {} };
    return { status: DryRunStatus.Complete, tests, mutantCoverage: namespace.mutantCoverage ?? none };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    if (this.#isPoisoned) throw new Error("a mutant left something behind: Stryker starts another process");
    const reaching = new Set(testFilter ?? this.#tests.keys());
    const tests = [...this.#tests.values()].filter(({ id }) => reaching.has(id)).sort((a, b) => a.took - b.took);
    Object.assign(namespace, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const [result, last] = await runUntilFailure(tests, hitLimit);
    Object.assign(namespace, { activeMutant: undefined, hitLimit: undefined });
    // What a mutant left in a cache would kill those that come after it.
    this.#isPoisoned = last !== null && (await failureOf(last)) !== null;
    return result;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessRunner)];

/** The tests of the decision core. */
const testFiles = ["test/core/ownership/**/*.test.ts", "test/core/policy/**/*.test.ts", "test/policies/**/*.test.ts"];

/** They measure time, count steps or read the source, all of which are others here; or they try hundreds of policies each. */
const leftOut =
  /more lines than can be compared|in time|within .* seconds|linear|what is generated|what every rule asks again|too much work|ask for too much|no smaller set|never throws|makes the loader throw/;

interface TimedTest extends CollectedTest {
  /** In milliseconds, without a mutant. */
  took: number;
}

/** What the instrumented code reads and writes. */
interface Namespace {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage;
}
const namespace: Namespace = {};
Object.defineProperty(globalThis, INSTRUMENTER_CONSTANTS.NAMESPACE, { value: namespace });

/** Whatever imports Vitest gets our collector, and the caches that are kept by a text keep nothing. */
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === "vitest" ? new URL("test-api.ts", import.meta.url).href : specifier, context),
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.includes("/core/policy/expression/") || !Buffer.isBuffer(loaded.source)) return loaded;
    // What an earlier test compiled would answer in place of the changed code.
    const source = loaded.source.toString().replace(/\b(kept|globs) = new Map</, `$1 = new (${holdsNothing})<`);
    return { ...loaded, source };
  },
});

const holdsNothing = "class<K, V> extends Map<K, V> { set() { return this; } }";

async function tryOut(test: TimedTest): Promise<TestResult> {
  namespace.currentTestId = test.id;
  const began = performance.now();
  const failureMessage = await failureOf(test);
  namespace.currentTestId = undefined;
  test.took = performance.now() - began;
  const told = { id: test.id, name: test.id, fileName: resolve(test.file), timeSpentMs: test.took };
  if (failureMessage === null) return { ...told, status: TestStatus.Success };
  return { ...told, status: TestStatus.Failed, failureMessage };
}

/** What became of the mutant, and the test that ended it. */
async function runUntilFailure(
  tests: readonly TimedTest[],
  hitLimit: number | undefined,
): Promise<[MutantRunResult, TimedTest | null]> {
  for (const [index, test] of tests.entries()) {
    const failureMessage = await failureOf(test);
    if (hitLimit !== undefined && (namespace.hitCount ?? 0) > hitLimit)
      return [{ status: MutantRunStatus.Timeout, reason: "the code runs in circles" }, test];
    if (failureMessage === null) continue;
    return [{ status: MutantRunStatus.Killed, killedBy: [test.id], failureMessage, nrOfTests: index + 1 }, test];
  }
  return [{ status: MutantRunStatus.Survived, nrOfTests: tests.length }, null];
}

async function failureOf({ run }: CollectedTest): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 500) : "something that is no error was thrown";
  }
}
