import type { CommitRequest } from "../git-repository.ts";
import { randomNumbers } from "./random-messages.ts";

/** A history with a base and a head, as requests for `commitAll`; base and head are places in that list. */
export interface History {
  requests: CommitRequest[];
  base: number;
  head: number;
}

/**
 * A history at random in which no line is ever written twice, so that there is one right answer to who brought which:
 * edits, new and deleted files, renames with and without edits, and merges in both directions, now and then criss-cross
 * or with lines of their own. The same seed gives the same history. `offset` is how many requests stand before it in
 * the same `commitAll`.
 */
export function randomHistory(seed: number, offset: number, options: { merges: boolean }): History {
  const random = randomNumbers(seed);
  const writer = lineWriter(seed);
  const root = Array.from({ length: 4 }, (_, id) => newFile(id, seed, writer));
  const nodes: Node[] = [{ parents: [], files: new Map(root) }];
  let base = 0;
  let head = 0;
  const add = (node: Node) => nodes.push(node) - 1;
  const steps = 5 + Math.floor(random() * 8);
  for (let step = 0; step < steps; step += 1) {
    const dice = options.merges ? random() : 1;
    if (dice < 0.15 && base !== head) head = add(merge(nodes, head, base, random, writer));
    else if (dice < 0.2 && base !== head) base = add(merge(nodes, base, head, random, writer));
    else if (dice < 0.35) {
      const side = add(edit(nodes, pick([base, head], random), random, writer));
      head = add(merge(nodes, head, side, random, writer));
    } else if (dice < 0.5) base = add(edit(nodes, base, random, writer));
    else head = add(edit(nodes, head, random, writer));
  }
  head = add(edit(nodes, head, random, writer));
  return { requests: nodes.map((node, index) => requestOf(nodes, node, index, offset, seed)), base, head };
}

type Random = () => number;
type Writer = (count: number) => string[];

/** A file keeps its number when it is renamed. */
type Files = ReadonlyMap<number, { path: string; lines: readonly string[] }>;

interface Node {
  parents: readonly number[];
  files: Files;
}

function lineWriter(seed: number): Writer {
  let next = 0;
  // Words, not only numbers, so that git sees a renamed file as the same one and two new files as different.
  return (count) =>
    Array.from({ length: count }, () => `${((seed + (next += 1)) * 2654435761).toString(36)} line ${next}`);
}

function newFile(id: number, seed: number, write: Writer): [number, { path: string; lines: string[] }] {
  return [id, { path: `folder${id % 3}/file-${seed}-${id}.txt`, lines: write(14) }];
}

function edit(nodes: readonly Node[], parent: number, random: Random, write: Writer): Node {
  const files = new Map(nodes[parent]!.files);
  const count = 1 + Math.floor(random() * 3);
  for (const id of Array.from({ length: count }, () => pick([...files.keys()], random))) {
    const file = files.get(id);
    if (file === undefined) continue;
    const dice = random();
    if (dice < 0.06 && files.size > 2) files.delete(id);
    else if (dice < 0.14) files.set(...newFile(1000 * nodes.length + id, Math.floor(random() * 1e6), write));
    else if (dice < 0.26) files.set(id, { ...file, path: `moved/${nodes.length}-${id}.txt` });
    else {
      const path = dice < 0.34 ? `moved/${nodes.length}-${id}.txt` : file.path;
      files.set(id, { path, lines: splice(file.lines, random, write) });
    }
  }
  return { parents: [parent], files };
}

function splice(lines: readonly string[], random: Random, write: Writer): string[] {
  const edited = [...lines];
  for (let left = 1 + Math.floor(random() * 2); left > 0; left -= 1) {
    const removed = edited.length > 8 ? Math.floor(random() * 3) : 0;
    edited.splice(Math.floor(random() * (edited.length + 1)), removed, ...write(1 + Math.floor(random() * 3)));
  }
  return edited;
}

/** Takes both sides' changes as git would; where they meet, the first parent's lines stand first. */
function merge(nodes: readonly Node[], ours: number, theirs: number, random: Random, write: Writer): Node {
  const [a, b] = [nodes[ours]!.files, nodes[theirs]!.files];
  const common = nodes[commonAncestor(nodes, ours, theirs)]!.files;
  const files = new Map<number, { path: string; lines: readonly string[] }>();
  for (const id of new Set([...a.keys(), ...b.keys()])) {
    const [mine, other, before] = [a.get(id), b.get(id), common.get(id)];
    if (mine !== undefined && other !== undefined) {
      const path = before !== undefined && mine.path === before.path ? other.path : mine.path;
      files.set(id, { path, lines: mergeLines(before?.lines ?? [], mine.lines, other.lines) });
    } else if (before === undefined) files.set(id, (mine ?? other)!);
  }
  const [first] = files.keys();
  const file = first === undefined ? undefined : files.get(first);
  // A merge that brings lines which neither side had.
  if (random() < 0.3 && first !== undefined && file !== undefined)
    files.set(first, { ...file, lines: splice(file.lines, random, write) });
  return { parents: [ours, theirs], files };
}

function mergeLines(before: readonly string[], mine: readonly string[], other: readonly string[]): string[] {
  const known = new Set(before);
  const kept = new Set(other);
  const merged = mine.filter((line) => !known.has(line) || kept.has(line));
  const present = new Set(merged);
  for (const [index, line] of other.entries()) {
    if (known.has(line) || present.has(line)) continue;
    const neighbour = other.slice(0, index).findLast((earlier) => present.has(earlier));
    merged.splice(neighbour === undefined ? 0 : merged.indexOf(neighbour) + 1, 0, line);
    present.add(line);
  }
  return merged;
}

function commonAncestor(nodes: readonly Node[], one: number, other: number): number {
  const known = ancestors(nodes, one);
  return Math.max(...[...ancestors(nodes, other)].filter((node) => known.has(node)));
}

function ancestors(nodes: readonly Node[], start: number): Set<number> {
  const found = new Set([start]);
  for (const node of found) for (const parent of nodes[node]!.parents) found.add(parent);
  return found;
}

function requestOf(nodes: readonly Node[], node: Node, index: number, offset: number, seed: number): CommitRequest {
  const [first] = node.parents;
  const before = first === undefined ? new Map<string, string>() : contents(nodes[first]!.files);
  const after = contents(node.files);
  return {
    delete: [...before.keys()].filter((path) => !after.has(path)),
    files: [...after].filter(([path, content]) => before.get(path) !== content),
    parents: node.parents.map((parent) => `:${offset + parent + 1}`),
    branch: `history-${seed}`,
    message: `Step ${index}\n`,
  };
}

function contents(files: Files): Map<string, string> {
  return new Map([...files.values()].map(({ path, lines }) => [path, `${lines.join("\n")}\n`]));
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)]!;
}
