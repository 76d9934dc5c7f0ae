import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { declaredType } from "./declared-type.ts";
import { choicesOf, givesNumber, isNumber } from "./harmless-values.ts";
import { isHandlerParameter, readsInput, readsRequest } from "./request-sources.ts";
import { escapes, type Purpose } from "./sanitisers.ts";
import { growthOf } from "./text-growth.ts";

/**
 * Where a value comes from: it is written here, or made safe for its purpose; someone outside sent it; whoever started the
 * program gave it; a caller gave it; or nobody can tell from this file.
 */
export type Origin = "constant" | "unknown" | "parameter" | "input" | "request";

/** From what to mind least to what to mind most: a text is as doubtful as the worst that is put into it. */
const byDoubt: readonly Origin[] = ["constant", "unknown", "parameter", "input", "request"];

/** Follows names within the file a few steps. Bounded: what is further away is unknown. */
export function originOf(file: SourceFile, node: SyntaxNode, purpose: Purpose): Origin {
  return trace({ file, purpose, left: mostSteps, asked: new Set() }, node, 0);
}

interface Trace {
  file: SourceFile;
  purpose: Purpose;
  left: number;
  asked: Set<SyntaxNode>;
}

const mostSteps = 60;
const deepest = 12;

function trace(state: Trace, node: SyntaxNode, depth: number): Origin {
  const { file, asked } = state;
  const plain = file.bare(node);
  if (asked.has(plain)) return "constant";
  state.left -= 1;
  if (state.left < 0 || depth > deepest) return "unknown";
  asked.add(plain);
  if (isNumber(file, plain)) return "constant";
  const call = file.callAt(plain);
  if (call !== null && (escapes(file, call, state.purpose) || givesNumber(file, call))) return "constant";
  if (readsRequest(file, plain)) return state.purpose === "url" && isOwnAddress(plain) ? "constant" : "request";
  if (readsInput(file, plain)) return "input";
  return file.dialect.names.has(plain.type)
    ? traceName(state, plain, depth + 1)
    : traceParts(state, plain, call, depth + 1);
}

/** The address of the request itself leads nowhere that its sender is not already; what its query holds may. */
function isOwnAddress(node: SyntaxNode): boolean {
  return ownAddress.test(node.text.slice(0, 80));
}

const ownAddress =
  /^(?:this\.)?\w+\??\.(?:req\.|request\.|raw\.)?(?:url|URL|nextUrl(?:\.\w+|\.clone\(\))?|originalUrl|href|RequestURI|path|URL\.String\(\)|URL\.Path|getRequestUR[IL]\(\))$|^(?:window\.|document\.)?location\.href$/;

/** From here on an address is only what holds the query. */
function inQuery(state: Trace, name: string): Trace {
  return state.purpose === "url" && /^(?:searchParams|query)$/.test(name) ? { ...state, purpose: "path" } : state;
}

function worst(state: Trace, nodes: readonly SyntaxNode[], depth: number): Origin {
  let found: Origin = "constant";
  for (const node of nodes) {
    const origin = trace(state, node, depth);
    if (byDoubt.indexOf(origin) > byDoubt.indexOf(found)) found = origin;
    if (found === "request") break;
  }
  return found;
}

function traceName(state: Trace, name: SyntaxNode, depth: number): Origin {
  const { file } = state;
  const binding = file.bindingOf(name);
  if (binding === null || binding.declarations.length > mostValues) return "unknown";
  if (binding.declarations.some(({ kind }) => kind === "parameter")) {
    const declared = binding.declarations.find(({ kind }) => kind === "parameter")!.name;
    const type = declaredType(file, name);
    if (isHandlerParameter(file, declared, type)) return "request";
    return "parameter";
  }
  if (binding.declarations.some(({ kind }) => kind !== "variable" && kind !== "constant")) return "unknown";
  const given = [
    ...binding.declarations.flatMap(({ value }) => value ?? []),
    ...binding.values.slice(0, mostValues).map(({ value }) => value),
    ...growthOf(file, binding)
      .slice(0, mostValues)
      .map(({ value }) => value),
  ];
  return worst(inQuery(state, binding.name), given.slice(0, mostValues), depth);
}

const mostValues = 20;

