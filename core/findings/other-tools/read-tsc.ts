import { badLine, largestLine, refuse, ResultList, type ReadReport } from "./tool-report.ts";

const mark = /: (error|warning|message) (TS\d{1,6}): /;

/** Whether some line near the start is one that `tsc --pretty false` writes; scripts put lines of their own before them. */
export function isTsc(head: string): boolean {
  return head.split("\n").some((line) => mark.test(line.slice(0, longestLine)) || isGlobal(line));
}

/** Colours, or the place before a dash: what `tsc` writes for people. */
export function isPrettyTsc(head: string): boolean {
  return /\x1b\[\d+m(?:error|warning)\x1b|:\d+:\d+ - (?:error|warning) (?:\x1b\[[\d;]*m)?TS\d/.test(head);
}

/**
 * Reads what `tsc --pretty false` prints: `src/a.ts(12,5): error TS2322: …`, one line each; what follows indented explains
 * it further. An error of no file is a gap: nobody knows what `tsc` would have found.
 */
export function readTsc(text: string): ReadReport {
  const results = new ResultList();
  for (let start = 0; start < text.length;) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, Math.min(end, start + longestLine));
    start = end + 1;
    if (isGlobal(line)) results.addGap(`tsc reports ${/TS\d{1,6}/.exec(line)?.[0] ?? "an error"}, which is of no file`);
    const read = readLine(line);
    if (read === null) continue;
    const { path, line: number, word, rule, message } = read;
    if (number < 1 || number > largestLine) return refuse(badLine);
    const severity = word === "error" ? "error" : word === "warning" ? "warning" : "notice";
    results.add({ ...{ tool: "tsc", rule, path, message, severity }, lines: { start: number, end: number } });
  }
  return results.done();
}

const longestLine = 10_000;

function isGlobal(line: string): boolean {
  return /^error TS\d{1,6}: /.test(line);
}

function readLine(line: string) {
  const found = mark.exec(line);
  if (found === null) return null;
  const [whole, word = "", rule = ""] = found;
  const place = line.slice(0, found.index);
  // A path may hold brackets of its own.
  const open = place.lastIndexOf("(");
  const numbers = /^\((-?\d{1,12}),\d{1,12}\)$/.exec(place.slice(open));
  if (open < 1 || numbers === null) return null;
  const message = line.slice(found.index + whole.length).trimEnd();
  return { path: place.slice(0, open), line: Number(numbers[1]), word, rule, message };
}
