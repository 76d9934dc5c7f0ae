import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import type { References } from "./references.ts";
import type { UnusedName } from "./unused-names.ts";

/** Members that only their class can use, and that nothing in the file names: private ones, and types of this file alone. */
export function unusedMembers(file: SourceFile, references: References): UnusedName[] {
  switch (file.language) {
    case "java":
      return unusedInJava(file);
    case "javascript":
      return [...unusedInClasses(file), ...unusedTypes(file, references)];
    case "python":
      return unusedMangled(file);
    case "go":
      return [];
  }
}

function unusedInJava(file: SourceFile): UnusedName[] {
  if (/\b(?:Method|Field)Source\b/.test(file.text)) return [];
  const uses = countNames(file, ["identifier"], (node) => node.parent !== null && !isDeclaredName(node));
  const methods = file.nodes("method_declaration").filter((node) => isPrivate(node) && !isSerial(node));
  const fields = file.nodes("field_declaration").filter((node) => isPrivate(node) && !isLombok(node, file));
  const names = [...methods, ...fields.flatMap((node) => node.parts("declarator"))].flatMap(
    (node) => node.part("name") ?? [],
  );
  const written = file.nodes("string_literal").map(({ text }) => text);
  return names
    .filter((name) => !isUsedInJava(name, uses) && !written.some((text) => text === `"${name.text}"`))
    .map((name) => ({ name, what: "member", isVisible: false }));
}

/** Private, and without an annotation by which something else could find it. */
function isPrivate(node: SyntaxNode): boolean {
  const modifiers = node.childOf("modifiers");
  return modifiers?.has("private") === true && !modifiers.named.some(({ type }) => type.endsWith("annotation"));
}

function isSerial(node: SyntaxNode): boolean {
  return /^(?:readObject|writeObject|readResolve|writeReplace|readObjectNoData)$/.test(node.part("name")?.text ?? "");
}

/** Lombok writes code that uses the fields of a class; the JVM uses those with names of its own. */
function isLombok(node: SyntaxNode, file: SourceFile): boolean {
  if (/^(?:serialVersionUID|serialPersistentFields|IDENT)$/.test(node.part("declarator")?.part("name")?.text ?? ""))
    return true;
  const holder = node.above(javaClasses);
  return (
    holder === null ||
    /@(?:\w+\.)?(?:Data|Getter|Setter|Value|Builder|ToString|EqualsAndHashCode|\w*ArgsConstructor|Entity|Embeddable)\b/.test(
      holder.childOf("modifiers")?.text ?? "",
    ) ||
    file.text.includes("import lombok.*")
  );
}

const javaClasses = new Set(["class_declaration", "enum_declaration", "record_declaration"]);

/** A method that only calls itself is not used. */
function isUsedInJava(name: SyntaxNode, uses: ReadonlyMap<string, readonly SyntaxNode[]>): boolean {
  const owner = name.parent;
  return (uses.get(name.text) ?? []).some((use) => {
    if (owner?.type === "method_declaration") return !use.isWithin(owner);
    return !isJavaWrite(use);
  });
}

/** `this.count = 1` and `count++` as statements only write. */
function isJavaWrite(use: SyntaxNode): boolean {
  const target = use.parent?.type === "field_access" && use.field === "field" ? use.parent : use;
  const { parent } = target;
  if (parent?.type === "assignment_expression")
    return target.field === "left" && parent.parent?.type === "expression_statement";
  return parent?.type === "update_expression" && parent.parent?.type === "expression_statement";
}

function isDeclaredName({ parent, field }: SyntaxNode): boolean {
  if (field !== "name" || parent === null) return false;
  return ["method_declaration", "variable_declarator", "formal_parameter"].includes(parent.type);
}

/** `#name`, and in TypeScript `private name`, of which the file says `.name` nowhere. */
function unusedInClasses(file: SourceFile): UnusedName[] {
  const uses = countNames(
    file,
    ["private_property_identifier", "property_identifier", "shorthand_property_identifier_pattern"],
    ({ parent, field }) => !memberTypes.has(parent?.type ?? "") || (field !== "name" && field !== "property"),
  );
  const written = new Set(file.nodes("string").map(({ text }) => text.slice(1, -1)));
  return file.nodes(...memberTypes).flatMap((node) => {
    const name = node.part("name") ?? node.part("property");
    const isOwn =
      name?.type === "private_property_identifier" || node.childOf("accessibility_modifier")?.text === "private";
    if (
      name === null ||
      !isOwn ||
      name.type.startsWith("computed") ||
      isRegistered(node) ||
      name.text === "constructor" ||
      written.has(name.text)
    )
      return [];
    const isUsed = (uses.get(name.text) ?? []).some(
      (use) => !(node.type === "method_definition" && use.isWithin(node)),
    );
    return isUsed || name.text.startsWith("_") ? [] : [{ name, what: "member" as const, isVisible: false }];
  });
}

const memberTypes = new Set(["method_definition", "public_field_definition", "field_definition"]);

function isRegistered(node: SyntaxNode): boolean {
  return node.childOf("decorator") !== null || node.has("declare") || node.parent?.childOf("decorator") !== null;
}

/** `type` and `interface` at the top of a module that neither exports nor uses them. */
function unusedTypes(file: SourceFile, references: References): UnusedName[] {
  const isModule = file.nodes("import_statement", "export_statement").length > 0;
  if (!isModule) return [];
  return file.nodes("type_alias_declaration", "interface_declaration").flatMap((node) => {
    const name = node.part("name");
    if (name === null || node.parent?.type !== "program" || name.text.startsWith("_")) return [];
    const isUsed = references.named(name.text).some((use) => use !== name && !use.isWithin(node));
    return isUsed ? [] : [{ name, what: "type" as const, isVisible: false }];
  });
}

/** `def __name` of a class: Python itself hides it from others. */
function unusedMangled(file: SourceFile): UnusedName[] {
  const uses = countNames(
    file,
    ["identifier"],
    (node) => !(node.field === "name" && node.parent?.type === "function_definition"),
  );
  return file.nodes("function_definition").flatMap((node) => {
    const name = node.part("name");
    const isOwn = node.parent?.parent?.type === "class_definition" && /^__(?!.*__$)/.test(name?.text ?? "");
    if (name === null || !isOwn) return [];
    const isUsed = (uses.get(name.text) ?? []).some((use) => !use.isWithin(node));
    return isUsed ? [] : [{ name, what: "member" as const, isVisible: false }];
  });
}

function countNames(
  file: SourceFile,
  types: readonly string[],
  isUse: (node: SyntaxNode) => boolean,
): Map<string, SyntaxNode[]> {
  const uses = new Map<string, SyntaxNode[]>();
  for (const node of file.nodes(...types)) {
    if (!isUse(node)) continue;
    const same = uses.get(node.text);
    if (same === undefined) uses.set(node.text, [node]);
    else same.push(node);
  }
  return uses;
}
