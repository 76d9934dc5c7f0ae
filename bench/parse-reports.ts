import { readFileSync } from "node:fs";
import { readCoverage } from "../core/coverage/index.ts";

/** Reads coverage reports and nothing else: the share of `check` that no gate can do without. */
for (const path of process.argv.slice(2)) {
  const read = readCoverage(readFileSync(path), path);
  if (!read.ok) throw new Error(`${path} could not be read`);
}
