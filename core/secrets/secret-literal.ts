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

/** Longer lines are not scanned, and named so: they are generated or data, and could be made to cost minutes. */
export const longestScannedLine = 1_000_000;

/** Collects secret-shaped text from added lines as they are read. The value itself is never kept: only kind, place and length. */
export function secretScanner(): {
  addLine: (path: string, line: number, text: string) => void;
  result: () => SecretScan;
} {
  const findings: RawFinding[] = [];
  const notAnalysed = new Map<string, string>();
  return {
    addLine(path, line, text) {
      if (text.length > longestScannedLine) {
        notAnalysed.set(path, `line ${line} has ${text.length} characters and was not searched for secrets`);
        return;
      }
      for (const match of findSecrets(text).filter((found) => isTelling(found, text))) {
        const length = match.end - match.start;
        const place = { kind: "lines" as const, path, start: line, end: line };
        const message = `This line holds text with the shape of a secret (${match.kind}, ${length} characters).`;
        findings.push({ rule: secretLiteralRule.id, place, message, identity: match.kind });
      }
    },
    result: () => ({ findings, notAnalysed: Array.from(notAnalysed, ([path, reason]) => ({ path, reason })) }),
  };
}

/**
 * The redactor hides whatever may be a secret; a finding holds up a merge, so shapes that a password in a test also has
 * (`secret: "a-secret"`, `user:pass@localhost`) count only when the value looks made by a machine.
 */
function isTelling({ kind, start, end }: SecretMatch, text: string): boolean {
  return !weakKinds.includes(kind) || looksRandom(text.slice(start, end));
}

const weakKinds = ["assigned-secret", "url-credentials", "authorization"];