function traceParts(state: Trace, node: SyntaxNode, call: Call | null, depth: number): Origin {
  const { file } = state;
  const parts = file.dialect.readText(node, call);
  if (parts !== null)
    return worst(
      state,
      parts.flatMap((part) => (part.kind === "put-in" ? part.node : [])),
      depth,
    );
  if (call !== null) return traceCall(state, call, depth);
  const choices = choicesOf(node);
  if (choices !== null) return worst(state, choices, depth);
  const member = file.dialect.readMember(node);
  if (member !== null) return trace(inQuery(state, member.name), member.object, depth);
  const holder = indexes.has(node.type)
    ? (node.part("object") ?? node.part("value") ?? node.part("operand") ?? node.part("array"))
    : null;
  if (holder !== null) return trace(state, holder, depth);
  if (lists.has(node.type)) return worst(state, node.named.map(valueIn), depth);
  if (wrapping.has(node.type)) return worst(state, node.named, depth);
  return literals.test(node.type) ? "constant" : "unknown";
}

const indexes = new Set(["subscript_expression", "subscript", "index_expression", "array_access", "slice_expression"]);
const lists = new Set([
  "array",
  "list",
  "tuple",
  "object",
  "dictionary",
  "array_initializer",
  "literal_value",
  "array_creation_expression",
  "composite_literal",
]);
const wrapping = new Set([
  "await_expression",
  "await",
  "spread_element",
  "template_substitution",
  "unary_expression",
  "pointer_expression",
  "expression_list",
  "literal_element",
]);
const literals = /string|number|integer|float|true|false|null|none|nil|regex|character/;

function valueIn(element: SyntaxNode): SyntaxNode {
  return /^(?:pair|keyed_element)$/.test(element.type)
    ? (element.part("value") ?? element.named.at(-1) ?? element)
    : element;
}

/** A method of a value gives more of it; of functions only those that are known to hand on what they get. */
function traceCall(state: Trace, call: Call, depth: number): Origin {
  const { receiver, name, args, isNew } = call;
  const values = args.map(({ value }) => value).filter(({ type }) => !state.file.dialect.functions.has(type));
  if (truths.test(name)) return "constant";
  const owners = passedBy.get(name);
  const isKnown = passesOn.has(name) || (owners !== undefined && owners.test(receiver?.text.slice(-40) ?? ""));
  if (isKnown || (isNew && made.test(name)))
    return worst(state, [...(receiver === null ? [] : [receiver]), ...values], depth);
  if (receiver === null) return "unknown";
  const origin = trace(state, receiver, depth);
  return origin === "request" || origin === "input" ? origin : "unknown";
}

const truths = /^(?:is[A-Z_]\w*|has|includes|startsWith|endsWith|startswith|endswith|test|equals|contains|every|some)$/;
const made =
  /^(?:String|URL|URI|URLSearchParams|File|StringBuilder|StringBuffer|Uint8Array|Path|ByteArrayInputStream|FormData)$/;
const passesOn = new Set(
  (
    "String decodeURIComponent decodeURI encodeURI unescape atob btoa join resolve normalize format Path PurePath unquote unquote_plus loads " +
    "cast abspath normpath realpath expanduser []byte Join Clean FromSlash Sprintf Sprint Sprintln TrimSpace ToLower ToUpper Trim TrimPrefix " +
    "TrimSuffix TrimLeft TrimRight Replace ReplaceAll Split Fields PathUnescape QueryUnescape decode requireNonNull requireNonNullElse " +
    "ofNullable orElse toString copyOf concat fspath NewReader NewBufferString URL URI trim lower upper strip replace Query Parse " +
    "ParseRequestURI ReadAll getQuery deepcopy"
  ).split(" "),
);

/** Names that say too little without what they are called on. */
const passedBy: ReadonlyMap<string, RegExp> = new Map([
  ["parse", /^(?:JSON|qs|querystring|url|URL)$/],
  ["stringify", /^(?:JSON|qs|querystring)$/],
  ["from", /^(?:Buffer|Array|Object)$/],
  ["assign", /^Object$/],
  ["get", /^Paths$/],
  ["of", /^(?:Path|Optional|List|Map)$/],
  ["create", /^URI$/],
  ["valueOf", /^String$/],
  ...["str", "bytes", "list", "dict", "string", "append", "copy"].map((name): [string, RegExp] => [name, /^$/]),
]);
