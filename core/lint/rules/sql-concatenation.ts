import type { Binding, Call, SourceFile, SyntaxNode, TextPart } from "../../syntax/index.ts";
import { choicesOf, endsWithMark, isHarmless, isNumberPlace } from "../harmless-values.ts";
import { isForPeople } from "../message-text.ts";
import type { Pattern, Report } from "../pattern.ts";
import { sqlCall } from "../sql-calls.ts";
import { outline, sqlKind, type SqlKind } from "../sql-text.ts";
import { fileName, isTestFile } from "../test-files.ts";
import { growths } from "../text-growth.ts";

/** Values are written into the text of a query, where they should be given to it beside. */
export const sqlConcatenation: Pattern = {
  rule: {
    id: "sql-concatenation",
    title: "A query is put together with values in its text",
    help: "Write a placeholder and pass the value as a parameter; check names of tables and columns against a list.",
    confidence: "high",
    severity: { human: "error", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /\b(?:select|insert|update|delete|replace|merge|where|from|exec|execute|create|drop|alter|truncate|call|RawSQL|extra)\b/i,
  find(file, report) {
    // Tests write queries with values of their own.
    if (isTestFile(fileName(file.path))) return;
    const seen = new Set<SyntaxNode>();
    for (const call of file.calls) lookAtCall(file, call, seen, report);
    for (const root of textsThatBeginSql(file)) {
      if (seen.has(root)) continue;
      seen.add(root);
      if (isBuilt(file, root, ["statement"]) && !isTagged(root) && !isForPeople(file, root)) report(root, inText);
    }
    for (const [binding, pieces] of growths(file)) lookAtGrowth(file, binding, pieces, seen, report);
  },
};

const inText = "A value is put into the text of this query.";

/** What is given to a call that runs SQL, whatever names it passes through. */
function lookAtCall(file: SourceFile, call: Call, seen: Set<SyntaxNode>, report: Report): void {
  if (file.language === "python" && call.name === "extra") lookAtExtra(file, call, report);
  const run = sqlCall(file, call);
  if (run === null) return;
  const kinds: SqlKind[] =
    run.isSure || isConditionCall(call) ? ["statement", "if-run", "clause"] : ["statement", "if-run"];
  for (const text of valuesOf(file, run.text.value)) {
    if (seen.has(text) || (text.type === "call_expression" && isSafeTag(text))) continue;
    if (!isBuilt(file, text, kinds) && !(call.name === "RawSQL" && isBuilt(file, text, null))) continue;
    seen.add(text);
    report(text, inText);
  }
}

function isConditionCall({ name }: Call): boolean {
  return /^(?:Where|Or|Not|Having|where|andWhere|orWhere|having|andHaving|orHaving)$/.test(name);
}

/** Django's `extra` takes parts of a query by name. */
function lookAtExtra(file: SourceFile, { args }: Call, report: Report): void {
  for (const { name, value } of args) {
    if (name !== null && !["select", "where", "tables", "order_by"].includes(name)) continue;
    const held = file.valueOf(value);
    const texts = held.named.flatMap((element) => (element.type === "pair" ? (element.part("value") ?? []) : element));
    for (const text of texts) if (isBuilt(file, file.valueOf(text), null)) report(text, inText);
  }
}

/** All that a node may stand for: of a name whatever it is given, of a choice its ends. */
function valuesOf(file: SourceFile, node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const left = [node];
  for (let step = 0; step < 20 && left.length > 0; step += 1) {
    const at = file.valueOf(left.pop()!);
    const choices = choicesOf(at);
    if (choices !== null) left.push(...choices);
    else if (file.bindingOf(at) !== null) {
      const { declarations, values } = file.bindingOf(at)!;
      // A name that gets many things is followed to none: each of its uses would cost as much as all of them.
      if (declarations.length + values.length > 10) continue;
      const given = declarations.flatMap(({ value, isPart, kind }) =>
        value === null || isPart || kind === "function" || kind === "class" ? [] : value,
      );
      for (const value of [...given, ...values.map((later) => later.value)])
        if (file.bindingOf(value) === null) left.push(file.bare(value));
    } else if (at.type === "object" || at.type === "object_expression") {
      for (const pair of at.named)
        if (/^(?:text|sql|query)$/.test(file.dialect.readEntry(pair)?.key ?? ""))
          left.push(file.dialect.readEntry(pair)!.value);
    } else found.push(unwrapped(file, at));
  }
  return found;
}

/** Without the call that only says it is SQL: `text("…")`, `sql.raw("…")`, `builder.toString()`. */
function unwrapped(file: SourceFile, node: SyntaxNode): SyntaxNode {
  const call = file.callAt(node);
  if (call === null) return node;
  if (["text", "raw", "dedent", "literal_column", "trim"].includes(call.name) && call.args.length === 1) {
    const [{ value }] = call.args as [Call["args"][number]];
    if (value.type !== "template_string") return file.valueOf(value);
  }
  return node;
}

/** Whether a text is SQL of one of these kinds, and something is put into it that could change what it says. */
function isBuilt(file: SourceFile, node: SyntaxNode, kinds: readonly SqlKind[] | null): boolean {
  const all = partsOf(file, node);
  if (all === null || !all.some(({ kind }) => kind === "put-in")) return false;
  const [first] = all;
  const parts = first!.kind === "put-in" && isBuilder(file, first!.node) ? all.slice(1) : all;
  if (kinds !== null) {
    const kind = sqlKind(outline(parts));
    if (kind === null || !kinds.includes(kind)) return false;
  }
  return hasOpenPlace(file, parts);
}

/** The parts of a text; of `"… [name] …".replace("[name]", name)` with what comes in its place; of Node's `format` with what it puts in. */
function partsOf(file: SourceFile, node: SyntaxNode): readonly TextPart[] | null {
  const call = file.callAt(node);
  const [first, replacement] = call?.args ?? [];
  if (call?.name === "format" && call.receiver?.text === "util" && first !== undefined) {
    const format = file.textOf(first.value);
    return format === null
      ? null
      : [...format, ...call.args.slice(1).map(({ value }): TextPart => ({ kind: "put-in", node: value }))];
  }
  if (call === null || call.receiver === null || replacement === undefined || !/^replace(?:All)?$/.test(call.name))
    return file.textOf(node);
  const replaced = partsOf(file, file.valueOf(call.receiver));
  return replaced === null ? null : [...replaced, { kind: "put-in", node: replacement.value }];
}

function hasOpenPlace(file: SourceFile, parts: readonly TextPart[]): boolean {
  return parts.some((part, index) => {
    if (part.kind === "written" || isNumberPlace(part.place)) return false;
    const before = parts[index - 1];
    if (before?.kind === "written" && endsWithMark(before.text)) return false;
    return !isPlaceholderName(part.node) && !isTaggedValue(part.node) && !isHarmless(file, part.node);
  });
}

function isPlaceholderName(node: SyntaxNode): boolean {
  return /(?:^|[._])\w*(?:place_?holders?|qmarks|question_?marks|bind_?vars)(?:\.join\(.{0,8}\))?$/i.test(
    node.text.slice(0, 80),
  );
}

/** The builder that a chain of `append` begins with is what the pieces are put to, not one of them. */
function isBuilder(file: SourceFile, node: SyntaxNode): boolean {
  return file.language === "java" && node.parent?.type === "method_invocation" && node.field === "object";
}

function isTaggedValue(node: SyntaxNode): boolean {
  return node.type === "call_expression" && node.part("arguments")?.type === "template_string";
}

/** A template behind a tag is the tag's matter: that is how parameters are given. */
function isTagged(node: SyntaxNode): boolean {
  if (node.type === "template_string") {
    const { parent, field } = node;
    // The grammar takes `tag<Row>` before a template for a comparison.
    if (parent?.type === "binary_expression") return field === "right" && parent.part("operator")?.type === ">";
    return field === "arguments" && parent?.type === "call_expression" && !isPlainTag(parent);
  }
  return node.type === "string" && /^[a-zA-Z]*t/i.test(node.childOf("string_start")?.text.replace(/["']/g, "") ?? "");
}

/** Tags that change nothing but the look of a text. */
function isPlainTag(call: SyntaxNode): boolean {
  return /^(?:String\.raw|dedent|outdent|stripIndents?|oneLine\w*|raw)$/.test(
    call.part("function")?.text.slice(0, 40) ?? "",
  );
}

/** A tag that its name says to be for SQL. */
function isSafeTag(call: SyntaxNode): boolean {
  return call.part("arguments")?.type === "template_string" && !isPlainTag(call);
}

/** The largest texts of which a part begins as SQL does. */
function textsThatBeginSql(file: SourceFile): SyntaxNode[] {
  const rootOf = new Map<SyntaxNode, SyntaxNode>();
  const roots = new Set<SyntaxNode>();
  for (const literal of file.nodes(...literals)) {
    if (!beginsSql.test(literal.text.slice(0, 400))) continue;
    const root = textAround(file, literal, rootOf);
    if (root !== literal || holdsPlaces.has(literal.type)) roots.add(root);
  }
  return [...roots].sort((a, b) => a.start - b.start);
}

const literals = ["string", "template_string", "interpreted_string_literal", "raw_string_literal", "string_literal"];
const holdsPlaces = new Set(["string", "template_string", "string_literal"]);
const beginsSql =
  /^[a-zA-Z]{0,2}["'`]{1,3}(?:\s|\\n|\()*(?:--|\/\*|select|insert|replace|update|delete|with|merge|exec|execute|call|create|drop|alter|truncate)\b/i;

/** The outermost text that a literal is a part of. Nodes on the way are remembered, so that long texts are climbed once. */
function textAround(file: SourceFile, literal: SyntaxNode, known: Map<SyntaxNode, SyntaxNode>): SyntaxNode {
  const way: SyntaxNode[] = [];
  let root = literal;
  for (let at: SyntaxNode | null = literal; at !== null; at = at.parent) {
    const found = known.get(at);
    if (found !== undefined) {
      root = found;
      break;
    }
    way.push(at);
    if (at === literal || carriers.has(at.type) || file.dialect.wrappers.has(at.type)) continue;
    if (!texts.has(at.type) || !isPartOf(file, root, at)) break;
    root = at;
  }
  for (const node of way) if (node.start >= root.start && node.end <= root.end) known.set(node, root);
  return root;
}

const texts = new Set([
  ...["binary_expression", "binary_operator", "concatenated_string", "template_string", "string"],
  ...["call_expression", "call", "method_invocation", "object_creation_expression"],
]);
/** Nodes between a text and what it is a part of. */
const carriers = new Set([
  "template_substitution",
  "interpolation",
  "argument_list",
  "arguments",
  "member_expression",
  "attribute",
  "array",
  "list",
  "tuple",
]);

function isPartOf(file: SourceFile, inner: SyntaxNode, outer: SyntaxNode): boolean {
  const call = file.callAt(outer);
  if (call !== null && /^replace(?:All)?$/.test(call.name) && call.receiver !== null && inner.isWithin(call.receiver))
    return true;
  const parts = file.dialect.readText(outer, call);
  return parts !== null && parts.some(({ node }) => inner.isWithin(node));
}

/** A query that grows by `+=` or `append`, where a piece brings a value. */
function lookAtGrowth(
  file: SourceFile,
  { declarations, values }: Binding,
  pieces: readonly { node: SyntaxNode; value: SyntaxNode }[],
  seen: ReadonlySet<SyntaxNode>,
  report: Report,
): void {
  if (pieces.length > mostPieces) return;
  const starts = declarations.flatMap(({ value, isPart }) => (value === null || isPart ? [] : startOf(file, value)));
  const first = [...starts, ...values.map(({ value }) => value), ...pieces.map(({ value }) => value)];
  const lead = first.find((value) => (partsOf(file, value)?.length ?? 0) > 0);
  if (lead === undefined) return;
  const parts = [lead, ...pieces.map(({ value }) => value).filter((value) => value !== lead)].flatMap(
    (value): readonly TextPart[] => partsOf(file, value) ?? [{ kind: "put-in", node: value }],
  );
  if (sqlKind(outline(parts)) !== "statement") return;
  const reported = new Set<SyntaxNode>();
  for (const { node, value } of pieces) {
    if (seen.has(file.bare(value)) || reported.has(node)) continue;
    if (!hasOpenPlace(file, partsOf(file, value) ?? [{ kind: "put-in", node: value }])) continue;
    reported.add(node);
    if (file.callAt(node) !== null || !isForPeople(file, value))
      report(node, "A value is put to the text of this query.");
  }
}

const mostPieces = 60;

/** What a name holds at first: a text, the elements of a list, what a builder is made with. */
function startOf(file: SourceFile, value: SyntaxNode): SyntaxNode[] {
  const plain = file.bare(value);
  if (plain.type === "array" || plain.type === "list") return plain.named;
  const call = file.callAt(plain);
  if (call?.isNew === true && /^String(?:Builder|Buffer)$/.test(call.name))
    return call.args.map((argument) => argument.value);
  return [plain];
}
