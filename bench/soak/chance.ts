/** Numbers that look random and are the same for the same seed: a failing run can be run again. */
export interface Chance {
  /** From 0 to less than 1. */
  next: () => number;
  /** A whole number from 0 to less than this. */
  below: (limit: number) => number;
  happens: (probability: number) => boolean;
  of: <T>(choices: readonly T[]) => T;
}

/** By the generator mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    happens: (probability) => next() < probability,
    of: (choices) => choices[below(choices.length)]!,
  };
}
