import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildAll, type BuiltFile } from "../scripts/build.ts";
import { stagePackage } from "../scripts/stage-package.ts";

const root = join(import.meta.dirname, "..");
const temporary = mkdtempSync(join(tmpdir(), "countersign-build-"));
const copy = join(temporary, "a copy of the sources at another path");
const dist = join(copy, "dist");
let files: BuiltFile[] = [];

beforeAll(async () => {
  const parts = [
    "core",
    "adapters",
    "gate",
    "action",
    "app",
    "app.yml",
    "cli",
    "eslint-plugin",
    "scripts",
    "policies",
    "docs",
    "action.yml",
    "package.json",
    "tsconfig.json",
    "tsconfig.build.json",
  ];
  for (const part of parts)
    if (existsSync(join(root, part))) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  await buildAll(root, join(temporary, "first"));
  files = await buildAll(copy, dist);
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe("two builds", () => {
  test("from two folders give the same bytes", () => {
    const first = digests(join(temporary, "first"));
    expect(first.size).toBeGreaterThan(10);
    expect(digests(dist)).toEqual(first);
  });

  test("name no folder of the machine", () => {
    const named = [...digests(dist).keys()].filter((path) => {
      const text = readFileSync(join(dist, path), "utf8");
      return text.includes(root) || text.includes(temporary) || text.includes("a copy of the sources");
    });
    expect(named).toEqual([]);
  });
});

describe("the output", () => {
  test.each(["action.js", "cli.js", "core.js", "licenses.txt"])("holds %s", (path) => {
    expect(files.map((file) => file.path)).toContain(path);
  });

  test("of the command can be started, and says so to the shell", () => {
    expect(readFileSync(join(dist, "cli.js"), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    if (process.platform !== "win32") expect(statSync(join(dist, "cli.js")).mode & 0o111).toBe(0o111);
  });

  test("loads tracing and the artifact client only on demand", () => {
    expect(statically("action.js")).not.toMatch(/node_modules\/(@azure\/storage-blob|@opentelemetry\/sdk-trace)/);
    expect(statically("cli.js")).not.toMatch(/node_modules\/@opentelemetry\/sdk-trace/);
    expect(everything()).toMatch(/node_modules\/@azure\/storage-blob[^]*node_modules\/@opentelemetry\/sdk-trace/);
  });

  test("loads ESLint from the folder that both doors share, and only where a directive asks what it hides", () => {
    for (const door of ["cli", "action"]) {
      expect(statically(`${door}.js`)).not.toContain("../../eslint/");
      expect(chunksOf(door)).toContain('import("../../eslint/linter.js")');
      expect(chunksOf(door)).not.toMatch(/node_modules\/(eslint|typescript|@typescript-eslint)\//);
    }
    const code = join(temporary, "suppressed.ts");
    writeFileSync(
      code,
      "// eslint-disable-next-line no-eval, @typescript-eslint/no-explicit-any\nlet a: any = eval(b);\n",
    );
    const ran = spawnSync(process.execPath, [join(dist, "cli.js"), "lint", "suppressed.ts", "--json"], {
      cwd: temporary,
      encoding: "utf8",
    });
    expect(ran.stdout).toContain("It hides @typescript-eslint/no-explicit-any on line 2 and no-eval on line 2.");
  });

  test("loads a command only when it is asked for", () => {
    expect(statically("cli.js")).not.toMatch(/node_modules\/(zod|yaml|@bufbuild|probot|pg)\//);
    for (const name of ["zod", "probot", "pg"]) expect(everything()).toContain(`node_modules/${name}/`);
  });

  test("has the messages of zod in English alone", () => {
    expect(new Set(everything().match(/node_modules\/zod\/v4\/locales\/.*/g))).toEqual(
      new Set(["node_modules/zod/v4/locales/en.js"]),
    );
  });

  test("has the licence of every bundled package and of no other", () => {
    const headings = readFileSync(join(dist, "licenses.txt"), "utf8")
      .split("\n")
      .filter((line, index, lines) => line !== "" && lines[index + 1] === "=".repeat(line.length));
    expect(headings).toContainEqual(expect.stringMatching(/^zod \S+ \(MIT\)$/));
    expect(headings).not.toContainEqual(expect.stringMatching(/^(vitest|unzip-stream|buffers) /));
    expect(new Set(headings).size).toBe(headings.length);
  });

  test("stays small: below 28 MB to fetch, of which 7 MB are ESLint's, and below 7 MB for the Action", () => {
    const sum = (some: typeof files) => some.reduce((total, file) => total + file.bytes, 0);
    const ofAction = files.filter(({ path }) => path === "action.js" || path.startsWith("chunks/action/"));
    process.stdout.write(`dist/ has ${(sum(files) / 1e6).toFixed(2)} MB in ${files.length} files\n`);
    expect(ofAction.length).toBeGreaterThan(1);
    expect(sum(ofAction)).toBeLessThan(7e6);
    expect(sum(files.filter(({ path }) => path.startsWith("eslint/")))).toBeLessThan(7e6);
    expect(sum(files)).toBeLessThan(28e6);
  });
});

describe("the npm package", () => {
  const staged = join(temporary, "package");
  beforeAll(() => stagePackage(copy, staged));

  test("has a manifest without a contributor's parts, and only the dependencies of the library build", () => {
    const manifest: Record<string, unknown> = JSON.parse(readFileSync(join(staged, "package.json"), "utf8"));
    for (const key of ["devDependencies", "optionalDependencies", "scripts", "allowScripts"])
      expect(manifest).not.toHaveProperty(key);
    expect(manifest["bin"]).toEqual({ countersign: "dist/cli.js" });
    expect(manifest["dependencies"]).toHaveProperty("zod");
    expect(manifest["dependencies"]).not.toHaveProperty("@actions/core");
  });

  test("packs what users need and no source", () => {
    const packed = spawnSync("npm", ["pack", "--dry-run", "--json"], {
      cwd: staged,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    const paths = packed.stdout.match(/"path": "[^"]+"/g)?.map((line) => line.slice(9, -1)) ?? [];
    expect(paths).toEqual(
      expect.arrayContaining(["package.json", "dist/cli.js", "dist/core.js", "dist/types/core/index.d.ts"]),
    );
    expect(paths.filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))).toEqual([]);
  });

  test("gives a TypeScript user types and a running library", () => {
    const user = join(temporary, "user");
    mkdirSync(join(user, "node_modules"), { recursive: true });
    cpSync(staged, join(user, "node_modules/countersign"), { recursive: true });
    const manifest: { dependencies: Record<string, string> } = JSON.parse(
      readFileSync(join(staged, "package.json"), "utf8"),
    );
    for (const name of Object.keys(manifest.dependencies))
      link(join(root, "node_modules", name), join(user, "node_modules", name));
    writeFileSync(join(user, "package.json"), '{ "type": "module" }');
    writeFileSync(join(user, "use.ts"), useTheLibrary);
    writeFileSync(join(user, "wrong.ts"), useTheLibrary.replace("verdict: Verdict", "verdict: number"));
    const check = (file: string) =>
      spawnSync(
        process.execPath,
        [
          join(root, "node_modules/typescript/bin/tsc"),
          "--noEmit",
          "--strict",
          "--module",
          "nodenext",
          "--target",
          "es2024",
          "--skipLibCheck",
          file,
        ],
        { cwd: user, encoding: "utf8" },
      );
    expect(check("use.ts").stdout).toBe("");
    expect(check("wrong.ts").stdout).toContain("TS2322");
    expect(spawnSync(process.execPath, ["use.ts"], { cwd: user, encoding: "utf8" }).stdout).toBe("agent-authored\n");
  });
});

const useTheLibrary = `import { verdicts, type Facts, type Verdict } from "countersign";
const verdict: Verdict | undefined = verdicts[0];
export const asOf = (facts: Facts): string => facts.asOf;
declare const process: { stdout: { write(text: string): void } };
process.stdout.write(String(verdict) + "\\n");
`;

function link(from: string, to: string): void {
  mkdirSync(join(to, ".."), { recursive: true });
  symlinkSync(from, to, "junction");
}

function digests(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    paths.map((path) => [relative(folder, path), createHash("sha256").update(readFileSync(path)).digest("hex")]),
  );
}

/** The text of a bundle with every chunk that it imports statically. */
function statically(path: string, seen = new Set<string>()): string {
  if (seen.has(path)) return "";
  seen.add(path);
  const text = readFileSync(join(dist, path), "utf8");
  const imports = [...text.matchAll(/^(?:import|\} from|export \* from)[^"\n]*"(\.[^"]+)";$/gm)].map((match) =>
    join(path, "..", match[1] ?? ""),
  );
  return text + imports.map((each) => statically(each, seen)).join("");
}

/** What a door loads later. */
function chunksOf(door: string): string {
  return files
    .filter(({ path }) => path.startsWith(`chunks/${door}/`))
    .map(({ path }) => readFileSync(join(dist, path), "utf8"))
    .join("");
}

function everything(): string {
  return files
    .filter(({ path }) => path.endsWith(".js"))
    .map(({ path }) => readFileSync(join(dist, path), "utf8"))
    .join("");
}
