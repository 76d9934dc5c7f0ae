import { runLint } from "../adapters/sandbox/run-lint.ts";
import { readToolReports } from "../adapters/workspace/read-tool-reports.ts";
import { findSourceFiles, readSourceFile } from "../adapters/workspace/find-source-files.ts";
import { sameTree } from "../core/coverage/index.ts";
import { weighFindings, withoutRepeats, type RawFinding } from "../core/findings/index.ts";
import { allMoved, type FileToLint, type LintedFile } from "../core/lint/index.ts";
import type { LintReport } from "../core/report/index.ts";
import { allLintRules } from "../core/rules.ts";
import { engine } from "./engine.ts";
import { keepingCode, lookAcross } from "./look-across.ts";
import { placeFindings, type OtherTools } from "./read-other-tools.ts";

/**
 * What the patterns see in files of the disk, which stand in no change: every finding counts, and nobody is known to have
 * written the lines. `names` are files, folders and patterns; `rules` are ids, null: all; `findings` are reports of other
 * tools.
 * @throws {Problem} for a name that stands for no file
 */
export async function lintFiles(
  names: readonly string[],
  { cwd, rules, findings: patterns }: { cwd: string; rules: readonly string[] | null; findings: readonly string[] },
): Promise<LintReport> {
  const paths = await findSourceFiles(names, cwd);
  const unread: LintReport["notAnalysed"] = [];
  const linted: LintedFile[] = [];
  const code: FileToLint[] = [];
  for await (const file of runLint(keepingCode(textsOf(paths, cwd, unread), code), rules)) linted.push(file);
  // Whatever else uses a name is not among these files.
  const across = await lookAcross({ code, others: [], unused: [] }, rules);
  const others = await readOthers(patterns, paths, cwd);
  const isAsked = ({ rule }: RawFinding) => rules === null || rules.includes(rule);
  const seen = [...allMoved(linted), ...across.findings, ...others.findings.filter(isAsked)];
  const findings = weighFindings(withoutRepeats(seen), {
    rules: allLintRules,
    authorship: { files: new Map() },
    writerOfCommit: () => null,
    ai: { ofLine: () => "no", ofCommit: () => "no" },
  });
  return {
    engine,
    findings,
    notAnalysed: [...linted.flatMap(({ notAnalysed }) => notAnalysed), ...unread, ...others.notAnalysed],
    change: null,
  };
}

/** What other tools reported of these files. That they looked at more files is no news. */
async function readOthers(patterns: readonly string[], paths: readonly string[], cwd: string): Promise<OtherTools> {
  if (patterns.length === 0) return { findings: [], notAnalysed: [] };
  const { reports, notAnalysed } = await readToolReports({ patterns, cwd, repositoryRoot: cwd, side: "head" });
  const placed = placeFindings(reports, { paths, root: cwd, wanted: new Set(paths), isPart: true }, sameTree);
  return {
    findings: placed.findings.map(({ finding }) => finding),
    notAnalysed: [...notAnalysed, ...placed.notAnalysed],
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
