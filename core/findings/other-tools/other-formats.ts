import { at, isObject, textAt } from "./json.ts";

/** A format of findings that people have and that is not read: what to call it, and how to get one that is. */
export interface OtherFormat {
  name: string;
  how: string;
}

/** The format that the first characters of a file give away, or null. */
export function otherTextFormat(head: string): OtherFormat | null {
  return textFormats.find(({ is }) => is(head)) ?? null;
}

/** The format that parsed JSON gives away, or null. */
export function otherJsonFormat(json: unknown): OtherFormat | null {
  return jsonFormats.find(({ is }) => is(json, at(json, 0))) ?? null;
}

const textFormats: (OtherFormat & { is: (head: string) => boolean })[] = [
  { name: "a gzip archive", how: "unpack it first", is: (head) => head.startsWith("\x1f\ufffd") },
  { name: "a zip archive", how: "unpack it first", is: (head) => head.startsWith("PK\x03\x04") },
  { name: "PMD's own XML", how: "`pmd check -f sarif`", is: (head) => /<pmd[\s>]/.test(head) },
  { name: "SpotBugs' own XML", how: "`spotbugs -sarif`", is: (head) => head.includes("<BugCollection") },
  {
    name: "JUnit XML",
    how: "most linters that write it write SARIF or checkstyle too",
    is: (head) => /<testsuites?[\s>]/.test(head),
  },
  {
    name: "HTML",
    how: "choose the tool's SARIF or checkstyle output",
    is: (head) => /^<(?:!doctype html|html)/i.test(head),
  },
];

const sarif = (command: string) => `\`${command}\``;

const jsonFormats: (OtherFormat & { is: (json: unknown, first: unknown) => boolean })[] = [
  {
    name: "ruff's own JSON",
    how: sarif("ruff check --output-format sarif"),
    is: (_, first) =>
      textAt(first, "filename") !== null && isObject(at(first, "location")) && at(first, "noqa_row") !== undefined,
  },
  {
    name: "pylint's own JSON",
    how: "ruff has many of its rules (`PL`) and writes SARIF",
    is: (json, first) => textAt(first, "message-id") !== null || textAt(json, "messages", 0, "messageId") !== null,
  },
  {
    name: "oxlint's own JSON",
    how: sarif("oxlint -f sarif"),
    is: (json) => textAt(json, "diagnostics", 0, "filename") !== null,
  },
  {
    name: "bandit's own JSON",
    how: sarif("bandit -f sarif"),
    is: (json) => isObject(at(json, "metrics")) && Array.isArray(at(json, "results")),
  },
  {
    name: "semgrep's own JSON",
    how: sarif("semgrep --sarif"),
    is: (json) => isObject(at(json, "paths")) && Array.isArray(at(json, "results")),
  },
  {
    name: "gosec's own JSON",
    how: sarif("gosec -fmt sarif"),
    is: (json) => at(json, "Golang errors") !== undefined || textAt(json, "GosecVersion") !== null,
  },
  {
    name: "GitLab's code quality JSON",
    how: "choose the tool's SARIF or checkstyle output",
    is: (_, first) => textAt(first, "check_name") !== null && isObject(at(first, "location")),
  },
  {
    name: "PMD's own JSON",
    how: sarif("pmd check -f sarif"),
    is: (json) => textAt(json, "pmdVersion") !== null,
  },
];
