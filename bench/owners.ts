import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { measure, printCosts } from "./measure.ts";

/**
 * Who owns each file of a change, beside the matcher for gitignore that packages for CODEOWNERS are made of, in one run.
 * First it says how many paths the two read differently, which has to be 0.
 */
const script = resolve(import.meta.dirname, "match-owners.ts");
const sizes = [
  { lines: 100, paths: 500 },
  { lines: 300, paths: 3_000 },
];

for (const { lines, paths } of sizes) {
  console.log(execFileSync("node", [script, "both", String(lines), String(paths)], { encoding: "utf8" }).trim());
  const cost = (reader: string) => measure(`node ${script} ${reader} ${lines} ${paths}`, { times: 3 });
  printCosts(`${lines} lines, ${paths} paths`, [
    { name: "ignore 5.3.2, one matcher a line", cost: await cost("peer") },
    { name: "ours", cost: await cost("ours") },
    { name: "start-up alone", cost: await cost("none") },
  ]);
}
