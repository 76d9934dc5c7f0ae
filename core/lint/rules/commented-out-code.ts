import type { Comment } from "../../syntax/index.ts";
import { lineKind, type LineKind } from "../code-lines.ts";
import type { Pattern, Report, TextFile } from "../pattern.ts";

/** Code that is kept in comments. Three lines or more: a single line is too often an example. */
export const commentedOutCode: Pattern = {
  rule: {
    id: "commented-out-code",
    title: "Code is commented out",
    help: "Delete it: the history keeps it.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "notice", aiAsIs: "warning" },
  },
  languages: [],
  trigger: /(?:#|\/\/|\*)[^\n]{0,200}[(={;:]/,
  findInText(file, report) {
    if (!codePath.test(file.path)) return;
    for (const block of blocksOf(file)) reportCode(block, report);
  },
};

/** Files of settings show in comments what can be set. */
const codePath =
  /\.(?:[cm]?[jt]sx?|pyi?w?|go|java|kts?|scala|groovy|rb|rake|php|cs|fs|swift|rs|c|cc|cpp|cxx|h|hh|hpp|m|mm|dart|lua|ex|exs|vue|svelte|r|jl|pl|pm)$/i;

interface Line {
  number: number;
  text: string;
  kind: LineKind;
}

/** Lines of comments that follow each other, and stand alone on their lines. */
function blocksOf(file: TextFile): Line[][] {
  const blocks: Line[][] = [];
  let last: Line[] = [];
  let isOpen = false;
  for (const comment of file.comments) {
    const isBlock = comment.text.startsWith("/*");
    const isAlone = /^\s*\{?\s*$/.test(before(file, comment));
    if (isDocs(comment) || !isAlone) {
      isOpen = false;
      continue;
    }
    const lines = linesOf(comment);
    const follows = isOpen && !isBlock && isNext(file, last.at(-1)?.number ?? 0, comment.line);
    if (follows) last.push(...lines);
    else blocks.push((last = lines));
    isOpen = !isBlock;
  }
  return blocks.filter(({ length }) => length >= fewest);
}

const fewest = 3;

/** On the next line, or after one that is empty. */
function isNext({ lines }: TextFile, last: number, line: number): boolean {
  return line === last + 1 || (line === last + 2 && lines[last]?.trim() === "");
}

function before(file: TextFile, comment: Comment): string {
  const start = file.text.lastIndexOf("\n", comment.start - 1) + 1;
  return comment.start - start > 400 ? "x" : file.text.slice(start, comment.start);
}

/** What is written for the docs shows how to use a thing. */
function isDocs({ text }: Comment): boolean {
  return /^(?:\/\*\*(?!\/)|\/\/\/|\/\/!|\/\*!|#:|#!|# ?%%|#')/.test(text);
}

function linesOf(comment: Comment): Line[] {
  return comment.text.split("\n").map((whole, index) => {
    const text = whole
      .slice(0, 1000)
      .replace(/^\s*(?:\/\/+|#+|\/\*+|\*(?!\/)|--+|;+|<!--)?/, "")
      .replace(/(?:\*\/|-->)\s*$/, "");
    return { number: comment.line + index, text, kind: lineKind(text) };
  });
}

/** Stretches of code without prose in between. */
function reportCode(block: readonly Line[], report: Report): void {
  let stretch: Line[] = [];
  let prose: Line | null = null;
  const end = () => {
    const code = stretch.filter(({ kind }) => kind !== "blank");
    const sure = code.filter(({ kind }) => kind === "code").length;
    const [first] = code;
    const last = code.at(-1);
    const isEnough = code.length >= fewest && (sure >= 2 || isBraced(code)) && sure * 3 >= code.length;
    if (first !== undefined && last !== undefined && isEnough && !isShown(prose, first, code))
      report({ line: first.number, endLine: last.number }, `${code.length} lines of code are commented out.`);
    stretch = [];
  };
  for (const line of block) {
    if (line.kind !== "prose") stretch.push(line);
    else {
      end();
      prose = line;
    }
  }
  end();
}

/** `if (x) {`, what is in it, and its end. */
function isBraced(code: readonly Line[]): boolean {
  return code[0]?.kind === "code" && /\{\s*$/.test(code[0].text) && code.some(({ text }) => /^\s*\}/.test(text));
}

/** Prose before it says that this is an example, or sets it off from itself as one does with examples. */
function isShown(prose: Line | null, first: Line, code: readonly Line[]): boolean {
  if (prose === null) return false;
  if (/^\s*(?:(?:unordered )?output:|<\/?\w+>\s*$)/i.test(prose.text)) return true;
  const isNear = first.number - prose.number <= 2;
  if (
    isNear &&
    /\b(?:old|previous(?:ly)?|legacy|disabled|removed?|unused|dead|commented|original(?:ly)?)\b/i.test(prose.text)
  )
    return false;
  if (/[:：]\s*$/.test(prose.text) || exampleWords.test(prose.text)) return true;
  return code.every(({ text }) => indentOf(text) > indentOf(prose.text) + 1);
}

const exampleWords =
  /\b(?:examples?|usage|e\.g|i\.e|for instance|such as|equivalent|following|as follows|output|becomes?|looks? like|pseudo|similar to|corresponds|expands?|compiles? to|generate[sd]?|turns? into|instead of|roughly|essentially|basically|means|snippet|sample|format|syntax|structure|layout)\b/i;

function indentOf(text: string): number {
  return /^[ \t]*/.exec(text.replace(/\t/g, "    "))?.[0].length ?? 0;
}
