import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import { dottedName } from "./origins.ts";

/** The bits of a mode that let everyone write. */
export const worldWritable = 0o002;

/**
 * The bits that a mode sets for certain: an octal number, constants of the language put together, a text of digits or of
 * letters. Null when nothing is known of it.
 */
export function modeOf(file: SourceFile, node: SyntaxNode, depth = 0): number | null {
  if (depth > 8) return null;
  const value = file.valueOf(node);
  if (file.dialect.numbers.has(value.type)) return numberOf(value.text, file.language);
  if (/^(?:binary_operator|binary_expression)$/.test(value.type)) return combined(file, value, depth);
  const text = file.constantText(value);
  if (text !== null) return /^0?o?[0-7]{3,4}$/.test(text) ? parseInt(text.replace("o", ""), 8) : lettersOf(text);
  const call = file.callAt(value);
  if (call !== null && call.args[0] !== undefined && /^(?:FileMode|int|Number|parseInt|octal)$/.test(call.name))
    return modeOf(file, call.args[0].value, depth + 1);
  const name = dottedName(file, value);
  return constants.get(name.slice(name.lastIndexOf(".") + 1)) ?? null;
}

/** `0o777`, `0777`, `511`, `0x1ff`; what begins with a zero is octal in Go, Java and old JavaScript. */
function numberOf(text: string, language: string): number | null {
  const plain = text.replaceAll("_", "").toLowerCase();
  if (!/^(?:0[xob])?[0-9a-f]{1,12}$/.test(plain)) return null;
  const isOctal = /^0[0-7]+$/.test(plain) && language !== "python";
  const number = isOctal ? parseInt(plain, 8) : Number(plain);
  return Number.isSafeInteger(number) ? number : null;
}

function combined(file: SourceFile, value: SyntaxNode, depth: number): number | null {
  const left = value.part("left");
  const right = value.part("right");
  if (left === null || right === null) return null;
  const bits = [modeOf(file, left, depth + 1), modeOf(file, right, depth + 1)];
  const operator = value.part("operator")?.type;
  // What is not known may set more, so what is known stands.
  if (operator === "|" || operator === "+")
    return bits[0] === null && bits[1] === null ? null : (bits[0] ?? 0) | (bits[1] ?? 0);
  if (operator === "&" && bits[0] !== null && bits[1] !== null) return (bits[0] ?? 0) & (bits[1] ?? 0);
  return null;
}

/** `rwxrwxrwx`, as Java has it. */
function lettersOf(text: string): number | null {
  if (!/^(?:[r-][w-][x-]){3}$/.test(text)) return null;
  return Array.from(text).reduce((bits, letter) => bits * 2 + (letter === "-" ? 0 : 1), 0);
}

const constants = new Map<string, number>([
  ...([
    ["S_IRWXO", 0o7],
    ["S_IWOTH", 0o2],
    ["S_IROTH", 0o4],
    ["S_IXOTH", 0o1],
  ] as const),
  ...([
    ["S_IRWXG", 0o70],
    ["S_IWGRP", 0o20],
    ["S_IRGRP", 0o40],
    ["S_IXGRP", 0o10],
  ] as const),
  ...([
    ["S_IRWXU", 0o700],
    ["S_IWUSR", 0o200],
    ["S_IRUSR", 0o400],
    ["S_IXUSR", 0o100],
  ] as const),
  ...([
    ["S_ISUID", 0o4000],
    ["S_ISGID", 0o2000],
    ["ModePerm", 0o777],
    ["OTHERS_WRITE", 0o2],
  ] as const),
]);
