import type {
  Assignment,
  Call,
  Declaration,
  Dialect,
  Entry,
  FunctionParts,
  Handler,
  Parameter,
  TextPart,
} from "../dialect.ts";
import type { SyntaxNode } from "../node.ts";
import { literalParts, putIn, written } from "../text-parts.ts";

const functions = new Set([
  ...["function_declaration", "function_expression", "arrow_function", "method_definition"],
  ...["generator_function", "generator_function_declaration"],
]);

/** JavaScript and TypeScript, with or without JSX. */
export const javascript: Dialect = {
  language: "javascript",
  scopes: new Set([
    ...["program", "statement_block", "class_body", "for_statement", "for_in_statement", "switch_body", "catch_clause"],
    ...functions,
  ]),
  functions,
  calls: new Set(["call_expression", "new_expression"]),
  handlers: new Set(["catch_clause"]),
  loops: new Set(["for_statement", "for_in_statement", "while_statement", "do_statement"]),
  blocks: new Set(["program", "statement_block", "switch_case", "switch_default"]),
  exits: new Set(["return_statement", "throw_statement", "break_statement", "continue_statement"]),
  wrappers: new Set([
    ...["parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "type_assertion"],
  ]),
  names: new Set(["identifier", "shorthand_property_identifier"]),
  numbers: new Set(["number", "true", "false", "null", "undefined"]),
  declarations: new Set([
    ...["variable_declarator", "function_declaration", "generator_function_declaration", "class_declaration"],
    ...["abstract_class_declaration", "enum_declaration", "for_in_statement", "catch_clause", "import_statement"],
    ...functions,
  ]),
  assignments: new Set(["assignment_expression", "augmented_assignment_expression"]),
  entries: new Set(["pair", "shorthand_property_identifier", "jsx_attribute"]),
  readFunction,
  readCall,
  readHandler,
  readDeclarations,
  readAssignments,
  readEntry,
  readMember(node) {
    const object = node.part("object");
    if (object === null) return null;
    if (node.type === "member_expression") return { object, name: node.part("property")?.text ?? "" };
    const index = node.part("index");
    if (node.type !== "subscript_expression" || index?.type !== "string") return null;
    return { object, name: stringText(index) };
  },
  readText,
};

function readFunction(node: SyntaxNode): FunctionParts {
  const single = node.part("parameter");
  const listed = single === null ? (node.part("parameters")?.named ?? []) : [single];
  return {
    node,
    name: node.part("name")?.text ?? assignedName(node),
    parameters: listed.flatMap(readParameter),
    body: node.part("body"),
    isAsync: node.has("async"),
  };
}

/** `const save = async () => …`, `{ save: function () {} }`, `this.save = () => …`. */
function assignedName(node: SyntaxNode): string | null {
  const { parent } = node;
  if (parent?.type === "variable_declarator") return parent.part("name")?.text ?? null;
  if (parent?.type === "pair") return keyText(parent.part("key"));
  if (parent?.type === "assignment_expression") {
    const left = parent.part("left");
    return left?.part("property")?.text ?? left?.text ?? null;
  }
  if (parent?.type === "public_field_definition" || parent?.type === "field_definition")
    return (parent.part("name") ?? parent.part("property"))?.text ?? null;
  return null;
}

function readParameter(node: SyntaxNode): Parameter[] {
  const pattern = node.part("pattern") ?? node.part("left") ?? node;
  const type = node.part("type")?.named[0] ?? null;
  const annotations = node.parts("decorator").map(({ text }) => text);
  return namesIn(pattern).map((name) => ({ name: name.text, node: name, type, annotations }));
}

/** Every name that a pattern binds. */
function namesIn(pattern: SyntaxNode): SyntaxNode[] {
  switch (pattern.type) {
    case "identifier":
    case "shorthand_property_identifier_pattern":
      return [pattern];
    case "pair_pattern":
    case "object_assignment_pattern":
    case "assignment_pattern": {
      const bound = pattern.type === "pair_pattern" ? pattern.part("value") : pattern.part("left");
      return bound === null ? [] : namesIn(bound);
    }
    case "object_pattern":
    case "array_pattern":
    case "rest_pattern":
    case "formal_parameters":
    case "required_parameter":
    case "optional_parameter":
      return (pattern.part("pattern") === null ? pattern.named : [pattern.part("pattern")!]).flatMap(namesIn);
    default:
      return [];
  }
}

function readCall(node: SyntaxNode): Call | null {
  const callee = node.part("function") ?? node.part("constructor");
  if (callee === null) return null;
  const list = node.part("arguments");
  const values = list === null ? [] : list.type === "arguments" ? list.named : [list];
  const member = callee.type === "member_expression";
  return {
    node,
    callee,
    name: (member ? callee.part("property") : callee)?.text ?? "",
    receiver: member ? callee.part("object") : null,
    args: values.map((value) => ({ name: null, value })),
    isNew: node.type === "new_expression",
  };
}

function readHandler(node: SyntaxNode): Handler | null {
  const body = node.part("body");
  if (body === null) return null;
  return {
    node,
    types: [],
    name: node.part("parameter")?.text ?? null,
    body,
    guarded: node.parent?.part("body") ?? null,
  };
}

function readDeclarations(node: SyntaxNode): Declaration[] {
  switch (node.type) {
    case "variable_declarator":
      return readVariable(node);
    case "class_declaration":
    case "abstract_class_declaration":
    case "enum_declaration":
      return named(node, "class");
    case "for_in_statement": {
      const left = node.part("left");
      const value = node.part("right");
      return left === null ? [] : namesIn(left).map((name) => ({ name, kind: "variable", value, isPart: true }));
    }
    case "catch_clause": {
      const parameter = node.part("parameter");
      return parameter === null
        ? []
        : namesIn(parameter).map((name) => ({ name, kind: "parameter", value: null, isPart: false }));
    }
    case "import_statement":
      return readImport(node);
    default: {
      const parameters = readFunction(node).parameters.map(({ node: name }): Declaration => ({
        name,
        kind: "parameter",
        value: null,
        isPart: false,
      }));
      const isDeclared = node.type === "function_declaration" || node.type === "generator_function_declaration";
      return isDeclared ? [...named(node, "function"), ...parameters] : parameters;
    }
  }
}

function named(node: SyntaxNode, kind: Declaration["kind"]): Declaration[] {
  const name = node.part("name");
  return name === null ? [] : [{ name, kind, value: node, isPart: false }];
}

function readVariable(node: SyntaxNode): Declaration[] {
  const pattern = node.part("name");
  const value = node.part("value");
  if (pattern === null) return [];
  const kind = node.parent?.has("const") || node.parent?.part("kind")?.type === "const" ? "constant" : "variable";
  const module = value === null ? null : requiredModule(value);
  const isWhole = pattern.type === "identifier";
  return namesIn(pattern).map((name) => {
    if (module === null) return { name, kind, value, isPart: !isWhole };
    return { name, kind: "import", value, isPart: !isWhole, from: { module, imported: isWhole ? "*" : keyOf(name) } };
  });
}

/** `{ exec: run }`: of `run` the key `exec`. */
function keyOf(name: SyntaxNode): string {
  return name.parent?.type === "pair_pattern" ? keyText(name.parent.part("key")) : name.text;
}

/** `require("module")` and `await import("module")`. */
function requiredModule(value: SyntaxNode): string | null {
  const call = value.type === "await_expression" ? value.named[0] : value;
  if (call?.type !== "call_expression") return null;
  const callee = call.part("function");
  const [first] = call.part("arguments")?.named ?? [];
  const isRequire = callee?.text === "require" || callee?.type === "import";
  return isRequire && first?.type === "string" ? moduleName(stringText(first)) : null;
}

function moduleName(text: string): string {
  return text.startsWith("node:") ? text.slice("node:".length) : text;
}

function readImport(node: SyntaxNode): Declaration[] {
  const source = node.part("source");
  if (source === null) return [];
  const module = moduleName(stringText(source));
  const bind = (name: SyntaxNode, imported: string): Declaration => ({
    name,
    kind: "import",
    value: null,
    isPart: false,
    from: { module, imported },
  });
  const clause = node.childOf("import_clause");
  return (clause?.named ?? []).flatMap((part) => {
    if (part.type === "identifier") return [bind(part, "default")];
    if (part.type === "namespace_import") return part.named.map((name) => bind(name, "*"));
    return part.named.flatMap((specifier) => {
      const imported = specifier.part("name");
      const name = specifier.part("alias") ?? imported;
      return name === null || imported === null ? [] : [bind(name, imported.text)];
    });
  });
}

function readAssignments(node: SyntaxNode): Assignment[] {
  const target = node.part("left");
  const value = node.part("right");
  if (target === null || value === null) return [];
  return [{ node, target, value, operator: node.part("operator")?.type ?? "=" }];
}

function readEntry(node: SyntaxNode): Entry | null {
  if (node.type === "shorthand_property_identifier") return { node, key: node.text, value: node };
  if (node.type === "jsx_attribute") {
    const [key, value] = node.named;
    return key === undefined || value === undefined ? null : { node, key: key.text, value };
  }
  const value = node.part("value");
  return value === null ? null : { node, key: keyText(node.part("key")), value };
}

function keyText(key: SyntaxNode | null): string {
  return key === null ? "" : key.type === "string" ? stringText(key) : key.text;
}

function stringText(node: SyntaxNode): string {
  return node.text.slice(1, -1);
}

function readText(node: SyntaxNode, call: Call | null): TextPart[] | null {
  switch (node.type) {
    case "string":
      return [written(stringText(node), node)];
    case "template_string":
      return literalParts(node, { written: ["string_fragment", "escape_sequence"], putIn: ["template_substitution"] });
    case "binary_expression":
    case "augmented_assignment_expression": {
      const left = node.part("left");
      const right = node.part("right");
      const operator = node.part("operator")?.type;
      return operator === "+" && left !== null && right !== null ? [putIn(left), putIn(right)] : null;
    }
    default:
      return call === null ? null : readTextCall(call);
  }
}

/** `a.concat(b)`, `[a, b].join("")`. */
function readTextCall({ name, receiver, args }: Call): TextPart[] | null {
  if (receiver === null) return null;
  if (name === "concat" && ["string", "template_string"].includes(receiver.type))
    return [putIn(receiver), ...args.map(({ value }) => putIn(value))];
  if (name === "join" && receiver.type === "array") return receiver.named.map(putIn);
  return null;
}
