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
import { argumentValues, formatted, literalParts, percentPlaces, putIn, written } from "../text-parts.ts";

const functions = new Set([
  "method_declaration",
  "constructor_declaration",
  "lambda_expression",
  "compact_constructor_declaration",
]);

export const java: Dialect = {
  language: "java",
  scopes: new Set([
    ...[
      "program",
      "block",
      "class_body",
      "constructor_body",
      "for_statement",
      "enhanced_for_statement",
      "catch_clause",
    ],
    ...["switch_block_statement_group", "try_with_resources_statement", "interface_body", "enum_body", ...functions],
  ]),
  functions,
  calls: new Set(["method_invocation", "object_creation_expression", "explicit_constructor_invocation"]),
  handlers: new Set(["catch_clause"]),
  loops: new Set(["for_statement", "enhanced_for_statement", "while_statement", "do_statement"]),
  blocks: new Set(["block", "constructor_body", "switch_block_statement_group"]),
  exits: new Set(["return_statement", "throw_statement", "break_statement", "continue_statement", "yield_statement"]),
  wrappers: new Set(["parenthesized_expression", "cast_expression"]),
  names: new Set(["identifier"]),
  numbers: new Set([
    ...["decimal_integer_literal", "hex_integer_literal", "octal_integer_literal", "binary_integer_literal"],
    ...["decimal_floating_point_literal", "hex_floating_point_literal", "true", "false", "null_literal"],
    "character_literal",
  ]),
  declarations: new Set([
    ...["variable_declarator", "enhanced_for_statement", "catch_clause", "resource", "import_declaration"],
    ...["class_declaration", "interface_declaration", "enum_declaration", "record_declaration", ...functions],
  ]),
  assignments: new Set(["assignment_expression", "variable_declarator"]),
  entries: new Set(["element_value_pair"]),
  readFunction,
  readCall,
  readHandler,
  readDeclarations,
  readAssignments,
  readEntry,
  readMember(node) {
    const object = node.part("object");
    if (node.type !== "field_access" || object === null) return null;
    return { object, name: node.part("field")?.text ?? "" };
  },
  readText,
};

function readFunction(node: SyntaxNode): FunctionParts {
  const list = node.part("parameters");
  const listed = list === null ? [] : list.type === "identifier" ? [list] : list.named;
  return {
    node,
    name: node.part("name")?.text ?? null,
    parameters: listed.flatMap(readParameter),
    body: node.part("body"),
    isAsync: false,
  };
}

function readParameter(node: SyntaxNode): Parameter[] {
  const name =
    node.type === "identifier" ? node : (node.part("name") ?? node.childOf("variable_declarator")?.part("name"));
  if (name === null || name === undefined) return [];
  return [{ name: name.text, node: name, type: node.part("type"), annotations: annotationsOf(node) }];
}

/** The annotations on a declaration, as written: `@Override`, `@GetMapping("/x")`. */
function annotationsOf(node: SyntaxNode): string[] {
  return (node.childOf("modifiers")?.named ?? [])
    .filter(({ type }) => type.endsWith("annotation"))
    .map(({ text }) => text);
}

function readCall(node: SyntaxNode): Call | null {
  const isNew = node.type === "object_creation_expression";
  const callee = node.part("name") ?? node.part("type") ?? node.part("constructor");
  if (callee === null) return null;
  const plain = callee.type === "generic_type" ? (callee.named[0] ?? callee) : callee;
  return {
    node,
    callee,
    name: plain.type === "scoped_type_identifier" ? (plain.named.at(-1)?.text ?? "") : plain.text,
    receiver: isNew ? null : node.part("object"),
    args: (node.part("arguments")?.named ?? []).map((value) => ({ name: null, value })),
    isNew,
  };
}

function readHandler(node: SyntaxNode): Handler | null {
  const body = node.part("body");
  const parameter = node.childOf("catch_formal_parameter");
  if (body === null || parameter === null) return null;
  return {
    node,
    types: parameter.childOf("catch_type")?.named ?? [],
    name: parameter.part("name")?.text ?? null,
    body,
    guarded: node.parent?.part("body") ?? null,
  };
}

