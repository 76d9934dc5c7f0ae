import { afterAll, describe, expect, test } from "vitest";
import { openRepository, type GitRepository } from "../../adapters/git/run-git.ts";
import { addedLines } from "../../core/change/line-map.ts";
import { lineOrigins } from "../../core/change/line-origins.ts";
import { readBetween } from "../adapters/git/read-range.ts";
import { createRepository, removeRepositories } from "../git-repository.ts";
import { movedHistory } from "./random-moves.ts";

afterAll(removeRepositories);

/**
 * Histories in which lines move and come back, against two oracles: the generator, which knows who wrote each line, and
 * `git blame -M -C -C`, which sees moves inside one commit: a line that a later commit brings back is that commit's to
 * blame. `COUNTERSIGN_HISTORIES=200` looks at more.
 */
const seeds = Array.from({ length: Number(process.env["COUNTERSIGN_HISTORIES"] ?? 8) }, (_, index) => 100 + index);
const repository = createRepository({ bare: true });
const histories = seeds.reduce<{ seed: number; offset: number; history: ReturnType<typeof movedHistory> }[]>(
  (made, seed) => {
    const offset = made.reduce((sum, { history }) => sum + history.requests.length, 0);
    return [...made, { seed, offset, history: movedHistory(seed, offset) }];
  },
  [],
);
const ids = repository.commitAll(histories.flatMap(({ history }) => history.requests));
const counts = { lines: 0, ofWriter: 0, blamed: 0, blameAgrees: 0, moved: 0, movedAgrees: 0 };

describe("lines that move and come back", () => {
  test.each(histories)("history $seed", async ({ offset, history: { requests, writtenBy } }) => {
    const own = ids.slice(offset, offset + requests.length);
    const [base = "", head = ""] = [own[0], own.at(-1)];
    const opened: GitRepository = await openRepository(repository.path);
    const change = await readBetween(opened, base, head);
    const contents = treeReader();
    for (const [path, stretches] of lineOrigins(change)) {
      const lines = stretches.flatMap(({ start, end, ...origin }) =>
        Array.from({ length: end - start + 1 }, (_, index) => ({ number: start + index, index, ...origin })),
      );
      expect(lines.map(({ number }) => number)).toEqual(
        addedLines(change.files.find((file) => file.path === path)!.hunks),
      );
      const [plain, copies] = [blame(base, head, path, []), blame(base, head, path, ["-M", "-C", "-C"])];
      for (const { number, index, commit, path: at, line } of lines) {
        const text = contents(head, path)[number - 1]!;
        const writer = own[writtenBy.get(text) ?? 0]!;
        if (writer !== base) {
          // Where a line is said to come from, there it stands.
          expect(contents(commit!, at!)[line! + index - 1]).toBe(text);
          counts.lines += 1;
          if (commit === writer) counts.ofWriter += 1;
        }
        const blamed = copies.get(number);
        if (blamed === undefined) continue;
        counts.blamed += 1;
        if (blamed === commit) counts.blameAgrees += 1;
        if (blamed === plain.get(number)) continue;
        counts.moved += 1;
        if (blamed === commit) counts.movedAgrees += 1;
      }
    }
  });
});

test("every line goes back to who wrote it, and nearly all to whom blame says", () => {
  const share = (part: number, whole: number) => `${part} of ${whole} (${((100 * part) / whole).toFixed(2)} %)`;
  console.log(
    [
      `lines of the change that belong to their writer: ${share(counts.ofWriter, counts.lines)}`,
      `lines where git blame -M -C -C agrees: ${share(counts.blameAgrees, counts.blamed)}`,
      `of those that it follows through a move: ${share(counts.movedAgrees, counts.moved)}`,
    ].join("\n"),
  );
  expect(counts.moved).toBeGreaterThan(50);
  expect(counts.ofWriter).toBe(counts.lines);
  expect(counts.lines).toBeGreaterThan(400);
  expect(counts.movedAgrees / counts.moved).toBeGreaterThan(0.85);
});

function treeReader(): (commit: string, path: string) => string[] {
  const known = new Map<string, string[]>();
  return (commit, path) => {
    const name = `${commit}:${path}`;
    const lines = known.get(name) ?? repository.text(["cat-file", "blob", name]).split("\n");
    known.set(name, lines);
    return lines;
  };
}

/** By line, the commit of the range that git names. */
function blame(base: string, head: string, path: string, flags: readonly string[]): Map<number, string> {
  const owners = new Map<number, string>();
  const boundaries = new Set<string>();
  let current = "";
  for (const text of repository
    .text(["blame", "-s", "--porcelain", ...flags, `${base}..${head}`, "--", path])
    .split("\n")) {
    const [id = "", , line] = text.split(" ");
    if (id.length === 40 && line !== undefined) owners.set(Number(line), (current = id));
    else if (text === "boundary") boundaries.add(current);
  }
  return new Map([...owners].filter(([, owner]) => !boundaries.has(owner)));
}
