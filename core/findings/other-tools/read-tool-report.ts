import { jsonDepthWithin } from "../../json-depth.ts";
import { otherJsonFormat, otherTextFormat, type OtherFormat } from "./other-formats.ts";
import { isCheckstyle, readCheckstyle } from "./read-checkstyle.ts";
import { isEslint, readEslint } from "./read-eslint.ts";
import { isGolangci, readGolangci } from "./read-golangci.ts";
import { isRdDiagnostic, isRdjson, readDiagnostics, readRdjson } from "./read-rdjson.ts";
import { isSarif, readSarif } from "./read-sarif.ts";
import { isPrettyTsc, isTsc, readTsc } from "./read-tsc.ts";
import { refuse, ResultList, type ReadReport } from "./tool-report.ts";

/** Larger files are refused, in bytes: parsed JSON takes several times its text in memory. */
export const largestReport = 100_000_000;

/**
 * Reads one file of another tool in whatever format its content is, whatever its name: SARIF 2.1.0, ESLint's JSON,
 * checkstyle's XML, rdjson and rdjsonl, golangci-lint's JSON, or the lines of `tsc --pretty false`. Other formats are
 * refused by their name and with the way to one that is read. Never throws on what a file can hold.
 */
export function readToolReport(bytes: Uint8Array): ReadReport {
  if (bytes.length > largestReport) return refuse(`it is larger than ${largestReport / 1_000_000} MB`, smaller);
  const text = decode(bytes);
  const head = text.slice(0, 65_536).trimStart();
  if (head === "") return text.trim() === "" ? readNothing() : refuse("it begins with 64 kB of blanks");
  const first = head.charAt(0);
  if ((first === "{" || first === "[") && !isTsc(head)) return readJson(text);
  if (first === "<" && isCheckstyle(head)) return readCheckstyle(text);
  if (isPrettyTsc(head)) return refuse("it is what `tsc` writes for people", "Write it with `tsc --pretty false`.");
  if (isTsc(head)) return readTsc(text);
  return refuseFormat(otherTextFormat(head));
}

const smaller = "Let the tool look at fewer files, or give its reports one by one.";

/** PowerShell redirects in UTF-16; all else is UTF-8, where what is none reads U+FFFD. */
function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

/** Some tools write nothing where they find nothing, and so does one that never ran. */
function readNothing(): ReadReport {
  const results = new ResultList();
  results.addGap("it is empty: the tool found nothing, or it did not run", { anyFile: false });
  return results.done();
}

const deepest = 100;

function readJson(text: string): ReadReport {
  const bytes = Buffer.from(text);
  if (!jsonDepthWithin(bytes, deepest)) return refuse(`its JSON is nested more than ${deepest} deep`);
  if (countOpenings(bytes) > mostValues) return refuse("its JSON has more than 8,000,000 objects and lists", smaller);
  const json = parse(text);
  if (json === undefined) return readLines(text);
  if (isSarif(json)) return readSarif(json);
  if (isRdjson(json)) return readRdjson(json);
  if (isRdDiagnostic(json)) return readDiagnostics([json]);
  if (isGolangci(json)) return readGolangci(json);
  if (isEslint(json)) return readEslint(json);
  return refuseFormat(otherJsonFormat(json));
}

/** A hundred megabytes of `[]` would fill the memory. */
const mostValues = 8_000_000;

/** Of objects and lists; those in texts are counted too. */
function countOpenings(bytes: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === 0x5b || byte === 0x7b) count += 1;
  }
  return count;
}

/** One JSON value a line. */
function readLines(text: string): ReadReport {
  const values: unknown[] = [];
  for (let start = 0; start < text.length;) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, end).trim();
    start = end + 1;
    if (line === "") continue;
    const value = parse(line);
    if (value === undefined || !isRdDiagnostic(value))
      return refuse("it is not valid JSON", "It may have been cut short: write it again.");
    values.push(value);
  }
  return readDiagnostics(values);
}

/** Undefined, which JSON cannot say, when it is not JSON. The error's own text quotes the file, so it is not shown. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refuseFormat(other: OtherFormat | null): ReadReport {
  const read = "SARIF, checkstyle XML, ESLint JSON, rdjson, golangci-lint JSON and `tsc --pretty false` are read";
  if (other === null) return refuse("it is in no format that this version reads", `Choose another: ${read}.`);
  return refuse(`it looks like ${other.name}, which this version does not read`, `Write another format: ${other.how}.`);
}
