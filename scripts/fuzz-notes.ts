/**
 * Reads tools' records of lines with random changes in them, for as long as it is told.
 *
 *   node scripts/fuzz-notes.ts --minutes 10 [--seed N]
 *
 * Each is read by every reader, whatever its format. What must hold: nothing is thrown, what is read fits the schema, the
 * stretches of a file are ascending, apart and joined, what an unchanged git-ai note says comes back exactly, and no input takes
 * longer than two seconds. Prints how much was tried; each fault is printed with its seed. Exits 1 when there is one.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { Attribution } from "../core/provenance/attribution/attribution.ts";
import { readGitAi } from "../core/provenance/index.ts";
import { seeded } from "../test/core/coverage/oracle.ts";
import { keyForms, noteModels, printNote, readEveryWay } from "../test/core/provenance/attribution/notes.ts";
import { at, bytesOf } from "../test/core/provenance/attribution/samples.ts";
import { records } from "../test/core/provenance/attribution/records.ts";

const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(values.minutes ?? 1);
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000_000);
const slowestMs = 2_000;

const total = { tried: 0, withLines: 0, models: 0, slowest: 0 };
const faults: string[] = [];

function run(deadline: number): void {
  let seed = firstSeed;
  for (; performance.now() < deadline && faults.length < 10; seed += 1) {
    tryOne(seed, () => judge(mutate(seeded(seed))));
    if (seed % 10 === 0) tryOne(seed, () => roundTrip(seed));
  }
  console.log(
    `${total.tried} records, ${total.withLines} of them with lines, and ${total.models} notes written and read back, ` +
      `the slowest in ${Math.ceil(total.slowest)} ms, ` +
      `seeds ${firstSeed} to ${seed - 1}: ${faults.length} faults`,
  );
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

function tryOne(seed: number, attempt: () => void): void {
  const started = performance.now();
  try {
    attempt();
  } catch (error) {
    faults.push(`seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  const took = performance.now() - started;
  if (took > slowestMs) faults.push(`seed ${seed}: took ${Math.round(took)} ms`);
  total.slowest = Math.max(total.slowest, took);
}

function judge(bytes: Uint8Array): void {
  const read = readEveryWay(bytes);
  for (const attribution of read) {
    Attribution.parse(attribution);
    for (const { path, lines } of attribution.files) holdStretches(path, lines);
  }
  total.tried += 1;
  if (read.some(({ files, totals }) => files.length > 0 || totals !== null)) total.withLines += 1;
}

function holdStretches(path: string, lines: Attribution["files"][number]["lines"]): void {
  for (const [index, stretch] of lines.entries()) {
    const before = lines[index - 1];
    if (stretch.end < stretch.start || stretch.start <= (before?.end ?? 0))
      throw new Error(`stretches of ${path} overlap`);
    const isNext = before !== undefined && stretch.start === before.end + 1;
    if (isNext && writerText(stretch) === writerText(before)) throw new Error(`stretches of ${path} are not joined`);
  }
}

function writerText({ by, agent, model, session }: Attribution["files"][number]["lines"][number]): string {
  return JSON.stringify([by, agent, model, session]);
}

function roundTrip(seed: number): void {
  const [model] = fc.sample(noteModels, { seed, numRuns: 1 });
  const keyForm = keyForms[seed % keyForms.length] ?? "s_";
  if (model === undefined) throw new Error("no note was made");
  const read = readGitAi(bytesOf(printNote(model, keyForm)), at);
  const isSame = JSON.stringify(read.files) === JSON.stringify(model.files) && read.unread.length === 0;
  if (!isSame) throw new Error(`a note with keys ${keyForm} was not read back`);
  total.models += 1;
}

/** One to four changes: mostly small ones, which leave most of the record sound. */
function mutate(random: () => number): Uint8Array {
  let bytes = pick(records, random);
  const changes = 1 + Math.floor(random() * 4);
  for (let index = 0; index < changes; index++) bytes = pick(mutations, random)(bytes, random);
  return bytes;
}

type Mutation = (bytes: Uint8Array, random: () => number) => Uint8Array;

const tokens = [
  ...["-1", "0", "1.5", "1e308", "9007199254740993", "10000001", "1-10000000", "-", ",", "", "null", "{}", "[]", '""'],
  ...['"__proto__"', "[[[[[[[[", "{", "}", "\n---\n", "\n  ", "\n", "\r\n", "\0", "\u202e", "../", "C:\\", " ", '"'],
  ...["h_11 1-9", "s_11::t_22 2", "human", '"type":"human"', '"start_line":0', "NaN"],
].map((token) => new TextEncoder().encode(token));

const mutations: Mutation[] = [
  function flip(bytes, random) {
    const place = placeIn(bytes, random);
    return join(bytes.subarray(0, place), Uint8Array.of(Math.floor(random() * 256)), bytes.subarray(place + 1));
  },
  function remove(bytes, random) {
    const place = placeIn(bytes, random);
    return join(bytes.subarray(0, place), bytes.subarray(place + Math.floor(random() * 40)));
  },
  function repeat(bytes, random) {
    const place = placeIn(bytes, random);
    return join(bytes.subarray(0, place + Math.floor(random() * 200)), bytes.subarray(place));
  },
  function insert(bytes, random) {
    const place = placeIn(bytes, random);
    return join(bytes.subarray(0, place), pick(tokens, random), bytes.subarray(place));
  },
  /** A whole number becomes something else, so that JSON and ranges stay what they are. */
  function replaceNumber(bytes, random) {
    let start = placeIn(bytes, random);
    while (start < bytes.length && !isDigit(bytes[start]!)) start += 1;
    let end = start;
    while (end < bytes.length && isDigit(bytes[end]!)) end += 1;
    return join(bytes.subarray(0, start), pick(tokens, random), bytes.subarray(end));
  },
  function cut(bytes, random) {
    return random() < 0.2 ? bytes.subarray(0, placeIn(bytes, random)) : bytes;
  },
  function splice(bytes, random) {
    const other = pick(records, random);
    return join(bytes.subarray(0, placeIn(bytes, random)), other.subarray(placeIn(other, random)));
  },
];

function placeIn(bytes: Uint8Array, random: () => number): number {
  return Math.floor(random() * bytes.length);
}

function pick<T>(list: readonly T[], random: () => number): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

run(performance.now() + minutes * 60_000);
