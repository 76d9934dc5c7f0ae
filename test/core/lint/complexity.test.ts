import { expect, test } from "vitest";
import { loadParser } from "../../../adapters/sandbox/parser.ts";
import { measureFunctions } from "../../../core/lint/complexity.ts";
import { grammars, SourceFile } from "../../../core/syntax/index.ts";

const parse = await loadParser(grammars);

test.each([
  { says: "nothing but statements", path: "a.js", text: "function f() { a(); b(); }", measures: [1, 0, 0, 0] },
  { says: "an if in a loop", path: "a.js", text: "function f(a) { for (;;) { if (a) b(); } }", measures: [3, 3, 2, 1] },
  {
    says: "else and else if",
    path: "a.js",
    text: "function f() { if (a) b(); else if (c) d(); else e(); }",
    measures: [3, 3, 1, 0],
  },
  {
    says: "an if in an else",
    path: "a.js",
    text: "function f() { if (a) b(); else { if (c) d(); g(); } }",
    measures: [3, 4, 2, 0],
  },
  { says: "runs of operators", path: "a.js", text: "const f = () => a && b && c || d;", measures: [4, 2, 0, 0] },
  {
    says: "a switch",
    path: "a.js",
    text: "function f(a) { switch (a) { case 1: case 2: b(); break; default: c(); } }",
    measures: [3, 1, 1, 1],
  },
  {
    says: "a jump to a label",
    path: "a.js",
    text: "function f() { x: for (;;) { for (;;) { continue x; } } }",
    measures: [3, 4, 2, 0],
  },
  {
    says: "a handler",
    path: "a.js",
    text: "function f() { try { a(); } catch { if (b) c(); } }",
    measures: [3, 3, 2, 0],
  },
  {
    says: "elif",
    path: "a.py",
    text: "def f(a):\n if a:\n  b()\n elif c:\n  if d:\n   e()\n else:\n  g()\n",
    measures: [4, 5, 2, 1],
  },
  { says: "match", path: "a.py", text: "def f(a):\n match a:\n  case 1: b()\n  case _: c()\n", measures: [2, 1, 1, 1] },
  {
    says: "for with else",
    path: "a.py",
    text: "def f(a):\n for b in a:\n  c()\n else:\n  d()\n",
    measures: [2, 1, 1, 1],
  },
  {
    says: "if in Go",
    path: "a.go",
    text: "package a\nfunc f(a, b int, int2 string) { if a > 1 { b() } else if a > 2 { c() } else { if d { e() } } }",
    measures: [4, 5, 2, 3],
  },
  {
    says: "select in Go",
    path: "a.go",
    text: "package a\nfunc f() { select { case <-a: b()\ndefault: c() } }",
    measures: [2, 1, 1, 0],
  },
  {
    says: "labels of Java",
    path: "A.java",
    text: "class A { int f(int a) { return switch (a) { case 1, 2 -> 3; default -> 4; }; } }",
    measures: [2, 1, 1, 1],
  },
  {
    says: "else in Java",
    path: "A.java",
    text: "class A { void f() { if (a) { b(); } else { while (c) d(); } } }",
    measures: [3, 4, 2, 0],
  },
])("$says", ({ path, text, measures }) => {
  const parsed = parse(
    text,
    path.endsWith("js") ? "javascript" : path.endsWith("py") ? "python" : path.endsWith("go") ? "go" : "java",
  );
  if ("reason" in parsed) throw new Error(parsed.reason);
  const [first] = measureFunctions(new SourceFile(path, parsed.tree));
  const { cyclomatic, cognitive, nesting, parameters } = first!.complexity;
  expect([cyclomatic, cognitive, nesting, parameters]).toEqual(measures);
});
