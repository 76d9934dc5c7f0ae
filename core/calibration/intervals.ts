import { crossing, lowerBeta, lowerGamma } from "./special-functions.ts";

/** From `low` to `high`; `high` is infinite where the numbers set no bound. */
export interface Interval {
  low: number;
  high: number;
}

/** What a 95 % interval leaves out on each side. */
const tail = 0.025;

/**
 * The exact 95 % interval of a Poisson mean after a count (F. Garwood, Fiducial limits for the Poisson distribution,
 * Biometrika 28, 1936): half the 2.5 % quantile of chi-square with 2·count degrees of freedom, to half the 97.5 % quantile
 * with 2·count + 2. A count need not be whole: one that is worth less is counted as less.
 */
export function poissonInterval(count: number): Interval {
  return {
    low: count === 0 ? 0 : gammaQuantile(count, tail),
    high: gammaQuantile(count + 1, 1 - tail),
  };
}

/** The quantile of chi-square with that many degrees of freedom: where that share of it lies below. */
export function chiSquareQuantile(share: number, degrees: number): number {
  return 2 * gammaQuantile(degrees / 2, share);
}

function gammaQuantile(shape: number, share: number): number {
  const below = (x: number) => lowerGamma(shape, x);
  let high = shape + 1;
  while (below(high) < share) high *= 2;
  return crossing(below, share, 0, high);
}

/**
 * The exact 95 % interval of a share after `count` of `total` (C. J. Clopper and E. S. Pearson, The use of confidence or
 * fiducial limits illustrated in the case of the binomial, Biometrika 26, 1934).
 */
export function shareInterval(count: number, total: number): Interval {
  const rest = total - count;
  return {
    low: count === 0 ? 0 : crossing((x) => lowerBeta(count, rest + 1, x), tail, 0, 1),
    high: rest === 0 ? 1 : crossing((x) => lowerBeta(count + 1, rest, x), 1 - tail, 0, 1),
  };
}

/** So many were found in so much. */
export interface Found {
  count: number;
  /** Above 0. */
  size: number;
}

/**
 * The exact 95 % interval of the ratio of two Poisson rates: of all that was found in both, the share of the first is
 * binomial, whatever the rates themselves are (J. Przyborowski and H. Wilenski, Biometrika 31, 1940).
 */
export function ratioInterval(first: Found, second: Found): Interval {
  const { low, high } = shareInterval(first.count, first.count + second.count);
  const ratioOf = (share: number) => (share === 1 ? Infinity : ((share / (1 - share)) * second.size) / first.size);
  return { low: ratioOf(low), high: ratioOf(high) };
}

/** The two-sided p-value of the same test: twice the smaller tail. Below 0.05 just where the interval leaves 1 out. */
export function ratioTest(first: Found, second: Found): number {
  const expected = first.size / (first.size + second.size);
  const most = second.count === 0 ? 1 : 1 - lowerBeta(first.count + 1, second.count, expected);
  const least = first.count === 0 ? 1 : lowerBeta(first.count, second.count + 1, expected);
  return Math.min(1, 2 * Math.min(most, least));
}
