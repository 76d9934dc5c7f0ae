import type { Assignment, Call, Dialect, Entry, FunctionParts, Handler, TextPart } from "./dialect.ts";
import { dialectOf } from "./dialects.ts";
import { fileKind, type Grammar, type Language } from "./language.ts";
import type { SyntaxNode } from "./node.ts";
import { readScopes, type Binding, type Scopes } from "./scopes.ts";
import type { Comment, SyntaxTree } from "./tree.ts";

/**
 * A parsed file, as rules read it: the same questions whichever language it is written in. Every list is made when it is
 * first asked for, and stands in the order of the text.
 */
export class SourceFile {
  readonly path: string;
  readonly language: Language;
  readonly grammar: Grammar;
  readonly tree: SyntaxTree;
  readonly dialect: Dialect;
  readonly #lists = new Map<string, readonly unknown[]>();
  #scopes: Scopes | null = null;
  #callsByNode: Map<SyntaxNode, Call> | null = null;

  constructor(path: string, tree: SyntaxTree) {
    const kind = fileKind(path);
    if (kind === null) throw new Error(`no grammar reads ${path}`);
    this.path = path;
    this.language = kind.language;
    this.grammar = kind.grammar;
    this.tree = tree;
    this.dialect = dialectOf(kind.language);
  }

  get text(): string {
    return this.tree.source;
  }

  get comments(): readonly Comment[] {
    return this.tree.comments;
  }

  /** Calls and constructions, outer ones before those in their arguments. */
  get calls(): readonly Call[] {
    return this.#list("calls", this.dialect.calls, this.dialect.readCall);
  }

  get functions(): readonly FunctionParts[] {
    return this.#list("functions", this.dialect.functions, this.dialect.readFunction);
  }

  get handlers(): readonly Handler[] {
    return this.#list("handlers", this.dialect.handlers, this.dialect.readHandler);
  }

  get entries(): readonly Entry[] {
    return this.#list("entries", this.dialect.entries, this.dialect.readEntry);
  }

  get assignments(): readonly Assignment[] {
    return this.#list("assignments", this.dialect.assignments, this.dialect.readAssignments);
  }

  get loops(): readonly SyntaxNode[] {
    return this.nodes(...this.dialect.loops);
  }

  get scopes(): Scopes {
    return (this.#scopes ??= readScopes(this.tree, this.dialect));
  }

  /** Named nodes of these types, in the order of the text. */
  nodes(...types: readonly string[]): SyntaxNode[] {
    const found = this.tree.nodes(...types);
    return types.length > 1 ? found.sort((a, b) => a.start - b.start || b.end - a.end) : found;
  }

  /** The call that a node is; null for anything else. */
  callAt(node: SyntaxNode): Call | null {
    this.#callsByNode ??= new Map(this.calls.map((call) => [call.node, call]));
    return this.#callsByNode.get(node) ?? null;
  }

  /** The innermost function around a node; null at the top of the file. */
  functionAround(node: SyntaxNode): FunctionParts | null {
    const found = node.above(this.dialect.functions);
    return found === null ? null : this.dialect.readFunction(found);
  }

  /** Without parentheses and casts. */
  bare(node: SyntaxNode): SyntaxNode {
    let at = node;
    while (this.dialect.wrappers.has(at.type)) {
      const inner = at.part("value") ?? at.part("expression") ?? at.named[0];
      if (inner === undefined) break;
      at = inner;
    }
    return at;
  }

  /** What a name stands for; null for anything else, and for a name that is declared elsewhere. */
  bindingOf(node: SyntaxNode): Binding | null {
    return this.dialect.names.has(node.type) ? this.scopes.find(node) : null;
  }

  /**
   * The one value that a name holds, when it gets just one; else the node itself. Follows up to five names, and never goes
   * into a part of a value (destructuring, results of several).
   */
  valueOf(node: SyntaxNode): SyntaxNode {
    let at = this.bare(node);
    for (let step = 0; step < 5; step += 1) {
      const binding = this.bindingOf(at);
      if (binding === null || binding.declarations.length !== 1 || binding.values.length > 0) return at;
      const { value, isPart, kind } = binding.declarations[0]!;
      if (value === null || isPart || kind === "function" || kind === "class" || kind === "import") return at;
      at = this.bare(value);
    }
    return at;
  }

  /**
   * A dotted name with imports resolved: `subprocess.run` for `run` after `from subprocess import run`, `crypto/tls.Config`,
   * `java.util.Random`. Names of the file itself stay as written; what is no dotted name reads as its last names: `.query`.
   */
  qualifiedName(node: SyntaxNode): string {
    const plain = this.bare(node);
    if (this.dialect.names.has(plain.type) || plain.type.endsWith("type_identifier")) return this.#importedName(plain);
    const member = this.dialect.readMember(plain);
    if (member !== null) return `${this.qualifiedName(member.object)}.${member.name}`;
    const call = this.callAt(plain);
    return call === null ? (keywordNames.has(plain.type) ? plain.text : "") : `${this.calleeName(call)}()`;
  }

  /** The qualified name of what a call calls. */
  calleeName(call: Call): string {
    if (call.receiver !== null) return `${this.qualifiedName(call.receiver)}.${call.name}`;
    return this.dialect.readMember(call.callee) === null && this.language === "java" && !call.isNew
      ? call.name
      : this.qualifiedName(call.callee) || this.#importedText(call.name, call.callee);
  }

  #importedName(name: SyntaxNode): string {
    const binding = this.scopes.find(name);
    const from = binding?.declarations.find(({ kind }) => kind === "import")?.from;
    if (from === undefined) return name.text;
    return from.imported === "*" || from.imported === "default" ? from.module : `${from.module}.${from.imported}`;
  }

