/** An expression as a tree of our own: what `cel.ts` makes of the parser's, and the checker and the evaluator walk. */
export type Expression = Literal | Name | FieldOf | HasField | Call | ListOf | Macro;

interface Placed {
  /** Where it is written: an operator's own place, and otherwise where it begins. UTF-16 code units from 0. */
  at: number;
}

/** A value that is written out. */
export interface Literal extends Placed {
  kind: "literal";
  type: "bool" | "int" | "double" | "text";
  value: boolean | number | string;
}

/** A variable, or what a macro calls an item. */
export interface Name extends Placed {
  kind: "name";
  name: string;
}

/** `of.field` */
export interface FieldOf extends Placed {
  kind: "field";
  of: Expression;
  field: string;
}

/** `has(of.field)` */
export interface HasField extends Placed {
  kind: "has";
  of: Expression;
  field: string;
}

/** A function, a method (whose target is then its first argument) or an operator by its sign; `?:` and `[]` are operators. */
export interface Call extends Placed {
  kind: "call";
  style: "function" | "method" | "operator";
  name: string;
  args: readonly Expression[];
}

/** A list that is written out. */
export interface ListOf extends Placed {
  kind: "list";
  items: readonly Expression[];
}

/** `range.exists(variable, body)`; `map` may have a condition before its body. */
export interface Macro extends Placed {
  kind: "macro";
  name: string;
  range: Expression;
  variable: string;
  condition: Expression | null;
  body: Expression;
}

/** What an expression is made of, in the order of writing. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "name":
      return [];
    case "field":
    case "has":
      return [expression.of];
    case "call":
      return expression.args;
    case "list":
      return expression.items;
    case "macro":
      return [expression.range, ...(expression.condition === null ? [] : [expression.condition]), expression.body];
  }
}

/** The expression with all that it is made of, from the outside in. */
export function allParts(expression: Expression): readonly Expression[] {
  return [expression, ...partsOf(expression).flatMap(allParts)];
}

/** The expression as text again, with every pair of parentheses that its order of evaluation needs, and then some. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? JSON.stringify(expression.value) : String(expression.value);
    case "name":
      return expression.name;
    case "field":
      return `${inner(expression.of)}.${expression.field}`;
    case "has":
      return `has(${inner(expression.of)}.${expression.field})`;
    case "call":
      return printCall(expression);
    case "list":
      return `[${expression.items.map(print).join(", ")}]`;
    case "macro": {
      const condition = expression.condition === null ? "" : `${print(expression.condition)}, `;
      const inside = `${expression.variable}, ${condition}${print(expression.body)}`;
      return `${inner(expression.range)}.${expression.name}(${inside})`;
    }
  }
}

function printCall({ style, name, args }: Call): string {
  const [first, second, third] = args;
  if (style === "function" || first === undefined) return `${name}(${args.map(print).join(", ")})`;
  if (style === "method") return `${inner(first)}.${name}(${args.slice(1).map(print).join(", ")})`;
  if (second === undefined) return `${name}${inner(first)}`;
  if (name === "[]") return `${inner(first)}[${print(second)}]`;
  if (third !== undefined) return `${inner(first)} ? ${inner(second)} : ${inner(third)}`;
  return args.map(inner).join(` ${name} `);
}

function inner(expression: Expression): string {
  const text = print(expression);
  return expression.kind === "call" && expression.style === "operator" && expression.name !== "[]" ? `(${text})` : text;
}
