import type { SourceFile, SyntaxNode } from "../syntax/index.ts";

/** What a file says of names that look unused, read once: each question is then one look-up. */
export interface UnusedHints {
  /** Lines with `# noqa: F401` and its like: somebody knows. */
  saidLines: ReadonlySet<number>;
  /** Modules of Python that are imported under another name. */
  renamedModules: ReadonlySet<string>;
  /** Functions of Python that ask for all of their names by `locals()`; null stands for the file. */
  askingForAll: ReadonlySet<SyntaxNode | null>;
  /** Methods of Java that are handed on: `this::print`. */
  handedOn: ReadonlySet<string>;
}

export function readHints(file: SourceFile): UnusedHints {
  const said = file.comments.filter(({ text }) => knownUnused.test(text));
  const asking = file.calls.filter(({ name, receiver }) => name === "locals" && receiver === null);
  return {
    saidLines: new Set(said.map(({ line }) => line)),
    renamedModules: new Set(
      file.nodes("aliased_import").flatMap(({ named: [module] }) => module?.named[0]?.text ?? []),
    ),
    askingForAll: new Set(asking.map(({ node }) => node.above(file.dialect.functions))),
    handedOn: new Set(file.nodes("method_reference").flatMap(({ named }) => named.at(-1)?.text ?? [])),
  };
}

const knownUnused = /\bnoqa\b|\bdisable[=:-].{0,80}unused|\bNOSONAR\b|\bnolint\b|\bnoinspection\b|\bside[- ]effect/i;
