import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildAll } from "../../scripts/build.ts";
import { projectRoot, runScript } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../git-repository.ts";

/**
 * A change brings configuration, plugins, parsers, hooks and filters for every tool that could be run over it. Each writes a
 * file when it is executed or loaded. None may: not from the sources, not from the bundle (threats 1.2).
 */
const markers = newFolder("markers");
const writes = (name: string) => `require("fs").writeFileSync(${JSON.stringify(join(markers, name))}, "ran");\n`;
const writesAsModule = (name: string) =>
  `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(join(markers, name))}, "ran");\n`;
const touch = (name: string) => `touch '${join(markers, name)}'`;

const suppressed = `// eslint-disable-next-line no-eval, evil/rule
export const result: unknown = eval(process.argv[2] ?? "");
`;

/** By path: what stands there, as code that leaves a mark when it is run. */
const traps: Readonly<Record<string, string>> = {
  "eslint.config.js": `${writesAsModule("eslint.config.js")}export default [{ rules: { "no-eval": "off" } }];\n`,
  "eslint.config.mjs": `${writesAsModule("eslint.config.mjs")}export default [];\n`,
  "eslint.config.ts": `${writesAsModule("eslint.config.ts")}export default [];\n`,
  ".eslintrc.js": `${writes("eslintrc.js")}module.exports = { root: true, parser: "./parser.js", plugins: ["evil"] };\n`,
  ".eslintrc.cjs": `${writes("eslintrc.cjs")}module.exports = { root: true };\n`,
  "package.json": JSON.stringify({
    type: "module",
    eslintConfig: { root: true, parser: "./parser.cjs", plugins: ["evil"], extends: ["plugin:evil/all"] },
    prettier: "./.prettierrc.js",
    babel: { plugins: ["./babel-plugin.cjs"] },
    scripts: { preinstall: touch("preinstall"), prepare: touch("prepare"), lint: touch("lint") },
  }),
  "parser.cjs": `${writes("parser")}exports.parse = () => ({});\n`,
  "node_modules/eslint-plugin-evil/package.json":
    '{ "name": "eslint-plugin-evil", "version": "1.0.0", "main": "index.js" }',
  "node_modules/eslint-plugin-evil/index.js": `${writes("plugin")}module.exports = { rules: { rule: {} } };\n`,
  "node_modules/eslint/package.json": '{ "name": "eslint", "version": "10.0.0", "main": "index.js" }',
  "node_modules/eslint/index.js": writes("own-eslint"),
  "node_modules/typescript/package.json": '{ "name": "typescript", "version": "6.0.0", "main": "index.js" }',
  "node_modules/typescript/index.js": writes("own-typescript"),
  "node_modules/@typescript-eslint/parser/index.js": writes("own-parser"),
  "tsconfig.json": JSON.stringify({
    extends: "./tsconfig.evil.cjs",
    compilerOptions: { plugins: [{ name: "./ts-plugin.cjs", transform: "./ts-plugin.cjs" }] },
  }),
  "tsconfig.evil.cjs": writes("tsconfig-extends"),
  "ts-plugin.cjs": writes("ts-plugin"),
  ".prettierrc.js": writesAsModule("prettierrc"),
  "babel.config.js": writesAsModule("babel.config"),
  "babel-plugin.cjs": writes("babel-plugin"),
  ".npmrc": `node-options=--require ./npmrc.cjs\nscript-shell=${touch("npmrc")}\n`,
  "npmrc.cjs": writes("npmrc"),
  ".gitattributes": "* filter=evil diff=evil merge=evil\n",
  ".gitconfig": `[core]\n\tfsmonitor = "${touch("fsmonitor")}"\n`,
  ".githooks/post-checkout": `#!/bin/sh\n${touch("githooks")}\n`,
  "a.ts": suppressed,
};

let repository: TestRepository;
let bundle: string;

beforeAll(async () => {
  repository = createRepository();
  repository.commit({ files: { "README.md": "Base\n" } });
  repository.switchTo("feature");
  repository.commit({ files: traps, message: "Bring everything\n" });
  repository.checkOut("feature");
  setTraps(repository.path);
  bundle = newFolder("bundle");
  await buildAll(projectRoot, bundle);
}, 300_000);
afterAll(removeRepositories);

/** What no commit can bring, and who works in a clone may have: filters and hooks that are switched on. */
function setTraps(folder: string): void {
  const config = (name: string, value: string) => execFileSync("git", ["-C", folder, "config", name, value]);
  config("filter.evil.clean", touch("filter-clean"));
  config("filter.evil.smudge", touch("filter-smudge"));
  config("filter.evil.process", touch("filter-process"));
  config("diff.evil.textconv", touch("textconv"));
  config("diff.evil.command", touch("diff-command"));
  config("core.fsmonitor", touch("fsmonitor"));
  const hooks = join(folder, ".git/hooks");
  mkdirSync(hooks, { recursive: true });
  for (const name of [
    "post-checkout",
    "pre-commit",
    "post-index-change",
    "reference-transaction",
    "fsmonitor-watchman",
  ]) {
    writeFileSync(join(hooks, name), `#!/bin/sh\n${touch(`hook-${name}`)}\n`);
    chmodSync(join(hooks, name), 0o755);
  }
}

const doors = [
  { says: "from the sources", script: () => resolve(projectRoot, "cli/main.ts") },
  { says: "from the bundle", script: () => join(bundle, "cli.js") },
];
const commands = [
  { command: "lint", args: ["lint", "--base", "main", "--head", "feature", "--json", "--fail-on", "never"] },
  { command: "lint of files", args: ["lint", "a.ts", "--json", "--fail-on", "never"] },
  { command: "check", args: ["check", "--base", "main", "--head", "feature", "--format", "json"] },
];

describe.each(doors)("$says", ({ script }) => {
  test.each(commands)("$command executes nothing of the change, and tells what it suppresses", ({ args }) => {
    const { stdout, stderr } = runScript(script(), args, { cwd: repository.path });
    expect(readdirSync(markers)).toEqual([]);
    expect(stderr).not.toMatch(/Error/);
    expect(stdout).toContain("It hides no-eval on line 2. `evil/rule` could not be run.");
  });
});

test("each of the traps would leave its mark", () => {
  const mark = join(markers, "eslint.config.js");
  execFileSync(process.execPath, [
    "-e",
    `import(${JSON.stringify(pathToFileURL(join(repository.path, "eslint.config.js")).href)})`,
  ]);
  expect(existsSync(mark)).toBe(true);
  // The filter is no real one, so git fails after it ran it.
  spawnSync("git", ["-C", repository.path, "status"], { stdio: "ignore" });
  expect(readdirSync(markers)).toContain("fsmonitor");
  execFileSync(
    process.execPath,
    ["-e", 'require("eslint-plugin-evil"); require("./parser.cjs"); require("./ts-plugin.cjs")'],
    {
      cwd: repository.path,
    },
  );
  expect(readdirSync(markers)).toEqual(expect.arrayContaining(["plugin", "parser", "ts-plugin"]));
});
