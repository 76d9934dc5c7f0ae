/** The languages whose syntax is read; JavaScript and TypeScript, with or without JSX, are one. */
export const languages = ["javascript", "python", "go", "java"] as const;
export type Language = (typeof languages)[number];

/** A grammar of tree-sitter, by the name under which its package has it. */
export const grammars = ["javascript", "typescript", "tsx", "python", "go", "java"] as const;
export type Grammar = (typeof grammars)[number];

export interface FileKind {
  language: Language;
  grammar: Grammar;
}

/** How a file is read, by its name; null for one whose language is not read. */
export function fileKind(path: string): FileKind | null {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return kinds.get(name.slice(name.lastIndexOf(".") + 1)) ?? null;
}

const kinds = new Map<string, FileKind>([
  ...["js", "mjs", "cjs", "jsx"].map((ending) => [ending, kind("javascript", "javascript")] as const),
  ...["ts", "mts", "cts"].map((ending) => [ending, kind("javascript", "typescript")] as const),
  ["tsx", kind("javascript", "tsx")],
  ...["py", "pyi", "pyw"].map((ending) => [ending, kind("python", "python")] as const),
  ["go", kind("go", "go")],
  ["java", kind("java", "java")],
]);

function kind(language: Language, grammar: Grammar): FileKind {
  return { language, grammar };
}
