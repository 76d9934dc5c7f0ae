import { isAlias, isScalar, type Node, type Scalar } from "yaml";
import { inertText } from "../untrusted/index.ts";
import type { FoundProblem, KeyPath } from "./problem.ts";

/*
 * What YAML accepts and a policy must not hold, because people mean something else by it, or because readers of other
 * YAML versions would read something else. Each has its own message with what to write.
 */

/** `[*.tf]` is an alias to YAML; so is `*name`, which hides what a reader would have to see. */
export function aliasProblem(node: Node, path: KeyPath, offset: number): FoundProblem | null {
  if (!isAlias(node)) return null;
  const written = `*${inertText(node.source, { maxGraphemes: 60 })}`;
  const what = `\`${written}\` is read as an alias, because it begins with \`*\``;
  return { offset, code: "CS007", path, what, fix: `Quote a glob: \`"${written}"\`; write a repeated value out.` };
}

/** `[!src/a]` is a tag to YAML, and its value would be empty. */
export function tagProblem(node: Node, path: KeyPath, offset: number, text: string): FoundProblem | null {
  if (isAlias(node) || node.tag === undefined) return null;
  const mark = Math.max(0, text.lastIndexOf("!", offset));
  const at = text.charAt(mark - 1) === "!" ? mark - 1 : mark;
  const written = inertText(text.slice(at).split(/[\s,\]}]/, 1)[0] ?? "!", { maxGraphemes: 60 });
  const what = `\`${written}\` is read as a tag, because it begins with \`!\``;
  const fix = tagFix(written, path, text.slice(at));
  return { offset: at, code: "CS008", path, what, fix };
}

function tagFix(written: string, path: KeyPath, rest: string): string {
  if (written.startsWith("!!")) return `Remove \`${written}\`: a value says itself what it is.`;
  if (path.length === 0 || path.some((part) => excluding.has(part))) {
    return `Quote an exclusion: \`"${written}"\`; leave real tags out.`;
  }
  if (path.at(-1) !== "if") {
    return `Quote a text: \`"${written}"\`; only patterns of paths and branches take a \`!\` that excludes.`;
  }
  const line = inertText(rest.split("\n", 1)[0]?.trim() ?? "", { maxGraphemes: 200 });
  return `Quote the expression: \`${quoted(line)}\`.`;
}

const excluding = new Set<string | number>(["paths", "exclude", "base", "branch", "branches"]);

/** The text in quotes that it does not hold itself, so that it can be copied. */
export function quoted(text: string): string {
  return text.includes('"') || text.includes("\\") ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** `&name` exists only for aliases. */
export function anchorProblem(node: Node, path: KeyPath, offset: number, text: string): FoundProblem | null {
  if (isAlias(node) || node.anchor === undefined) return null;
  const at = text.lastIndexOf(`&${node.anchor}`, offset);
  const what = `\`&${inertText(node.anchor, { maxGraphemes: 60 })}\` is read as an anchor`;
  return {
    offset: at < 0 ? offset : at,
    code: "CS007",
    path,
    what,
    fix: "Write the value out where it is needed, or quote it.",
  };
}

/** A key must be a plain word that every reader takes for the same text. */
export function keyProblem(key: Node | null, path: KeyPath, offset: number): FoundProblem | null {
  const bad = (what: string, fix: string): FoundProblem => ({ offset, code: "CS018", path, what, fix });
  if (key === null || !isScalar(key)) return bad("a key must be a word", "Write `name: value`.");
  if (key.source === "<<") return bad("`<<` would merge another mapping into this one", "Write the keys out.");
  if (key.source === "__proto__") return bad("`__proto__` is not a key", "Remove it.");
  if (typeof key.value === "string") return ambiguousKey(key, path, offset);
  const written = inertText(key.source ?? "", { maxGraphemes: 60 });
  if (written === "") return bad("a key is missing before the colon", "Write `name: value`.");
  return bad(`the key \`${written}\` is not a word`, `Write a word, or quote it: \`"${written}"\`.`);
}

function ambiguousKey(key: Scalar, path: KeyPath, offset: number): FoundProblem | null {
  const found = scalarProblem(key, path, offset);
  return found === null
    ? null
    : { ...found, fix: `Quote it: \`"${inertText(key.source ?? "", { maxGraphemes: 60 })}"\`.` };
}

/** Words and numbers that YAML 1.1 and 1.2, or two of their readers, disagree about. */
export function scalarProblem(scalar: Scalar, path: KeyPath, offset: number): FoundProblem | null {
  if (scalar.type !== "PLAIN" || scalar.source === undefined) return null;
  const source = scalar.source;
  // The one key whose values are these words: either reading of them means the same there.
  if (path.length === 1 && path[0] === "comment" && (source === "on" || source === "off")) return null;
  const shown = inertText(source, { maxGraphemes: 60 });
  if (isDate(source)) {
    return { offset, code: "CS015", path, what: `the date ${shown} is not quoted`, fix: `Quote it: \`"${shown}"\`.` };
  }
  const fix = ambiguous(source);
  if (fix === null) return null;
  const what = `\`${shown}\` means different things to different YAML readers`;
  return { offset, code: "CS014", path, what, fix: `${fix}, or quote it when the text is meant: \`"${shown}"\`.` };
}

function ambiguous(source: string): string | null {
  const word = source.toLowerCase();
  if (["yes", "on", "y"].includes(word)) return "Write `true`";
  if (["no", "off", "n"].includes(word)) return "Write `false`";
  if ([".inf", "+.inf", "-.inf", ".nan"].includes(word)) return "Write a number";
  const sign = source.startsWith("-") ? "-" : "";
  const digits = sign === "" && !source.startsWith("+") ? source : source.slice(1);
  if (/^0[0-9_]+$/.test(digits)) return `Write \`${sign}${digits.replaceAll("_", "").replace(/^0+(?=\d)/, "")}\``;
  if (/^0[xob][0-9a-f_]+$/i.test(digits)) return "Write it in decimal digits";
  if (/^[0-9]+(?:_[0-9_]*|(?::[0-9]{1,2})+)$/.test(digits)) return "Write it in plain digits";
  return null;
}

function isDate(source: string): boolean {
  return /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt ])/.test(source);
}
