import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { processIo } from "../cli/io.ts";
import { runCli } from "../cli/run-cli.ts";

/**
 * `npm start`: gates the example's pull request. With arguments it is `countersign check` on any repository:
 * `npm start -- --repo PATH --base main`. Either way the report folder is written.
 */
const reportDir = "countersign-report";

const whatNext = `
The full report is in ${reportDir}/: summary.md, report.json, report.sarif, facts.json.

Try next
  npm start -- --repo ../your-repository                      judge your own branch
  npm run -s countersign -- check --facts ${reportDir}/facts.json   decide again, offline
  npm run -s countersign -- trailers --repo . --commit HEAD   what one commit says about its authors
  npm run -s countersign -- --help                            everything else
`;

const io = processIo();
const args = process.argv.slice(2);
process.exitCode = args.length > 0 ? await runCli(withReportDir(args), io) : await gateExample();

function withReportDir(given: readonly string[]): string[] {
  return given.some((arg) => arg.startsWith("--report-dir"))
    ? ["check", ...given]
    : ["check", "--report-dir", reportDir, ...given];
}

async function gateExample(): Promise<number> {
  const example = resolve(import.meta.dirname, "..", "examples", "orders");
  const repository = unpack(join(example, "orders.bundle"));
  try {
    io.stdout("The example pull request: examples/orders, branch feature/refunds into main.\n\n");
    const code = await runCli(
      [
        ...[
          "check",
          "--repo",
          repository,
          "--base",
          "main",
          "--head",
          "feature/refunds",
          "--branch",
          "feature/refunds",
        ],
        ...["--coverage", relative(io.cwd, join(example, "coverage", "head", "lcov.info"))],
        ...["--base-coverage", relative(io.cwd, join(example, "coverage", "base", "lcov.info"))],
        ...["--report-dir", reportDir, "--fail-on", "never"],
      ],
      io,
    );
    if (code === 0) io.stdout(whatNext);
    return code;
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

/** The bundle as a bare repository in a temporary folder. */
function unpack(bundle: string): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-example-"));
  const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull };
  execFileSync("git", ["init", "--quiet", "--bare", folder], { env });
  execFileSync("git", ["--git-dir", folder, "fetch", "--quiet", bundle, "refs/heads/*:refs/heads/*"], { env });
  return folder;
}
