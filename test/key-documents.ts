import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The lists of keys in documents, each example pasted where it belongs. */

/** A line of a list: the key's path and its example as the page has it. */
export interface ListedKey {
  path: string;
  example: string;
}

/** The examples of a page's section `keys`, in its order. */
export function listedKeys(page: string): ListedKey[] {
  const text = readFileSync(join(import.meta.dirname, "..", page), "utf8");
  const list = text.split("<!-- keys: ")[1]?.split("<!-- /keys -->")[0] ?? "";
  return list.split("\n").flatMap((line) => {
    const [, path] = /^- `([^`]+)`: /.exec(line) ?? [];
    const [, example] = / Example: `(.+)`\.$/.exec(line) ?? [];
    return path === undefined || example === undefined ? [] : [{ path, example }];
  });
}

export interface Neighbours {
  /** What must stand beside a key, by the path of what it is in: lines of YAML, of which those of the key itself are left out. */
  beside: (parent: string, path: string) => readonly string[];
  /** Items that stand in front of the one with the example, by the path of their list: lines of YAML. */
  before?: Readonly<Record<string, readonly string[]>>;
  /** What stands in the place of `<name>`, by the path of what it is in. */
  names: Readonly<Record<string, string>>;
}

/** A document with the example at its path. */
export function documentWith({ path, example }: ListedKey, { beside, before = {}, names }: Neighbours): string {
  const lines = (parts: readonly string[], parent: string): string[] => {
    const [part, ...rest] = parts;
    if (part === undefined) return [];
    const isItem = part.endsWith("[]");
    const at = parent === "" ? part : `${parent}.${part}`;
    const key = part === "<name>" ? (names[parent] ?? "x") : part.replace("[]", "");
    const around = beside(parent, path).filter((line) => line.split(":")[0] !== key);
    if (rest.length === 0) return [...around, `${key}: ${example}`];
    const inner = lines(rest, at);
    const indented = inner.map((line, index) => `${isItem ? (index === 0 ? "  - " : "    ") : "  "}${line}`);
    return [...around, `${key}:`, ...(before[at] ?? []), ...indented];
  };
  return `${lines(path.split("."), "").join("\n")}\n`;
}
