import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildRepository, type Expected } from "./build-repository.ts";
import { measureCoverage } from "./measure-coverage.ts";
import { runGit } from "./run-git.ts";

/** Every report that the example ships, relative to its folder. */
export const reports = ["base", "head"].flatMap((side) =>
  ["lcov.info", "coverage-final.json"].map((name) => `coverage/${side}/${name}`),
);

/**
 * Makes the whole example in `out`: `orders.bundle` (the branches `main` and `feature/refunds`), `coverage/base` and
 * `coverage/head` (lcov and istanbul JSON, from the service's own tests), `expected.json`. Replaces what is there.
 */
export function makeExample(out: string): Expected {
  return inTemporaryFolder((directory) => {
    const expected = buildRepository(directory);
    mkdirSync(out, { recursive: true });
    writeBundle(directory, out);
    for (const side of ["base", "head"] as const) {
      for (const [name, text] of Object.entries(measureCoverage(directory, expected.coverage[side]))) {
        writeText(join(out, "coverage", side, name), text);
      }
    }
    writeText(join(out, "expected.json"), `${JSON.stringify(expected, null, 2)}\n`);
    return expected;
  });
}

/** Hands a new folder to `work` and removes it afterwards, whatever happens. */
export function inTemporaryFolder<Result>(work: (directory: string) => Result): Result {
  // The real path: the test runner resolves links, and paths of the report must begin like the folder's.
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "orders-")));
  try {
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

// HEAD goes along, so that a clone knows which branch to check out.
function writeBundle(directory: string, out: string): void {
  runGit({ directory, args: ["checkout", "--quiet", "main"] });
  const refs = ["HEAD", "main", "feature/refunds"];
  const bundle = resolve(out, "orders.bundle");
  runGit({ directory, args: ["-c", "pack.threads=1", "bundle", "create", "--quiet", bundle, ...refs] });
}

function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
