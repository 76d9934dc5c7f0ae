import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Authorship, Verdict, WrittenLines } from "../../../core/change/authorship.ts";
import type { Change, ChangedFile } from "../../../core/change/change.ts";
import { addedLines, type Hunk } from "../../../core/change/line-map.ts";
import { canonicalFile } from "../../../core/coverage/merge-files.ts";
import { readLcov } from "../../../core/coverage/read-lcov.ts";
import type { CoverageReport, FileCoverage } from "../../../core/coverage/report.ts";

export const mergeBase = sha("merge base");
export const head = sha("head");

export function sha(name: string): string {
  return createHash("sha1").update(name).digest("hex");
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const fixtures = join(import.meta.dirname, "../../fixtures/coverage/reports");

export function fixture(name: string): Uint8Array {
  return readFileSync(join(fixtures, name));
}

/** One file: hits by line, and what else is given. */
export function file(path: string, hits: Record<number, number>, rest: Partial<FileCoverage> = {}): FileCoverage {
  const numbers = Object.keys(hits).map(Number);
  return canonicalFile({
    path,
    lines: { numbers, hits: Object.values(hits) },
    branches: [],
    functions: [],
    regions: [],
    ...rest,
  });
}

/** The arms of one branch point. */
export function branch(line: number, hits: readonly (number | null)[], block = "0"): FileCoverage["branches"] {
  return hits.map((taken, arm) => ({ line, block, arm: String(arm), hits: taken, column: null, type: null }));
}

export function report(files: readonly FileCoverage[], rest: Partial<CoverageReport> = {}): CoverageReport {
  return {
    format: "lcov",
    instrumenter: "lcov",
    tree: head,
    sources: ["lcov.info"],
    files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    unmatched: [],
    notes: [],
    ...rest,
  };
}

/** The files of an lcov text that must be sound. */
export function lcovFiles(text: string | Uint8Array): FileCoverage[] {
  const reading = readLcov(typeof text === "string" ? bytes(text) : text, "lcov.info");
  if (!reading.ok) throw new Error(`${reading.problem.line ?? "?"}: ${reading.problem.what}`);
  return reading.value;
}

/** `@@ -1,2 +3,4 @@` as a hunk; git leaves out a count of 1. */
export function hunk(text: string): Hunk {
  const [oldSide = "", newSide = ""] = text.replaceAll("@@", "").trim().split(" ");
  const [oldStart = 0, oldLines = 1] = oldSide.slice(1).split(",").map(Number);
  const [newStart = 0, newLines = 1] = newSide.slice(1).split(",").map(Number);
  return { oldStart, oldLines, newStart, newLines };
}

export function changed(path: string, hunks: readonly string[], rest: Partial<ChangedFile> = {}): ChangedFile {
  const parsed = hunks.map(hunk);
  return {
    path,
    previousPath: null,
    status: "modified",
    kind: "text",
    oldMode: "100644",
    newMode: "100644",
    oldBlob: sha(`old ${path}`),
    newBlob: sha(`new ${path}`),
    symlinkTarget: null,
    validUtf8: true,
    hunks: parsed,
    addedLines: parsed.reduce((sum, { newLines }) => sum + newLines, 0),
    deletedLines: parsed.reduce((sum, { oldLines }) => sum + oldLines, 0),
    ...rest,
  };
}

export function changeOf(files: readonly ChangedFile[]): Change {
  return {
    id: "local@a..b",
    event: "local",
    repository: null,
    base: { name: "main", sha: mergeBase },
    head: { name: null, sha: head },
    mergeBase,
    uncommitted: null,
    commits: [],
    files: [...files],
    incomplete: [],
  };
}

/** Who wrote the added lines: `verdictOf` line by line. */
export function authorshipOf(change: Change, verdictOf: (path: string, line: number) => Verdict): Authorship {
  const files = change.files.map(({ path, hunks }) => {
    const stretches: WrittenLines[] = addedLines(hunks).map((line) => ({
      start: line,
      end: line,
      writer: {
        verdict: verdictOf(path, line),
        acceptance: "unstated",
        agent: null,
        model: null,
        commit: null,
        evidence: "none",
        session: null,
      },
    }));
    return [path, stretches] as const;
  });
  return { files: new Map(files) };
}
