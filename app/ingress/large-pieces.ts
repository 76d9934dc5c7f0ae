import type { Held } from "./body-places.ts";

/** Memory for large bodies. */
export interface LargePieces {
  /** Resolves with a piece when one is free. Of those that wait, whoever came fastest so far goes first. */
  take: (holder: Held, pace: number) => Promise<Buffer>;
  /** The holder needs it no more, or waits for none any more. */
  giveBack: (holder: Held) => void;
  /** Whether anybody waits for one. */
  isWanted: () => boolean;
}

/**
 * Nearly every delivery is small, so small ones never wait for large ones: of those that grow, two are received at a time,
 * and the others wait with their senders. The two pieces are used again and again: left to the garbage collector, they
 * would pile up before it comes.
 */
export function largePieces(bytes: number): LargePieces {
  let taken = 0;
  const free: Buffer[] = [];
  let waiting: Waiting[] = [];
  const admit = (): void => {
    while (taken < largeAtOnce) {
      const next = waiting.toSorted((a, b) => b.pace - a.pace)[0];
      if (next === undefined) return;
      waiting = waiting.filter((each) => each !== next);
      taken += 1;
      const piece = free.pop() ?? Buffer.allocUnsafeSlow(bytes);
      Object.assign(next.holder, { state: "large", piece });
      next.resolve(piece);
    }
  };
  return {
    take: (holder, pace) =>
      new Promise((resolve) => {
        holder.state = "waiting";
        waiting.push({ holder, pace, resolve });
        admit();
      }),
    giveBack: (holder) => {
      waiting = waiting.filter((each) => each.holder !== holder);
      if (holder.piece === null) return;
      free.push(holder.piece);
      holder.piece = null;
      taken -= 1;
      admit();
    },
    isWanted: () => waiting.length > 0,
  };
}

interface Waiting {
  holder: Held;
  pace: number;
  resolve: (piece: Buffer) => void;
}

const largeAtOnce = 2;
