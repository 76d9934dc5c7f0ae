import { functions, macros, variables, type Field, type Type } from "../core/policy/expression/index.ts";

/** Everything that an expression can speak about, a table for each kind of record. */
export function expressionFieldTables(): string {
  const named = new Map<string, Extract<Type, { is: "record" }>>();
  const rows = Object.entries(variables).flatMap(([name, field]) => rowsOf(name, field, named));
  const top = ["| Name | Is | When absent |", "| --- | --- | --- |", ...rows].join("\n");
  // A record that lists hold gets a table of its own; such tables name further ones.
  const tables: string[] = [];
  const done = new Set<string>();
  for (const [name, record] of named) {
    if (done.has(name)) continue;
    done.add(name);
    const inside = Object.entries(record.fields).flatMap(([key, field]) => rowsOf(key, field, named));
    tables.push(`Of ${name}:\n\n| Field | Is | When absent |\n| --- | --- | --- |\n${inside.join("\n")}`);
  }
  return [top, ...tables].join("\n\n");
}

/** Every function and loop, with what it is for. */
export function expressionFunctionTable(): string {
  const rows = [
    ...functions.map(({ name, says, example }) => ({ name, says, example })),
    { name: "has", says: "whether there is evidence for a field", example: "has(coverage.patch)" },
    ...Object.entries(macros).map(([name, { says, example }]) => ({ name: `.${name}`, says, example })),
  ];
  const lines = rows.map(({ name, says, example }) => `| \`${name}\` | ${says} | \`${cell(example)}\` |`);
  return ["| Name | Is | Example |", "| --- | --- | --- |", ...lines].join("\n");
}

type Named = Map<string, Extract<Type, { is: "record" }>>;

/** A field; the fields of a record that stands only here follow it with its name in front. */
function rowsOf(path: string, field: Field, named: Named): string[] {
  const own = `| \`${path}\` | ${cell(words(field.type, named))}${field.says} | ${field.absent ?? ""} |`;
  if (field.type.is !== "record" || isShared(field.type)) return [own];
  return [
    own,
    ...Object.entries(field.type.fields).flatMap(([key, inside]) => rowsOf(`${path}.${key}`, inside, named)),
  ];
}

/** Records that stand at several places are explained once. */
const shared = [
  "a file",
  "a commit",
  "a finding",
  "coverage counts",
  "counts",
  "numbers of commits",
  "numbers of added lines",
];

function isShared({ name }: Extract<Type, { is: "record" }>): boolean {
  return shared.includes(name);
}

function words(type: Type, named: Named): string {
  if (type.is === "list") return `list of ${words(type.of, named)}`;
  if (type.is === "record") {
    if (isShared(type)) named.set(type.name, type);
    return isShared(type) ? `${type.name.replace(/^an? /, "")}: ` : "";
  }
  if (type.is === "text" && type.values !== undefined)
    return `${type.values.map((value) => `\`${value}\``).join(" ")}: `;
  return `${type.is}: `;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
