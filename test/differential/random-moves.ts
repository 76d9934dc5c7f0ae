import type { CommitRequest } from "../git-repository.ts";
import { randomNumbers } from "./random-messages.ts";

/** Requests for `commitAll`, and for each line of text the place in that list of the commit that wrote it first. */
export interface MovedHistory {
  requests: CommitRequest[];
  writtenBy: ReadonlyMap<string, number>;
}

/**
 * A history at random in which lines are written once, and then moved: to another place, another file, a new file, out
 * of the tree and back again by a revert; files are renamed, and branches merged that touched different files. The first
 * commit is the base. The same seed gives the same history. `offset` is how many requests stand before it.
 */
export function movedHistory(seed: number, offset: number, steps = 40): MovedHistory {
  const random = randomNumbers(seed);
  const writtenBy = new Map<string, number>();
  const write = (commit: number, count: number) =>
    Array.from({ length: count }, () => {
      const line = `${" ".repeat(2 * Math.floor(random() * 3))}written(${writtenBy.size}, seed${seed}, "some words of code");`;
      writtenBy.set(line, commit);
      return line;
    });
  const base = new Map([0, 1, 2].map((id) => [`src/file${id}.txt`, write(0, 12)]));
  const trees: Tree[] = [base];
  const requests = [requestOf(new Map(), base, [], offset, seed)];
  for (let commit = 1; commit < steps; commit += 1) {
    const before = trees[commit - 1]!;
    const after = step(trees, commit, random, (count) => write(commit, count));
    trees.push(after);
    requests.push(requestOf(before, after, [commit - 1], offset, seed));
  }
  return { requests, writtenBy };
}

type Tree = Map<string, string[]>;
type Write = (count: number) => string[];

function step(trees: readonly Tree[], commit: number, random: () => number, write: Write): Tree {
  const before = trees[commit - 1]!;
  const tree: Tree = new Map([...before].map(([path, lines]) => [path, [...lines]]));
  const dice = random();
  if (dice < 0.35 || commit === 1) insert(pick(tree, random), write(2 + random() * 4), random);
  else if (dice < 0.55) move(pick(tree, random), pick(tree, random), random);
  else if (dice < 0.65) tree.set(`new/file${commit}.txt`, [...write(2), ...cut(pick(tree, random), random)]);
  else if (dice < 0.75) cut(pick(tree, random), random);
  else if (dice < 0.82) rename(tree, commit, random);
  else revert(tree, trees, Math.max(1, commit - 1 - Math.floor(random() * 3)));
  // Most commits also do something else.
  if (random() < 0.6) insert(pick(tree, random), write(1 + random() * 2), random);
  return tree;
}

function pick(tree: Tree, random: () => number): string[] {
  return [...tree.values()][Math.floor(random() * tree.size)]!;
}

function insert(into: string[], lines: readonly string[], random: () => number): void {
  into.splice(Math.floor(random() * (into.length + 1)), 0, ...lines);
}

function cut(from: string[], random: () => number): string[] {
  return from.splice(Math.floor(random() * from.length), 2 + Math.floor(random() * 5));
}

function move(from: string[], to: string[], random: () => number): void {
  insert(to, cut(from, random), random);
}

function rename(tree: Tree, commit: number, random: () => number): void {
  const path = [...tree.keys()][Math.floor(random() * tree.size)]!;
  const lines = tree.get(path)!;
  tree.delete(path);
  tree.set(`renamed/file${commit}.txt`, lines);
}

/** Undoes what a commit did to files that still are where they were, as far as nothing stands twice. */
function revert(tree: Tree, trees: readonly Tree[], commit: number): void {
  const [older, newer] = [trees[commit - 1]!, trees[commit]!];
  for (const [path, now] of tree) {
    const [before, after] = [older.get(path) ?? [], newer.get(path)];
    if (after === undefined || after.join("\n") !== now.join("\n")) continue;
    const elsewhere = new Set([...tree].flatMap(([other, lines]) => (other === path ? [] : lines)));
    now.splice(0, now.length, ...before.filter((line) => !elsewhere.has(line)));
  }
}

function requestOf(before: Tree, after: Tree, parents: readonly number[], offset: number, seed: number): CommitRequest {
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
  return {
    delete: [...before.keys()].filter((path) => !after.has(path)),
    files: [...after]
      .filter(([path, lines]) => before.get(path)?.join() !== lines.join())
      .map(([path, lines]) => [path, text(lines)] as const),
    parents: parents.map((parent) => `:${offset + parent + 1}`),
    branch: `moves-${seed}`,
    message: "Step\n",
  };
}
