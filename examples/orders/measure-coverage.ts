import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { cleanEnvironment, runGit } from "./run-git.ts";

/** The two reports of one commit, as text. */
export type MeasuredCoverage = Record<"lcov.info" | "coverage-final.json", string>;

/** Checks a commit out, runs the service's own tests and reads the coverage that they wrote. Throws when one fails. */
export function measureCoverage(directory: string, commit: string): MeasuredCoverage {
  runGit({ directory, args: ["checkout", "--quiet", "--detach", commit] });
  rmSync(join(directory, "coverage"), { recursive: true, force: true });
  runTests(directory);
  const read = (name: string): string => readFileSync(join(directory, "coverage", name), "utf8");
  return {
    "lcov.info": read("lcov.info"),
    "coverage-final.json": relativePaths(read("coverage-final.json"), directory),
  };
}

/** What the service's tests need. Everything else comes in through these two. */
const packages = ["vitest", "@vitest/coverage-istanbul"];

// The service is not installed: it borrows the packages of this project, which are locked as well.
function runTests(directory: string): void {
  for (const name of packages) linkPackage(directory, name);
  const vitest = join(directory, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--coverage", "--no-file-parallelism", "--no-color"];
  // The runner leaves temporary files behind; here they go when the folder goes.
  const temporary = join(directory, "node_modules", ".tmp");
  mkdirSync(temporary, { recursive: true });
  const env = { ...cleanEnvironment(process.env), TMPDIR: temporary, TMP: temporary, TEMP: temporary };
  const run = spawnSync(process.execPath, args, { cwd: directory, env, encoding: "utf8" });
  if (run.status !== 0) {
    throw new Error(`the tests of the example fail:\n${run.stdout}${run.stderr}`, { cause: run.error });
  }
}

function linkPackage(directory: string, name: string): void {
  const link = join(directory, "node_modules", name);
  if (existsSync(link)) return;
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))), link, "junction");
}

const IstanbulReport = z.record(z.string(), z.looseObject({ path: z.string() }));

/** Istanbul names files by their absolute path. One file a line, sorted, so that a difference is easy to see. */
function relativePaths(json: string, directory: string): string {
  const report = IstanbulReport.parse(JSON.parse(json));
  const files = Object.values(report)
    .map((file) => ({ ...file, path: relative(directory, file.path).replaceAll("\\", "/") }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return `{\n${files.map((file) => `${JSON.stringify(file.path)}: ${JSON.stringify(file)}`).join(",\n")}\n}\n`;
}
