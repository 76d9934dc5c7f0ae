/**
 * The two functions behind every exact interval: the regularised incomplete gamma function (counts in a stretch) and the
 * regularised incomplete beta function (shares of a total). Series and continued fractions of the NIST Digital Library of
 * Mathematical Functions, https://dlmf.nist.gov: 8.11.4, 8.9.2 and 8.17.22, evaluated by Lentz's method.
 */

/** P(a, x), the share of the gamma distribution of shape `a` below `x`. `a` above 0, `x` from 0. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  // Each converges fast on its side.
  return x < a + 1 ? (front * gammaSeries(a, x)) / a : 1 - front * gammaFraction(a, x);
}

/** I_x(a, b), the share of the beta distribution below `x`. `a` and `b` above 0, `x` from 0 to 1. */
export function lowerBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const logFront = a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b);
  if (x < (a + 1) / (a + b + 2)) return (Math.exp(logFront) * betaFraction(a, b, x)) / a;
  return 1 - (Math.exp(logFront) * betaFraction(b, a, 1 - x)) / b;
}

/** Where a function that rises from 0 on crosses `target`: between `low` and `high`, to the last digit that a number holds. */
export function crossing(rising: (x: number) => number, target: number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let step = 0; step < mostSteps; step += 1) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) break;
    if (rising(middle) < target) below = middle;
    else above = middle;
  }
  return below + (above - below) / 2;
}

const mostSteps = 200;

/** Lanczos' approximation, right to about 15 digits for arguments above 0 (Press et al., Numerical Recipes, 3rd ed., 6.1). */
export function logGamma(z: number): number {
  const shifted = z + 671 / 128;
  const series = lanczos.reduce((total, coefficient, index) => total + coefficient / (z + index + 1), lanczosFirst);
  return (z + 0.5) * Math.log(shifted) - shifted + Math.log((Math.sqrt(2 * Math.PI) * series) / z);
}

const lanczosFirst = 0.9999999999999971;
const lanczos = [
  57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202, 3.399464998481189e-5,
  4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488, 0.00021743961811521265,
  -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
];

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

function gammaSeries(a: number, x: number): number {
  let term = 1;
  let total = 1;
  for (let n = 1; n < mostTerms && term > total * precision; n += 1) {
    term *= x / (a + n);
    total += term;
  }
  return total;
}

function gammaFraction(a: number, x: number): number {
  return (
    1 /
    continuedFraction(x + 1 - a, (n) => ({
      over: -n * (n - a),
      plus: x + 2 * n + 1 - a,
    }))
  );
}

function betaFraction(a: number, b: number, x: number): number {
  return (
    1 /
    continuedFraction(1, (n) => {
      const m = Math.floor(n / 2);
      const over =
        n % 2 === 0
          ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
          : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
      return { over, plus: 1 };
    })
  );
}

/** `first + over(1) / (plus(1) + over(2) / (plus(2) + …))`, until it no longer changes. */
function continuedFraction(first: number, part: (n: number) => { over: number; plus: number }): number {
  let value = first || tiny;
  let numerator = value;
  let denominator = 0;
  for (let n = 1; n < mostTerms; n += 1) {
    const { over, plus } = part(n);
    denominator = 1 / (plus + over * denominator || tiny);
    numerator = plus + over / numerator || tiny;
    const factor = numerator * denominator;
    value *= factor;
    if (Math.abs(factor - 1) < precision) break;
  }
  return value;
}

const precision = 1e-15;
const tiny = 1e-300;
/** They need about as many as the root of the count, and a history has no trillion findings. */
const mostTerms = 1_000_000;
