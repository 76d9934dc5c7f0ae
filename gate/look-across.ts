import { runAcross } from "../adapters/sandbox/run-lint.ts";
import type { RawFinding } from "../core/findings/finding.ts";
import { patterns, type FileToLint, type LintedFile, type OtherFile } from "../core/lint/index.ts";
import { fileKind } from "../core/syntax/index.ts";

/** Copies of what is there, and what nothing uses. */
export async function lookAcross(
  { code, others, unused }: { code: FileToLint[]; others: OtherFile[]; unused: LintedFile["unlessUsed"] },
  rules: readonly string[] | null,
): Promise<{ findings: RawFinding[]; reason: string | null }> {
  const isAsked = patterns.some(
    ({ findCopies, rule }) => findCopies !== undefined && (rules?.includes(rule.id) ?? true),
  );
  const names = unused.map(({ name, finding }) => ({ name, path: "path" in finding.place ? finding.place.path : "" }));
  if (code.length === 0 || (!isAsked && names.length === 0)) return { findings: [], reason: null };
  const found = await runAcross({ changed: code, others, names }, rules);
  if ("reason" in found) return { findings: [], reason: `${noCopies}: ${found.reason}` };
  const nowhere = unused.filter((_unused, index) => found.used[index] === false).map(({ finding }) => finding);
  return { findings: [...found.findings, ...nowhere], reason: null };
}

const noCopies = "copies and unused names were not looked for";

/** Of code so much is kept to be compared with the rest of the repository. */
const mostKeptCharacters = 8_000_000;

/** The files as they pass, the code among them kept. */
export async function* keepingCode(
  texts: AsyncIterable<FileToLint>,
  code: FileToLint[],
): AsyncGenerator<FileToLint, void, undefined> {
  let left = mostKeptCharacters;
  for await (const file of texts) {
    const { path, head } = file;
    if (head !== null && fileKind(path) !== null && head.length < Math.min(left, largestCompared)) {
      left -= head.length;
      code.push({ ...file, base: file.base === null ? null : "" });
    }
    yield file;
  }
}

/** A larger file is data, or generated. */
const largestCompared = 300_000;
