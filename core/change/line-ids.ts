import { hash } from "node:crypto";

/** Numbers for lines: two lines have the same number when they are equal, byte for byte. 0: the line is not known. */
export interface LineIds {
  /** The number of a line that is taken away. It stays known. */
  removed: (text: Buffer) => number;
  /** The number of a line that is added. With `wait`, one that is not known gets a number for `settle` to look at. */
  added: (text: Buffer, wait: boolean) => number;
  /** The number of an added line, now that all lines which the same commit takes away are known; 0 when it is none of them. */
  settle: (id: number) => number;
  /** Forgets what waited. */
  endCommit: () => void;
  /** How many letters and digits the line has, counted to 20: what a stretch needs to be more than chance. */
  lettersOf: (id: number) => number;
}

/** Letters and digits that a stretch must have to count as moved, as in git's `--color-moved`. */
export const enoughLetters = 20;

/** Knows lines up to a sum of `textLimit` bytes, and as many that wait; lines beyond are not known. */
export function lineIds(textLimit: number): LineIds {
  const known = new Map<string, number>();
  const letters = [0];
  const waiting = new Map<string, number>();
  const settled = [0];
  let knownText = 0;
  let waitingText = 0;
  return {
    removed(text) {
      const key = keyOf(text);
      const id = known.get(key);
      if (id !== undefined) return id;
      if ((knownText += key.length) > textLimit) return 0;
      const next = letters.push(countLetters(text)) - 1;
      known.set(key, next);
      const waits = waiting.get(key);
      if (waits !== undefined) settled[waits] = next;
      return next;
    },
    added(text, wait) {
      const key = keyOf(text);
      const id = known.get(key);
      if (id !== undefined || !wait) return id ?? 0;
      const waits = waiting.get(key);
      if (waits !== undefined) return -waits;
      if ((waitingText += key.length) > textLimit) return 0;
      const next = settled.push(0) - 1;
      waiting.set(key, next);
      return -next;
    },
    settle: (id) => (id < 0 ? (settled[-id] ?? 0) : id),
    endCommit() {
      waiting.clear();
      settled.length = 1;
      waitingText = 0;
    },
    lettersOf: (id) => letters[id] ?? 0,
  };
}

const longestKept = 96;

/** Long lines are told apart by their digest, so that one of 100 MB costs no memory. No line holds a newline. */
function keyOf(text: Buffer): string {
  return text.length <= longestKept ? text.toString("latin1") : `\n${hash("sha256", text, "base64")}`;
}

/** ASCII letters and digits; bytes of other scripts count, too. */
function countLetters(text: Buffer): number {
  let count = 0;
  for (let index = 0; index < text.length && count < enoughLetters; index += 1) {
    const byte = text[index]!;
    const letter = byte | 0x20;
    if (byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a)) count += 1;
  }
  return count;
}
