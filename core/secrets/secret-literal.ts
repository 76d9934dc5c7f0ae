import { createHash } from "node:crypto";
import type { LintRule, RawFinding } from "../findings/finding.ts";
import { findSecrets, inertText, looksRandom, showPath, type SecretMatch } from "../untrusted/index.ts";

/** Text with the shape of a credential on an added line. */
export const secretLiteralRule: LintRule = {
  id: "secret-literal",
  title: "Text with the shape of a secret",
  help: "Revoke it where it was issued, then read it from the environment or a secret store. Removing the line does not help: it stays in the history.",
  confidence: "medium",
  severity: { human: "error", aiEdited: "error", aiAsIs: "error" },
  secret: true,
};

export interface SecretScan {
  findings: RawFinding[];
  notAnalysed: { path: string; reason: string }[];
}

export interface SecretScanner {
  /** Takes the added lines of a file of the change in ascending order, file by file. */
  addLine: (path: string, line: number, text: string) => void;
  /**
   * Takes the added lines of each commit in the same way. What a later commit removed again is still in the history that
   * a merge brings: it is found at the commit.
   */
  addCommitLine: (commit: string, path: string, line: number, text: string) => void;
  result: () => SecretScan;
}

/** Longer lines are not scanned, and named so: they are generated or data, and could be made to cost minutes. */
export const longestScannedLine = 1_000_000;

/** How many characters are searched at once. */
const blockLength = 200_000;

/**
 * Collects secret-shaped text from added lines as they are read. The value itself is never kept: only kind, place and
 * length, and a digest that tells equal values apart while the scan runs. Lines are searched in blocks, so that a key
 * over several lines is seen whole.
 */
export function secretScanner(): SecretScanner {
  const found: Found[] = [];
  const notAnalysed = new Map<string, string>();
  let block: Block = emptyBlock(null, "");
  const add = (commit: string | null, path: string, line: number, text: string): void => {
    const goesOn = path === block.path && commit === block.commit;
    if (!goesOn || block.length > blockLength) {
      found.push(...searchBlock(block));
      block = emptyBlock(commit, path);
    }
    if (text.length > longestScannedLine) {
      notAnalysed.set(path, `line ${line} has ${text.length} characters and was not searched for secrets`);
      return;
    }
    // Lines that do not follow each other must not look as if they did.
    if (block.lines.length > 0 && block.lines.at(-1)!.number !== line - 1) append(block, 0, separator);
    append(block, line, text);
  };
  return {
    addLine: (path, line, text) => add(null, path, line, text),
    addCommitLine: add,
    result() {
      const all = [...found, ...searchBlock(block)];
      const findings = [...ofChange(all), ...removedAgain(all)];
      return { findings, notAnalysed: Array.from(notAnalysed, ([path, reason]) => ({ path, reason })) };
    },
  };
}

/** A match, where it stands, and a digest of its value. */
interface Found {
  commit: string | null;
  path: string;
  start: number;
  end: number;
  kind: string;
  length: number;
  digest: string;
}

function ofChange(all: readonly Found[]): RawFinding[] {
  return all
    .filter(({ commit }) => commit === null)
    .map(({ path, start, end, kind, length }) => ({
      rule: secretLiteralRule.id,
      place: { kind: "lines", path, start, end },
      message: `This line holds text with the shape of a secret (${kind}, ${length} characters).`,
      identity: kind,
    }));
}

/** Secrets that a commit brings and the change as a whole no longer shows: once each, at the first commit that has it. */
function removedAgain(all: readonly Found[]): RawFinding[] {
  const shown = new Set(all.filter(({ commit }) => commit === null).map(({ digest }) => digest));
  const findings: RawFinding[] = [];
  for (const { commit, path, kind, length, digest } of all) {
    if (commit === null || shown.has(digest)) continue;
    shown.add(digest);
    const where = `${inertText(showPath(path), { maxGraphemes: 200 })} (${kind}, ${length} characters)`;
    const message = `This commit adds text with the shape of a secret to ${where}. Removing it later does not take it out of the history.`;
    findings.push({
      rule: secretLiteralRule.id,
      place: { kind: "commit", sha: commit },
      message,
      identity: `${kind} in ${path}`,
    });
  }
  return findings;
}

/** Added lines of one file, joined; `lines` says where each begins. Number 0 stands for a separator. */
interface Block {
  /** The commit whose lines these are; null for those of the change as a whole. */
  commit: string | null;
  path: string;
  texts: string[];
  lines: { number: number; start: number }[];
  length: number;
}

const separator = "\n#----\n";

function emptyBlock(commit: string | null, path: string): Block {
  return { commit, path, texts: [], lines: [], length: 0 };
}

function append(block: Block, number: number, text: string): void {
  block.lines.push({ number, start: block.length });
  block.texts.push(text);
  block.length += text.length + 1;
}

function searchBlock(block: Block): Found[] {
  const text = block.texts.join("\n");
  return findSecrets(text)
    .filter((match) => isTelling(match, text))
    .map((match) => describe(block, match, text.slice(match.start, match.end)));
}

function describe(block: Block, { kind, start, end }: SecretMatch, value: string): Found {
  const { commit, path } = block;
  const digest = createHash("sha256").update(value).digest("hex");
  return { commit, path, start: lineAt(block, start), end: lineAt(block, end - 1), kind, length: end - start, digest };
}

/** The number of the line that holds a character of the block; for a separator, the line before it. */
function lineAt(block: Block, offset: number): number {
  let low = 0;
  let high = block.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (block.lines[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return block.lines[low]!.number || (block.lines[low - 1]?.number ?? 1);
}

/**
 * The redactor hides whatever may be a secret; a finding holds up a merge, so shapes that a password in a test also has
 * (`secret: "a-secret"`, `user:pass@localhost`) count only when the value looks made by a machine.
 */
function isTelling({ kind, start, end }: SecretMatch, text: string): boolean {
  return !weakKinds.includes(kind) || looksRandom(text.slice(start, end));
}

const weakKinds = ["assigned-secret", "url-credentials", "authorization"];
