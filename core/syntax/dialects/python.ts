import type {
  Argument,
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
import { argumentValues, bracePlaces, formatted, literalParts, percentPlaces, putIn } from "../text-parts.ts";

const functions = new Set(["function_definition", "lambda"]);

export const python: Dialect = {
  language: "python",
  scopes: new Set([
    ...["module", "class_definition", "list_comprehension", "dictionary_comprehension", "set_comprehension"],
    ...["generator_expression", ...functions],
  ]),
  functions,
  calls: new Set(["call"]),
  handlers: new Set(["except_clause"]),
  loops: new Set(["for_statement", "while_statement"]),
  blocks: new Set(["module", "block"]),
  exits: new Set(["return_statement", "raise_statement", "break_statement", "continue_statement"]),
  wrappers: new Set(["parenthesized_expression"]),
  names: new Set(["identifier"]),
  numbers: new Set(["integer", "float", "true", "false", "none"]),
  declarations: new Set([
    ...["assignment", "named_expression", "for_statement", "for_in_clause", "with_item", "except_clause", "as_pattern"],
    ...["class_definition", "import_statement", "import_from_statement", ...functions],
  ]),
  assignments: new Set(["assignment", "augmented_assignment"]),
  entries: new Set(["keyword_argument", "pair"]),
  readFunction,
  readCall,
  readHandler,
  readDeclarations,
  readAssignments,
  readEntry,
  readMember(node) {
    if (node.type === "attribute") {
      const object = node.part("object");
      return object === null ? null : { object, name: node.part("attribute")?.text ?? "" };
    }
    const object = node.part("value");
    const index = node.part("subscript");
    if (node.type !== "subscript" || object === null || index?.type !== "string") return null;
    return { object, name: literalText(index) };
  },
  readText,
};

function readFunction(node: SyntaxNode): FunctionParts {
  return {
    node,
    name:
      node.part("name")?.text ?? (node.parent?.type === "assignment" ? (node.parent.part("left")?.text ?? null) : null),
    parameters: (node.part("parameters")?.named ?? []).flatMap(readParameter),
    body: node.part("body"),
    isAsync: node.has("async"),
  };
}

function readParameter(node: SyntaxNode): Parameter[] {
  const bound = node.type === "identifier" ? node : (node.part("name") ?? node.named[0]);
  const name = bound?.type === "identifier" ? bound : bound?.named[0];
  if (name?.type !== "identifier") return [];
  return [{ name: name.text, node: name, type: node.part("type"), annotations: [] }];
}

function readCall(node: SyntaxNode): Call | null {
  const callee = node.part("function");
  if (callee === null) return null;
  const isMember = callee.type === "attribute";
  const list = node.part("arguments");
  const values = list === null ? [] : list.type === "argument_list" ? list.named : [list];
  return {
    node,
    callee,
    name: (isMember ? callee.part("attribute") : callee)?.text ?? "",
    receiver: isMember ? callee.part("object") : null,
    args: values.flatMap(readArgument),
    isNew: false,
  };
}

function readArgument(node: SyntaxNode): Argument[] {
  if (node.type !== "keyword_argument") return [{ name: null, value: node }];
  const value = node.part("value");
  return value === null ? [] : [{ name: node.part("name")?.text ?? null, value }];
}

function readHandler(node: SyntaxNode): Handler | null {
  const body = node.childOf("block");
  if (body === null) return null;
  const caught = node.named.filter((child) => child !== body);
  const taken = caught.flatMap((child) => (child.type === "as_pattern" ? (child.named[0] ?? []) : child));
  const types = taken.flatMap((type) => (type.type === "tuple" || type.type === "expression_list" ? type.named : type));
  const alias = node.part("alias") ?? caught.find(({ type }) => type === "as_pattern")?.part("alias");
  return {
    node,
    types: types.filter(({ field }) => field !== "alias"),
    name: alias?.text ?? null,
    body,
    guarded: node.parent?.part("body") ?? null,
  };
}

function readDeclarations(node: SyntaxNode): Declaration[] {
  switch (node.type) {
    case "assignment":
      return assigned(node.part("left"), node.part("right"));
    case "named_expression":
      return assigned(node.part("name"), node.part("value"));
    case "for_statement":
    case "for_in_clause":
      return targetNames(node.part("left")).map((name) => part(name, node.part("right")));
    case "as_pattern":
      return targetNames(node.part("alias")).map((name) => part(name, node.named[0] ?? null));
    case "with_item":
      return [];
    case "except_clause": {
      const alias = node.part("alias");
      return alias === null ? [] : targetNames(alias).map((name) => part(name, null));
    }
    case "class_definition":
      return named(node, "class");
    case "import_statement":
      return node.parts("name").flatMap((name) => importedModule(name));
    case "import_from_statement":
      return importedNames(node);
    default: {
      const parameters = readFunction(node).parameters.map(({ node: name }): Declaration => ({
        name,
        kind: "parameter",
        value: null,
        isPart: false,
      }));
      return node.type === "lambda" ? parameters : [...named(node, "function"), ...parameters];
    }
  }
}

function assigned(target: SyntaxNode | null, value: SyntaxNode | null): Declaration[] {
  if (target === null) return [];
  const isWhole = target.type === "identifier";
  return targetNames(target).map((name) => ({ name, kind: "variable", value, isPart: !isWhole }));
}

function part(name: SyntaxNode, value: SyntaxNode | null): Declaration {
  return { name, kind: "variable", value, isPart: true };
}

function targetNames(target: SyntaxNode | null): SyntaxNode[] {
  if (target === null) return [];
  if (target.type === "identifier") return [target];
  const holds = ["pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "as_pattern_target", "tuple"];
  return holds.includes(target.type) ? target.named.flatMap(targetNames) : [];
}

function named(node: SyntaxNode, kind: Declaration["kind"]): Declaration[] {
  const name = node.part("name");
  return name === null ? [] : [{ name, kind, value: node, isPart: false }];
}

/** `import a.b` binds `a`; `import a.b as c` binds `c`. */
function importedModule(node: SyntaxNode): Declaration[] {
  const dotted = node.part("name") ?? node;
  const name = node.part("alias") ?? dotted.named[0];
  if (name === undefined) return [];
  const module = node.part("alias") === null ? name.text : dotted.text;
  return [{ name, kind: "import", value: null, isPart: false, from: { module, imported: "*" } }];
}

function importedNames(node: SyntaxNode): Declaration[] {
  const module = node.part("module_name")?.text ?? "";
  return node.parts("name").flatMap((imported) => {
    const whole = imported.part("name") ?? imported;
    const name = imported.part("alias") ?? whole.named[0] ?? whole;
    return [{ name, kind: "import" as const, value: null, isPart: false, from: { module, imported: whole.text } }];
  });
}

function readAssignments(node: SyntaxNode): Assignment[] {
  const target = node.part("left");
  const value = node.part("right");
  if (target === null || value === null) return [];
  return [{ node, target, value, operator: node.part("operator")?.type ?? "=" }];
}

function readEntry(node: SyntaxNode): Entry | null {
  const key = node.part(node.type === "pair" ? "key" : "name");
  const value = node.part("value");
  if (key === null || value === null) return null;
  return { node, key: key.type === "string" ? literalText(key) : key.text, value };
}

function literalText(node: SyntaxNode): string {
  return node.named.flatMap((child) => (child.type === "string_content" ? child.text : [])).join("");
}

function readText(node: SyntaxNode, call: Call | null): TextPart[] | null {
  switch (node.type) {
    case "string":
      return literalParts(node, { written: ["string_content"], putIn: ["interpolation"] });
    case "concatenated_string":
      return node.named.map(putIn);
    case "binary_operator":
      return readOperator(node);
    case "augmented_assignment": {
      const left = node.part("left");
      const right = node.part("right");
      return node.part("operator")?.type === "+=" && left !== null && right !== null
        ? [putIn(left), putIn(right)]
        : null;
    }
    default:
      return call === null ? null : readTextCall(call);
  }
}

function readOperator(node: SyntaxNode): TextPart[] | null {
  const left = node.part("left");
  const right = node.part("right");
  const operator = node.part("operator")?.type;
  if (left === null || right === null) return null;
  if (operator === "+") return [putIn(left), putIn(right)];
  if (operator !== "%") return null;
  const format = left.type === "parenthesized_expression" ? left.named[0]! : left;
  if (format.type !== "string" && format.type !== "concatenated_string") return null;
  const values = right.type === "tuple" || right.type === "dictionary" ? right.named : [right];
  const plain = values.map((value) => (value.type === "pair" ? value.part("value")! : value));
  return formatted(format, textOf(format), plain, percentPlaces);
}

/** `"…".format(a)`, `", ".join([a, b])`. */
function readTextCall(call: Call): TextPart[] | null {
  const { name, receiver } = call;
  if (receiver === null) return null;
  const plain = receiver.type === "parenthesized_expression" ? receiver.named[0]! : receiver;
  if (!["string", "concatenated_string"].includes(plain.type)) return null;
  if (name === "format") return formatted(plain, textOf(plain), argumentValues(call), bracePlaces);
  if (name !== "join") return null;
  const [joined] = call.args;
  const parts = joined?.value.type === "list" || joined?.value.type === "tuple" ? joined.value.named : [joined?.value];
  return [putIn(plain), ...parts.filter((value) => value !== undefined).map(putIn)];
}

function textOf(node: SyntaxNode): string {
  return node.type === "concatenated_string" ? node.named.map(literalText).join("") : literalText(node);
}
