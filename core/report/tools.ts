import type { Tool } from "../provenance/index.ts";
import { heading, paragraph, table, type Column, type Span } from "./terminal/layout.ts";
import { openScreen, type Screen, type TerminalOptions } from "./terminal/screen.ts";

/**
 * One line for each tool, cut to the width of the screen: what each mark is known from stands with the tool alone, where
 * there is room to read it. Ends with a line break.
 */
export function renderTools(tools: readonly Tool[], options: TerminalOptions): string {
  const screen = openScreen(options);
  const rows = tools.map((tool): Span[] => [
    { text: tool.id, style: "strong" },
    { text: tool.kind, style: tool.kind === "agent" ? "ai" : "quiet" },
    { text: (tool.names ?? []).join(", ") },
    {
      text: marksOf(tool)
        .flatMap(({ values }) => values)
        .join(", "),
    },
  ]);
  const hint =
    "`countersign tools <id>` shows every mark of one tool and where it is known from; `--json` prints all of them.";
  return page([...table(screen, 0, columns, rows), "", ...paragraph(screen, 0, [{ text: hint, style: "quiet" }])]);
}

/** Every mark of each of the tools, one a line. Ends with a line break. */
export function renderWholeTools(tools: readonly Tool[], options: TerminalOptions): string {
  const screen = openScreen(options);
  return page(tools.flatMap((tool) => wholeTool(screen, tool)).slice(1));
}

/** One kind of mark, with the words of the page for it. */
interface Marks {
  title: string;
  values: readonly string[];
}

/** What the tool is known by, kind by kind, as text; kinds that it has none of are left out. */
export function marksOf(tool: Tool): Marks[] {
  const all: Marks[] = [
    { title: "identities", values: (tool.identities ?? []).map(identityText) },
    { title: "trailers", values: (tool.trailers ?? []).map(trailerText) },
    { title: "name ends with", values: tool.nameSuffix === undefined ? [] : [`"${tool.nameSuffix}"`] },
    { title: "subject begins with", values: tool.subject === undefined ? [] : [`"${tool.subject}"`] },
    { title: "footers", values: (tool.footers ?? []).map((footer) => `"${footer}"`) },
    { title: "links", values: (tool.links ?? []).map((link) => `https://${link}`) },
    { title: "branches", values: tool.branches ?? [] },
    { title: "labels", values: tool.labels ?? [] },
  ];
  return all.filter(({ values }) => values.length > 0);
}

const columns: Column[] = [
  { title: "tool" },
  { title: "kind", optional: true },
  { title: "names", cut: "end", optional: true, givesFirst: true },
  { title: "known by", cut: "end" },
];

function wholeTool(screen: Screen, tool: Tool): string[] {
  const names = (tool.names ?? []).join(", ");
  const about: Marks[] = [
    { title: "kind", values: [tool.kind] },
    { title: "names", values: names === "" ? [] : [names] },
    ...marksOf(tool),
    { title: "source", values: [tool.source] },
  ];
  return [
    ...heading(screen, tool.id),
    ...about.flatMap(({ title, values }) =>
      values.flatMap((value, index) => fact(screen, index > 0 ? "" : title, value)),
    ),
  ];
}

/** One value behind its title; the titles of a page stand in one column. */
function fact(screen: Screen, title: string, value: string): string[] {
  return paragraph(screen, 2, [{ text: value }], { text: title.padEnd(titleWidth, "\u00a0"), style: "quiet" });
}

const titleWidth = "subject begins with".length;

function identityText({ login, id, mail, names, suggestion }: NonNullable<Tool["identities"]>[number]): string {
  const account = login === undefined ? "" : `${login}${id === undefined ? "" : ` (account ${id})`}`;
  const named = names === undefined ? "" : ` named ${names.join(" or ")}`;
  return `${mail ?? account}${named}${suggestion === true ? ", as co-author a suggestion" : ""}`;
}

function trailerText({ key, values, parts, positive }: NonNullable<Tool["trailers"]>[number]): string {
  if (values !== undefined) return `${key}: ${values.join(" | ")}`;
  if (parts !== undefined) return `${key}: with ${parts.join(" or ")}`;
  return positive === true ? `${key}: more than 0` : `${key}:`;
}

function page(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
