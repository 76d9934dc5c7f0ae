import fc from "fast-check";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { compilePattern, matchesPattern } from "../../../../core/ownership/codeowners/pattern.ts";
import { createRepository, removeRepositories, runGit } from "../../../git-repository.ts";
import { path, pattern } from "./arbitraries.ts";

/**
 * GitHub says that CODEOWNERS follows most rules of gitignore. Where it names no exception, the installed git must agree:
 * `git check-ignore` is asked about the same patterns and paths.
 */

afterAll(removeRepositories);

/** Left out: `docs/*`, which goes deeper for git, since the folders in it are ignored; and `**` before a slash at the end. */
function isAlike(text: string): boolean {
  const folder = text.length > 1 && text.endsWith("/");
  const names = (folder ? text.slice(0, -1) : text).split("/");
  const [last, before] = [names.at(-1), names.at(-2)];
  if (folder) return last !== "**";
  return last !== "*" || before === "**" || before === undefined;
}

test("git agrees about what a pattern matches", () => {
  const repository = createRepository();
  const cases = fc.sample(fc.tuple(pattern.filter(isAlike), fc.array(path, { minLength: 10, maxLength: 10 })), {
    numRuns: 400,
    seed: 20_261_121,
  });
  // Each pattern in a folder of its own, which is the root for it: one process answers for all of them.
  for (const [index, [text]] of cases.entries()) {
    mkdirSync(join(repository.path, `f${index}`));
    writeFileSync(join(repository.path, `f${index}`, ".gitignore"), `${text}\n`);
  }
  const asked = cases.flatMap(([text, paths], index) =>
    [...new Set(paths)].map((at) => ({ text, at, place: `f${index}/${at}` })),
  );
  const ignored = ignoredBy(
    repository.path,
    asked.map(({ place }) => place),
  );
  const ours = asked.filter(({ text, at }) => matchesPattern(compilePattern(text), at.split("/")));
  const told = (row: { text: string; at: string }) => `${row.text} ${row.at}`;
  expect(ours.map(told)).toEqual(asked.filter(({ place }) => ignored.has(place)).map(told));
  expect(ours.length).toBeGreaterThan(500);
  expect(asked.length - ours.length).toBeGreaterThan(500);
});

function ignoredBy(cwd: string, places: readonly string[]): Set<string> {
  const args = ["-c", "core.excludesFile=", "check-ignore", "--no-index", "--stdin", "-z"];
  const output = runGit(cwd, args, { input: Buffer.from(places.map((place) => `${place}\0`).join("")) });
  return new Set(output.toString("utf8").split("\0").filter(Boolean));
}
