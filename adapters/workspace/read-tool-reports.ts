import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import {
  largestReport,
  readToolReport,
  type NotAnalysed,
  type ReadReport,
  type ToolReport,
} from "../../core/findings/index.ts";
import { errorCode, Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { findCoverageFiles, findTracked, type CoveragePlaces } from "./find-coverage-files.ts";

/** Which files of other tools to read. */
export interface ToolReportsRequest extends CoveragePlaces {
  side: "head" | "base";
  /** What git tracks is refused as evidence: every file of the checked-out tree, relative to the repository's root. */
  tracked?: readonly string[];
}

/** What the files hold. */
export interface ToolReports {
  reports: { name: string; report: ToolReport }[];
  /** What was named and is not there, or is no evidence. */
  notAnalysed: NotAnalysed[];
}

/**
 * Reads the findings of other tools from all files that were named. A pattern that matches no file, and a file that the
 * change itself brought, are told with their reason: nobody knows what the tool found. Throws a `Problem` that lists
 * everything wrong with the files that are there.
 */
export async function readToolReports(request: ToolReportsRequest): Promise<ToolReports> {
  const { files, missing, refused } = await findCoverageFiles(request);
  if (refused.length > 0) throw brokenReports(refused, "Give the file itself.");
  const tracked = request.tracked === undefined ? [] : await findTracked(files, request, request.tracked);
  const reports: ToolReports["reports"] = [];
  const broken: string[] = [];
  for (const name of files.filter((file) => !tracked.includes(file))) {
    const read = await readOne(resolve(request.cwd, name));
    if (read.ok) reports.push({ name, report: read.report });
    else broken.push(`${showPath(name)}: ${read.refusal.what}. ${read.refusal.fix}`);
  }
  if (broken.length > 0) throw brokenReports(broken, "Mend or remove them; docs/other-tools.md says what is read.");
  // What the base had only takes findings away: without it more count, and nothing is unknown.
  const anyFile = request.side === "head" ? { anyFile: true as const } : {};
  return {
    reports,
    notAnalysed: [
      ...missing.map((path) => ({ path, reason: absentFile[request.side], ...anyFile })),
      ...tracked.map((path) => ({ path, reason: committed[request.side], ...anyFile })),
    ],
  };
}

const absentFile = {
  head: "no file matches, so what the tool found is unknown",
  base: "no file matches, so what the tool found at the base is unknown",
};

const committed = {
  head: "it is a file of the change itself, tracked by git, so it is of no run of the tool",
  base: "it is a file of the change itself, tracked by git, so it says nothing about the base",
};

async function readOne(path: string): Promise<ReadReport> {
  const fix = "Give a file that can be read.";
  try {
    const { size } = await stat(path);
    if (size > largestReport)
      return { ok: false, refusal: { what: `it has ${size} bytes; the limit is ${largestReport}`, fix } };
    return readToolReport(await readFile(path));
  } catch (error) {
    return { ok: false, refusal: { what: `it could not be read (${errorCode(error)})`, fix } };
  }
}

function brokenReports(lines: readonly string[], fix: string): Problem {
  const [only] = lines;
  if (lines.length === 1) return new Problem(`The findings cannot be used: ${only ?? ""}`, fix);
  return new Problem(`These findings cannot be used:\n${lines.map((line) => `  ${line}`).join("\n")}`, fix);
}
