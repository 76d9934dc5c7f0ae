import { resolve } from "node:path";
import { historyArguments } from "../adapters/git/read-history.ts";
import { commitSizes, makeHistory } from "./make-history.ts";
import { measure, printCosts, type Cost } from "./measure.ts";

/**
 * `countersign history` beside the `git log` that it runs, and beside a `git log` of the messages alone, on two generated
 * repositories: one of usual commits, and one of small ones, which cost git so little that our own share shows.
 * `node bench/history.ts [--commits N] [--size usual|small] [--repo PATH] [--times N] [--no-lines]`, after `npm run build`.
 * Aim: at most twice the same `git log`.
 */
const argument = (name: string): string | undefined => {
  const index = process.argv.indexOf(name);
  return index === -1 ? undefined : process.argv[index + 1];
};
const commits = Number(argument("--commits") ?? 10_000);
const times = Number(argument("--times") ?? 5);
const given = argument("--repo");
const cli = resolve(import.meta.dirname, "..", "dist", "cli.js");

if (given !== undefined) await compare(given, resolve(given));
else
  for (const size of commitSizes.filter((each) => each === (argument("--size") ?? each)))
    await compare(`${commits} generated commits, ${size}`, await makeHistory(commits, size));

async function compare(title: string, repository: string): Promise<void> {
  const gitLog = (lines: boolean): string => {
    const args = historyArguments({ head: "HEAD", excluded: null, since: null, until: null, lines });
    return `git -C '${repository}' ${args.map((word) => `'${word}'`).join(" ")}`;
  };
  const cost = (command: string): Promise<Cost> => measure(command, { times });
  const ours = (flags: string): Promise<Cost> => cost(`node ${cli} history --repo '${repository}' ${flags}`);

  const messages = { name: "`git log --format=%B`", cost: await cost(`git -C '${repository}' log --format=%B`) };
  const start = {
    name: "`countersign history HEAD~1..HEAD`: start-up and one commit",
    cost: await ours("HEAD~1..HEAD"),
  };
  const bare = { name: "the same `git log`", cost: await cost(gitLog(false)) };
  const withoutLines = [
    { name: "`countersign history --no-lines`", cost: await ours("--no-lines") },
    { name: "`countersign history --no-lines --ndjson`", cost: await ours("--no-lines --ndjson") },
  ];
  printCosts(`history without lines: ${title}`, [bare, messages, start, ...withoutLines]);
  for (const { name, cost } of withoutLines) sayRatio(name, cost, bare.cost);
  if (process.argv.includes("--no-lines")) return;

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
  console.log(`\n${name}: ${times} × the same git log in CPU (aim: at most 2)`);
}
