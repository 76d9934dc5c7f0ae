import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

test("in a bundle the store finds the file of its thread", async () => {
  const outdir = mkdtempSync(join(tmpdir(), "store-bundle-"));
  const contents = `
    const { openStore } = await import("./adapters/store/open-store.ts");
    const store = await openStore({ path: process.argv[2] });
    await store.ping();
    console.log(await store.subjects.waiting());
    await store.close();`;
  const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
  await build({
    stdin: { contents, resolveDir: resolve(import.meta.dirname, "../../..") },
    ...{ outdir, bundle: true, splitting: true, format: "esm", platform: "node", chunkNames: "chunks/[name]-[hash]" },
    ...{ mainFields: ["module", "main"], banner: { js: banner } },
  });
  writeFileSync(join(outdir, "package.json"), '{ "type": "module" }');
  const answer = execFileSync(process.execPath, [join(outdir, "stdin.js"), join(outdir, "folder/store.db")]);
  expect(String(answer)).toBe("{ count: 0, oldest: null }\n");
});
