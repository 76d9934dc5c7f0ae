import { inertText } from "../../untrusted/index.ts";
import { globProblem } from "../glob.ts";
import { noRegularExpressions, writeNot, type ExpressionProblem } from "./expression-problem.ts";
import { functions, macros, type ExpressionFunction } from "./functions.ts";
import { meant, operatorType } from "./check-operator.ts";
import { root } from "./schema.ts";
import { print, type Call, type Expression, type FieldOf, type HasField, type Macro, type Name } from "./syntax.ts";
import { comparable, typeOfBoth } from "./type-relations.ts";
import { bool, list, text, typeName, type Field, type RecordType, type Type } from "./types.ts";

/** What the checker knows of an expression. */
export interface Checked {
  /** Everything that is wrong with it; empty for one that can be evaluated. */
  problems: readonly ExpressionProblem[];
  /** The type of each part; a part that is wrong, or made of wrong ones, has none. */
  types: ReadonlyMap<Expression, Type>;
  /** The variables that it mentions. */
  variables: ReadonlySet<string>;
}

/** Checks an expression against the schema of what it can speak about. It must be true or false. Tells all problems. */
export function checkExpression(expression: Expression): Checked {
  const check = new Check();
  const type = check.typeOf(expression, new Map());
  if (type !== null && type.is !== "bool") {
    check.problem(
      expression,
      `the expression is ${typeName(type)}, and must be \`true\` or \`false\``,
      compareFix(type),
    );
  }
  return check;
}

function compareFix(type: Type): string {
  if (type.is === "list") return "Ask `.exists(…)`, `.all(…)` or `.size() > 0` of it.";
  return type.is === "record" ? `Ask for one of its fields: ${fieldNames(type)}.` : "Compare it with something.";
}

type Variables = ReadonlyMap<string, Type>;

class Check implements Checked {
  readonly problems: ExpressionProblem[] = [];
  readonly types = new Map<Expression, Type>();
  readonly variables = new Set<string>();

  problem({ at }: { at: number }, what: string, fix: string): null {
    this.problems.push({ at, what, fix });
    return null;
  }

  /** The type of a part, or null when it has none and that was told. */
  typeOf(expression: Expression, local: Variables): Type | null {
    const type = this.#typeOf(expression, local);
    if (type !== null) this.types.set(expression, type);
    return type;
  }

