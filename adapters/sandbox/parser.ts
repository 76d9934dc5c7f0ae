import { Language as Grammar, Parser } from "web-tree-sitter";
import { buildTree, type Grammar as GrammarName, type SyntaxTree, type GrammarNames } from "../../core/syntax/index.ts";
import { grammarFile, runtimeFile } from "./grammar-files.ts";

/** A text as a tree, or why there is none. */
export type Parsed = { tree: SyntaxTree } | { reason: string };

/** Parses texts of the grammars that were loaded. */
export type Parse = (text: string, grammar: GrammarName) => Parsed;

/** How long one text may take, in milliseconds of the wall. */
const longestParseMs = 5000;

/**
 * Loads these grammars, once each in a process; parsing itself then waits for nothing. What is parsed is text: nothing of
 * it is run, and no file is read for it.
 */
export async function loadParser(grammars: Iterable<GrammarName>): Promise<Parse> {
  await (runtime ??= Parser.init({ locateFile: () => runtimeFile() }));
  for (const name of grammars) if (!loaded.has(name)) loaded.set(name, await load(name));
  return parse;
}

interface Loaded {
  parser: Parser;
  names: GrammarNames;
}

let runtime: Promise<void> | undefined;
const loaded = new Map<GrammarName, Loaded>();

async function load(name: GrammarName): Promise<Loaded> {
  const grammar = await Grammar.load(grammarFile(name));
  const parser = new Parser();
  parser.setLanguage(grammar);
  return {
    parser,
    names: { types: grammar.types, isNamed: (id) => grammar.nodeTypeIsNamed(id), fields: grammar.fields },
  };
}

function parse(text: string, name: GrammarName): Parsed {
  const grammar = loaded.get(name);
  if (grammar === undefined) throw new Error(`the grammar ${name} was not loaded`);
  const { parser, names } = grammar;
  const end = performance.now() + longestParseMs;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
  if (tree === null) {
    parser.reset();
    return { reason: `reading its syntax took longer than ${longestParseMs / 1000} seconds` };
  }
  const cursor = tree.walk();
  try {
    const built = buildTree(text, cursor, names);
    return built === null ? { reason: "it is nested too deeply for a program that people read" } : { tree: built };
  } finally {
    cursor.delete();
    tree.delete();
  }
}
