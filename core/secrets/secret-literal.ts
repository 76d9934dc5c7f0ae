import type { LintRule, RawFinding } from "../findings/finding.ts";
import { findSecrets, looksRandom, type SecretMatch } from "../untrusted/index.ts";

/** Text with the shape of a credential on an added line. */
export const secretLiteralRule: LintRule = {
  id: "secret-literal",
  title: "Text with the shape of a secret",
  help: "Revoke it where it was issued, then read it from the environment or a secret store. Removing the line does not help: it stays in the history.",
  confidence: "medium",
  severity: { human: "error", aiEdited: "error", aiAsIs: "error" },
};

export interface SecretScan {
  findings: RawFinding[];
  notAnalysed: { path: string; reason: string }[];
}

export interface SecretScanner {
  /** Takes the added lines of a file in ascending order, file by file. */
  addLine: (path: string, line: number, text: string) => void;
  result: () => SecretScan;
}

/** Longer lines are not scanned, and named so: they are generated or data, and could be made to cost minutes. */
export const longestScannedLine = 1_000_000;

/** How many characters are searched at once. */
const blockLength = 200_000;

/**
 * Collects secret-shaped text from added lines as they are read. The value itself is never kept: only kind, place and
 * length. Lines are searched in blocks, so that a key over several lines is seen whole.
 */
export function secretScanner(): SecretScanner {
  const findings: RawFinding[] = [];
  const notAnalysed = new Map<string, string>();
  let block: Block = emptyBlock("");
  const flush = (): void => {
    findings.push(...searchBlock(block));
    block = emptyBlock(block.path);
  };
  return {
    addLine(path, line, text) {
      if (path !== block.path || block.length > blockLength) flush();
      if (path !== block.path) block = emptyBlock(path);
      if (text.length > longestScannedLine) {
        notAnalysed.set(path, `line ${line} has ${text.length} characters and was not searched for secrets`);
        return;
      }
      // Lines that do not follow each other must not look as if they did.
      if (block.lines.length > 0 && block.lines.at(-1)!.number !== line - 1) append(block, 0, separator);
      append(block, line, text);
    },
    result() {
      flush();
      return { findings, notAnalysed: Array.from(notAnalysed, ([path, reason]) => ({ path, reason })) };
    },
  };
}

/** Added lines of one file, joined; `lines` says where each begins. Number 0 stands for a separator. */
interface Block {
  path: string;
  texts: string[];
  lines: { number: number; start: number }[];
  length: number;
}

const separator = "\n#----\n";

function emptyBlock(path: string): Block {
  return { path, texts: [], lines: [], length: 0 };
}

function append(block: Block, number: number, text: string): void {
  block.lines.push({ number, start: block.length });
  block.texts.push(text);
  block.length += text.length + 1;
}

function searchBlock(block: Block): RawFinding[] {
  const text = block.texts.join("\n");
  return findSecrets(text)
    .filter((match) => isTelling(match, text))
    .map((match) => describe(block, match));
}

function describe(block: Block, { kind, start, end }: SecretMatch): RawFinding {
  const place = { kind: "lines" as const, path: block.path, start: lineAt(block, start), end: lineAt(block, end - 1) };
  const message = `This line holds text with the shape of a secret (${kind}, ${end - start} characters).`;
  return { rule: secretLiteralRule.id, place, message, identity: kind };
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
