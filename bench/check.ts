import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { makeRepository } from "./make-repository.ts";
import { measure, printCosts } from "./measure.ts";

/**
 * The whole `check` on 500 files and 200 commits, beside the git commands that it runs and the parse of the reports.
 * Aim: at most twice the sum of those. `node bench/check.ts [--files N] [--commits N]`, after `npm run build`.
 */
const argument = (name: string, fallback: number): number => {
  const index = process.argv.indexOf(name);
  return index === -1 ? fallback : Number(process.argv[index + 1]);
};
const files = argument("--files", 500);
const commits = argument("--commits", 200);
const repository = makeRepository({ files, commits });
const cli = resolve(import.meta.dirname, "..", "dist", "cli.js");
const git = (...args: string[]): string =>
  execFileSync("git", ["-C", repository.path, ...args], { encoding: "utf8", maxBuffer: 1 << 30 }).trim();
const base = git("rev-parse", "main");
const head = git("rev-parse", "work");

const diff = "-r -z --raw --numstat -p -U0 -M50% -l1000 --no-abbrev --no-color --no-ext-diff --no-textconv";
const gitCommands = [
  "git rev-parse --absolute-git-dir",
  `git rev-parse --verify ${head}`,
  `git rev-parse --verify ${base}`,
  `git merge-base ${base} ${head}`,
  "git rev-parse --is-shallow-repository",
  `git rev-list --count ${head} ^${base}`,
  `git rev-list --topo-order --reverse ${head} ^${base} > commits.txt`,
  "git cat-file --batch < commits.txt",
  `git -c diff.algorithm=histogram diff-tree --stdin --root --always ${diff} < commits.txt`,
  `git -c diff.algorithm=histogram diff-tree ${diff} ${base} ${head}`,
  `git diff-tree -r -z --raw --no-renames --name-only ${base} ${head}`,
  `git ls-tree -r -z --name-only ${head}`,
  `git ls-tree -r -z --name-only ${base}`,
].join(" ; ");
const parser = resolve(import.meta.dirname, "parse-reports.ts");

const rows = [
  { name: "the git commands that `check` runs", cost: await measure(gitCommands, { cwd: repository.path }) },
  {
    name: "parsing both reports (a process of its own)",
    cost: await measure(`node ${parser} ${repository.headReport} ${repository.baseReport}`),
  },
  {
    name: "`countersign check`, reports and files written",
    cost: await measure(
      `node ${cli} check --repo ${repository.path} --base main --coverage ${repository.headReport} --base-coverage ${repository.baseReport} --report-dir ${repository.path}/report --fail-on never`,
    ),
  },
  {
    name: "`countersign check` without reports or files",
    cost: await measure(`node ${cli} check --repo ${repository.path} --base main --fail-on never`),
  },
];
printCosts(`check: ${files} files, ${commits} commits`, rows);
const sum = rows[0]!.cost.cpuSeconds + rows[1]!.cost.cpuSeconds;
console.log(`\ncheck ÷ (git + parse) = ${(rows[2]!.cost.cpuSeconds / sum).toFixed(2)} (aim: at most 2)`);
