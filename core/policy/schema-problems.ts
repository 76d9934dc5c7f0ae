import * as z from "zod";
import { inertText } from "../untrusted/index.ts";
import { exampleOf, refusal, rewrite, type Expected } from "./fix-texts.ts";
import { unwrapped } from "./key-places.ts";
import { mayLack } from "./negative-words.ts";
import { notYetProblem } from "./not-yet.ts";
import { formatPath, showValue, type FoundProblem, type KeyPath } from "./problem.ts";
import { problemCodes, type ProblemCode } from "./problem-codes.ts";
import type { YamlNode } from "./read-yaml.ts";
import { isMeantAs, suggestKey } from "./suggest-key.ts";
import { wordings, type Wording } from "./wording.ts";

/** What a schema finds wrong with a document, each with its place, its code, and what to write instead. */
export function schemaProblems(schema: z.ZodType, root: YamlNode): FoundProblem[] {
  const result = schema.safeParse(root.value);
  if (result.success) return [];
  const issues = withoutTooBig(result.error.issues.flatMap((issue) => innermost(issue)));
  return issues.flatMap(({ issue, path }) => {
    if (wasReported(root, path) || isAfterthought(issue, path, issues)) return [];
    return translate(issue, path, schema, root);
  });
}

/** A number beyond the exact ones is too big for its own limit too, which is the same mistake. */
function withoutTooBig(issues: readonly PlacedIssue[]): PlacedIssue[] {
  const inexact = new Set(
    issues
      .filter(({ issue }) => issue.code === "too_big" && issue.origin === "int")
      .map(({ path }) => formatPath(path)),
  );
  return issues.filter(
    ({ issue, path }) => issue.code !== "too_big" || issue.origin === "int" || !inexact.has(formatPath(path)),
  );
}

interface PlacedIssue {
  issue: Issue;
  path: KeyPath;
}

type Issue = z.core.$ZodIssue;

/** Of a value that may be one of several kinds, all that is wrong with it as the kind that it is; itself when it is none of them. */
function innermost(issue: Issue, above: KeyPath = []): PlacedIssue[] {
  const path = [...above, ...keyPath(issue.path)];
  if (issue.code !== "invalid_union") return [{ issue, path }];
  const meant = issue.errors.find((branch) => branch.every(isOfThisKind));
  return meant === undefined ? [{ issue, path }] : meant.flatMap((inner) => innermost(inner, path));
}

/** The value is of this kind, or of one of those that this may be, and something is wrong within it. */
function isOfThisKind(issue: Issue): boolean {
  if (issue.path.length > 0 || !isOtherKind(issue)) return true;
  return issue.code === "invalid_union" && issue.errors.some((branch) => branch.every(isOfThisKind));
}

/** The value as a whole is not of this kind: a word for a list, or another word. */
function isOtherKind({ code }: Issue): boolean {
  return code === "invalid_type" || code === "invalid_value" || code === "invalid_union";
}

/** A mapping with a misspelt key is not blamed for the key that it lacks by that. `lacks` names it, where it is one. */
function isAfterthought(issue: Issue, path: KeyPath, issues: readonly PlacedIssue[]): boolean {
  if (issue.code !== "custom") return false;
  const place = formatPath(path);
  const lacks: unknown = issue.params?.["lacks"];
  return issues.some(
    (other) =>
      other.issue.code === "unrecognized_keys" &&
      formatPath(other.path) === place &&
      (typeof lacks !== "string" || other.issue.keys.some((key) => isMeantAs(key, lacks))),
  );
}

function keyPath(path: readonly PropertyKey[]): KeyPath {
  return path.map((part) => (typeof part === "number" ? part : String(part)));
}

/** A value that YAML already made trouble about is not reported a second time. */
function wasReported(root: YamlNode, path: KeyPath): boolean {
  return [...path.keys(), path.length].some((length) => nodeAt(root, path.slice(0, length))?.reported === true);
}

function translate(issue: Issue, path: KeyPath, schema: z.ZodType, root: YamlNode): FoundProblem[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], schema, root));
  const node = nodeAt(root, path);
  if (node === null) return [missingKey(path, schema, root)];
  const wording = wordingAt(schema, path);
  const own = ownWords(issue);
  const expected = expectedAt(schema, path);
  const what = own.what ?? `expected ${wording?.expects ?? "something else"}, got ${showValue(node.value)}`;
  return [
    {
      offset: node.offset,
      code: own.code ?? wording?.code ?? "CS012",
      path,
      what,
      fix: refusal(path, node.value, expected) ?? own.fix ?? rewrite(path, node.value, expected),
    },
  ];
}

