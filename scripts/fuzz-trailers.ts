/**
 * Compares our reading of trailers with the installed git's on random commit messages, for as long as it is told.
 *
 *   node scripts/fuzz-trailers.ts --minutes 10 [--seed N]
 *
 * Prints how many messages were tried; each difference is printed as small as it can be made. Exits 1 when there is one.
 */
import { parseArgs } from "node:util";
import { gitTrailers, ourTrailers } from "../test/differential/git-trailers.ts";
import { randomMessages } from "../test/differential/random-messages.ts";

const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(values.minutes ?? 1);
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const batch = 5_000;

const result = fuzz(performance.now() + minutes * 60_000);
console.log(
  `${result.tried} messages, ${result.withTrailers} of them with trailers, seeds ${seed} to ${result.lastSeed}: ` +
    `${result.different.length} differences`,
);
for (const message of result.different.slice(0, 10)) report(smallest(message));
process.exitCode = result.different.length === 0 ? 0 : 1;

function fuzz(deadline: number) {
  const different: string[] = [];
  let tried = 0;
  let withTrailers = 0;
  let lastSeed = seed;
  for (; performance.now() < deadline && different.length < 10; lastSeed++) {
    const messages = randomMessages(batch, lastSeed);
    const expected = gitTrailers(messages);
    tried += messages.length;
    withTrailers += expected.filter((printed) => printed !== "").length;
    different.push(...messages.filter((message, index) => ourTrailers(message) !== expected[index]));
  }
  return { tried, withTrailers, different, lastSeed: lastSeed - 1 };
}

/** Leaves out lines, then characters, as long as the two still differ. */
function smallest(message: string): string {
  for (const separator of ["\n", ""]) {
    let parts = message.split(separator);
    for (let at = 0; at < parts.length;) {
      const fewer = parts.toSpliced(at, 1);
      if (differs(fewer.join(separator))) parts = fewer;
      else at++;
    }
    message = parts.join(separator);
  }
  return message;
}

function differs(message: string): boolean {
  return gitTrailers([message])[0] !== ourTrailers(message);
}

function report(message: string): void {
  const git = gitTrailers([message])[0];
  console.log(JSON.stringify({ message, git, ours: ourTrailers(message) }, null, 2));
}
