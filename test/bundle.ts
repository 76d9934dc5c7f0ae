import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";

/**
 * Bundles a script as the product is bundled, and runs it: modules that start themselves in another thread or process must
 * find the file that they stand in. Gives what it printed; `argument` is its only argument.
 */
export async function runBundled(contents: string, argument: string): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), "bundle-"));
  const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
  await build({
    stdin: { contents, resolveDir: resolve(import.meta.dirname, "..") },
    ...{ outdir, bundle: true, splitting: true, format: "esm", platform: "node", chunkNames: "chunks/[name]-[hash]" },
    ...{ mainFields: ["module", "main"], banner: { js: banner } },
  });
  writeFileSync(join(outdir, "package.json"), '{ "type": "module" }');
  return String(execFileSync(process.execPath, [join(outdir, "stdin.js"), argument], { timeout: 30_000 }));
}
