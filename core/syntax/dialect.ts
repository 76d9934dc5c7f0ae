import type { SyntaxNode } from "./node.ts";
import type { Language } from "./language.ts";

/** One argument of a call. */
export interface Argument {
  /** Of a keyword argument; else null. */
  name: string | null;
  value: SyntaxNode;
}

/** A call or a construction, whichever language it is written in. */
export interface Call {
  node: SyntaxNode;
  /** What is called: `cursor.execute`; of a construction the class. */
  callee: SyntaxNode;
  /** The last part of what is called: `execute`. Empty when it is no name. */
  name: string;
  /** What stands before the last dot, if anything does. */
  receiver: SyntaxNode | null;
  args: Argument[];
  /** `new X()`, or a composite literal's type in Go: no, that is an entry list. */
  isNew: boolean;
}

/** What answers an error: `catch`, `except`, `if err != nil`. */
export interface Handler {
  node: SyntaxNode;
  /** The types it takes; empty: every error. */
  types: SyntaxNode[];
  /** The name that the error has in its body. */
  name: string | null;
  body: SyntaxNode;
  /** The statements that may fail, where the language says which. */
  guarded: SyntaxNode | null;
}

/** A function, a method, a lambda. */
export interface FunctionParts {
  node: SyntaxNode;
  /** Null for one without a name of its own; a name it is assigned to counts. */
  name: string | null;
  parameters: Parameter[];
  body: SyntaxNode | null;
  isAsync: boolean;
}

export interface Parameter {
  name: string;
  node: SyntaxNode;
  /** As written; null where none is. */
  type: SyntaxNode | null;
  /** The decorators or annotations on it. */
  annotations: string[];
}

/** A key and its value, in an object, a dictionary, a struct literal, a keyword argument. */
export interface Entry {
  node: SyntaxNode;
  key: string;
  value: SyntaxNode;
}

/** A name, and what it stands for from here on. */
export interface Declaration {
  name: SyntaxNode;
  kind: "variable" | "constant" | "parameter" | "function" | "class" | "import";
  value: SyntaxNode | null;
  /** The value is not what the name stands for, but holds it: destructuring, `for`, several results. */
  isPart: boolean;
  /** The name that is bound, where it does not stand there as such: `md5` of `import "crypto/md5"`. */
  bound?: string;
  /** Of an import: the module, and what of it; `*` is the module itself. */
  from?: { module: string; imported: string };
}

/** Something gets a new value. `operator` is `=`, `+=` and so on. */
export interface Assignment {
  node: SyntaxNode;
  target: SyntaxNode;
  value: SyntaxNode;
  operator: string;
}

/**
 * A part of a text that is put together: what is written there, or what is put in. `place` is how a format names it: `%d`,
 * `{:>10}`.
 */
export type TextPart =
  { kind: "written"; text: string; node: SyntaxNode } | { kind: "put-in"; node: SyntaxNode; place?: string };

/** What a rule must know of a language beyond its grammar. One file a language. */
export interface Dialect {
  language: Language;
  /** Node types that open a scope for names; the file itself is one. */
  scopes: ReadonlySet<string>;
  functions: ReadonlySet<string>;
  calls: ReadonlySet<string>;
  handlers: ReadonlySet<string>;
  loops: ReadonlySet<string>;
  /** Node types with a list of statements as children. */
  blocks: ReadonlySet<string>;
  /** Statements that leave the function or the loop: return, throw, raise, break, continue. */
  exits: ReadonlySet<string>;
  /** Node types that wrap a value without changing it: parentheses, casts. */
  wrappers: ReadonlySet<string>;
  /** Node types that are a name by themselves. */
  names: ReadonlySet<string>;
  /** Node types that hold the text of a literal. */
  numbers: ReadonlySet<string>;
  declarations: ReadonlySet<string>;
  assignments: ReadonlySet<string>;
  entries: ReadonlySet<string>;

  readFunction: (node: SyntaxNode) => FunctionParts;
  readCall: (node: SyntaxNode) => Call | null;
  readHandler: (node: SyntaxNode) => Handler | null;
  /** What this node declares: names in the scope around it, or in itself when `scope` is the node. */
  readDeclarations: (node: SyntaxNode) => Declaration[];
  readAssignments: (node: SyntaxNode) => Assignment[];
  readEntry: (node: SyntaxNode) => Entry | null;
  /** `object` and `name` of a member: `a.b`. Null when it is none. */
  readMember: (node: SyntaxNode) => { object: SyntaxNode; name: string } | null;
  /** The parts of a literal, a template, a concatenation or a format, one level; null when it is no text. */
  readText: (node: SyntaxNode, call: Call | null) => TextPart[] | null;
}
