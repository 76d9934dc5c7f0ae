import { readFileSync } from "node:fs";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import type { Nodes, Table } from "mdast";
import { expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";

const page = readFileSync(new URL("../../docs/action.md", import.meta.url), "utf8");
const Face = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().optional() })),
  outputs: z.record(z.string(), z.unknown()),
});
const face = Face.parse(parse(readFileSync(new URL("../../action.yml", import.meta.url), "utf8")));

test("docs/action.md lists the inputs of action.yml with their defaults", () => {
  expect(rows("Input").map(([name, fallback]) => [name, fallback])).toEqual(
    Object.entries(face.inputs).map(([name, input]) => [name, input.default ?? ""]),
  );
});

test("docs/action.md lists the outputs of action.yml", () => {
  expect(rows("Output").map(([name]) => name)).toEqual(Object.keys(face.outputs));
});

test("inputs used in its workflows exist", () => {
  const used = [
    ...page.matchAll(/uses: OWNER\/countersign@v1\n(?: +if: .*\n)?(?: +with:\n((?: {10}.*\n)+))?/g),
  ].flatMap((match) => (match[1] ?? "").split("\n").flatMap((line) => /^ {10}([\w-]+):/.exec(line)?.[1] ?? []));
  expect(used).toContain("base-coverage");
  expect(used.filter((name) => !(name in face.inputs))).toEqual([]);
});

/** The cells of the table whose first column is called so, without its head. */
function rows(firstColumn: string): string[][] {
  const tables = nodes(unified().use(remarkParse).use(remarkGfm).parse(page)).filter(
    (node): node is Table => node.type === "table",
  );
  const cells = tables.map((table) => table.children.map((row) => row.children.map(textOf)));
  return cells.find(([head]) => head?.[0] === firstColumn)?.slice(1) ?? [];
}

function nodes(node: Nodes): Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap(nodes) : [])];
}

function textOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
