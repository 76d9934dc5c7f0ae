import { compileGlob, globMatches, type Glob } from "../glob.ts";
import { spend, type Work } from "../work.ts";
import { bool, double, int, type Type } from "./types.ts";

/** A function of the language. Written as a function, as a method of its first parameter, or either way. */
export interface ExpressionFunction {
  name: string;
  styles: readonly ("function" | "method")[];
  /** `sized`: a text or a list. `pattern`: a pattern for paths, written out in quotes, so that it is checked with the policy. */
  parameters: readonly ("text" | "int" | "sized" | "pattern")[];
  result: Type;
  says: string;
  example: string;
}

/** Every function that an expression may call, with the types it takes and gives. */
export const functions: readonly ExpressionFunction[] = [
  {
    name: "glob",
    styles: ["function"],
    parameters: ["text", "pattern"],
    result: bool,
    says: "whether a path matches a pattern, as in `paths`; it sees the path exactly as it is written",
    example: 'glob(file.path, "src/**/*.ts")',
  },
  {
    name: "startsWith",
    styles: ["method"],
    parameters: ["text", "text"],
    result: bool,
    says: "whether a text begins with another",
    example: 'change.branch.startsWith("release/")',
  },
  {
    name: "endsWith",
    styles: ["method"],
    parameters: ["text", "text"],
    result: bool,
    says: "whether a text ends with another",
    example: 'file.path.endsWith(".sql")',
  },
  {
    name: "contains",
    styles: ["method"],
    parameters: ["text", "text"],
    result: bool,
    says: "whether a text holds another",
    example: 'file.path.contains("legacy")',
  },
  {
    name: "size",
    styles: ["function", "method"],
    parameters: ["sized"],
    result: int,
    says: "the number of characters of a text, or of items of a list",
    example: "change.files.size() > 10",
  },
  {
    name: "double",
    styles: ["function"],
    parameters: ["int"],
    result: double,
    says: "a whole number as one with decimals, for a quotient that keeps them",
    example: "double(file.deleted_lines) / double(file.added_lines) > 0.5",
  },
];

/** What macros ask of each item of a list. `map` gives what its body is; `filter` the items for which it holds. */
export const macros: Readonly<
  Record<"all" | "exists" | "exists_one" | "map" | "filter", { says: string; example: string }>
> = {
  all: { says: "whether it holds for every item", example: "change.commits.all(c, c.merge || has(c.tool))" },
  exists: { says: "whether it holds for some item", example: 'change.files.exists(f, "migration" in f.kinds)' },
  exists_one: {
    says: "whether it holds for exactly one item",
    example: 'change.files.exists_one(f, f.type == "binary")',
  },
  map: {
    says: "what the second part is for each item; with three parts, for each for which the second holds",
    example: '"go.mod" in change.files.map(f, f.path)',
  },
  filter: { says: "the items for which it holds", example: "change.files.filter(f, f.sensitive).size() > 3" },
};

/** Applies a function of texts and lists. Arguments are of the types that the checker has seen. */
export function applyFunction(name: string, [first, second]: readonly unknown[], work: Work): boolean | number {
  if (name === "double" && typeof first === "number") return first;
  if (name === "size" && Array.isArray(first)) return first.length;
  if (typeof first !== "string") throw new Error(`the checker let ${name} through with something that is no text`);
  spend(work, 1 + first.length);
  if (name === "size") return Array.from(first).length;
  const other = String(second);
  if (name === "glob") return globMatches(compiled(other), first, work);
  spend(work, other.length);
  if (name === "startsWith") return first.startsWith(other);
  return name === "endsWith" ? first.endsWith(other) : first.includes(other);
}

/** Patterns are written out in the policy, so that there are only so many of them: at most this many are kept compiled. */
const globs = new Map<string, Glob>();
const mostGlobs = 2_000;

function compiled(pattern: string): Glob {
  const kept = globs.get(pattern);
  if (kept !== undefined) return kept;
  if (globs.size >= mostGlobs) globs.clear();
  const fresh = compileGlob(pattern);
  globs.set(pattern, fresh);
  return fresh;
}
