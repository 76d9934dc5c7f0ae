import { codeSpan, escapeMarkdown, withoutWorkflowCommands } from "../../untrusted/index.ts";
import { plain, plainPath } from "../text.ts";

/**
 * Any text as one inert line of Markdown, without secrets. What stands between two backticks becomes a code span, and so
 * does a commit id: as inert as the rest, easier to read, and to copy.
 */
export function prose(text: string, maxGraphemes = 400): string {
  const parts = plain(text, maxGraphemes).split("`");
  // An odd backtick at the end belongs to the text before it.
  const paired = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join("`")];
  const line = paired.map((part, index) => (index % 2 === 1 ? code(part, maxGraphemes) : withIds(part))).join("");
  // The page may be printed into a job's log, where a line that begins so is a command. The reference reads the same.
  return line.trimStart().startsWith("::") ? line.replace(":", "&#58;") : line;
}

function withIds(part: string): string {
  const pieces = part.split(/\b([0-9a-f]{7,64})\b/);
  return pieces.map((piece, index) => (index % 2 === 1 ? code(piece) : spaced(piece))).join("");
}

/** `escapeMarkdown` drops the spaces at both ends; between two code spans they matter. */
function spaced(part: string): string {
  const escaped = escapeMarkdown(part);
  if (escaped === "") return part === "" ? "" : " ";
  return `${part.startsWith(" ") ? " " : ""}${escaped}${part.endsWith(" ") ? " " : ""}`;
}

/** Any text for a cell of a table; a cell without text shows a dash. */
export function cell(text: string, maxGraphemes = 200): string {
  return prose(text, maxGraphemes).trim() || "–";
}

/** An id or a name, shown as code. */
export function code(text: string, maxGraphemes = 200): string {
  return codeSpan(withoutWorkflowCommands(plain(text, maxGraphemes)), { maxGraphemes: maxGraphemes + 2 });
}

/** A path, shown as code. */
export function path(text: string): string {
  return codeSpan(plainPath(text), { maxGraphemes: 300 });
}

/** A part of the page that a reader opens. The title is ours. */
export function details(title: string, body: string): { head: string; foot: string } {
  const opening = `<details>\n<summary>${title}</summary>\n`;
  return { head: body === "" ? opening : `${opening}\n${body}`, foot: "</details>" };
}

/** A row of a table; the cells are Markdown already. */
export function row(...cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
