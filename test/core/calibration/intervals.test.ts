import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chiSquareQuantile,
  poissonInterval,
  ratioInterval,
  ratioTest,
  shareInterval,
} from "../../../core/calibration/intervals.ts";
import { lowerBeta, lowerGamma } from "../../../core/calibration/special-functions.ts";
import { poissonDraws } from "./draws.ts";

/** Against published tables, at the digits that they print. */

describe("exact Poisson intervals", () => {
  // K. Ulm, Am. J. Epidemiol. 131 (1990), and the table that cancer registries use: C. Percy et al., Appendix 7.1.
  test.each([
    { count: 0, low: 0, high: 3.689 },
    { count: 1, low: 0.0253, high: 5.572 },
    { count: 2, low: 0.2422, high: 7.225 },
    { count: 3, low: 0.6187, high: 8.767 },
    { count: 5, low: 1.6235, high: 11.668 },
    { count: 10, low: 4.7954, high: 18.39 },
    { count: 20, low: 12.2165, high: 30.888 },
    { count: 30, low: 20.2409, high: 42.827 },
    { count: 50, low: 37.111, high: 65.919 },
    { count: 100, low: 81.364, high: 121.627 },
  ])("of $count", ({ count, low, high }) => {
    const interval = poissonInterval(count);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 2);
  });

  test("a million findings are no trouble", () => {
    const { low, high } = poissonInterval(1_000_000);
    expect(low).toBeCloseTo(998_041, -1);
    expect(high).toBeCloseTo(1_001_962, -1);
  });
});

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
test.each([
  { share: 0.95, degrees: 1, quantile: 3.841 },
  { share: 0.99, degrees: 5, quantile: 15.086 },
  { share: 0.025, degrees: 10, quantile: 3.247 },
  { share: 0.05, degrees: 30, quantile: 18.493 },
  { share: 0.975, degrees: 100, quantile: 129.561 },
])("chi-square with $degrees degrees at $share", ({ share, degrees, quantile }) => {
  expect(chiSquareQuantile(share, degrees)).toBeCloseTo(quantile, 3);
});

// R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 5.
test.each([
  { count: 81, total: 263, low: 0.2527, high: 0.3676 },
  { count: 15, total: 148, low: 0.0578, high: 0.1617 },
  { count: 0, total: 20, low: 0, high: 0.1684 },
  { count: 1, total: 29, low: 0.0009, high: 0.1776 },
  { count: 29, total: 29, low: 0.8806, high: 1 },
])("the share $count of $total", ({ count, total, low, high }) => {
  const interval = shareInterval(count, total);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

describe("the ratio of two rates", () => {
  test.each([
    // 4 of 10 and as much on both sides is the sign test of 4 in 10: p = 2 · 386/1024.
    { first: { count: 4, size: 1 }, second: { count: 6, size: 1 }, pValue: (2 * 386) / 1024 },
    // 0 of 5, a third expected: the smaller tail is (2/3)^5.
    { first: { count: 0, size: 1 }, second: { count: 5, size: 2 }, pValue: 2 * (2 / 3) ** 5 },
    { first: { count: 5, size: 1 }, second: { count: 0, size: 1 }, pValue: 2 / 2 ** 5 },
    { first: { count: 0, size: 1 }, second: { count: 0, size: 1 }, pValue: 1 },
  ])("$first.count in $first.size, $second.count in $second.size", ({ first, second, pValue }) => {
    expect(ratioTest(first, second)).toBeCloseTo(pValue, 10);
  });

  test("without a finding on one side it is open at that end", () => {
    expect(ratioInterval({ count: 9, size: 1 }, { count: 0, size: 1 }).high).toBe(Infinity);
    expect(ratioInterval({ count: 0, size: 1 }, { count: 9, size: 1 }).low).toBe(0);
  });

  test("the interval leaves 1 out just where the test says so, and turns round with the sides", () => {
    const found = fc.record({ count: fc.nat(200), size: fc.integer({ min: 1, max: 50 }) });
    fc.assert(
      fc.property(found, found, (first, second) => {
        fc.pre(first.count + second.count > 0);
        const { low, high } = ratioInterval(first, second);
        const turned = ratioInterval(second, first);
        expect(low > 1 || high < 1).toBe(ratioTest(first, second) < 0.05);
        expect(1 / turned.high).toBeCloseTo(low, 8);
      }),
      { seed: 1 },
    );
  });
});

test("both functions are shares: they rise from 0 to 1, and mirror", () => {
  const shape = fc.double({ min: 0.1, max: 5_000, noNaN: true });
  const unit = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  fc.assert(
    fc.property(shape, shape, unit, (a, b, x) => {
      expect(lowerBeta(a, b, x) + lowerBeta(b, a, 1 - x)).toBeCloseTo(1, 8);
      expect(lowerGamma(a, x * b)).toBeLessThanOrEqual(lowerGamma(a, b) + 1e-12);
      expect(lowerGamma(a, x * b)).toBeGreaterThanOrEqual(0);
    }),
    { seed: 1 },
  );
});

test.each([0.5, 3, 12, 80])("the interval holds a mean of %d in at least 95 of 100 draws", (mean) => {
  const draws = poissonDraws(mean, 4_000, 7);
  const intervals = new Map([...new Set(draws)].map((count) => [count, poissonInterval(count)]));
  const held = draws.filter((count) => intervals.get(count)!.low <= mean && mean <= intervals.get(count)!.high);
  // Exact means never less; 3.5 standard errors of 4,000 draws below.
  expect(held.length / draws.length).toBeGreaterThan(0.938);
});
