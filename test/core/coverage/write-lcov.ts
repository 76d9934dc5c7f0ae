import type { FileCoverage } from "../../../core/coverage/report.ts";

/** Which of the format's ways to write with: all of them mean the same. */
export interface LcovStyle {
  lineBreak: "\n" | "\r\n";
  /** `FNL` and `FNA` of lcov 2.2, or `FN` and `FNDA`. */
  functionGroups: boolean;
  /** Number blocks through the whole file, as istanbul does. */
  globalBlocks: boolean;
  checksums: boolean;
}

/** Writes files as an lcov report. Names of functions must hold no line break, and no comma after a number. */
export function writeLcov(files: readonly FileCoverage[], style: LcovStyle): string {
  return files.map((file) => section(file, style).join(style.lineBreak) + style.lineBreak).join("");
}

function section(file: FileCoverage, style: LcovStyle): string[] {
  return [
    "TN:",
    `SF:${file.path}`,
    ...file.functions.flatMap((declared, index) => functionRecords(declared, index, style)),
    ...branchRecords(file, style),
    ...file.lines.numbers.map(
      (line, index) => `DA:${line},${file.lines.hits[index]}${style.checksums ? ",a+b/c" : ""}`,
    ),
    `LF:${file.lines.numbers.length}`,
    "end_of_record",
  ];
}

function functionRecords(declared: FileCoverage["functions"][number], index: number, style: LcovStyle): string[] {
  const { name, line, endLine, hits } = declared;
  const places = endLine === null ? `${line}` : `${line},${endLine}`;
  if (style.functionGroups) return [`FNL:${index},${places}`, `FNA:${index},${hits},${name}`];
  return [`FN:${places},${name}`, `FNDA:${hits},${name}`];
}

function branchRecords({ branches }: FileCoverage, { globalBlocks }: LcovStyle): string[] {
  const blocks = new Map<string, number>();
  return branches.map(({ line, block, arm, hits }) => {
    const key = `${line}.${block}`;
    if (!blocks.has(key)) blocks.set(key, blocks.size);
    return `BRDA:${line},${globalBlocks ? blocks.get(key) : block},${arm},${hits ?? "-"}`;
  });
}
