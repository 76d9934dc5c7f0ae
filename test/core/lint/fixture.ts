import type { Parse } from "../../../adapters/sandbox/parser.ts";
import { collect, findPatterns, findTextPatterns, plainTextFile, textFile } from "../../../core/lint/find-patterns.ts";
import type { RawFinding } from "../../../core/findings/finding.ts";
import { lintAcross } from "../../../core/lint/lint-across.ts";
import type { Pattern } from "../../../core/lint/pattern.ts";
import { fileKind, SourceFile } from "../../../core/syntax/index.ts";

/** A fixture without its marks, and the lines that they expect. */
export interface Fixture {
  text: string;
  expected: number[];
  hasOk: boolean;
}

/** `// NOT OK` ends its line, or stands alone before it. The marks are taken out: a rule may look at comments. */
export function readFixture(name: string, marked: string): Fixture {
  const expected: number[] = [];
  const lines = marked.split("\n").map((line, index) => {
    const mark = markIn(line);
    if (mark === null) return line;
    const isAlone = line.slice(0, mark.index).trim() === "";
    if (mark[1] !== undefined) expected.push(index + (isAlone ? 2 : 1));
    return line.slice(0, mark.index).trimEnd();
  });
  return {
    text: lines.join("\n"),
    expected,
    hasOk: marked.split("\n").some((line) => markIn(line)?.[1] === undefined && markIn(line) !== null),
  };
}

function markIn(line: string): RegExpExecArray | null {
  return /(?:\/\/|#|--|\/\*|<!--) ?(NOT )?OK(?::.*)?$/.exec(line);
}

/** The lines on which a pattern reports something, ascending, each once. */
export function findInFixture(
  { name, text, base }: { name: string; text: string; base: string | null },
  pattern: Pattern,
  parse: Parse,
): number[] {
  const head = read(name, text, parse);
  const found = [
    ...(head === null ? [] : findPatterns(head, [pattern])),
    ...findTextPatterns(head === null ? plainTextFile(name, text) : textFile(head), [pattern]),
    ...copiesIn(name, text, pattern),
    ...(base === null || pattern.compare === undefined
      ? []
      : collect(pattern, { path: name, text }, (report) =>
          pattern.compare!({ base: read(name, base, parse), head }, report),
        )),
  ];
  const lines = found.map(({ place }) => (place.kind === "lines" ? place.start : 0));
  return [...new Set(lines)].sort((a, b) => a - b);
}

function copiesIn(path: string, head: string, pattern: Pattern): RawFinding[] {
  if (pattern.findCopies === undefined) return [];
  return lintAcross({ changed: [{ path, base: null, head, hunks: [] }], others: [], names: [] }, [pattern]).findings;
}

/** Parsed, and whole: a fixture that its grammar cannot read proves nothing. */
function read(name: string, text: string, parse: Parse): SourceFile | null {
  const kind = fileKind(name);
  if (kind === null) return null;
  const parsed = parse(text, kind.grammar);
  if ("reason" in parsed) throw new Error(`${name} was not parsed: ${parsed.reason}`);
  if (parsed.tree.unread.length > 0) throw new Error(`${name}:${parsed.tree.unread[0]!.line} is no ${kind.language}`);
  return new SourceFile(name, parsed.tree);
}