  #typeOf(expression: Expression, local: Variables): Type | null {
    switch (expression.kind) {
      case "literal":
        return expression.type === "text" ? text : { is: expression.type };
      case "name":
        return this.#name(expression, local);
      case "field":
      case "has":
        return this.#field(expression, local);
      case "list":
        return this.#list(expression.items, local);
      case "macro":
        return this.#macro(expression, local);
      case "call":
        return expression.style === "operator" ? this.#operator(expression, local) : this.#call(expression, local);
    }
  }

  #name(name: Name, local: Variables): Type | null {
    const own = local.get(name.name);
    if (own !== undefined) return own;
    const field = fieldOf(root, name.name);
    if (field !== null) {
      this.variables.add(name.name);
      return field.type;
    }
    const shown = inertText(name.name, { maxGraphemes: 60 });
    const known = [...local.keys(), ...Object.keys(root.fields)];
    const what = `there is no \`${shown}\` in an expression`;
    const holders = Object.entries(root.fields).filter(
      ([, { type }]) => type.is === "record" && fieldOf(type, name.name),
    );
    const truth = name.name.toLowerCase();
    if (truth === "true" || truth === "false") return this.problem(name, what, `Write \`${truth}\`.`);
    if (holders.length === 0) return this.problem(name, what, meant(name.name, known, "Known"));
    const places = holders.map(([holder]) => `\`${holder}.${name.name}\``);
    return this.problem(name, what, `Did you mean ${places.join(" or ")}?`);
  }

  #field(expression: FieldOf | HasField, local: Variables): Type | null {
    const of = this.typeOf(expression.of, local);
    if (of === null) return null;
    const shown = inertText(expression.field, { maxGraphemes: 60 });
    if (of.is !== "record") {
      const fix = noFieldFix(of, expression.field);
      return this.problem(
        expression,
        `\`${printed(expression.of)}\` is ${typeName(of)} and has no field \`${shown}\``,
        fix,
      );
    }
    const field = fieldOf(of, expression.field);
    if (field === null) {
      const fix = meant(expression.field, Object.keys(of.fields), "Fields");
      return this.problem(expression, `\`${printed(expression.of)}\` has no field \`${shown}\``, fix);
    }
    return expression.kind === "has" ? bool : field.type;
  }

  #list(items: readonly Expression[], local: Variables): Type | null {
    const types = items.map((item) => this.typeOf(item, local));
    const [first] = types;
    if (items.length === 0) return list(text);
    if (first === undefined || first === null || types.includes(null)) return null;
    const odd = types.findIndex((type) => type === null || !comparable(first, type));
    if (odd < 0) return list(types.flatMap((type) => type ?? []).reduce(typeOfBoth));
    return this.problem(items[odd]!, "the items of the list are of different types", "Write items of one type.");
  }

  #macro(expression: Macro, local: Variables): Type | null {
    const range = this.typeOf(expression.range, local);
    if (!Object.hasOwn(macros, expression.name)) return this.#unknownFunction(expression);
    if (range !== null && range.is !== "list") {
      return this.problem(
        expression,
        `\`${expression.name}\` asks about the items of a list, and this is ${typeName(range)}`,
        "Put a list before it, such as `change.files`.",
      );
    }
    if (fieldOf(root, expression.variable) !== null || local.has(expression.variable)) {
      const what = `the name \`${expression.variable}\` already means something`;
      return this.problem(expression, what, "Use another name, such as the first letter.");
    }
    if (range === null) return null;
    const inside = new Map([...local, [expression.variable, range.of] as const]);
    const condition = expression.condition === null ? bool : this.#expect(expression.condition, bool, inside);
    if (expression.name === "map") {
      const body = this.typeOf(expression.body, inside);
      return body === null || condition === null ? null : list(body);
    }
    const body = this.#expect(expression.body, bool, inside);
    if (body === null) return null;
    return expression.name === "filter" ? range : bool;
  }

  #call(call: Call, local: Variables): Type | null {
    // What such a call says of its items cannot be told.
    if (macroExamples.has(otherFunctions.get(call.name.toLowerCase()) ?? "")) return this.#unknownFunction(call);
    const types = call.args.map((arg) => this.typeOf(arg, local));
    const known = functions.find(({ name }) => name === call.name);
    if (known === undefined) return this.#unknownFunction(call);
    const written = known.styles.some((style) => style === call.style);
    if (!written || call.args.length !== known.parameters.length) {
      return this.problem(call, `\`${call.name}\` is not called like this`, `Write \`${known.example}\`.`);
    }
    if (types.includes(null)) return null;
    const wrong = known.parameters.findIndex((parameter, index) => !fits(types[index] ?? null, parameter));
    if (wrong < 0) return this.#patterns(call, known);
    const what = `\`${call.name}\` does not take ${typeName(types[wrong]!)} here`;
    return this.problem(call.args[wrong]!, what, `Write \`${known.example}\`.`);
  }

  #patterns(call: Call, { parameters, result, example }: ExpressionFunction): Type | null {
    const pattern = call.args[parameters.indexOf("pattern")];
    if (!parameters.includes("pattern") || pattern === undefined) return result;
    if (pattern.kind !== "literal" || typeof pattern.value !== "string") {
      return this.problem(pattern, "the pattern must be written out in quotes", `Write \`${example}\`.`);
    }
    const wrong = globProblem(pattern.value);
    return wrong === null ? result : this.problem(pattern, wrong.what, wrong.fix);
  }

  #unknownFunction(call: Call | Macro): null {
    const shown = inertText(call.name, { maxGraphemes: 60 });
    if (call.name === "matches") {
      const what = "regular expressions (`matches`) are not part of expressions here";
      return this.problem(call, what, noRegularExpressions);
    }
    const example = call.name === "has" ? "has(coverage.patch)" : macroExamples.get(call.name);
    if (example !== undefined) {
      return this.problem(call, `\`${shown}\` is not called like this`, `Write \`${example}\`.`);
    }
    const known = [...functions.map(({ name }) => name), ...macroExamples.keys(), "has"];
    const word = call.name.toLowerCase();
    if (word === "not") return this.problem(call, `there is no function \`${shown}\``, writeNot);
    const other = otherFunctions.get(word);
    if (other !== undefined)
      return this.problem(call, `there is no function \`${shown}\``, `Did you mean \`${other}\`?`);
    return this.problem(call, `there is no function \`${shown}\``, meant(call.name, known, "Functions"));
  }

  #operator(call: Call, local: Variables): Type | null {
    if (["&&", "||", "!"].includes(call.name)) {
      const wrong = call.args.map((arg) => this.#expect(arg, bool, local)).includes(null);
      return wrong ? null : bool;
    }
    if (call.name === "?:") return this.#choice(call, local);
    const types = call.args.map((arg) => this.typeOf(arg, local));
    const [left, right] = types;
    if (left === null || left === undefined || right === null) return null;
    return operatorType(call, left, right ?? left, (...told) => this.problem(...told));
  }

  #choice({ args }: Call, local: Variables): Type | null {
    const [condition, first, second] = args;
    if (condition === undefined || first === undefined || second === undefined) return null;
    const asked = this.#expect(condition, bool, local);
    const [yes, no] = [this.typeOf(first, local), this.typeOf(second, local)];
    if (asked === null || yes === null || no === null) return null;
    if (yes.is === no.is && comparable(yes, no)) return typeOfBoth(yes, no);
    return this.problem(
      second,
      `one side of \`?:\` is ${typeName(yes)}, the other ${typeName(no)}`,
      "Make both alike.",
    );
  }

  #expect(expression: Expression, wanted: Type, local: Variables): Type | null {
    const type = this.typeOf(expression, local);
    if (type === null || type.is === wanted.is) return type;
    const what = `expected ${typeName(wanted)}, and this is ${typeName(type)}`;
    return this.problem(expression, what, compareFix(type));
  }
}

function noFieldFix({ is }: Type, field: string): string {
  const isSize = ["length", "count", "size", "len"].includes(field.toLowerCase());
  if (is === "list")
    return isSize ? "Write `.size()` for how many there are." : "Ask about its items by `.exists(item, …)`.";
  return is === "text" && isSize ? "Write `.size()` for how long it is." : "Leave the field out.";
}

/** What functions are called in other languages. */
const otherFunctions: ReadonlyMap<string, string> = new Map([
  ...["any", "some"].map((word) => [word, "exists"] as const),
  ["every", "all"],
  ...["len", "length", "count"].map((word) => [word, "size"] as const),
  ["includes", "contains"],
]);

const macroExamples = new Map(Object.entries(macros).map(([name, { example }]) => [name, example]));

function printed(expression: Expression): string {
  return inertText(print(expression), { maxGraphemes: 60 });
}

function fieldOf({ fields }: RecordType, name: string): Field | null {
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

function fits(type: Type | null, parameter: ExpressionFunction["parameters"][number]): boolean {
  if (type === null) return false;
  if (parameter === "sized") return type.is === "text" || type.is === "list";
  return type.is === (parameter === "int" ? "int" : "text");
}

function fieldNames({ fields }: RecordType): string {
  return Object.keys(fields).join(", ");
}
