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
import { argumentValues, formatted, percentPlaces, putIn, written } from "../text-parts.ts";

const functions = new Set(["function_declaration", "method_declaration", "func_literal"]);

export const go: Dialect = {
  language: "go",
  scopes: new Set([
    ...["source_file", "block", "if_statement", "for_statement", "expression_case", "type_case", "default_case"],
    ...["expression_switch_statement", "type_switch_statement", "communication_case", ...functions],
  ]),
  functions,
  calls: new Set(["call_expression", "type_conversion_expression"]),
  handlers: new Set(["if_statement"]),
  loops: new Set(["for_statement"]),
  blocks: new Set([
    "source_file",
    "statement_list",
    "expression_case",
    "type_case",
    "default_case",
    "communication_case",
  ]),
  exits: new Set(["return_statement", "break_statement", "continue_statement", "goto_statement"]),
  wrappers: new Set(["parenthesized_expression"]),
  names: new Set(["identifier"]),
  numbers: new Set(["int_literal", "float_literal", "rune_literal", "true", "false", "nil", "iota"]),
  declarations: new Set([
    ...[
      "short_var_declaration",
      "var_spec",
      "const_spec",
      "range_clause",
      "import_spec",
      "type_spec",
      "receive_statement",
    ],
    ...["type_switch_statement", ...functions],
  ]),
  assignments: new Set(["assignment_statement", "short_var_declaration", "var_spec", "const_spec"]),
  entries: new Set(["keyed_element"]),
  readFunction,
  readCall,
  readHandler,
  readDeclarations,
  readAssignments,
  readEntry,
  readMember(node) {
    const object = node.part("operand");
    if (node.type !== "selector_expression" || object === null) return null;
    return { object, name: node.part("field")?.text ?? "" };
  },
  readText,
};

function readFunction(node: SyntaxNode): FunctionParts {
  const declared = [...node.parts("receiver"), ...node.parts("parameters")];
  return {
    node,
    name: node.part("name")?.text ?? null,
    parameters: declared.flatMap((list) => list.named).flatMap(readParameter),
    body: node.part("body"),
    isAsync: false,
  };
}

function readParameter(node: SyntaxNode): Parameter[] {
  const type = node.part("type");
  return node.parts("name").map((name) => ({ name: name.text, node: name, type, annotations: [] }));
}

function readCall(node: SyntaxNode): Call | null {
  const callee = node.part("function") ?? node.part("type");
  if (callee === null) return null;
  const isMember = callee.type === "selector_expression";
  const values = node.part("arguments")?.named ?? node.parts("operand");
  return {
    node,
    callee,
    name: (isMember ? callee.part("field") : callee)?.text ?? "",
    receiver: isMember ? callee.part("operand") : null,
    args: values.map((value) => ({ name: null, value })),
    isNew: false,
  };
}

/** `if err != nil { … }`, with or without `err := f();` before it. */
function readHandler(node: SyntaxNode): Handler | null {
  const body = node.part("consequence");
  const given = node.part("condition");
  const condition = given?.type === "parenthesized_expression" ? given.named[0] : given;
  if (body === null || condition?.type !== "binary_expression" || condition.part("operator")?.type !== "!=")
    return null;
  const sides = [condition.part("left"), condition.part("right")];
  const error = sides.find((side) => side?.type !== "nil");
  if (!sides.some((side) => side?.type === "nil") || !error || !isErrorName(error.text)) return null;
  return { node, types: [], name: error.text, body, guarded: node.part("initializer") };
}

/** `err`, `closeErr`, `s.lastError`; not `cmd.Stderr`, which is a stream. */
function isErrorName(text: string): boolean {
  const name = text.slice(text.lastIndexOf(".") + 1);
  return /^\w{0,80}(?:[eE]rr(?:or)?)\d{0,3}$/.test(name) && !/std_?err$/i.test(name);
}

function readDeclarations(node: SyntaxNode): Declaration[] {
  switch (node.type) {
    case "short_var_declaration":
    case "range_clause":
    case "receive_statement":
      return listed(node.part("left"), node.part("right"), "variable");
    case "var_spec":
    case "const_spec":
      return specified(node);
    case "import_spec":
      return readImport(node);
    case "type_spec": {
      const name = node.part("name");
      return name === null ? [] : [{ name, kind: "class", value: node, isPart: false }];
    }
    case "type_switch_statement":
      return (node.part("alias")?.named ?? []).map((name) => declared(name, "variable", node.part("value"), true));
    default: {
      const name = node.part("name");
      const parameters = readFunction(node).parameters.map((parameter) =>
        declared(parameter.node, "parameter", null, false),
      );
      const isFunction = node.type === "function_declaration" && name !== null;
      return isFunction ? [declared(name, "function", node, false), ...parameters] : parameters;
    }
  }
}

