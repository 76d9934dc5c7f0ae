import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { lintFile, patterns, type Parse } from "../../core/lint/index.ts";
import { isTestFile } from "../../core/lint/test-files.ts";
import { fileKind, type Language } from "../../core/syntax/index.ts";

/** How much is reported in code that people have kept clean for years: most of it is noise. */
export interface Mature {
  /** The folder's name, with the language where it holds more than one. */
  name: string;
  commit: string | null;
  language: Language;
  files: number;
  /** Lines that are not blank. */
  lines: number;
  /** Findings of each rule that has any. */
  findings: Record<string, number>;
}

/** Without the tests, what is generated, and `new-suppression`, which only counts what a change brings. */
export const matureRules = patterns.filter(({ rule }) => rule.id !== "new-suppression");

/** Each language of a folder with at least 1000 lines of it. `DIR` or `name=DIR`; a file COMMIT in it names the commit. */
export function measureMature(given: string, parse: Parse, seen: (line: string) => void = () => {}): Mature[] {
  const [label, ...rest] = given.includes("=") ? given.split("=") : [basename(resolve(given)), given];
  const folder = rest.join("=");
  const sums = new Map<Language, Mature>();
  for (const path of globSync("**/*", { cwd: folder, exclude: ["**/node_modules/**", "**/vendor/**"] }).toSorted()) {
    const language = fileKind(path)?.language;
    if (language === undefined || isTestFile(path) || path.endsWith(".d.ts")) continue;
    if (!statSync(join(folder, path)).isFile()) continue;
    const text = readFileSync(join(folder, path), "utf8");
    if (isGenerated(text)) continue;
    const empty: Mature = { name: label!, commit: commitOf(folder), language, files: 0, lines: 0, findings: {} };
    const sum = sums.get(language) ?? empty;
    sums.set(language, sum);
    sum.files += 1;
    sum.lines += text.split("\n").filter((line) => line.trim() !== "").length;
    for (const { rule, place, message } of lintFile({ path, base: null, head: text, hunks: [] }, matureRules, parse)
      .findings) {
      sum.findings[rule] = (sum.findings[rule] ?? 0) + 1;
      seen(`${rule} ${language} ${folder}/${path}:${place.kind === "lines" ? place.start : 1} ${message}`);
    }
  }
  return [...sums.values()].filter(({ lines }) => lines >= 1000);
}

function isGenerated(text: string): boolean {
  return /^(?:\/\/|#|\/\*) *(?:@generated|Code generated .* DO NOT EDIT)/im.test(text.slice(0, 2000));
}

function commitOf(folder: string): string | null {
  const file = join(folder, "COMMIT");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  try {
    const args = ["-C", folder, "rev-parse", "HEAD"];
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    // No repository: an unpacked archive without its commit.
    return null;
  }
}
