import { afterAll, describe, expect, test } from "vitest";
import { readChange } from "../../adapters/git/read-change.ts";
import { resolveRange } from "../../adapters/git/resolve-range.ts";
import { openRepository } from "../../adapters/git/run-git.ts";
import type { Change } from "../../core/change/change.ts";
import { lineOrigins } from "../../core/change/line-origins.ts";
import { addedLines } from "../../core/change/line-map.ts";
import { createRepository, removeRepositories, type TestRepository } from "../git-repository.ts";
import { compareDiffs } from "./git-diffs.ts";
import { randomCommits } from "./random-contents.ts";
import { randomHistory } from "./random-history.ts";
import { randomNumbers } from "./random-messages.ts";

afterAll(removeRepositories);

describe("diffs of random commits read as git counts them, and rebuild the files", () => {
  test.each([
    { says: "in the chunks of a pipe", seed: 11, longest: 65_536 },
    { says: "in crumbs", seed: 12, longest: 9 },
  ])("$says", ({ seed, longest }) => {
    const repository = createRepository({ bare: true });
    const commits = repository.commitAll(randomCommits(150, seed));
    const random = randomNumbers(seed);
    const compared = compareDiffs(repository, commits, () => 1 + Math.floor(random() * longest));
    expect(compared.differences).toEqual([]);
    expect(compared.hunks).toBeGreaterThan(100);
    expect(compared.addedLines).toBeGreaterThan(1000);
  });
});

describe.each([
  { says: "one branch", merges: false, seeds: [1, 2, 3, 4, 5, 6] },
  { says: "with merges", merges: true, seeds: [21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32] },
])("random histories, $says", ({ merges, seeds }) => {
  const repository = createRepository({ bare: true });
  const histories = makeHistories(repository, seeds, merges);
  let compared = 0;
  afterAll(() => expect(compared).toBeGreaterThan(100));

  test.each(histories)("history $seed", async ({ base, head }) => {
    const opened = await openRepository(repository.path);
    const added: string[] = [];
    const range = await resolveRange(opened, { event: "local", base, head, workTree: false });
    const change = await readChange(range, {
      onAddedLine: (path, line, text) => added.push(`${path}:${line}:${text.toString()}`),
    });
    expect(shortStat(change)).toEqual(gitShortStat(repository, change));
    expect(change.commits.map(({ sha }) => sha).sort()).toEqual(
      repository
        .text(["rev-list", head, `^${base}`])
        .split("\n")
        .sort(),
    );
    expect(added.sort()).toEqual(linesInBlobs(repository, change).sort());
    for (const [path, stretches] of lineOrigins(change)) {
      const file = change.files.find((each) => each.path === path);
      const lines = stretches.flatMap(({ start, end, commit }) =>
        Array.from({ length: end - start + 1 }, (_, index) => ({ line: start + index, commit })),
      );
      expect(lines.map(({ line }) => line)).toEqual(addedLines(file?.hunks ?? []));
      expect(lines).toEqual(blame(repository, base, head, path, lines));
      compared += lines.length;
    }
  });
});

function makeHistories(repository: TestRepository, seeds: readonly number[], merges: boolean) {
  const made = seeds.reduce<
    { seed: number; base: number; head: number; requests: ReturnType<typeof randomHistory>["requests"] }[]
  >((before, seed) => {
    const offset = before.reduce((sum, { requests }) => sum + requests.length, 0);
    const { requests, base, head } = randomHistory(seed, offset, { merges });
    return [...before, { seed, requests, base: offset + base, head: offset + head }];
  }, []);
  const ids = repository.commitAll(made.flatMap(({ requests }) => requests));
  return made.map(({ seed, base, head }) => ({ seed, base: ids[base]!, head: ids[head]! }));
}

function shortStat({ files }: Change) {
  return files.map((file) => ({
    raw: `${file.oldMode ?? "000000"} ${file.newMode ?? "000000"} ${file.oldBlob ?? zero} ${file.newBlob ?? zero}`,
    paths: [...(file.previousPath === null ? [] : [file.previousPath]), file.path],
    counts: `${file.addedLines}\t${file.deletedLines}`,
  }));
}

const zero = "0".repeat(40);

/** What `git diff` says of the same files: without `-z`, since the names are plain. */
function gitShortStat(repository: TestRepository, { mergeBase, head }: Change) {
  const diff = (...flags: string[]) =>
    repository.text(["diff", "--no-abbrev", "-M50%", ...flags, mergeBase, head.sha]).split("\n");
  const counts = diff("--numstat");
  return diff("--raw")
    .map((line, index) => {
      const [facts = "", ...paths] = line.slice(1).split("\t");
      return {
        raw: facts.split(" ").slice(0, 4).join(" "),
        paths,
        counts: counts[index]?.split("\t").slice(0, 2).join("\t"),
      };
    })
    .sort((a, b) => (a.paths.at(-1)! < b.paths.at(-1)! ? -1 : 1));
}

function linesInBlobs(repository: TestRepository, { files }: Change): string[] {
  return files.flatMap(({ path, newBlob, hunks }) => {
    if (newBlob === null || hunks.length === 0) return [];
    const lines = repository.text(["cat-file", "blob", newBlob]).split("\n");
    return addedLines(hunks).map((line) => `${path}:${line}:${lines[line - 1] ?? "?"}`);
  });
}

interface OwnedLine {
  line: number;
  commit: string | null;
}

/** The owners of the same lines by `git blame`; null where it names none of the change's commits. */
function blame(
  repository: TestRepository,
  base: string,
  head: string,
  path: string,
  lines: readonly OwnedLine[],
): OwnedLine[] {
  const output = repository.text(["blame", "-s", "--porcelain", `${base}..${head}`, "--", path]).split("\n");
  const boundaries = new Set<string>();
  const owners = new Map<number, string>();
  let current = "";
  for (const text of output) {
    const [id = "", , line] = text.split(" ");
    if (id.length === 40 && line !== undefined) owners.set(Number(line), (current = id));
    else if (text === "boundary") boundaries.add(current);
  }
  return lines.map(({ line }) => {
    const owner = owners.get(line) ?? null;
    return { line, commit: owner === null || boundaries.has(owner) ? null : owner };
  });
}
