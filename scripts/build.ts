import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { grammarPackages, runtimePackage } from "../adapters/sandbox/grammar-files.ts";
import { collectLicenses } from "./licenses.ts";

/** One written file: its path inside the output folder, with `/`, and its size in bytes. */
export interface BuiltFile {
  path: string;
  bytes: number;
}

/**
 * Builds the three doors and the core's public face from the sources under `root` into `outDir`, which is emptied first:
 * `cli.js` and `core.js` for Node 22, `action.js` for Node 24, lazy parts as chunks, `types/` and `licenses.txt`.
 * The same sources and dependencies give the same bytes, wherever `root` and `outDir` are.
 */
export async function buildAll(root: string, outDir: string): Promise<BuiltFile[]> {
  rmSync(outDir, { recursive: true, force: true });
  const bundles = [
    await bundle(root, { cli: "cli/main.ts" }, { target: "node22.13", chunkNames: "chunks/cli/[name]-[hash]" }),
    await bundleAction(root),
    await bundleEslint(root),
    await bundle(root, { "eslint-plugin": "eslint-plugin/index.ts" }, { target: "node22.13" }),
    // A library: its user's own copies of zod and the rest are used, so that schemas compose.
    await bundle(root, { core: "core/index.ts" }, { target: "node22.13", packages: "external" }),
  ];
  const files = new Map(bundles.flatMap((each) => [...each.files]));
  const inputs = [...bundles.flatMap((each) => Object.keys(each.metafile.inputs)), ...grammarSources];
  files.set("licenses.txt", collectLicenses(root, inputs));
  writeAll(outDir, files);
  chmodSync(join(outDir, "cli.js"), 0o755);
  writeTypes(root, join(outDir, "types"));
  const written = [...files].map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) }));
  return [...written, ...copyGrammars(root, outDir)].sort(byPath);
}

/** The Action alone, in a second instead of ten: what journeys run. Gives the path of `action.js`. */
export async function buildAction(root: string, outDir: string): Promise<string> {
  const bundles = [await bundleAction(root), await bundleEslint(root)];
  writeAll(outDir, new Map(bundles.flatMap(({ files }) => files)));
  copyGrammars(root, outDir);
  return join(outDir, "action.js");
}

function bundleAction(root: string) {
  return bundle(root, { action: "action/index.ts" }, { target: "node24", chunkNames: "chunks/action/[name]-[hash]" });
}

/**
 * ESLint in a folder that both doors share, minified: it is other people's code alone, three times as large as all of ours,
 * and loaded only where a directive asks for it (docs/decisions/hidden-findings.md).
 */
function bundleEslint(root: string) {
  const names = ["linter", "typescript-parser", "typescript-rules"];
  const entryPoints = names.map((name) => [`eslint/${name}`, `${eslintFolder}/${name}.ts`] as const);
  return bundle(root, Object.fromEntries(entryPoints), {
    target: "node22.13",
    chunkNames: "eslint/[name]-[hash]",
    minify: true,
    // ESLint requires what its packages have for `require`: as a module esquery has no `parse`.
    mainFields: ["main"],
    banner: { js: `${requireBanner}\nconst { filename: __filename, dirname: __dirname } = import.meta;` },
  });
}

const eslintFolder = "adapters/sandbox/eslint";

/** The other bundles name the files of that folder; a chunk of theirs stands two folders below it. */
const sharedEslint: Plugin = {
  name: "shared-eslint",
  setup(context) {
    context.onResolve({ filter: /^\.\/eslint\/[\w-]+\.ts$/ }, ({ path }) => ({
      path: `../../${path.slice(2, -3)}.js`,
      external: true,
    }));
  },
};

