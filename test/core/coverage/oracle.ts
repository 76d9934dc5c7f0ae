import type { Verdict } from "../../../core/change/authorship.ts";
import { verdicts } from "../../../core/change/authorship.ts";
import type { Change, ChangedFile } from "../../../core/change/change.ts";
import type { Hunk } from "../../../core/change/line-map.ts";
import type { FileCoverage } from "../../../core/coverage/report.ts";
import { branch, changed, changeOf, file } from "./samples.ts";

/** One line that is known on both sides: what it is, and what the tests did to it before and after. */
interface Line {
  side: "kept" | "added" | "removed";
  runs: boolean;
  hitsBefore: number;
  hitsAfter: number;
  /** Arms of a branch point on it, before and after; the same number on both sides. */
  armsBefore: (number | null)[];
  armsAfter: (number | null)[];
  verdict: Verdict;
}

/** One file of the generated repository, line by line. */
interface OracleFile {
  before: string | null;
  after: string | null;
  lines: Line[];
}

/** A change with its two reports, and the truth about it, counted line by line and by no code of the product. */
export interface Oracle {
  change: Change;
  head: FileCoverage[];
  base: FileCoverage[];
  verdictAt: (path: string, line: number) => Verdict;
  truth: Truth;
}

export interface Truth {
  lines: Record<Verdict, [covered: number, total: number]>;
  branches: Record<Verdict, [covered: number, total: number]>;
  /** By path at head. */
  uncovered: Record<string, number[]>;
  covered: Record<string, number[]>;
  lost: Record<string, number[]>;
  before: Record<string, [covered: number, total: number]>;
  after: Record<string, [covered: number, total: number]>;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Makes `count` files with up to `length` lines each. */
export function makeOracle(seed: number, count: number, length: number): Oracle {
  const random = seeded(seed);
  const files = Array.from({ length: count }, (_, index) => makeFile(random, index, length));
  return {
    change: changeOf(files.flatMap(changedFile)),
    head: files.flatMap((each) => (each.after === null ? [] : [measured(each, each.after, "after")])),
    base: files.flatMap((each) => (each.before === null ? [] : [measured(each, each.before, "before")])),
    verdictAt: verdictsOf(files),
    truth: truthOf(files),
  };
}

function makeFile(random: () => number, index: number, length: number): OracleFile {
  const name = `src/f${index}${random() < 0.1 ? " ü" : ""}.ts`;
  const fate = random();
  if (fate < 0.1) return { before: null, after: name, lines: makeLines(random, length, () => "added") };
  if (fate < 0.2) return { before: name, after: null, lines: makeLines(random, length, () => "removed") };
  const after = fate < 0.4 ? `lib/moved-${index}.ts` : name;
  if (fate < 0.55) return { before: name, after, lines: makeLines(random, length, () => "kept") };
  return { before: name, after, lines: makeLines(random, length, edits(random)) };
}

/** Edits come in runs, as people make them. */
function edits(random: () => number): () => Line["side"] {
  let left = 0;
  let side: Line["side"] = "kept";
  return () => {
    if (left-- <= 0) {
      left = Math.floor(random() * 4);
      side = (["kept", "kept", "added", "removed"] as const)[Math.floor(random() * 4)]!;
    }
    return side;
  };
}

function makeLines(random: () => number, length: number, side: () => Line["side"]): Line[] {
  const hits = () => (random() < 0.4 ? 0 : Math.floor(random() * 9) + 1);
  const arm = () => (random() < 0.1 ? null : hits());
  return Array.from({ length: Math.floor(random() * length) }, () => {
    const arms = random() < 0.2 ? Math.floor(random() * 3) + 1 : 0;
    return {
      side: side(),
      runs: random() < 0.6,
      hitsBefore: hits(),
      hitsAfter: hits(),
      armsBefore: Array.from({ length: arms }, arm),
      armsAfter: Array.from({ length: arms }, arm),
      verdict: verdicts[Math.floor(random() * verdicts.length)]!,
    };
  });
}

/** Lines with their number on a side, from 1. */
function numbered({ lines }: OracleFile, side: "before" | "after"): (Line & { number: number })[] {
  const missing = side === "before" ? "added" : "removed";
  return lines.filter((line) => line.side !== missing).map((line, index) => ({ ...line, number: index + 1 }));
}

function measured(each: OracleFile, path: string, side: "before" | "after"): FileCoverage {
  const lines = numbered(each, side).filter(({ runs }) => runs);
  const hits = Object.fromEntries(
    lines.map((line) => [line.number, side === "before" ? line.hitsBefore : line.hitsAfter]),
  );
  const branches = lines.flatMap((line) => branch(line.number, side === "before" ? line.armsBefore : line.armsAfter));
  return file(path, hits, { branches });
}

function changedFile(each: OracleFile): ChangedFile[] {
  const hunks = hunksOf(each.lines);
  const { before, after } = each;
  if (before === null) return [withHunks(after!, hunks, { status: "added" })];
  if (after === null) return [withHunks(before, hunks, { status: "deleted" })];
  if (before !== after) return [withHunks(after, hunks, { status: "renamed", previousPath: before })];
  return hunks.length === 0 ? [] : [withHunks(after, hunks, {})];
}

function withHunks(path: string, hunks: Hunk[], rest: Partial<ChangedFile>): ChangedFile {
  const sum = (side: "oldLines" | "newLines") => hunks.reduce((before, hunk) => before + hunk[side], 0);
  return { ...changed(path, [], rest), hunks, addedLines: sum("newLines"), deletedLines: sum("oldLines") };
}

/** As git counts with `-U0`: runs of removed and added lines between kept ones. */
function hunksOf(lines: readonly Line[]): Hunk[] {
  const hunks: Hunk[] = [];
  let [oldLine, newLine] = [0, 0];
  let open: Hunk | null = null;
  for (const { side } of lines) {
    if (side === "kept") open = null;
    else if (open === null) hunks.push((open = { oldStart: oldLine, oldLines: 0, newStart: newLine, newLines: 0 }));
    if (side !== "added") oldLine += 1;
    if (side !== "removed") newLine += 1;
    if (open !== null && side === "removed" && open.oldLines++ === 0) open.oldStart = oldLine;
    if (open !== null && side === "added" && open.newLines++ === 0) open.newStart = newLine;
  }
  return hunks;
}

function verdictsOf(files: readonly OracleFile[]): Oracle["verdictAt"] {
  const byPlace = new Map(
    files.flatMap((each) => numbered(each, "after").map((line) => [`${each.after} ${line.number}`, line.verdict])),
  );
  return (path, line) => byPlace.get(`${path} ${line}`) ?? "undeclared";
}

function truthOf(files: readonly OracleFile[]): Truth {
  const nothing = () => Object.fromEntries(verdicts.map((verdict) => [verdict, [0, 0]])) as Truth["lines"];
  const truth: Truth = {
    lines: nothing(),
    branches: nothing(),
    uncovered: {},
    covered: {},
    lost: {},
    before: {},
    after: {},
  };
  for (const each of files) {
    const path = each.after ?? each.before!;
    const old = numbered(each, "before").filter(({ runs }) => runs);
    const now = numbered(each, "after").filter(({ runs }) => runs);
    if (each.before !== null) truth.before[path] = [old.filter(({ hitsBefore }) => hitsBefore > 0).length, old.length];
    if (each.after === null) continue;
    truth.after[path] = [now.filter(({ hitsAfter }) => hitsAfter > 0).length, now.length];
    const added = now.filter(({ side }) => side === "added");
    truth.covered[path] = added.filter(({ hitsAfter }) => hitsAfter > 0).map(({ number }) => number);
    truth.uncovered[path] = added.filter(({ hitsAfter }) => hitsAfter === 0).map(({ number }) => number);
    truth.lost[path] = now
      .filter(({ side, hitsBefore, hitsAfter }) => side === "kept" && hitsBefore > 0 && hitsAfter === 0)
      .map(({ number }) => number);
    for (const line of added) {
      truth.lines[line.verdict][0] += line.hitsAfter > 0 ? 1 : 0;
      truth.lines[line.verdict][1] += 1;
      truth.branches[line.verdict][0] += line.armsAfter.filter((hits) => (hits ?? 0) > 0).length;
      truth.branches[line.verdict][1] += line.armsAfter.length;
    }
  }
  return truth;
}
