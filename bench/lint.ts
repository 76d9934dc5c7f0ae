import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { measure, printCosts } from "./measure.ts";

/**
 * The lint of a change, beside ESLint's command line with comparable rules on the same files: 500 TypeScript files of this
 * project, about 100,000 lines, all of them new; then a change of a text file. After `npm run build`.
 */
const root = resolve(import.meta.dirname, "..");
const cli = `node ${root}/dist/cli.js`;
const folder = mkdtempSync(join(tmpdir(), "bench-lint-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const files = chooseFiles(500);
const lines = files.reduce((sum, file) => sum + readFileSync(join(root, file), "utf8").split("\n").length, 0);
console.log(`${files.length} files, ${lines} lines`);
makeRepository();

writeFileSync(join(folder, "eslint.config.mjs"), eslintConfig());

const eslint = `${root}/node_modules/.bin/eslint --no-config-lookup -c eslint.config.mjs src || true`;
const lint = (range: string, more = "") => `${cli} lint ${range} --fail-on never --json ${more}`;
const single = await import("../core/lint/index.ts");
const alone = single.patterns
  .filter(({ findCopies, findUnused }) => (findCopies ?? findUnused) === undefined)
  .map(({ rule }) => rule.id);
const start = { name: "node, an empty script", cost: await measure("node -e 0", { times: 5 }) };
printCosts("lint of 500 new TypeScript files", [
  { name: "ESLint's command line, 22 rules without types", cost: await measure(eslint, { cwd: folder, times: 3 }) },
  {
    name: "`countersign lint`, every rule",
    cost: await measure(lint("--base base --head all"), { cwd: folder, times: 3 }),
  },
  {
    name: "`countersign lint`, without copies and unused names",
    cost: await measure(lint("--base base --head all", `--rules ${alone.join(",")}`), { cwd: folder, times: 3 }),
  },
  {
    name: "copies alone",
    cost: await measure(lint("--base base --head all", "--rules clone-of-existing"), { cwd: folder, times: 3 }),
  },
  {
    name: "`countersign lint` of a change without code",
    cost: await measure(lint("--base all --head text"), { cwd: folder, times: 5 }),
  },
  {
    name: "`countersign lint` of one line in one file",
    cost: await measure(lint("--base all --head small"), { cwd: folder, times: 3 }),
  },
  start,
]);

/** The larger files of the project's own, so that five hundred of them have 100,000 lines. */
function chooseFiles(count: number): string[] {
  const all = globSync("{core,adapters,gate,action,app,cli,scripts,test,bench}/**/*.ts", { cwd: root })
    .filter((file) => !file.includes("fixtures"))
    .map((file) => ({ file, size: readFileSync(join(root, file)).length }))
    .sort((a, b) => b.size - a.size || (a.file < b.file ? -1 : 1));
  // The very largest are tables: the rest is nearer to what people write.
  return all.slice(100, 100 + count).map(({ file }) => file);
}

function makeRepository(): void {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Bench", "-c", "user.email=bench@example.com", ...args], { cwd: folder });
  git("init", "--quiet", "--initial-branch=base");
  writeFileSync(join(folder, "README.md"), "# Bench\n");
  git("add", "README.md");
  git("commit", "--quiet", "--message=Start");
  git("switch", "--quiet", "--create=all");
  for (const file of files) {
    mkdirSync(dirname(join(folder, "src", file)), { recursive: true });
    writeFileSync(join(folder, "src", file), readFileSync(join(root, file)));
  }
  git("add", "src");
  git("commit", "--quiet", "--message=All\n\nAssisted-by: claude-code");
  git("switch", "--quiet", "--create=text");
  writeFileSync(join(folder, "README.md"), "# Bench of the lint\n");
  git("commit", "--quiet", "--all", "--message=Text");
  git("switch", "--quiet", "--create=small", "all");
  const one = join(folder, "src", files[0]!);
  writeFileSync(one, `${readFileSync(one, "utf8")}// One line more.\n`);
  git("commit", "--quiet", "--all", "--message=Small");
}

/** Rules of ESLint and typescript-eslint that need no types, for what the catalogue looks for too. */
function eslintConfig(): string {
  const plain = [
    ...["no-empty", "no-useless-catch", "preserve-caught-error", "no-unreachable", "no-unreachable-loop"],
    ...["no-constant-condition", "no-constant-binary-expression", "no-dupe-else-if", "no-unused-vars", "no-eval"],
    ...["no-implied-eval", "no-new-func", "complexity", "max-depth", "max-params", "no-useless-assignment"],
    ...["no-unused-private-class-members", "no-useless-return", "no-async-promise-executor"],
  ];
  const typed = ["no-explicit-any", "no-non-null-assertion", "ban-ts-comment"];
  return `import parser from "${root}/node_modules/@typescript-eslint/parser/dist/index.js";
import plugin from "${root}/node_modules/@typescript-eslint/eslint-plugin/dist/index.js";
const on = (names, prefix = "") => Object.fromEntries(names.map((name) => [prefix + name, "warn"]));
export default [{
  files: ["**/*.ts"], languageOptions: { parser }, plugins: { "@typescript-eslint": plugin },
  rules: { ...on(${JSON.stringify(plain)}), ...on(${JSON.stringify(typed)}, "@typescript-eslint/") },
}];
`;
}
