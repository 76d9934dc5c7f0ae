export { buildTree, type GrammarNames, type TreeCursor } from "./build-tree.ts";
export type * from "./dialect.ts";
export { fileKind, grammars, languages, type FileKind, type Grammar, type Language } from "./language.ts";
export { SyntaxNode } from "./node.ts";
export type { Binding, Scopes } from "./scopes.ts";
export { SourceFile } from "./source-file.ts";
export { SyntaxTree, type Comment } from "./tree.ts";
