import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { measure, printCosts } from "./measure.ts";

/**
 * Reading the trailers of a history beside git's own: `node bench/trailers.ts --repo PATH [--range A..B]`. First it says
 * how many commits the two readers disagree about, which has to be 0.
 */
const argument = (name: string, fallback: string): string => {
  const index = process.argv.indexOf(name);
  return index === -1 ? fallback : (process.argv[index + 1] ?? fallback);
};
const repository = resolve(argument("--repo", "."));
const range = argument("--range", "HEAD");
const reader = resolve(import.meta.dirname, "read-trailers.ts");

console.log(execFileSync("node", [reader, repository, range, "--compare"], { encoding: "utf8" }).trim());
printCosts(`trailers of ${range}`, [
  {
    name: "git log --format=%(trailers)",
    cost: await measure(`git -C ${repository} log --format='%(trailers:only,unfold)' ${range}`),
  },
  { name: "git log, raw messages only", cost: await measure(`git -C ${repository} log --format=%B ${range}`) },
  { name: "ours, start-up alone (one commit)", cost: await measure(`node ${reader} ${repository} HEAD~1..HEAD`) },
  {
    name: "ours: git cat-file and our reader, in one process",
    cost: await measure(`node ${reader} ${repository} ${range}`),
  },
]);