function readDeclarations(node: SyntaxNode): Declaration[] {
  switch (node.type) {
    case "variable_declarator":
      return readVariable(node);
    case "enhanced_for_statement":
      return bound(node.part("name"), node.part("value"), true);
    case "resource":
      return bound(node.part("name"), node.part("value"), false);
    case "catch_clause": {
      const name = node.childOf("catch_formal_parameter")?.part("name") ?? null;
      return name === null ? [] : [{ name, kind: "parameter", value: null, isPart: false }];
    }
    case "import_declaration":
      return readImport(node);
    case "class_declaration":
    case "interface_declaration":
    case "enum_declaration":
    case "record_declaration": {
      const name = node.part("name");
      return name === null ? [] : [{ name, kind: "class", value: node, isPart: false }];
    }
    default: {
      const name = node.part("name");
      const parameters = readFunction(node).parameters.map(({ node: parameter }): Declaration => ({
        name: parameter,
        kind: "parameter",
        value: null,
        isPart: false,
      }));
      const isMethod = node.type === "method_declaration" && name !== null;
      return isMethod ? [{ name, kind: "function", value: node, isPart: false }, ...parameters] : parameters;
    }
  }
}

function readVariable(node: SyntaxNode): Declaration[] {
  const name = node.part("name");
  if (name === null) return [];
  const isFinal = node.parent?.childOf("modifiers")?.has("final") ?? false;
  return [{ name, kind: isFinal ? "constant" : "variable", value: node.part("value"), isPart: false }];
}

function bound(name: SyntaxNode | null, value: SyntaxNode | null, isPart: boolean): Declaration[] {
  return name === null ? [] : [{ name, kind: "variable", value, isPart }];
}

/** `import a.b.C` binds `C`; with `.*` nothing is known by name. */
function readImport(node: SyntaxNode): Declaration[] {
  const path = node.childOf("scoped_identifier");
  const name = path?.part("name") ?? null;
  if (path === null || name === null || node.childOf("asterisk") !== null) return [];
  const module = path.part("scope")?.text ?? "";
  return [{ name, kind: "import", value: null, isPart: false, from: { module, imported: name.text } }];
}

function readAssignments(node: SyntaxNode): Assignment[] {
  const target = node.part("left") ?? node.part("name");
  const value = node.part("right") ?? node.part("value");
  if (target === null || value === null) return [];
  return [{ node, target, value, operator: node.part("operator")?.type ?? "=" }];
}

function readEntry(node: SyntaxNode): Entry | null {
  const key = node.part("key");
  const value = node.part("value");
  return key === null || value === null ? null : { node, key: key.text, value };
}

function readText(node: SyntaxNode, call: Call | null): TextPart[] | null {
  if (node.type === "string_literal")
    return node.named.length === 0
      ? [written("", node)]
      : literalParts(node, {
          written: ["string_fragment", "multiline_string_fragment", "escape_sequence"],
          putIn: ["string_interpolation"],
        });
  if (node.type === "binary_expression" || node.type === "assignment_expression") {
    const left = node.part("left");
    const right = node.part("right");
    const operator = node.part("operator")?.type;
    return (operator === "+" || operator === "+=") && left !== null && right !== null
      ? [putIn(left), putIn(right)]
      : null;
  }
  return call === null ? null : readTextCall(call);
}

/** `String.format("…", a)`, `"…".formatted(a)`, `a.concat(b)`, `sb.append(a).append(b)`, `String.join(", ", a)`. */
function readTextCall(call: Call): TextPart[] | null {
  const values = argumentValues(call);
  const { name, receiver } = call;
  const [first, ...others] = values;
  if (receiver?.text === "String" && name === "format" && first !== undefined) {
    const hasLocale = first.type !== "string_literal" && others[0]?.type === "string_literal";
    const format = hasLocale ? others[0]! : first;
    if (format.type !== "string_literal") return values.map(putIn);
    return formatted(format, format.text.slice(1, -1), hasLocale ? others.slice(1) : others, percentPlaces);
  }
  if (receiver?.text === "String" && name === "join") return others.map(putIn);
  if (receiver?.text === "MessageFormat" && name === "format") return values.map(putIn);
  if (name === "formatted" && receiver?.type === "string_literal")
    return formatted(receiver, receiver.text.slice(1, -1), values, percentPlaces);
  if (name === "concat" && receiver !== null) return [putIn(receiver), ...values.map(putIn)];
  if (name === "append" && receiver !== null && first !== undefined) return [putIn(receiver), putIn(first)];
  if (name === "toString" && receiver?.type === "method_invocation") return [putIn(receiver)];
  if (call.isNew && (name === "StringBuilder" || name === "StringBuffer")) return values.map(putIn);
  return null;
}
