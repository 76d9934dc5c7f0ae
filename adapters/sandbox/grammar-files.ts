import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Grammar } from "../../core/syntax/index.ts";

/** The file of tree-sitter's own WebAssembly: beside the bundle, or in its package when the sources run. */
export function runtimeFile(): string {
  return findFile(runtimePackage);
}

export const runtimePackage = "web-tree-sitter/web-tree-sitter.wasm";

/** The file of a grammar. */
export function grammarFile(grammar: Grammar): string {
  return findFile(grammarPackages[grammar]);
}

/** Which file of which package each grammar is; scripts/build.ts copies them beside the bundle. */
export const grammarPackages: Record<Grammar, string> = {
  javascript: "tree-sitter-javascript/tree-sitter-javascript.wasm",
  typescript: "tree-sitter-typescript/tree-sitter-typescript.wasm",
  tsx: "tree-sitter-typescript/tree-sitter-tsx.wasm",
  python: "tree-sitter-python/tree-sitter-python.wasm",
  go: "tree-sitter-go/tree-sitter-go.wasm",
  java: "tree-sitter-java/tree-sitter-java.wasm",
};

function findFile(specifier: string): string {
  const name = specifier.slice(specifier.indexOf("/") + 1);
  // A chunk of a bundle stands two folders below its door: dist/chunks/cli/parser.js, dist/cli.js, dist/grammars.
  const places = ["./grammars", "../../grammars"].map((folder) => new URL(`${folder}/${name}`, import.meta.url));
  const beside = places.map((place) => fileURLToPath(place)).find((path) => existsSync(path));
  return beside ?? createRequire(import.meta.url).resolve(specifier);
}
