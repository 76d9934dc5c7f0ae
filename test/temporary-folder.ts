import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives one run of the tests a temporary folder of its own, and removes it afterwards: test processes are ended before
 * they could clear up behind themselves.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "countersign-tests-"));
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
