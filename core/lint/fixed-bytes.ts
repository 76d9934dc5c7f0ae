import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { calledName } from "./origins.ts";
import { soleStatement } from "./sole-statement.ts";

/**
 * Where a value that must be another each time (an initialisation vector, a salt, a key) is written, when it is the same at
 * each run: a text, a list of numbers, zeros, or any of these read as bytes. None when it is not known to be fixed: a buffer
 * that something else is given as well may be filled there.
 */
export function fixedSources(file: SourceFile, node: SyntaxNode): SyntaxNode[] {
  return sourcesOf(file, node, { left: mostSteps });
}

/** Names that hold each other would multiply at each step: after so many, a value counts as unknown. */
const mostSteps = 100;

type Work = { left: number };

/** The holder is the name that stands for the value where it is used. */
function sourcesOf(file: SourceFile, node: SyntaxNode, work: Work, holder = node): SyntaxNode[] {
  work.left -= 1;
  if (work.left < 0) return [];
  const value = file.valueOf(node);
  const text = file.constantText(value);
  if (text !== null) return text === "" ? [] : [value];
  const parts = listed(value);
  if (parts !== null) {
    const isFilled = parts.length > 0 || file.language === "go";
    return isFilled && parts.every((part) => file.isConstant(part) || part.type.startsWith("unary")) ? [value] : [];
  }
  if (value.type === "binary_operator") return value.has("*") ? sourcesOf(file, value.named[0] ?? value, work) : [];
  const call = file.callAt(value);
  if (call !== null) return fixedCall(file, call, holder, work);
  if (value.type === "array_creation_expression") return isHandedOn(file, holder) ? [] : [value];
  return ofName(file, value, work);
}

/** A name that is set, or a function that is called, at more places than this is not followed. */
const mostPlaces = 5;

/** The elements of `[1, 2]`, `new byte[] {1, 2}`, `[]byte{1, 2}`. */
function listed(value: SyntaxNode): SyntaxNode[] | null {
  if (/^(?:array|list|array_initializer)$/.test(value.type)) return value.named;
  if (value.type === "array_creation_expression") return value.part("value")?.named ?? null;
  if (value.type !== "composite_literal") return null;
  return (value.part("body")?.named ?? []).map((element) => element.named[0] ?? element);
}

const readers = new Set([
  ...["Buffer.from", "CryptoJS.enc.Utf8.parse", "CryptoJS.enc.Hex.parse", "crypto-js.enc.Utf8.parse"],
  ...["crypto-js.enc.Hex.parse", "bytes", "bytearray", "bytes.fromhex", "bytearray.fromhex", "binascii.unhexlify"],
  ...["base64.b64decode", "Uint8Array", "Uint8Array.from", "Hex.decodeHex", "DatatypeConverter.parseHexBinary"],
]);
const zeros = new Set(["Buffer.alloc", "Buffer.allocUnsafe", "Uint8Array", "bytes", "bytearray", "make"]);

function fixedCall(file: SourceFile, call: Call, holder: SyntaxNode, work: Work): SyntaxNode[] {
  const { name, receiver, args, node: made, callee } = call;
  const sole = receiver === null ? soleStatement(file, callee) : null;
  if (sole !== null && sole !== "empty") return sourcesOf(file, sole, work);
  if (receiver !== null && /^(?:getBytes|encode|toCharArray)$/.test(name)) return sourcesOf(file, receiver, work);
  const called = calledName(file, call);
  const [first] = args;
  if (first === undefined) return [];
  const isNumber = file.dialect.numbers.has(file.valueOf(first.value).type);
  if (zeros.has(called) && (isNumber || called === "make")) return isHandedOn(file, holder) ? [] : [made];
  const isBytes = file.language === "go" && made.text.startsWith("[]byte");
  const reads = isBytes || readers.has(called) || /(?:^|\.)(?:decode|decodeBase64|decodeHex)$/.test(called);
  return reads ? sourcesOf(file, first.value, work) : [];
}

/** A name that gets a fixed value at each place where it gets one, or a parameter that is given one by each call. */
function ofName(file: SourceFile, node: SyntaxNode, work: Work): SyntaxNode[] {
  const binding = file.bindingOf(node);
  const [declared] = binding?.declarations ?? [];
  if (binding === null || declared === undefined || binding.declarations.length > mostPlaces) return [];
  if (declared.kind === "parameter") return isAlwaysGivenFixed(file, declared.name, work) ? [node] : [];
  if (
    binding.declarations.some(({ isPart, kind }) => isPart || kind === "import") ||
    binding.values.length > mostPlaces
  )
    return [];
  const values = [...binding.declarations, ...binding.values].flatMap(({ value }) => value ?? []);
  const sources = values.map((value) => sourcesOf(file, value, work, node));
  return sources.some((found) => found.length === 0) ? [] : sources.flat();
}

function isAlwaysGivenFixed(file: SourceFile, parameter: SyntaxNode, work: Work): boolean {
  const around = parameter.above(file.dialect.functions);
  const parts = around === null ? null : file.dialect.readFunction(around);
  const at = parts?.parameters.findIndex(({ name }) => name === parameter.text) ?? -1;
  if (parts === null || parts.name === null || at === -1 || around === null) return false;
  const calls = (callsByName(file).get(parts.name) ?? []).filter(({ node }) => !node.isWithin(around));
  if (calls.length === 0 || calls.length > mostPlaces) return false;
  return calls.every(({ args }) => args[at] !== undefined && sourcesOf(file, args[at].value, work).length > 0);
}

function callsByName(file: SourceFile): Map<string, Call[]> {
  const known = callsByFile.get(file);
  if (known !== undefined) return known;
  const calls = new Map<string, Call[]>();
  for (const call of file.calls) {
    const same = calls.get(call.name);
    if (same === undefined) calls.set(call.name, [call]);
    else if (same.length <= 2 * mostPlaces) same.push(call);
  }
  callsByFile.set(file, calls);
  return calls;
}

const callsByFile = new WeakMap<SourceFile, Map<string, Call[]>>();

/** Whether the name that holds a buffer is given to another call, which may fill it. */
function isHandedOn(file: SourceFile, node: SyntaxNode): boolean {
  const name = file.bare(node);
  return file.dialect.names.has(name.type) && (argumentCounts(file).get(name.text) ?? 0) > 1;
}

/** How often each name is an argument; slices of it count, and a call that fills by its name counts twice. */
function argumentCounts(file: SourceFile): Map<string, number> {
  const known = countsByFile.get(file);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { args, name } of file.calls)
    for (const { value } of args) {
      const given = /^[&*]?([A-Za-z_$][\w$]{0,80})(?:\[[^\]]{0,20}\])?$/.exec(value.text.slice(0, 110))?.[1];
      if (given !== undefined) counts.set(given, (counts.get(given) ?? 0) + (fills.test(name) ? 2 : 1));
    }
  countsByFile.set(file, counts);
  return counts;
}

const fills =
  /^(?:Read|ReadFull|nextBytes|randomFill|randomFillSync|getRandomValues|copy|arraycopy|fill|set|put|get|read|readFully|readinto)$/;
const countsByFile = new WeakMap<SourceFile, Map<string, number>>();
