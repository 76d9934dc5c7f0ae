import type { FunctionParts, SourceFile } from "../syntax/index.ts";

export interface NamedFunction {
  parts: FunctionParts;
  /** `Class.method`; for one without a name what it stands in, and of several of the same name which one. */
  name: string;
}

/** Every function of a file by a name that stays while lines move. */
export function nameFunctions(file: SourceFile): NamedFunction[] {
  const seen = new Map<string, number>();
  return file.functions.map((parts) => {
    const plain = nameOf(parts, file);
    const times = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, times);
    return { parts, name: times === 1 ? plain : `${plain} ${times}` };
  });
}

function nameOf({ node, name }: FunctionParts, file: SourceFile): string {
  const receiver = node.part("receiver")?.named[0]?.part("type")?.text.replace(/^\*/, "");
  const owner = receiver ?? node.above(classes, file.dialect.functions)?.part("name")?.text;
  if (name !== null) return owner === undefined ? name : `${owner}.${name}`;
  return `in ${file.functionAround(node)?.name ?? "file"}`;
}

const classes = new Set([
  ...["class_declaration", "class", "abstract_class_declaration", "class_definition", "enum_declaration"],
  ...["record_declaration", "interface_declaration"],
]);
