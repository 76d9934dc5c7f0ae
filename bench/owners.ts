import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { measure, printCosts } from "./measure.ts";

/**
 * Who owns each file of a change, beside the matcher for gitignore that packages for CODEOWNERS are made of, in one run.
 * First it says how many paths the two read differently, which has to be 0.
 */
const script = resolve(import.meta.dirname, "match-owners.ts");
const sizes = [
  { lines: 100, paths: 500, kind: "folders", times: 3 },
  { lines: 300, paths: 3_000, kind: "folders", times: 3 },
  { lines: 700, paths: 3_000, kind: "wild", times: 1 },
  { lines: 20_000, paths: 100, kind: "mixed", times: 1 },
];

for (const { lines, paths, kind, times } of sizes) {
  const args = [String(lines), String(paths), kind];
  console.log(execFileSync("node", [script, "both", ...args], { encoding: "utf8" }).trim());
  const cost = (reader: string) => measure(`node ${script} ${reader} ${args.join(" ")}`, { times });
  printCosts(`${lines} lines (${kind}), ${paths} paths`, [
    { name: "ignore 5.3.2, one matcher a line", cost: await cost("peer") },
    { name: "ours", cost: await cost("ours") },
    { name: "start-up alone", cost: await cost("none") },
  ]);
}
