import type { BranchArm } from "./merge-files.ts";

/** What the report calls a block or an arm: mostly a number, sometimes a text. */
export type BranchId = number | string;

/** Null: the report says that the branch's line never ran. `unreachable`: marked as never to be counted. */
export type BranchHits = number | null | "unreachable";

/**
 * Branches of one section, named by their position within the line. The report's own ids cannot be compared across
 * versions: istanbul numbers blocks through the whole file, and coverage.py writes the line that an arm jumps to into
 * the arm's name. An unreachable arm keeps its position and is not counted (lcov 2.5, geninfo, "Tracefile format").
 */
export class LcovBranches {
  // Columns that every section uses again: a large report has half a million branches.
  readonly #lines: number[] = [];
  readonly #blocks: BranchId[] = [];
  readonly #arms: BranchId[] = [];
  readonly #hits: BranchHits[] = [];
  #count = 0;
  /** Whether line, block and arm are numbers that only go up: then no two records are the same arm. */
  #ascending = true;

  /** `arm` is null when the record has no name for it: then every record is an arm of its own. */
  add(line: number, block: BranchId, arm: BranchId | null, hits: BranchHits): void {
    const index = this.#count++;
    if (this.#ascending) this.#ascending = this.#isAscending(index, line, block, arm);
    this.#lines[index] = line;
    this.#blocks[index] = block;
    // Below zero no report can have an id.
    this.#arms[index] = arm ?? -1 - index;
    this.#hits[index] = hits;
  }

  /** The branches since the last call, in the report's order. */
  take(): BranchArm[] {
    const arms = this.#ascending ? this.#armsInOrder() : this.#armsByName();
    this.#count = 0;
    this.#ascending = true;
    return arms;
  }

  #isAscending(index: number, line: number, block: BranchId, arm: BranchId | null): boolean {
    if (typeof block !== "number" || typeof arm !== "number") return false;
    if (index === 0) return true;
    const lineBefore = this.#lines[index - 1]!;
    if (line !== lineBefore) return line > lineBefore;
    const blockBefore = Number(this.#blocks[index - 1]);
    return block === blockBefore ? arm > Number(this.#arms[index - 1]) : block > blockBefore;
  }

  #armsInOrder(): BranchArm[] {
    const arms: BranchArm[] = [];
    let block = 0;
    let arm = 0;
    for (let index = 0; index < this.#count; index++) {
      const sameLine = index > 0 && this.#lines[index] === this.#lines[index - 1];
      const sameBlock = sameLine && this.#blocks[index] === this.#blocks[index - 1];
      arm = sameBlock ? arm + 1 : 0;
      block = sameBlock ? block : sameLine ? block + 1 : 0;
      this.#addArm(arms, index, block, arm);
    }
    return arms;
  }

  #armsByName(): BranchArm[] {
    const arms: BranchArm[] = [];
    const lines = new Map<number, Map<BranchId, Block>>();
    for (let index = 0; index < this.#count; index++) {
      const blocks = getOrAdd(lines, this.#lines[index]!, () => new Map<BranchId, Block>());
      const block = getOrAdd(blocks, this.#blocks[index]!, () => newBlock(blocks.size));
      const arm = getOrAdd(block.arms, this.#arms[index]!, () => block.arms.size);
      this.#addArm(arms, index, block.position, arm);
    }
    return arms;
  }

  #addArm(arms: BranchArm[], index: number, block: number, arm: number): void {
    const hits = this.#hits[index]!;
    if (hits === "unreachable") return;
    arms.push({ line: this.#lines[index]!, block: digits(block), arm: digits(arm), hits, column: null, type: null });
  }
}

/** A block of a line, and the positions of its arms. */
interface Block {
  position: number;
  arms: Map<BranchId, number>;
}

function newBlock(position: number): Block {
  return { position, arms: new Map() };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** Positions as text, made once. */
const smallDigits = Array.from({ length: 256 }, (_, position) => String(position));

function digits(position: number): string {
  return smallDigits[position] ?? String(position);
}
