/**
 * Reads the diffs of random commits and compares them with what git counts and with the files themselves, for as long
 * as it is told.
 *
 *   node scripts/fuzz-diff.ts --minutes 10 [--seed N]
 *
 * Prints how much was read; each difference is printed with its seed. Exits 1 when there is one.
 */
import { parseArgs } from "node:util";
import { compareDiffs } from "../test/differential/git-diffs.ts";
import { randomCommits } from "../test/differential/random-contents.ts";
import { randomNumbers } from "../test/differential/random-messages.ts";
import { createRepository, removeRepositories } from "../test/git-repository.ts";

const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(values.minutes ?? 1);
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000_000);
const batch = 300;

const total = { commits: 0, files: 0, hunks: 0, addedLines: 0 };
const differences: string[] = [];
const deadline = performance.now() + minutes * 60_000;
let seed = firstSeed;
for (; performance.now() < deadline && differences.length < 10; seed += 1) fuzz(seed);
console.log(
  `${total.commits} commits with ${total.files} changed files, ${total.hunks} hunks and ${total.addedLines} added lines, ` +
    `seeds ${firstSeed} to ${seed - 1}: ${differences.length} differences`,
);
for (const difference of differences) console.log(difference);
process.exitCode = differences.length === 0 ? 0 : 1;

function fuzz(seed: number): void {
  const repository = createRepository({ bare: true });
  const commits = repository.commitAll(randomCommits(batch, seed));
  const random = randomNumbers(seed);
  // Mostly as a pipe gives it, now and then in crumbs.
  const longest = random() < 0.2 ? 16 : 65_536;
  const compared = compareDiffs(repository, commits, () => 1 + Math.floor(random() * longest));
  total.commits += commits.length;
  total.files += compared.files;
  total.hunks += compared.hunks;
  total.addedLines += compared.addedLines;
  differences.push(...compared.differences.map((text) => `seed ${seed}, ${text}`));
  removeRepositories();
}
