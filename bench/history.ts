import { resolve } from "node:path";
import { historyArguments } from "../adapters/git/read-history.ts";
import { makeHistory } from "./make-history.ts";
import { measure, printCosts, type Cost } from "./measure.ts";

/**
 * `countersign history` beside the `git log` that it runs, and beside a `git log` of the messages alone:
 * `node bench/history.ts [--commits N] [--repo PATH] [--times N]`, after `npm run build`. Aim: at most twice the same `git log`.
 */
const argument = (name: string): string | undefined => {
  const index = process.argv.indexOf(name);
  return index === -1 ? undefined : process.argv[index + 1];
};
const commits = Number(argument("--commits") ?? 10_000);
const times = Number(argument("--times") ?? 5);
const given = argument("--repo");
const repository = given === undefined ? await makeHistory(commits) : resolve(given);
const cli = resolve(import.meta.dirname, "..", "dist", "cli.js");

const gitLog = (lines: boolean): string => {
  const args = historyArguments({ head: "HEAD", excluded: null, since: null, until: null, lines });
  return `git -C '${repository}' ${args.map((word) => `'${word}'`).join(" ")}`;
};
const cost = (command: string): Promise<Cost> => measure(command, { times });
const ours = (flags: string): Promise<Cost> => cost(`node ${cli} history --repo '${repository}' ${flags}`);

const messages = { name: "`git log --format=%B`", cost: await cost(`git -C '${repository}' log --format=%B`) };
const bare = { name: "the same `git log`", cost: await cost(gitLog(false)) };
const withoutLines = [
  bare,
  { name: "`countersign history --no-lines`", cost: await ours("--no-lines") },
  { name: "`countersign history --no-lines --ndjson`", cost: await ours("--no-lines --ndjson") },
];
const start = { name: "start-up alone: `countersign --version`", cost: await cost(`node ${cli} --version`) };
const title = given === undefined ? `${commits} generated commits` : given;
printCosts(`history without lines: ${title}`, [messages, start, ...withoutLines]);
for (const { name, cost } of withoutLines.slice(1)) sayRatio(name, cost, bare.cost);

if (!process.argv.includes("--no-lines")) {
  const counting = { name: "the same `git log`, with `--numstat`", cost: await cost(gitLog(true)) };
  const withLines = [
    { name: "`countersign history`", cost: await ours("") },
    { name: "`countersign history --ndjson`", cost: await ours("--ndjson") },
  ];
  printCosts(`history with lines: ${title}`, [counting, ...withLines]);
  for (const { name, cost } of withLines) sayRatio(name, cost, counting.cost);
}

function sayRatio(name: string, ours: Cost, same: Cost): void {
  const times = (ours.cpuSeconds / same.cpuSeconds).toFixed(2);
  const besideMessages = (ours.cpuSeconds / messages.cost.cpuSeconds).toFixed(2);
  console.log(`\n${name}: ${times} × the same git log in CPU (aim: at most 2), ${besideMessages} × the messages alone`);
}