function declared(name: SyntaxNode, kind: Declaration["kind"], value: SyntaxNode | null, isPart: boolean): Declaration {
  return { name, kind, value, isPart };
}

/** `a, b := f()` gives each a part; `a, b := 1, 2` gives each its own. */
function listed(left: SyntaxNode | null, right: SyntaxNode | null, kind: Declaration["kind"]): Declaration[] {
  const names = (left?.type === "expression_list" ? left.named : left === null ? [] : [left]).filter(
    ({ type }) => type === "identifier",
  );
  const values = right?.type === "expression_list" ? right.named : right === null ? [] : [right];
  const each = values.length === (left?.named.length ?? 0);
  return names.map((name) => {
    const index = left?.named.indexOf(name) ?? 0;
    return declared(name, kind, (each ? values[index] : values[0]) ?? null, !each);
  });
}

function specified(node: SyntaxNode): Declaration[] {
  const names = node.parts("name");
  const values = node.part("value")?.named ?? [];
  const kind = node.type === "const_spec" ? "constant" : "variable";
  const each = values.length === names.length;
  return names.map((name, index) =>
    declared(name, kind, (each ? values[index] : values[0]) ?? null, !each && values.length > 0),
  );
}

function readImport(node: SyntaxNode): Declaration[] {
  const path = node.part("path");
  if (path === null) return [];
  const module = path.text.slice(1, -1);
  const alias = node.part("name");
  const from = { module, imported: "*" };
  if (alias !== null) return [{ name: alias, kind: "import", value: null, isPart: false, from }];
  return [{ name: path, bound: packageName(module), kind: "import", value: null, isPart: false, from }];
}

/**
 * What a package is called, by its path: the last part that is no version, without what only repositories are called by.
 * `math/rand/v2` is `rand`, `gopkg.in/yaml.v3` is `yaml`, `github.com/mattn/go-sqlite3` is `sqlite3`.
 */
function packageName(path: string): string {
  const parts = path.split("/");
  const last = parts.length > 1 && /^v\d+$/.test(parts.at(-1)!) ? parts.at(-2)! : parts.at(-1)!;
  return last.replace(/\.v\d+$/, "").replace(/^go-|-go$|\.go$/g, "");
}

function readAssignments(node: SyntaxNode): Assignment[] {
  const left = node.part("left") ?? node.part("name");
  const right = node.part("right") ?? node.part("value");
  if (left === null || right === null) return [];
  const targets =
    left.type === "expression_list" ? left.named : node.type.endsWith("_spec") ? node.parts("name") : [left];
  const values = right.type === "expression_list" ? right.named : [right];
  const operator = node.part("operator")?.type ?? "=";
  return targets.flatMap((target, index) => {
    const value = values[index] ?? values[0];
    return value === undefined ? [] : [{ node, target, value, operator }];
  });
}

function readEntry(node: SyntaxNode): Entry | null {
  const key = node.part("key") ?? node.named[0];
  const value = node.part("value") ?? node.named[1];
  if (key === undefined || value === undefined) return null;
  const inner = (element: SyntaxNode) => (element.type === "literal_element" ? (element.named[0] ?? element) : element);
  const name = inner(key);
  return { node, key: isString(name) ? name.text.slice(1, -1) : name.text, value: inner(value) };
}

function isString({ type }: SyntaxNode): boolean {
  return type === "interpreted_string_literal" || type === "raw_string_literal";
}

function readText(node: SyntaxNode, call: Call | null): TextPart[] | null {
  if (isString(node)) return [written(node.text.slice(1, -1), node)];
  if (node.type === "binary_expression" || node.type === "assignment_statement") {
    const left = node.part("left");
    const right = node.part("right");
    const operator = node.part("operator")?.type;
    return (operator === "+" || operator === "+=") && left !== null && right !== null
      ? [putIn(left), putIn(right)]
      : null;
  }
  return call === null ? null : readTextCall(call);
}

/** `fmt.Sprintf("…", a)`, `fmt.Sprint(a, b)`, `strings.Join([]string{…}, " ")`. */
function readTextCall(call: Call): TextPart[] | null {
  const values = argumentValues(call);
  const [first, ...others] = values;
  if (call.receiver === null || first === undefined) return null;
  const of = `${call.receiver.text}.${call.name}`;
  if (of === "fmt.Sprintf" || of === "fmt.Errorf")
    return isString(first) ? formatted(first, first.text.slice(1, -1), others, percentPlaces) : values.map(putIn);
  if (of === "fmt.Sprint" || of === "fmt.Sprintln") return values.map(putIn);
  if (of === "strings.Join") {
    const elements = first.type === "composite_literal" ? (first.part("body")?.named ?? []) : [first];
    return elements.map((element) =>
      putIn(element.type === "literal_element" ? (element.named[0] ?? element) : element),
    );
  }
  return null;
}
