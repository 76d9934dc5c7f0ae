import { describe, expect, test } from "vitest";
import { loadEslint } from "../../../adapters/sandbox/eslint.ts";
import { lintLimits, type LintLimits } from "../../../adapters/sandbox/reader.ts";
import { runLint } from "../../../adapters/sandbox/run-lint.ts";

const eslint = await loadEslint({ typescript: true, plugin: true });

function ask(path: string, text: string, rules: readonly string[], withRecommended = false) {
  return eslint({ path, text, rules, withRecommended });
}

describe("ESLint, asked by us", () => {
  test.each([
    {
      says: "a rule of its own in TypeScript",
      path: "a.ts",
      text: "eval(x as string);\n",
      rules: ["no-eval"],
      found: ["no-eval"],
    },
    {
      says: "in JSX",
      path: "a.jsx",
      text: "const a = <b onClick={() => eval(x)} />;\n",
      rules: ["no-eval"],
      found: ["no-eval"],
    },
    { says: "in TSX", path: "a.tsx", text: "const a: X = <b/>; eval(a);\n", rules: ["no-eval"], found: ["no-eval"] },
    { says: "in CommonJS", path: "a.cjs", text: "return eval(x);\n", rules: ["no-eval"], found: ["no-eval"] },
    {
      says: "a rule of typescript-eslint",
      path: "a.ts",
      text: "let a: any;\n",
      rules: ["@typescript-eslint/no-explicit-any"],
      found: ["@typescript-eslint/no-explicit-any"],
    },
    {
      says: "a rule of typescript-eslint that extends one of ESLint's own",
      path: "a.ts",
      text: "export const f = (a: number) => 1;\n",
      rules: ["@typescript-eslint/no-unused-vars", "@typescript-eslint/no-useless-constructor"],
      found: ["@typescript-eslint/no-unused-vars"],
    },
    {
      says: "directives are not obeyed, and set nothing",
      path: "a.ts",
      text: '/* eslint-disable */\n/* eslint no-eval: "off", no-var: "error" */\nvar a = eval("1"); // eslint-disable-line\n',
      rules: ["no-eval"],
      found: ["no-eval"],
    },
  ])("$says", ({ path, text, rules, found }) => {
    expect(ask(path, text, rules)).toMatchObject({ problems: found.map((rule) => ({ rule })), notRun: [] });
  });

  test("rules that it cannot run are named: of plugins, with types, with settings, no rules at all", () => {
    const rules = [
      "react/jsx-key",
      "@typescript-eslint/no-floating-promises",
      "no-restricted-imports",
      "toString",
      "__proto__",
    ];
    expect(ask("a.ts", "a();\n", rules)).toEqual({ problems: [], notRun: rules });
  });

  test("for a directive without names the recommended rules are run", () => {
    expect(ask("a.js", "try { a() } catch {}\nconsole.log(1);\n", [], true)).toEqual({
      problems: [{ rule: "no-empty", line: 1 }],
      notRun: [],
    });
  });

  test("what it cannot read is told, without the text", () => {
    expect(ask("a.ts", "let secret = = 1;\n", ["no-eval"])).toEqual({
      failed: "ESLint could not read it near line 1, so what its directives hide is not known",
    });
  });
});

test("where ESLint may have ended the process, our own findings are not lost", async () => {
  const file = (path: string, head: string) => ({ path, base: null, head, hunks: [] });
  const head = `// eslint-disable-next-line no-eval\neval(x);\ntry { a() } catch {}\n`;
  // Enough for our own parser, and too little for TypeScript.
  const limits: LintLimits = { ...lintLimits, heapMb: 24 };
  const linted = [];
  for await (const each of runLint([file("a.ts", head)], ["new-suppression", "swallowed-error"], limits))
    linted.push(each);
  expect(linted[0]!.findings.map(({ rule }) => rule).sort()).toEqual(["new-suppression", "swallowed-error"]);
  expect(linted[0]!.notAnalysed[0]?.reason).toMatch(/^what its directives for ESLint hide is not known: /);
});
