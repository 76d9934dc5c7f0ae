import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { calledName } from "./origins.ts";
import { soleStatement } from "./sole-statement.ts";

/**
 * Whether a value that must be another each time (an initialisation vector, a salt, a key) is the same at each run: a text, a
 * list of numbers, zeros, or any of these read as bytes. A buffer that something else is given as well may be filled there.
 */
export function isFixedBytes(file: SourceFile, node: SyntaxNode, depth = 0): boolean {
  if (depth > 5) return false;
  const value = file.valueOf(node);
  const text = file.constantText(value);
  if (text !== null) return text !== "";
  const parts = listed(value);
  if (parts !== null)
    return (
      (parts.length > 0 || file.language === "go") &&
      parts.every((part) => file.isConstant(part) || part.type.startsWith("unary"))
    );
  if (value.type === "binary_operator") {
    const left = value.part("left");
    return left !== null && value.has("*") && isFixedBytes(file, left, depth + 1);
  }
  const call = file.callAt(value);
  if (call !== null) return isFixedCall(file, call, node, depth);
  return value.type === "array_creation_expression" && !isHandedOn(file, node);
}

/** The elements of `[1, 2]`, `new byte[] {1, 2}`, `[]byte{1, 2}`. */
function listed(value: SyntaxNode): SyntaxNode[] | null {
  if (/^(?:array|list)$/.test(value.type)) return value.named;
  if (value.type === "array_creation_expression") return value.part("value")?.named ?? null;
  if (value.type !== "composite_literal") return null;
  return (value.part("body")?.named ?? []).map((element) => element.named[0] ?? element);
}

const readers = new Set([
  ...[
    "Buffer.from",
    "CryptoJS.enc.Utf8.parse",
    "CryptoJS.enc.Hex.parse",
    "crypto-js.enc.Utf8.parse",
    "crypto-js.enc.Hex.parse",
  ],
  ...[
    "bytes",
    "bytearray",
    "bytes.fromhex",
    "bytearray.fromhex",
    "binascii.unhexlify",
    "base64.b64decode",
    "Uint8Array",
  ],
  ...["Uint8Array.from", "Hex.decodeHex", "DatatypeConverter.parseHexBinary", "encoding/hex.DecodeString"],
]);
const zeros = new Set(["Buffer.alloc", "Buffer.allocUnsafe", "Uint8Array", "bytes", "bytearray", "make"]);

function isFixedCall(file: SourceFile, call: Call, node: SyntaxNode, depth: number): boolean {
  const { name, receiver, args, node: made, callee } = call;
  const sole = receiver === null ? soleStatement(file, callee) : null;
  if (sole !== null && sole !== "empty") return isFixedBytes(file, sole, depth + 1);
  const [first] = args;
  const isText = receiver !== null && /^(?:getBytes|encode|toCharArray)$/.test(name);
  if (isText) return isFixedBytes(file, receiver, depth + 1) && file.constantText(receiver) !== null;
  const called = calledName(file, call);
  const isNumber = first !== undefined && file.dialect.numbers.has(file.valueOf(first.value).type);
  if (zeros.has(called) && (isNumber || called === "make")) return !isHandedOn(file, node);
  const isConversion =
    made.type === "type_conversion_expression" || (file.language === "go" && /^\[\]byte/.test(made.text.slice(0, 10)));
  if (
    first === undefined ||
    !(isConversion || readers.has(called) || /(?:^|\.)(?:decode|decodeBase64|decodeHex)$/.test(called))
  )
    return false;
  return isFixedBytes(file, first.value, depth + 1);
}

/** Whether the name that holds a buffer is given to another call, which may fill it, or is written to by its places. */
function isHandedOn(file: SourceFile, node: SyntaxNode): boolean {
  const name = file.bare(node);
  if (!file.dialect.names.has(name.type)) return false;
  return (argumentCounts(file).get(name.text) ?? 0) > 1;
}

/** How often each name is an argument, of a call that is no cipher's; slices of it count. */
function argumentCounts(file: SourceFile): Map<string, number> {
  const known = countsByFile.get(file);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { args, name } of file.calls)
    for (const { value } of args) {
      const given = /^[&*]?([A-Za-z_$][\w$]{0,80})(?:\[[^\]]{0,20}\])?$/.exec(value.text.slice(0, 110))?.[1];
      const weight = fills.test(name) ? 2 : 1;
      if (given !== undefined) counts.set(given, (counts.get(given) ?? 0) + weight);
    }
  countsByFile.set(file, counts);
  return counts;
}

const fills =
  /^(?:Read|ReadFull|nextBytes|randomFill|randomFillSync|getRandomValues|copy|arraycopy|fill|set|put|get|read|readFully|readinto)$/;
const countsByFile = new WeakMap<SourceFile, Map<string, number>>();
