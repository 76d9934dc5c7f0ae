import type { Comment, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { commentsByLine } from "./comment-lines.ts";
import type { TextFile } from "./pattern.ts";
import { saysWhy } from "./suppression-reason.ts";
import type { Suppression } from "./suppressions.ts";

/** The annotations and decorators of a file that keep a tool quiet: `@SuppressWarnings`, `@no_type_check`. */
export function suppressingAnnotations(file: SourceFile): Suppression[] {
  const { language } = file;
  if (language !== "java" && language !== "python") return [];
  const comments = commentsByLine(file.comments);
  return language === "java"
    ? file.nodes("annotation", "marker_annotation").flatMap((node) => readJava(node, comments))
    : file.nodes("decorator").flatMap((node) => readDecorator(node, comments));
}

const javaNames = new Set(["SuppressWarnings", "SuppressFBWarnings", "SuppressLint", "SuppressForbidden", "Suppress"]);

function readJava(node: SyntaxNode, comments: Map<number, Comment[]>): Suppression[] {
  const name = node.part("name")?.text.split(".").pop() ?? "";
  if (!javaNames.has(name)) return [];
  const list = node.part("arguments");
  const pairs = list?.named.filter(({ type }) => type === "element_value_pair") ?? [];
  const reason = pairs.find((pair) => /^(?:justification|reason)$/.test(pair.part("key")?.text ?? ""));
  const values = list === null ? [] : list.named.filter((value) => value !== reason).flatMap(textsIn);
  const rules = values.filter((rule) => /^[\w.:-]{1,80}$/.test(rule)).slice(0, 20);
  const isBlanket = values.length === 0 || values.includes("all");
  const hasReason =
    (reason !== undefined && saysWhy(reason.part("value")?.text ?? "")) || commentSaysWhy(node, comments);
  return [{ kind: `@${name}`, rules, isBlanket, hasReason, scope: "statement", start: node.start, end: node.end }];
}

/** The constant's last name of `Warnings.UNCHECKED`, the text of a literal. */
function textsIn(node: SyntaxNode): string[] {
  const texts: string[] = [];
  for (const inner of node.walk(new Set(["field_access"]))) {
    if (inner.type === "string_literal") texts.push(inner.text.slice(1, -1));
    else if (inner.type === "field_access") texts.push(inner.part("field")?.text ?? "");
    if (texts.length >= 20) break;
  }
  return texts;
}

function readDecorator(node: SyntaxNode, comments: Map<number, Comment[]>): Suppression[] {
  const [what] = node.named;
  if (what === undefined || !/^(?:typing\.|t\.)?no_type_check$/.test(what.text)) return [];
  const hasReason = commentSaysWhy(node, comments);
  return [
    {
      kind: "@no_type_check",
      rules: [],
      isBlanket: false,
      hasReason,
      scope: "statement",
      start: node.start,
      end: node.end,
    },
  ];
}

/** A comment behind it on its line, or right above it; a comment for the docs tells what the thing is. */
function commentSaysWhy(node: SyntaxNode, comments: Map<number, Comment[]>): boolean {
  const behind = (comments.get(node.endLine) ?? []).filter(({ start }) => start >= node.end);
  const above = (comments.get(node.line - 1) ?? []).filter(({ endLine }) => endLine === node.line - 1);
  return [...behind, ...above].some(({ text }) => !text.startsWith("/**") && saysWhy(text));
}

/** The same in languages that are read as lines. */
export function suppressingLines({ path, lines }: TextFile): Suppression[] {
  const known = lineForms.find(({ paths }) => paths.test(path));
  if (known === undefined) return [];
  const found: Suppression[] = [];
  let offset = 0;
  for (const line of lines) {
    const match = known.form.exec(line.slice(0, 2000));
    if (match !== null) found.push(readLine(line, match, offset));
    offset += line.length + 1;
  }
  return found;
}

const lineForms = [
  { paths: /\.kts?$/, form: /^\s*@(?:\w+:)?(Suppress(?:Lint|Warnings)?)\(([^)]*)\)?/ },
  { paths: /\.groovy$/, form: /^\s*@(SuppressWarnings|SuppressFBWarnings)\b(?:\(([^)]*)\)?)?/ },
  { paths: /\.scala$/, form: /^\s*@(nowarn|SuppressWarnings)\b(?:\(([^)]*)\)?)?/ },
  {
    paths: /\.cs$/,
    form: /^\s*\[(?:\w+:\s*)?(?:[\w.]+\.)?((?:Unconditional)?SuppressMessage)(?:Attribute)?\(([^\]]*)/,
  },
];

function readLine(line: string, match: RegExpExecArray, offset: number): Suppression {
  const inside = match[2] ?? "";
  const texts = inside.match(/"[^"]*"/g) ?? [];
  const rules = texts.map((text) => text.slice(1, -1)).filter((text) => /^[\w.:-]{1,80}$/.test(text));
  const justification = /Justification\s*=\s*"([^"]*)"/.exec(inside)?.[1] ?? "";
  const comment = line.slice(match.index + match[0].length);
  const start = offset + line.length - line.trimStart().length;
  const hasReason = saysWhy(justification) || (/\/\//.test(comment) && saysWhy(comment));
  return {
    kind: match[1] ?? "",
    rules,
    isBlanket: rules.length === 0,
    hasReason,
    scope: "statement",
    start,
    end: offset + line.trimEnd().length,
  };
}
