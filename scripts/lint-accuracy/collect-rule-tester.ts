import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";

/**
 * Runs a file of tests from the standard input, and prints what it hands to RuleTester. Whatever it imports is a stand-in, and
 * the process has no rights: see `read-rule-tester.ts`, which starts it.
 */
interface Tests {
  valid: readonly unknown[];
  invalid: readonly unknown[];
}

const runs: unknown[] = [];

class Tester {
  static setDefaultConfig(): void {}
  run(_name: string, _rule: unknown, { valid, invalid }: Tests): void {
    runs.push({ valid: valid.map(plain), invalid: invalid.map(plain) });
  }
}

/** A test as plain data. A text that a stand-in was to make is none. */
function plain(written: unknown): unknown {
  if (typeof written !== "object" || written === null) return String(written);
  const { code, options, languageOptions } = written as Record<string, unknown>;
  const isJsx = JSON.stringify(languageOptions ?? {}).includes('"jsx":true');
  return { code: String(code), options, jsx: isJsx };
}

/** A function, an object and a class, and all that is taken from it is the same again. */
const standIn: unknown = new Proxy(function () {}, {
  get: (_target, name) => {
    if (name === "RuleTester") return Tester;
    if (name === "noFormat" || name === "dedent") return String.raw;
    if (name === "toJSON") return undefined;
    if (name === Symbol.toPrimitive || name === "toString") return () => "";
    if (name === Symbol.iterator) return () => [].values();
    return standIn;
  },
  // What esbuild makes of a module inherits from it, so that it gives the same.
  getPrototypeOf: (): object => new Object(standIn),
  apply: (): unknown => standIn,
  construct: (): object => new Object(standIn),
});

const load = (name: string): unknown => {
  if (name === "dedent") return String.raw;
  return name.endsWith("rule-tester/rule-tester") ? Tester : standIn;
};
const describe = (_name: string, body: () => void): void => body();
const globals = { require: load, module: { exports: {} }, exports: {}, describe, it: describe, __dirname: "/" };
const code = readFileSync(0, "utf8");
Reflect.apply(compileFunction(code, Object.keys(globals)), undefined, Object.values(globals));
process.stdout.write(JSON.stringify(runs));
