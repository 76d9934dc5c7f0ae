import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { goTests } from "./go.ts";
import { javaTests } from "./java.ts";
import { javascriptTests } from "./javascript.ts";
import { pythonTests } from "./python.ts";

/** A test, whichever language and library it is written in. */
export interface TestCase {
  node: SyntaxNode;
  /** Its title with those of what is around it: what stays the same from version to version. */
  name: string;
  body: SyntaxNode | null;
  /** Takes part in no run, whatever the circumstances: where that is said. */
  skipped: SyntaxNode | null;
}

/** What makes a test run alone, or not at all, at the places where it says so. */
export interface Switch {
  node: SyntaxNode;
  kind: "only" | "skip";
}

export interface Tests {
  cases: TestCase[];
  switches: Switch[];
}

export function testsIn(file: SourceFile): Tests {
  return readers[file.language](file);
}

const readers: Record<SourceFile["language"], (file: SourceFile) => Tests> = {
  javascript: javascriptTests,
  python: pythonTests,
  go: goTests,
  java: javaTests,
};
