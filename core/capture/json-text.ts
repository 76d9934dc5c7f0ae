/** An element of an array, or a member of an object, by where it stands in a JSON text. */
export interface JsonEntry {
  /** Of a member: where its key begins. */
  start: number;
  /** Null for an element. */
  key: string | null;
  valueStart: number;
  end: number;
}

/** An object or array in a JSON text. */
export interface JsonContainer {
  /** Of its first bracket. */
  start: number;
  /** Of its last bracket. */
  close: number;
  entries: readonly JsonEntry[];
}

/**
 * What stands in the object or array that begins at `start`, so that a text can be changed in one place and stay as it is
 * in all others: numbers longer than a double, keys that come twice, and how its owner lays it out. Only for a text that
 * `JSON.parse` takes.
 */
export function readContainer(text: string, start: number): JsonContainer {
  const isObject = text[start] === "{";
  const entries: JsonEntry[] = [];
  let at = afterSpace(text, start + 1);
  while (at < text.length && text[at] !== "}" && text[at] !== "]") {
    const entry = readEntry(text, at, isObject);
    entries.push(entry);
    at = afterSpace(text, entry.end);
    if (text[at] === ",") at = afterSpace(text, at + 1);
  }
  return { start, close: at, entries };
}

function readEntry(text: string, start: number, isObject: boolean): JsonEntry {
  if (!isObject) return { start, key: null, valueStart: start, end: afterValue(text, start) };
  const afterKey = afterString(text, start);
  const valueStart = afterSpace(text, afterSpace(text, afterKey) + 1);
  return { start, key: String(JSON.parse(text.slice(start, afterKey))), valueStart, end: afterValue(text, valueStart) };
}

/** The place of the first character that is no white space, as JSON knows it. */
export function afterSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && " \t\n\r".includes(text.charAt(at))) at += 1;
  return at;
}

function afterValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const letter = text.charAt(at);
    if (letter === '"') at = afterString(text, at) - 1;
    else if (letter === "{" || letter === "[") depth += 1;
    else if (letter === "}" || letter === "]") depth -= 1;
    // A number or a word ends before what ends it; all others with their last character.
    if (depth < 0 || (depth === 0 && (letter === "," || isSpace(letter)))) return at;
    at += 1;
    if (depth === 0 && '"}]'.includes(letter)) return at;
  }
  return at;
}

function isSpace(letter: string): boolean {
  return " \t\n\r".includes(letter);
}

function afterString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** The text with one more entry at the end of a container, laid out like its neighbours. `name` for an object. */
export function withEntry(text: string, container: JsonContainer, name: string | null, value: unknown): string {
  const last = container.entries.at(-1);
  const previous = container.entries.at(-2);
  if (last === undefined) {
    const isOneLine = !text.trim().includes("\n");
    const indent = isOneLine ? null : `${lineIndent(text, container.start)}${indentUnit(text)}`;
    const inner = render(text, name, value, indent);
    const whole =
      indent === null ? inner : `${newline(text)}${indent}${inner}${newline(text)}${lineIndent(text, container.start)}`;
    return text.slice(0, container.start + 1) + whole + text.slice(container.close);
  }
  const before = previous === undefined ? container.start + 1 : text.indexOf(",", previous.end) + 1;
  const gap = text.slice(before, last.start);
  const indent = gap.includes("\n") ? gap.slice(gap.lastIndexOf("\n") + 1) : null;
  const lead = indent === null ? gap || (previous === undefined ? " " : "") : `${newline(text)}${indent}`;
  return `${text.slice(0, last.end)},${lead}${render(text, name, value, indent)}${text.slice(last.end)}`;
}

function render(text: string, name: string | null, value: unknown, indent: string | null): string {
  const json = indent === null ? JSON.stringify(value) : JSON.stringify(value, null, indentUnit(text));
  const key = name === null ? "" : `${JSON.stringify(name)}: `;
  return key + json.split("\n").join(`${newline(text)}${indent ?? ""}`);
}

function newline(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** What the first line that is indented begins with; two blanks where none is. */
function indentUnit(text: string): string {
  const line = text.split("\n").find((each) => each.startsWith(" ") || each.startsWith("\t"));
  return line === undefined ? "  " : line.slice(0, line.length - line.trimStart().length);
}

function lineIndent(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at) + 1;
  let end = start;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return text.slice(start, end);
}

/** The text without one entry of a container, and without the comma and white space that joined it to its neighbours. */
export function withoutEntry(text: string, { start, close, entries }: JsonContainer, index: number): string {
  const entry = entries[index];
  if (entry === undefined) return text;
  const before = entries[index - 1];
  const after = entries[index + 1];
  if (before !== undefined) return text.slice(0, before.end) + text.slice(entry.end);
  if (after !== undefined) return text.slice(0, entry.start) + text.slice(after.start);
  return text.slice(0, start + 1) + text.slice(close);
}