  #importedText(name: string, at: SyntaxNode): string {
    const inner = [...at.walk()].find((node) => node.text === name);
    return inner === undefined ? name : this.#importedName(inner);
  }

  /**
   * A text that is put together, as one flat list: literals, templates, concatenations, formats and the names that hold
   * them. Null when nothing of it is written here.
   */
  textOf(node: SyntaxNode, follow = true): TextPart[] | null {
    const parts = this.#flatText(node, follow, 0, { left: mostParts });
    return parts.some(({ kind }) => kind === "written") ? parts : null;
  }

  #flatText(node: SyntaxNode, follow: boolean, depth: number, work: { left: number }): TextPart[] {
    const plain = follow ? this.valueOf(node) : this.bare(node);
    work.left -= 1;
    const isTooMuch = depth > deepestText || work.left < 0;
    const parts = isTooMuch ? null : this.dialect.readText(plain, this.callAt(plain));
    if (parts === null) return [{ kind: "put-in", node: this.bare(node) }];
    const flat = parts.flatMap((part) => {
      if (part.kind === "written") return part;
      const inner = this.#flatText(part.node, follow, depth + 1, work);
      return inner.length === 1 && inner[0]!.kind === "put-in"
        ? { ...inner[0]!, ...part, node: inner[0]!.node }
        : inner;
    });
    // `a + b` of which nothing is text is a sum.
    return flat.some(({ kind }) => kind === "written") ? flat : [{ kind: "put-in", node: this.bare(node) }];
  }

  /** The text of a literal or of constants put together; null when anything else is put in. */
  constantText(node: SyntaxNode): string | null {
    const parts = this.textOf(node);
    if (parts === null) return null;
    const texts = parts.map((part) => (part.kind === "written" ? part.text : this.#number(part.node)));
    return texts.includes(null) ? null : texts.join("");
  }

  #number(node: SyntaxNode): string | null {
    const value = this.valueOf(node);
    return this.dialect.numbers.has(value.type) ? value.text : null;
  }

  /** Whether a value is written in this file: a literal, or a name that only ever holds one. */
  isConstant(node: SyntaxNode): boolean {
    return this.#number(node) !== null || this.constantText(node) !== null;
  }

  /** The statements of a block. */
  statements(block: SyntaxNode): SyntaxNode[] {
    const inner = block.type === "block" && this.language === "go" ? (block.childOf("statement_list") ?? block) : block;
    return inner.named;
  }

  #list<T>(name: string, types: ReadonlySet<string>, read: (node: SyntaxNode) => T | T[] | null): readonly T[] {
    const known = this.#lists.get(name);
    if (known !== undefined) return known as readonly T[];
    const made = this.nodes(...types).flatMap((node) => read(node) ?? []);
    this.#lists.set(name, made);
    return made;
  }
}

/** A text nested deeper, or of more parts, is looked at no further: names that hold each other twice double at each step. */
const deepestText = 200;
const mostParts = 2000;

const keywordNames = new Set(["this", "super", "self"]);
