/** Numbers from 0 to 1 that are the same for a seed on every machine (mulberry32, by Tommy Ettinger; public domain). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One Poisson count (Knuth's method: products of numbers until they fall below e^-mean). */
export function poissonDraw(mean: number, random: () => number): number {
  const end = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > end; product *= random()) count += 1;
  return count;
}

export function poissonDraws(mean: number, draws: number, seed: number): number[] {
  const random = randomNumbers(seed);
  return Array.from({ length: draws }, () => poissonDraw(mean, random));
}
