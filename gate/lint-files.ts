import { runLint } from "../adapters/sandbox/run-lint.ts";
import { findSourceFiles, readSourceFile } from "../adapters/workspace/find-source-files.ts";
import { weighFindings } from "../core/findings/index.ts";
import { allMoved, type FileToLint, type LintedFile } from "../core/lint/index.ts";
import type { LintReport } from "../core/report/index.ts";
import { allLintRules } from "../core/rules.ts";
import { engine } from "./engine.ts";

/**
 * What the patterns see in files of the disk, which stand in no change: every finding counts, and nobody is known to have
 * written the lines. `names` are files, folders and patterns; `rules` are ids, null: all.
 * @throws {Problem} for a name that stands for no file
 */
export async function lintFiles(
  names: readonly string[],
  { cwd, rules }: { cwd: string; rules: readonly string[] | null },
): Promise<LintReport> {
  const paths = await findSourceFiles(names, cwd);
  const unread: LintReport["notAnalysed"] = [];
  const linted: LintedFile[] = [];
  for await (const file of runLint(textsOf(paths, cwd, unread), rules)) linted.push(file);
  const findings = weighFindings(allMoved(linted), {
    rules: allLintRules,
    authorship: { files: new Map() },
    writerOfCommit: () => null,
    ai: { ofLine: () => "no", ofCommit: () => "no" },
  });
  return {
    engine,
    findings,
    notAnalysed: [...linted.flatMap(({ notAnalysed }) => notAnalysed), ...unread],
    change: null,
  };
}

async function* textsOf(
  paths: readonly string[],
  cwd: string,
  unread: LintReport["notAnalysed"],
): AsyncGenerator<FileToLint, void, undefined> {
  for (const path of paths) {
    const { text, reason } = await readSourceFile(path, cwd);
    if (text === null) unread.push({ path, reason: reason ?? "it holds no text" });
    else yield { path, base: null, head: text, hunks: [] };
  }
}
