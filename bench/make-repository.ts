import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";

export interface BenchRepository {
  path: string;
  /** lcov reports of base and head, as long as the sources they speak of. */
  headReport: string;
  baseReport: string;
}

/**
 * Makes a repository whose branch `work` changes `files` of 4 × `files` files over `commits` commits, half of them with
 * AI trailers, and two lcov reports. The same numbers give the same repository.
 */
export function makeRepository({
  files,
  commits,
  linesPerFile = 200,
}: {
  files: number;
  commits: number;
  linesPerFile?: number;
}): BenchRepository {
  const path = mkdtempSync(join(tmpdir(), "countersign-bench-"));
  const environment = { PATH: process.env["PATH"], GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull };
  execFileSync("git", ["init", "--quiet", "-b", "main", path], { env: environment });
  execFileSync("git", ["-C", path, "fast-import", "--quiet"], {
    env: environment,
    input: history(files, commits, linesPerFile),
    maxBuffer: 1 << 30,
  });
  execFileSync("git", ["-C", path, "symbolic-ref", "HEAD", "refs/heads/work"], { env: environment });
  mkdirSync(join(path, "coverage"));
  const headReport = join(path, "coverage", "head.info");
  const baseReport = join(path, "coverage", "base.info");
  writeFileSync(headReport, report(files * 4, linesPerFile, 7));
  writeFileSync(baseReport, report(files * 4, linesPerFile, 7));
  return { path, headReport, baseReport };
}

function history(files: number, commits: number, linesPerFile: number): string {
  const contents = Array.from({ length: files * 4 }, (_, file) =>
    Array.from({ length: linesPerFile }, (_line, line) => sourceLine(file, line, 0)),
  );
  const stream = [
    commit(
      "main",
      1,
      "Base\n",
      contents.map((lines, file) => change(file, lines)),
      null,
    ),
  ];
  for (let number = 1; number <= commits; number += 1) {
    const touched: string[] = [];
    for (let file = number % commits; file < files; file += Math.max(1, Math.min(commits, files) >> 2)) {
      const lines = contents[file]!;
      lines.splice(
        (number * 13) % lines.length,
        2,
        sourceLine(file, number, number),
        sourceLine(file, number + 1, number),
        sourceLine(file, number + 2, number),
      );
      touched.push(change(file, lines));
    }
    stream.push(commit("work", number + 1, message(number), touched, number === 1 ? ":1" : null));
  }
  return stream.join("");
}

function sourceLine(file: number, line: number, version: number): string {
  return `export const value_${file}_${line}_${version} = compute(${file * line + version}, "${(file * 7919 + line * 104729 + version).toString(36)}");`;
}

function change(file: number, lines: readonly string[]): string {
  const text = `${lines.join("\n")}\n`;
  return `M 100644 inline src/part${file % 20}/file${file}.ts\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function commit(branch: string, mark: number, text: string, changes: readonly string[], from: string | null): string {
  const when = `${1_700_000_000 + mark * 60} +0000`;
  const head = `commit refs/heads/${branch}\nmark :${mark}\nauthor Dev <dev@example.com> ${when}\ncommitter Dev <dev@example.com> ${when}\n`;
  return `${head}data ${Buffer.byteLength(text)}\n${text}${from === null ? "" : `from ${from}\n`}${changes.join("")}\n`;
}

function message(number: number): string {
  const trailers =
    number % 2 === 0
      ? "\nCo-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>\nSigned-off-by: Dev <dev@example.com>\n"
      : "";
  return `Change number ${number}\n\nA body of a sentence or two that says why this was done, as bodies do.\n${trailers}`;
}

function report(files: number, lines: number, step: number): string {
  return Array.from({ length: files }, (_, file) => {
    const data = Array.from({ length: lines }, (_line, line) => `DA:${line + 1},${(file + line) % step === 0 ? 0 : 3}`);
    return `TN:\nSF:src/part${file % 20}/file${file}.ts\n${data.join("\n")}\nLF:${lines}\nend_of_record\n`;
  }).join("");
}