/** Checks of our own bring their code, and sometimes their words. */
function ownWords(issue: Issue): { code: ProblemCode | null; what: string | null; fix: string | null } {
  const params = issue.code === "custom" ? (issue.params ?? {}) : {};
  const text = (value: unknown) => (typeof value === "string" ? inertText(value) : null);
  const code = text(params["code"]);
  return { code: code !== null && isCode(code) ? code : null, what: text(params["what"]), fix: text(params["fix"]) };
}

function isCode(text: string): text is ProblemCode {
  return Object.hasOwn(problemCodes, text);
}

function unknownKey(path: KeyPath, schema: z.ZodType, root: YamlNode): FoundProblem {
  const offset = nodeAt(root, path)?.keyOffset ?? 0;
  const later = notYetProblem(path);
  if (later !== null) return { offset, code: "CS013", path, ...later };
  const key = String(path.at(-1));
  const known = knownKeys(schema, path.slice(0, -1));
  const what = `there is no key \`${formatPath([key])}\` here`;
  return { offset, code: "CS010", path, what, fix: suggestKey(path, known, schema) };
}

function missingKey(path: KeyPath, schema: z.ZodType, root: YamlNode): FoundProblem {
  const parent = path.slice(0, -1);
  const example = exampleOf(path, wordingAt(schema, path)?.example ?? null);
  const key = formatPath([path.at(-1) ?? ""]);
  return {
    offset: nodeAt(root, parent)?.offset ?? 0,
    code: "CS011",
    path: parent,
    what: `\`${key}\` is missing`,
    fix: `Write \`${example}\`.`,
  };
}

/** The node at a path, or null when the document does not go that far. */
export function nodeAt(root: YamlNode, path: KeyPath): YamlNode | null {
  return path.reduce<YamlNode | null>((node, part) => node?.entries.get(part) ?? null, root);
}

function wordingAt(schema: z.ZodType, path: KeyPath): Wording | null {
  const at = schemaAt(schema, path);
  return at === null ? null : (wordings.get(at) ?? wordings.get(unwrapped(at)) ?? null);
}

/** What may stand at a path. */
export function expectedAt(schema: z.ZodType, path: KeyPath): Expected {
  return {
    ...{ schema: schemaAt(schema, path), wording: wordingAt(schema, path), item: wordingAt(schema, [...path, 0]) },
    lacks: lackableAt(schema, path),
  };
}

/** The key or item at or above a path that a document may lack. */
function lackableAt(schema: z.ZodType, path: KeyPath): KeyPath | null {
  const part = path.at(-1);
  if (part === undefined) return null;
  const above = path.slice(0, -1);
  const at = schemaAt(schema, above);
  const mapping = at === null ? null : (kindFor(at, false) ?? at);
  return typeof part === "number" || mayLack(mapping, part) ? path : lackableAt(schema, above);
}

function knownKeys(schema: z.ZodType, path: KeyPath): string[] {
  const at = schemaAt(schema, path);
  const mapping = at === null ? null : (kindFor(at, false) ?? at);
  return mapping instanceof z.ZodObject ? Object.keys(mapping.shape) : [];
}

/** The schema of the value at a path; of several kinds, the list when the path goes on with a position. */
export function schemaAt(schema: z.ZodType, path: KeyPath): z.ZodType | null {
  const [part, ...rest] = path;
  const at = unwrapped(schema);
  if (part === undefined) return at;
  const next = childOf(at, part);
  return next instanceof z.ZodType ? schemaAt(next, rest) : null;
}

function childOf(schema: z.ZodType, part: string | number): unknown {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, part) ? schema.shape[part] : null;
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  const kind = kindFor(schema, typeof part === "number");
  return kind === null ? null : childOf(kind, part);
}

/** Of a value that may be one of several kinds: the list, or the mapping. */
function kindFor(schema: z.ZodType, isList: boolean): z.ZodType | null {
  if (!(schema instanceof z.ZodUnion)) return null;
  const found = schema.options.find((option) =>
    isList ? option instanceof z.ZodArray : option instanceof z.ZodObject || option instanceof z.ZodRecord,
  );
  return found instanceof z.ZodType ? found : null;
}
