import type { Hunk } from "../change/line-map.ts";

/** The lines that a change adds to one file, as stretches: a change can add ten million lines in one hunk. */
export class AddedLines {
  readonly #stretches: { start: number; end: number }[];

  constructor(hunks: readonly Hunk[]) {
    this.#stretches = hunks
      .filter(({ newLines }) => newLines > 0)
      .map(({ newStart, newLines }) => ({ start: newStart, end: newStart + newLines - 1 }));
  }

  get isEmpty(): boolean {
    return this.#stretches.length === 0;
  }

  has(line: number): boolean {
    const stretch = this.#stretches[this.#firstEndingAt(line)];
    return stretch !== undefined && stretch.start <= line;
  }

  /** The added lines from `start` to `end`, ascending. */
  *from(start: number, end: number): Generator<number, undefined> {
    for (let index = this.#firstEndingAt(start); index < this.#stretches.length; index++) {
      const stretch = this.#stretches[index]!;
      for (let line = Math.max(start, stretch.start); line <= Math.min(end, stretch.end); line++) yield line;
      if (stretch.end >= end) return;
    }
  }

  #firstEndingAt(line: number): number {
    let low = 0;
    let high = this.#stretches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#stretches[middle]!.end < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
