import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import {
  describeProblem,
  mergeReports,
  readCoverage,
  standardLimits,
  type CoverageProblem,
  type RawReport,
  type ReadResult,
  type SizeLimits,
} from "../../core/coverage/index.ts";
import { noFileMatches } from "../../core/change/missing-coverage.ts";
import type { CoverageReport } from "../../core/coverage/report.ts";
import { absent, present, type Evidence } from "../../core/evidence.ts";
import { Problem } from "../../core/problem.ts";
import { inertText, showPath } from "../../core/untrusted/index.ts";
import { findCoverageFiles, findTracked, type CoveragePlaces } from "./find-coverage-files.ts";

export { defaultCoveragePatterns, findDefaultCoverage } from "./find-coverage-files.ts";

export interface CoverageFilesRequest extends CoveragePlaces {
  /** Every file of the tested tree, relative to the repository's root. */
  treePaths: readonly string[];
  /** The commit whose tree was tested. */
  tree: string;
  /** Reports that git tracks are refused as evidence: every file of the checked-out tree, relative to the repository's root. */
  tracked?: { paths: readonly string[]; side: "head" | "base" };
  /** Larger files are refused. */
  limits?: SizeLimits;
}

/**
 * Reads the coverage of one tree from all its report files. Absent when a pattern matches no file, with the pattern: a
 * shard that was lost must not look like lines that nobody tested; absent too when the change itself brought a file,
 * for then its author wrote the result. Throws a `Problem` that lists everything wrong with
 * the files that are there.
 */
export async function readCoverageFiles(request: CoverageFilesRequest): Promise<Evidence<CoverageReport>> {
  const { files, missing, refused } = await findCoverageFiles(request);
  if (request.patterns.length === 0) return absent("no coverage report was named");
  if (refused.length > 0) throw brokenReports(refused, "Give the file itself.");
  if (missing.length > 0) return absent(noFileMatches(missing.map(quote)));
  const committed = await whyCommitted(files, request);
  if (committed !== null) return absent(committed);
  const reports: RawReport[] = [];
  const problems: CoverageProblem[] = [];
  for (const file of files) {
    const result = await readReport(file, request);
    if (result.ok) reports.push(result.raw);
    else problems.push(result.problem);
  }
  const [first, ...rest] = reports;
  if (problems.length > 0 || first === undefined) throw brokenReports(problems.map(describeProblem), repair);
  const { tree: commit, treePaths: paths, repositoryRoot } = request;
  const merged = mergeReports([first, ...rest], { commit, paths, repositoryRoot });
  if (!merged.ok) throw brokenReports([describeProblem(merged.problem)], repair);
  return present(merged.report);
}

async function whyCommitted(files: readonly string[], request: CoverageFilesRequest): Promise<string | null> {
  const { tracked } = request;
  const [file] = tracked === undefined ? [] : await findTracked(files, request, tracked.paths);
  if (tracked === undefined || file === undefined) return null;
  const saysNothing = tracked.side === "base" ? "says nothing about the base" : "is of no test run";
  return `${showPath(file)} is a file of the change itself, tracked by git, so it ${saysNothing}`;
}

const repair = "Mend or remove these reports; docs/coverage.md says what is read.";

async function readReport(name: string, { cwd, limits = standardLimits }: CoverageFilesRequest): Promise<ReadResult> {
  const bytes = await readBytes(resolve(cwd, name), Math.max(limits.lcov, limits.json));
  return typeof bytes === "string" ? refuse(name, bytes) : readCoverage(bytes, name, limits);
}

/** The file's bytes, or why there are none. */
async function readBytes(path: string, limit: number): Promise<Uint8Array | string> {
  try {
    const { size } = await stat(path);
    return size > limit ? `the file has ${size} bytes; the limit is ${limit}` : await readFile(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return `it could not be read (${code})`;
  }
}

function refuse(source: string, what: string): ReadResult {
  return { ok: false, problem: { source, what, fix: "Give a file that can be read, in shards if it is large." } };
}

function brokenReports(lines: readonly string[], fix: string): Problem {
  const [only] = lines;
  if (lines.length === 1) return new Problem(`The coverage report cannot be used: ${only ?? ""}`, fix);
  return new Problem(`These coverage reports cannot be used:\n${lines.map((line) => `  ${line}`).join("\n")}`, fix);
}

function quote(pattern: string): string {
  return `\`${inertText(pattern)}\``;
}
