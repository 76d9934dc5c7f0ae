import type { Binding, Declaration, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { readReferences, type References } from "./references.ts";
import { readHints, type UnusedHints } from "./unused-hints.ts";
import { unusedMembers } from "./unused-members.ts";
import { unusedParameters } from "./unused-parameters.ts";

/** A declaration that nothing in its file uses. */
export interface UnusedName {
  name: SyntaxNode;
  what: "import" | "variable" | "parameter" | "function" | "class" | "type" | "member";
  /** Whether other files can see it: then only they can say that it is not used. */
  isVisible: boolean;
}

/** What is read of a file once. */
export interface Known {
  references: References;
  hints: UnusedHints;
}

/** What a file declares and does not use. In doubt a name is used: frameworks call by name, and texts name what they mean. */
export function unusedNames(file: SourceFile): UnusedName[] {
  if (/\.d\.[cm]?ts$/.test(file.path) || (file.tree.unread.length > 0 && file.language !== "python")) return [];
  const references = readReferences(file);
  const known: Known = { references, hints: readHints(file) };
  const texts = namedInTexts(file);
  const found = file.scopes
    .all()
    .filter((binding) => !texts.has(binding.name) && !references.isRead(binding) && !isIgnored(binding, file))
    .flatMap((binding) => judge(binding, file, known));
  const all = [...found, ...unusedParameters(file, known), ...unusedMembers(file, references)];
  return file.language === "java" ? all.filter(({ name }) => !isSuppressed(name)) : all;
}

/** `@SuppressWarnings("unused")` on what declares it, or on what is around. */
function isSuppressed(name: SyntaxNode): boolean {
  for (let at = name.parent; at !== null; at = at.parent) {
    const annotations = at.childOf("modifiers")?.named ?? [];
    if (annotations.some(({ text }) => text.startsWith("@SuppressWarnings") && /unused|"all"/i.test(text))) return true;
  }
  return false;
}

function isIgnored({ name, declarations }: Binding, { language }: SourceFile): boolean {
  if (
    name.startsWith("_") &&
    !declarations.some(({ kind }) => kind === "import" || (kind === "function" && language === "python"))
  )
    return true;
  return name === "" || name === "." || ignoredNames.has(name);
}

const ignoredNames = new Set([
  "__tracebackhide__",
  "__traceback_info__",
  "__debuggerskip__",
  "ignored",
  "ignore",
  "unused",
]);

function judge(binding: Binding, file: SourceFile, known: Known): UnusedName[] {
  const [first] = binding.declarations;
  if (first === undefined) return [];
  if (binding.declarations.some(({ kind }) => kind === "import"))
    return binding.declarations.filter(({ kind }) => kind === "import").flatMap((one) => judgeImport(one, file, known));
  const uses = known.references.named(binding.name);
  if (uses.length > mostUses || uses.some((use) => sharesFunction(use, binding, file))) return [];
  return judgeOwn(binding, first, file, known);
}

/** A name that stands more often in a file is taken as used. */
const mostUses = 2000;

/** A `var` holds in its whole function, and so does what a block of sloppy code declares. */
function sharesFunction(use: SyntaxNode, { declarations }: Binding, file: SourceFile): boolean {
  if (file.language !== "javascript") return false;
  return declarations.some(({ name, kind }) => {
    if (kind !== "variable" || name.above(varTypes) === null) return false;
    const around = name.above(file.dialect.functions);
    return around === null || use.isWithin(around);
  });
}

const varTypes = new Set(["variable_declaration"]);

function judgeImport(declaration: Declaration, file: SourceFile, known: Known): UnusedName[] {
  const { name } = declaration;
  if (isSaidToBeUnused(name, known.hints) || isKeptImport(declaration, file, known)) return [];
  return [{ name, what: "import", isVisible: false }];
}

/** `# noqa: F401` and its like: somebody knows, and says so where the import stands. */
function isSaidToBeUnused(name: SyntaxNode, { saidLines }: UnusedHints): boolean {
  const first = name.above(importStatements)?.line ?? name.line;
  return [first - 1, first, name.line].some((line) => saidLines.has(line));
}

/** Imports that are made for others, for their effect, or to see whether they can be made. */
function isKeptImport({ name, from }: Declaration, file: SourceFile, { references, hints }: Known): boolean {
  const statement = name.above(importStatements);
  switch (file.language) {
    case "python": {
      if (/(?:^|\/)(?:__init__|conftest|_?compat)\.py$/.test(file.path) || from?.module === "__future__") return true;
      if (statement?.above(tries) != null || isNamedAnew(name, from)) return true;
      if (from?.imported === "*" && name.parent?.type === "dotted_name" && hasOtherImport(name, hints)) return true;
      return from?.module.startsWith("_") === true && from.imported === "*";
    }
    case "javascript":
      return name.text === "React" || /^(?:h|jsx|Fragment)$/.test(name.text);
    case "go":
      if (name.type === "package_identifier") return references.named(name.text).length > 0;
      if (name.type === "blank_identifier" || name.type === "dot" || from === undefined) return true;
      return from.module === "C" || goNames(from.module).some((one) => references.named(one).length > 0);
    case "java":
      // A method that is imported may be called where a variable has its name.
      return references.named(name.text).length > 0;
  }
}

const importStatements = new Set(["import_statement", "import_from_statement", "import_declaration"]);
const tries = new Set(["try_statement"]);

/** `import a as a` says that it is for others. */
function isNamedAnew(name: SyntaxNode, from: Declaration["from"]): boolean {
  if (name.parent?.type !== "aliased_import" || from === undefined) return false;
  return (from.imported === "*" ? from.module : from.imported) === name.text;
}

/** `import a.b` makes `b` a part of `a`, which may be there under another name. */
function hasOtherImport(name: SyntaxNode, { renamedModules }: UnusedHints): boolean {
  return (name.parent?.named.length ?? 0) > 1 && renamedModules.has(name.text);
}

/** What a package may call itself whose path is known: `gopkg.in/yaml.v3`, `example.com/go-redis/v9`. */
function goNames(module: string): string[] {
  const parts = module.split("/").filter((part) => !/^v\d+$/.test(part));
  const last = parts.at(-1) ?? module;
  const plain = last.replace(/\.v\d+$/, "").replace(/^go[-_.]|[-_.]go$/g, "");
  return [last, plain, ...plain.split(/[-_.]/), plain.replace(/[-_.]/g, ""), ...(parts.at(-2)?.split(/[-_.]/) ?? [])];
}

function judgeOwn(binding: Binding, first: Declaration, file: SourceFile, { hints }: Known): UnusedName[] {
  const { name, kind } = first;
  if (kind === "parameter" || isCalledByName(binding, file)) return [];
  const isTop = binding.scope === file.tree.root;
  const isType = classScopes.has(binding.scope.type);
  if (isType) return [];
  if (kind === "function" || kind === "class")
    return [{ name, what: kind, isVisible: isTop && isSeenElsewhere(binding, file) }];
  const isHandled = first.name.above(new Set(["except_clause"]), new Set(["block"])) !== null;
  if (isTop && file.language !== "javascript" && !isHandled) return [];
  if (isTop && (isSeenElsewhere(binding, file) || !isModule(file))) return [];
  if (binding.declarations.some((one) => isKeptVariable(one, file, hints))) return [];
  return [{ name, what: "variable", isVisible: false }];
}

const classScopes = new Set(["class_body", "interface_body", "enum_body", "class_definition"]);

/** A function with decorators is registered somewhere; what is exported, or stands at the top elsewhere, may be used there. */
function isCalledByName({ declarations, name }: Binding, { language }: SourceFile): boolean {
  if (
    declarations.some(
      ({ value }) => value?.parent?.type === "decorated_definition" || (value?.part("decorator") ?? null) !== null,
    )
  )
    return true;
  if (declarations.some(({ name }) => name.above(ambient) !== null)) return true;
  return language === "go" && /^(?:main|init|Test\w*|Benchmark\w*|Example\w*|Fuzz\w*)$/.test(name);
}

const ambient = new Set(["ambient_declaration"]);

function isSeenElsewhere({ declarations }: Binding, file: SourceFile): boolean {
  if (file.language !== "javascript") return true;
  return !isModule(file) || declarations.some(({ name }) => isExported(name, file));
}

function isExported(name: SyntaxNode, { dialect }: SourceFile): boolean {
  const isOwnName = name.parent !== null && dialect.functions.has(name.parent.type);
  return (isOwnName ? name.parent : name).above(exportTypes, dialect.functions) !== null;
}

const exportTypes = new Set(["export_statement", "ambient_declaration", "internal_module", "module"]);

/** In a plain script every name at the top is seen by the other scripts of its page. */
function isModule(file: SourceFile): boolean {
  if (file.nodes("import_statement", "export_statement").length > 0) return true;
  return /\brequire\s{0,4}\(|\bmodule\.exports\b|\bexports\.\w/.test(file.text);
}

/** Loops need their variable, patterns and several results their places, and a disposable is there for its end. */
function isKeptVariable({ name, value, isPart, kind }: Declaration, file: SourceFile, hints: UnusedHints): boolean {
  const { parent } = name;
  if (parent === null || kind === "parameter") return true;
  if (file.language === "python") {
    if (name.above(pythonHolders, file.dialect.functions) !== null) return true;
    if (isPart && parent.type !== "as_pattern_target" && !isOfTuple(value)) return true;
    return (parent.type === "assignment" && parent.part("right") === null) || usesLocals(name, file, hints);
  }
  if (file.language === "go") return parent.parent?.type === "receive_statement" || (isPart && value === null);
  if (file.language === "java") return parent.type === "resource" || parent.type === "enhanced_for_statement" || isPart;
  if (parent.parent?.type === "object_pattern" || parent.type === "object_pattern") {
    const pattern = parent.type === "object_pattern" ? parent : parent.parent!;
    if (pattern.childOf("rest_pattern") !== null) return true;
  }
  if (parent.type === "array_pattern") return parent.named.at(-1) !== name;
  return parent.type === "for_in_statement" || parent.parent?.type === "for_in_statement" || isDisposed(name);
}

/** `a, b = 1, 2` is two assignments. */
function isOfTuple(value: SyntaxNode | null): boolean {
  return value !== null && ["tuple", "expression_list"].includes(value.type);
}

const pythonHolders = new Set(["for_in_clause", "case_clause"]);

/** `using lock = …` and `await using`. */
function isDisposed(name: SyntaxNode): boolean {
  const statement = name.above(new Set(["lexical_declaration", "using_declaration"]));
  return statement !== null && /^(?:await\s{1,9})?using\b/.test(statement.text.slice(0, 20));
}

function usesLocals(name: SyntaxNode, file: SourceFile, { askingForAll }: UnusedHints): boolean {
  return askingForAll.size > 0 && (askingForAll.has(name.above(file.dialect.functions)) || askingForAll.has(null));
}

/** Names in annotations that are texts, in `__all__`, in type comments and in Java's doc comments. */
function namedInTexts(file: SourceFile): Set<string> {
  const words = new Set<string>();
  const add = (text: string) => {
    for (const [word] of text.matchAll(/[A-Za-z_]\w*/g)) words.add(word);
  };
  if (file.language === "java" || file.language === "javascript")
    for (const { text } of file.comments) if (/^\/(?:\*\*|\/\/)/.test(text)) add(text);
  // What could not be parsed may use anything that it names.
  for (const { line, endLine } of file.tree.unread)
    for (let at = line; at <= endLine && words.size < mostWords; at += 1) add(file.tree.line(at));
  if (file.language !== "python") return words;
  for (const { text } of file.comments) if (/^#\s*type:/.test(text)) add(text);
  for (const text of file.nodes("string_content")) if (isNaming(text)) add(text.text);
  for (const { text } of file.nodes("global_statement", "nonlocal_statement")) add(text);
  return words;
}

const mostWords = 20_000;

function isNaming(text: SyntaxNode): boolean {
  const string = text.parent;
  if (string === null || string.text.length > 400) return false;
  const holder = string.above(namingHolders, new Set(["function_definition", "block"]));
  if (holder === null) return false;
  if (holder.type === "assignment")
    return (
      holder.part("left")?.text === "__all__" ||
      /TypeAlias/.test(holder.part("type")?.text ?? "") ||
      string.above(typeNodes, new Set(["assignment"])) !== null
    );
  if (holder.type === "call")
    return /(?:^|\.)(?:cast|TypeVar|NewType|ForwardRef|TypeAliasType|Optional|extend|append)$/.test(
      holder.part("function")?.text ?? "",
    );
  return holder.type !== "augmented_assignment" || holder.part("left")?.text === "__all__";
}

const typeNodes = new Set(["type"]);
const namingHolders = new Set(["type", "assignment", "augmented_assignment", "call", "subscript", "generic_type"]);
