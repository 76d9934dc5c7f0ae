/** How many bodies may be in memory at the same time, over all connections. */
export interface BodyPlaces {
  /** Null when all places are taken. */
  enter: () => BodyPlace | null;
  taken: () => number;
}

/** The place of one body. */
export interface BodyPlace {
  /** What a body may take without asking, in bytes. */
  smallBytes: number;
  /** Resolves when the body may grow beyond that, with memory for the largest: its own until it leaves. */
  grow: () => Promise<Buffer>;
  leave: () => void;
}

/**
 * Nearly every delivery is small, so small ones never wait for large ones: of those that grow, two are received at a
 * time, and the others wait with their senders. So memory has a bound that does not depend on how many send: `places`
 * times 128 kB, and twice the largest body. The two pieces for large ones are used again and again: left to the garbage
 * collector, they would pile up before it comes.
 */
export function newBodyPlaces(places: number, largestBytes: number): BodyPlaces {
  let taken = 0;
  let large = 0;
  const pieces: Buffer[] = [];
  const waiting: Waiting[] = [];
  const admit = (): void => {
    while (large < largeAtOnce) {
      const next = waiting.shift();
      if (next === undefined) return;
      large += 1;
      next.admit();
    }
  };
  const enter = (): BodyPlace | null => {
    if (taken >= places) return null;
    taken += 1;
    let state: "small" | "waiting" | "large" | "left" = "small";
    let piece: Buffer | null = null;
    let own: Waiting | null = null;
    const grow = (): Promise<Buffer> =>
      new Promise((resolve) => {
        state = "waiting";
        own = {
          admit: () => {
            state = "large";
            piece = pieces.pop() ?? Buffer.allocUnsafeSlow(largestBytes);
            resolve(piece);
          },
        };
        waiting.push(own);
        admit();
      });
    const leave = (): void => {
      if (state === "left") return;
      if (state === "waiting" && own !== null) waiting.splice(waiting.indexOf(own), 1);
      if (state === "large") large -= 1;
      if (piece !== null) pieces.push(piece);
      state = "left";
      taken -= 1;
      admit();
    };
    return { smallBytes, grow, leave };
  };
  return { enter, taken: () => taken };
}

interface Waiting {
  admit: () => void;
}

const smallBytes = 128 * 1024;
const largeAtOnce = 2;
