import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import * as z from "zod";

const Manifest = z.looseObject({ files: z.array(z.string()), dependencies: z.record(z.string(), z.string()) });

/** Parts of our package.json that are for contributors: a user's install must not follow them. */
const forContributors = ["devDependencies", "optionalDependencies", "scripts", "allowScripts", "dependencies"];

/**
 * Lays out in `outDir`, which is emptied first, the folder that is published to npm: the files that package.json names,
 * README and LICENSE, and a manifest without what only contributors need. The command's and the Action's dependencies are
 * bundled, so the only dependencies left are those that the core's library build imports. Needs a finished build.
 */
export async function stagePackage(root: string, outDir: string): Promise<void> {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  const kept = Object.entries(manifest).filter(([key]) => !forContributors.includes(key));
  const dependencies = pick(manifest.dependencies, await importsOfCore(root));
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  for (const path of [...manifest.files, "README.md", "LICENSE"])
    if (existsSync(join(root, path))) cpSync(join(root, path), join(outDir, path), { recursive: true });
  const text = JSON.stringify({ ...Object.fromEntries(kept), dependencies }, null, 2);
  writeFileSync(join(outDir, "package.json"), `${text}\n`);
}

/** The packages that dist/core.js imports, as esbuild reads it. */
async function importsOfCore(root: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [join(root, "dist/core.js")],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    write: false,
    metafile: true,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return [...new Set(imports.map(({ path }) => path))].filter((path) => !path.startsWith("node:")).sort();
}

function pick(versions: Record<string, string>, names: readonly string[]): Record<string, string> {
  const picked = names.map((name) => [name, versions[name]] as const);
  const undeclared = picked.filter(([, version]) => version === undefined).map(([name]) => name);
  if (undeclared.length > 0) throw new Error(`dist/core.js imports ${undeclared.join(", ")}: add it to dependencies.`);
  return Object.fromEntries(picked.map(([name, version]) => [name, version ?? ""]));
}

if (import.meta.main) await stagePackage(join(import.meta.dirname, ".."), process.argv[2] ?? "package");
