import { resolve } from "node:path";
import { makeRepository } from "./make-repository.ts";
import { measure, printCosts } from "./measure.ts";
import { recordGit } from "./record-git.ts";

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
const reports = `--coverage ${repository.headReport} --base-coverage ${repository.baseReport} --report-dir ${repository.path}/report`;
const check = `check --repo ${repository.path} --base main --fail-on never`;
const recorded = recordGit("node", [cli, ...`${check} ${reports}`.split(" ")]);
const parser = resolve(import.meta.dirname, "parse-reports.ts");

const rows = [
  { name: `the ${recorded.count} git commands that \`check\` runs`, cost: await measure(`bash ${recorded.script}`) },
  {
    name: "parsing both reports (a process of its own)",
    cost: await measure(`node ${parser} ${repository.headReport} ${repository.baseReport}`),
  },
  {
    name: "`countersign check`, reports read and files written",
    cost: await measure(`node ${cli} ${check} ${reports}`),
  },
  { name: "`countersign check` without reports or files", cost: await measure(`node ${cli} ${check}`) },
];
printCosts(`check: ${files} files, ${commits} commits`, rows);
const [git, parse, whole] = rows.map(({ cost }) => cost.cpuSeconds);
const ratio = (whole ?? 0) / ((git ?? 0) + (parse ?? 0));
console.log(`\ncheck ÷ (git + parse) = ${ratio.toFixed(2)} in CPU (aim: at most 2)`);
