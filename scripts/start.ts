import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { guardOutput, processIo } from "../cli/io.ts";
import { explained, runCli } from "../cli/run-cli.ts";
import { errorCode, Problem } from "../core/problem.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";

/**
 * `npm start`: gates the example's pull request. With arguments it is `countersign check` on any repository:
 * `npm start -- --repo PATH --base main`. Either way the report folder is written.
 */
const reportDir = "countersign-report";

const whatNext = `
The full report is in ${reportDir}/:
summary.md, report.json, report.sarif, facts.json, record.json.

Try next
  npm start -- --repo ../your-repository                      judge your own branch
  npm run -s countersign -- check --facts ${reportDir}/facts.json   decide again, offline
  npm run -s countersign -- trailers --repo . --commit HEAD   what one commit says about its authors
  npm run -s countersign -- --help                            everything else
`;

guardOutput();
const io = processIo();
const args = process.argv.slice(2);
process.exitCode = args.length > 0 ? await runCli(withReportDir(args), io) : await explained(io, gateExample);

function withReportDir(given: readonly string[]): string[] {
  const named = given.some((arg) => arg === "--report-dir" || arg.startsWith("--report-dir="));
  return ["check", ...(named ? [] : ["--report-dir", reportDir]), ...given];
}

async function gateExample(): Promise<ExitCode> {
  const example = resolve(import.meta.dirname, "..", "examples", "orders");
  const repository = unpack(join(example, "orders.bundle"));
  try {
    io.stdout("The example pull request: examples/orders, branch feature/refunds into main.\n\n");
    const code = await runCli(
      [
        ...["check", "--repo", repository, "--base", "main"],
        ...["--head", "feature/refunds", "--branch", "feature/refunds"],
        ...["--coverage", "coverage/head/lcov.info", "--base-coverage", "coverage/base/lcov.info"],
        ...["--report-dir", resolve(io.cwd, reportDir), "--fail-on", "never"],
      ],
      // In the example's own folder, so that its facts are the same wherever this project lies.
      { ...io, cwd: example },
    );
    if (code === exitCodes.pass) io.stdout(whatNext);
    return code;
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

/** The bundle as a bare repository in a temporary folder. */
function unpack(bundle: string): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-example-"));
  const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull };
  const git = (...words: string[]): unknown => execFileSync("git", words, { env });
  try {
    git("init", "--quiet", "--bare", folder);
    git("--git-dir", folder, "fetch", "--quiet", bundle, "refs/heads/*:refs/heads/*");
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    if (errorCode(cause) !== "ENOENT") throw cause;
    throw new Problem("git was not found on this machine.", "Install git 2.30 or newer and put it on the PATH.", {
      cause,
    });
  }
  return folder;
}