/** The rules of typescript-eslint ask for all of ESLint, of which they use its rules: the rest would look for files. */
const eslintParts: Plugin = {
  name: "eslint-parts",
  setup(context) {
    const root = context.initialOptions.absWorkingDir ?? "";
    context.onResolve({ filter: /^eslint(?:\/use-at-your-own-risk)?$/ }, () => ({
      path: "eslint",
      namespace: "eslint-parts",
    }));
    context.onLoad({ filter: /.*/, namespace: "eslint-parts" }, () => ({
      contents: `
        const { Linter } = require("./lib/universal.js");
        const { SourceCode } = require("./lib/languages/js/source-code");
        const builtinRules = require("./lib/rules");
        class ESLint {}
        class RuleTester {}
        module.exports = { Linter, SourceCode, builtinRules, ESLint, RuleTester };`,
      resolveDir: join(root, "node_modules/eslint"),
    }));
  },
};

/** The bundles are modules wherever the folder is copied to. */
function writeAll(outDir: string, files: Map<string, string>): void {
  files.set("package.json", '{ "type": "module" }\n');
  for (const [path, text] of files) write(join(outDir, path), text);
}

const grammarSources = [runtimePackage, ...Object.values(grammarPackages)].map((path) => `node_modules/${path}`);

/** The parser and its grammars, which are WebAssembly, in a folder beside the bundles. */
function copyGrammars(root: string, outDir: string): BuiltFile[] {
  mkdirSync(join(outDir, "grammars"), { recursive: true });
  return grammarSources.map((source) => {
    const path = `grammars/${basename(source)}`;
    copyFileSync(join(root, source), join(outDir, path));
    return { path, bytes: statSync(join(outDir, path)).size };
  });
}

/** Packages in CommonJS call `require` for Node's own modules. */
const requireBanner =
  'import { createRequire as createBundleRequire } from "node:module";\nconst require = createBundleRequire(import.meta.url);';

async function bundle(
  root: string,
  entryPoints: Record<string, string>,
  options: Pick<BuildOptions, "target" | "chunkNames" | "packages" | "minify" | "banner" | "mainFields">,
) {
  const result = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: "out",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    // The ES modules of packages that ship both: their names survive `await import`, and unused parts are left out.
    mainFields: ["module", "main"],
    // Readable, so that a reviewer can compare a release with its sources: docs/decisions/readable-bundles.md.
    minify: false,
    legalComments: "eof",
    // Comments in the output name files relative to `root`, also where node_modules is a link.
    preserveSymlinks: true,
    plugins: [sharedEslint, eslintParts],
    alias: { "unzip-stream": "./scripts/no-unzip.ts" },
    charset: "utf8",
    // Texts that travel inside the bundle: adapters/hooks/hook-texts.ts, app/setup/app-manifest.ts.
    define: {
      COUNTERSIGN_CAPTURE_SH: JSON.stringify(readFileSync(join(root, "adapters/hooks/capture.sh"), "utf8")),
      COUNTERSIGN_APP_YML: JSON.stringify(readFileSync(join(root, "app.yml"), "utf8")),
    },
    banner: { js: requireBanner },
    write: false,
    metafile: true,
    logLevel: "warning",
    ...options,
  });
  const files = result.outputFiles.map(
    (file) => [relative(join(root, "out"), file.path).replaceAll(sep, "/"), shebang(file.path, file.text)] as const,
  );
  return { files, metafile: result.metafile };
}

function shebang(path: string, text: string): string {
  const line = "#!/usr/bin/env node\n";
  return path.endsWith("cli.js") && !text.startsWith("#!") ? line + text : text;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function writeTypes(root: string, outDir: string): void {
  const compiler = join(root, "node_modules/typescript-native/bin/tsc");
  // The same folders as `rootDir` has: dist/types/core/index.d.ts.
  const args = [compiler, "--project", join(root, "tsconfig.build.json"), "--outDir", outDir];
  const { status, stdout, error } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`The type declarations were not written:\n${stdout}`, { cause: error });
}

function byPath(left: BuiltFile, right: BuiltFile): number {
  return left.path < right.path ? -1 : 1;
}

if (import.meta.main) {
  const files = await buildAll(join(import.meta.dirname, ".."), join(import.meta.dirname, "../dist"));
  for (const { path, bytes } of files) process.stdout.write(`${(bytes / 1000).toFixed(1).padStart(9)} kB  ${path}\n`);
}
