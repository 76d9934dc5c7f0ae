/**
 * Reads real coverage reports with random changes in them, for as long as it is told.
 *
 *   node scripts/fuzz-coverage.ts --minutes 10 [--seed N]
 *
 * Each is read, merged with the sound report in both orders, and reviewed against it. What must hold: nothing is thrown,
 * everything read fits the schema (so no NaN, no negative count), the order of shards does not show, a refusal is one
 * printable line, and no input takes longer than two seconds. Prints how much was tried; each fault is printed with its
 * seed. Exits 1 when there is one.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CoverageReview } from "../core/coverage/coverage-review.ts";
import {
  describeProblem,
  findCoverage,
  mergeReports,
  readCoverage,
  reviewCoverage,
  type RawReport,
} from "../core/coverage/index.ts";
import { CoverageReport } from "../core/coverage/report.ts";
import { present } from "../core/evidence.ts";
import { seeded } from "../test/core/coverage/oracle.ts";
import { changed, changeOf, head, mergeBase } from "../test/core/coverage/samples.ts";

const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(values.minutes ?? 1);
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000_000);
const slowestMs = 2_000;

const fixtures = join(import.meta.dirname, "../test/fixtures/coverage/reports");
const names = [
  ...["before", "after", "after-v8"].flatMap((version) => [`${version}/coverage-final.json`, `${version}/lcov.info`]),
  ...["lcov-1", "lcov-2", "coverage-py"].map((tool) => `${tool}/lcov.info`),
];
const sound = names.map((name) => ({ name, text: readFileSync(join(fixtures, name)), raw: soundReport(name) }));
const paths = [...new Set(sound.flatMap(({ raw }) => raw.files.map(({ path }) => path.replace("/home/ci/shop/", ""))))];
const tree = { commit: head, paths, repositoryRoot: "/home/ci/shop" };
const change = changeOf(paths.map((path) => changed(path, ["@@ -3,2 +3,9 @@", "@@ -20,0 +27,2 @@"])));

const total = { tried: 0, read: 0, refused: 0, slowest: 0 };
const faults: string[] = [];
function run(deadline: number): void {
  let seed = firstSeed;
  for (; performance.now() < deadline && faults.length < 10; seed += 1) tryOne(seed);
  console.log(
    `${total.tried} reports, ${total.read} read and ${total.refused} refused, the slowest in ${Math.ceil(total.slowest)} ms, ` +
      `seeds ${firstSeed} to ${seed - 1}: ${faults.length} faults`,
  );
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

function soundReport(name: string): RawReport {
  const result = readCoverage(readFileSync(join(fixtures, name)), name);
  if (!result.ok) throw new Error(describeProblem(result.problem));
  return result.raw;
}

function tryOne(seed: number): void {
  const random = seeded(seed);
  const { name, text, raw } = sound[Math.floor(random() * sound.length)]!;
  const started = performance.now();
  try {
    judge(mutate(text, random), raw);
  } catch (error) {
    faults.push(`seed ${seed}, ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  const took = performance.now() - started;
  if (took > slowestMs) faults.push(`seed ${seed}, ${name}: took ${Math.round(took)} ms`);
  total.slowest = Math.max(total.slowest, took);
  total.tried += 1;
}

function judge(bytes: Uint8Array, raw: RawReport): void {
  const result = readCoverage(bytes, "mutated");
  if (!result.ok) {
    const line = describeProblem(result.problem);
    if (line.includes("\n") || line.length > 10_000) throw new Error("a refusal that is not one line");
    total.refused += 1;
    return;
  }
  total.read += 1;
  const merged = mergeReports([result.raw, raw], tree);
  const turned = mergeReports([raw, result.raw], tree);
  if (merged.ok && JSON.stringify(merged) !== JSON.stringify(turned)) throw new Error("the order of the shards shows");
  const alone = mergeReports([result.raw], tree);
  const base = mergeReports([raw], { ...tree, commit: mergeBase });
  if (!alone.ok || !base.ok) throw new Error("one report alone was refused by the merge");
  CoverageReport.parse(alone.report);
  const { review } = reviewCoverage({
    change,
    coverage: { head: present(alone.report), base: present(base.report) },
    lineMaps: [],
    authorship: { files: new Map() },
    ai: { ofLine: () => "no", ofCommit: () => "no" },
  });
  CoverageReview.parse(review);
  findCoverage(review, change);
}

/** One to four changes: mostly small ones, which leave most of the report sound. */
function mutate(text: Uint8Array, random: () => number): Uint8Array {
  let bytes = Uint8Array.from(text);
  const changes = 1 + Math.floor(random() * 4);
  for (let index = 0; index < changes; index++)
    bytes = mutations[Math.floor(random() * mutations.length)]!(bytes, random);
  return bytes;
}

type Mutation = (bytes: Uint8Array, random: () => number) => Uint8Array<ArrayBuffer>;

const tokens = [
  ...["-1", "0", "1.5", "1e308", "9007199254740991", "9007199254740992", "18446744073709551615", "10000001", "-", ""],
  ...["null", "true", "{}", "[]", '""', '"__proto__"', "[[[[[[[[", "NaN", "{", "}"],
  ...["\nend_of_record\n", "\nSF:src/cart.ts\n", "\nDA:1,1\n", "BRDA:1,0,0,-", "\r", "\0", "\u202e", "../", "C:\\"],
].map((token) => new TextEncoder().encode(token));

const mutations: Mutation[] = [
  function flip(bytes, random) {
    const flipped = Uint8Array.from(bytes);
    if (flipped.length > 0) flipped[at(flipped, random)] = Math.floor(random() * 256);
    return flipped;
  },
  function remove(bytes, random) {
    const start = at(bytes, random);
    return join3(bytes.subarray(0, start), new Uint8Array(), bytes.subarray(start + Math.floor(random() * 40)));
  },
  function repeat(bytes, random) {
    const start = at(bytes, random);
    const piece = bytes.subarray(start, start + Math.floor(random() * 400));
    return join3(bytes.subarray(0, start), piece, bytes.subarray(start));
  },
  function insert(bytes, random) {
    const start = at(bytes, random);
    return join3(bytes.subarray(0, start), tokens[Math.floor(random() * tokens.length)]!, bytes.subarray(start));
  },
  /** A whole number becomes something else, so that JSON stays JSON. */
  function replaceNumber(bytes, random) {
    let start = at(bytes, random);
    while (start < bytes.length && !isDigit(bytes[start]!)) start += 1;
    let end = start;
    while (end < bytes.length && isDigit(bytes[end]!)) end += 1;
    return join3(bytes.subarray(0, start), tokens[Math.floor(random() * tokens.length)]!, bytes.subarray(end));
  },
  function cut(bytes, random) {
    return random() < 0.2 ? bytes.slice(0, at(bytes, random)) : Uint8Array.from(bytes);
  },
  function splice(bytes, random) {
    const other = sound[Math.floor(random() * sound.length)]!.text;
    return join3(bytes.subarray(0, at(bytes, random)), new Uint8Array(), other.subarray(at(other, random)));
  },
];

function at(bytes: Uint8Array, random: () => number): number {
  return Math.floor(random() * bytes.length);
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function join3(first: Uint8Array, middle: Uint8Array, last: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + middle.length + last.length);
  joined.set(first);
  joined.set(middle, first.length);
  joined.set(last, first.length + middle.length);
  return joined;
}

run(performance.now() + minutes * 60_000);
