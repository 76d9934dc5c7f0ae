import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parseFacts, writeFacts } from "../../core/facts-file.ts";
import { Facts } from "../../core/facts.ts";
import { Problem } from "../../core/problem.ts";
import { reviewChange } from "../../core/review-change.ts";
import { exampleFacts } from "../example-facts.ts";
import { cpuTime } from "../cpu-time.ts";

let facts: Facts;
beforeAll(async () => {
  facts = await exampleFacts();
});

describe("what is written is read again", () => {
  test("the same facts, and from them the same text", () => {
    const text = writeFacts(facts);
    expect(parseFacts(text, "facts.json")).toEqual(facts);
    expect(writeFacts(parseFacts(text, "facts.json"))).toBe(text);
  });

  test("moves, and facts from before moves were read", () => {
    const moves = [move({ start: 5, lines: 3 }), move({ start: 8, lines: 2 }), { ...move({ start: 5 }), path: "b.ts" }];
    expect(parseFacts(withMoves(moves), "facts.json").change.commits[0]?.moves).toEqual(moves);
    const commits = facts.change.commits.map((commit) => ({ ...commit, moves: undefined }));
    const old = parseFacts(changed({ change: { ...facts.change, commits } }), "facts.json");
    expect(old.change.commits.every(({ moves }) => moves.length === 0)).toBe(true);
  });

  test("the order of keys in the file means nothing", () => {
    const shuffled = JSON.stringify(reversed(facts));
    expect(writeFacts(parseFacts(shuffled, "facts.json"))).toBe(writeFacts(facts));
  });

  test("any text in any slot comes back as it was, and is harmless on the way", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const written = writeFacts({ ...facts, branch: { state: "present", value: text } });
        expect(parseFacts(written, "facts.json").branch).toEqual({ state: "present", value: text });
        expect(written).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
      }),
      { numRuns: 30, examples: [["\u001b[31m\u202e\u200b##[error]"], ["__proto__"], ["\ud800"]] },
    );
  });
});

describe("what is no facts file is named with its place", () => {
  test.each<{ says: string; text: () => string; message: string }>([
    { says: "nothing", text: () => "", message: "f.json is not JSON: it is empty." },
    {
      says: "another text, which is not quoted",
      text: () => "root:x:0",
      message: "f.json is not JSON: it may be cut off.",
    },
    { says: "cut off", text: () => writeFacts(facts).slice(0, 5000), message: "f.json is not JSON: " },
    { says: "null", text: () => "null", message: "f.json is not a facts file of version 1." },
    { says: "a list", text: () => "[]", message: "f.json is not a facts file of version 1." },
    {
      says: "another version",
      text: () => changed({ version: 2 }),
      message: "f.json is not a facts file of version 1.",
    },
    {
      says: "a version as text",
      text: () => changed({ version: "1" }),
      message: "f.json is not a facts file of version 1.",
    },
    { says: "nothing but the version", text: () => '{"version":1}', message: "\n  change: " },
    { says: "a key that nobody knows", text: () => changed({ extra: 1 }), message: 'Unrecognized key: "extra"' },
    {
      says: "too deep",
      text: () => changed({ agentRuns: "DEEP" }).replace('"DEEP"', "[".repeat(200)),
      message: "f.json nests deeper than 100.",
    },
    {
      says: "brackets inside a string are not depth",
      text: () => changed({ asOf: '["'.repeat(500), change: 1 }),
      message: "\n  change: ",
    },
    {
      says: "another engine",
      text: () => changed({ engine: { name: "other", version: "1" } }),
      message: "\n  engine.name: ",
    },
    {
      says: "hunks out of order",
      text: () => withHunks([at(10, 1), at(5, 1)]),
      message: "\n  change.files.0.hunks: these are not the lines of a diff",
    },
    {
      says: "hunks over each other",
      text: () => withHunks([at(5, 3), at(6, 1)]),
      message: "these are not the lines of a diff",
    },
    { says: "line 0", text: () => withHunks([at(0, 1)]), message: "these are not the lines of a diff" },
    {
      says: "lines beyond any file",
      text: () => withHunks([at(2 ** 52, 1)]),
      message: "these are not the lines of a diff",
    },
    {
      says: "more lines than any file has",
      text: () => withHunks([at(1, 2 ** 52)]),
      message: "these are not the lines of a diff",
    },
    { says: "negative lines", text: () => withHunks([at(1, -1)]), message: "\n  change.files.0.hunks.0.newLines: " },
    { says: "half a line", text: () => withHunks([at(1, 0.5)]), message: "\n  change.files.0.hunks.0.newLines: " },
    {
      says: "counts beyond any file",
      text: () => changed({ change: { ...facts.change, files: [{ ...facts.change.files[0], addedLines: 2 ** 40 }] } }),
      message: "\n  change.files.0.addedLines: these are not the lines of a diff",
    },
    {
      says: "moves to lines beyond any file",
      text: () => withMoves([move({ lines: 2 ** 40 })]),
      message: "\n  change.commits.0.moves.0: these are not the lines of a diff",
    },
    {
      says: "moves from lines beyond any file",
      text: () => withMoves([move({ from: 2 ** 40 })]),
      message: "\n  change.commits.0.moves.0: these are not the lines of a diff",
    },
    {
      says: "two moves to one line, in any order",
      text: () => withMoves([move({ start: 7, lines: 2 }), move({ start: 5, lines: 3 })]),
      message: "\n  change.commits.0.moves.0: these are not the lines of a diff",
    },
    {
      says: "a move to line 0",
      text: () => withMoves([move({ start: 0 })]),
      message: "\n  change.commits.0.moves.0.start: ",
    },
    {
      says: "an id that is none",
      text: () => changed({ change: { ...facts.change, mergeBase: "HEAD" } }),
      message: "\n  change.mergeBase: expected a full git object id",
    },
  ])("$says", ({ text, message }) => {
    const problem = problemOf(text());
    expect(problem?.message).toContain(message);
    expect(problem?.fix).toMatch(/countersign|Countersign/);
  });

  test("twenty places are named, and how many more there are", () => {
    const files = facts.change.files
      .concat(facts.change.files)
      .map((file) => ({ ...file, kind: "odd", status: "odd" }));
    const lines = problemOf(changed({ change: { ...facts.change, files } }))?.what.split("\n") ?? [];
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe(`  … and ${files.length * 2 - 20} more`);
  });

  test("what is repeated of the file is one harmless line", () => {
    const hostile = "\u001b[31m\n::error::x";
    for (const text of [
      changed({ [hostile]: 1 }),
      changed({ change: { ...facts.change, [hostile]: 1 } }),
      `{${hostile}`,
    ]) {
      const problem = problemOf(text, hostile);
      expect(problem?.what).not.toMatch(/(?!\n)\p{Cc}/u);
      expect(problem?.what).not.toMatch(/^\s*::/m);
    }
  });
});

describe("hostile JSON", () => {
  // Faults row 10.
  test.each(["__proto__", "constructor", "prototype"])(
    "the key %s is refused wherever objects have fixed keys",
    (key) => {
      const text = writeFacts(facts);
      const places = [...text.matchAll(/\{(?=\s*")/g)].filter((_, index) => index % 97 === 0);
      expect(places.length).toBeGreaterThan(5);
      for (const { index } of places) {
        const hostile = `${text.slice(0, index + 1)}"${key}":{"polluted":true},${text.slice(index + 1)}`;
        expect(problemOf(hostile)).toBeInstanceOf(Problem);
      }
      expect("polluted" in {}).toBe(false);
    },
  );

  test("whatever one value becomes, it is refused or judged, and never takes long", () => {
    const slots = slotsOf(facts);
    const odd = fc.constantFrom<unknown>(
      0,
      -1,
      1.5,
      2 ** 31,
      2 ** 53 - 1,
      1e308,
      "",
      "__proto__",
      "x".repeat(10_000),
      null,
      true,
      [],
      {},
      [[]],
    );
    const spent = cpuTime();
    fc.assert(
      fc.property(fc.nat(slots.length - 1), odd, (slot, value) => {
        const text = JSON.stringify(withValue(facts, slots[slot]!, value));
        const parsed = parsedOrProblem(text);
        if (!(parsed instanceof Problem) && hasKnownRules(parsed)) reviewedOrProblem(parsed);
      }),
      { numRuns: 150 },
    );
    expect(spent()).toBeLessThan(20_000);
  });
});

function changed(fields: Record<string, unknown>): string {
  return JSON.stringify({ ...facts, ...fields });
}

/** A hunk that adds `lines` lines from `start` on. */
function at(start: number, lines: number) {
  return { oldStart: Math.max(0, start - 1), oldLines: 0, newStart: start, newLines: lines };
}

function withHunks(hunks: ReturnType<typeof at>[]): string {
  const [first, ...rest] = facts.change.files;
  return changed({ change: { ...facts.change, files: [{ ...first, hunks }, ...rest] } });
}

function withMoves(moves: ReturnType<typeof move>[]): string {
  const [first, ...rest] = facts.change.commits;
  return changed({ change: { ...facts.change, commits: [{ ...first, moves }, ...rest] } });
}

function move({ start = 1, lines = 1, from = 1 }) {
  const [sha, parent] = ["a".repeat(40), "b".repeat(40)];
  return { path: "a.ts", start, lines, from: { commit: sha, parent, path: "a.ts", start: from } };
}

function problemOf(text: string, name = "f.json"): Problem | null {
  const read = parsedOrProblem(text, name);
  return read instanceof Problem ? read : null;
}

function parsedOrProblem(text: string, name = "f.json"): Facts | Problem {
  return orProblem(() => parseFacts(text, name));
}

function reviewedOrProblem(read: Facts): unknown {
  return orProblem(() => reviewChange(read));
}

function orProblem<T>(run: () => T): T | Problem {
  try {
    return run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** A rule that is gone is refused by the gate, which knows the rules. */
function hasKnownRules({ rawFindings }: Facts): boolean {
  return rawFindings.every(({ rule }) => facts.rawFindings.some((finding) => finding.rule === rule));
}

type Slot = readonly (string | number)[];

/** One slot of each kind: a path whose positions in lists are left out names a kind. */
function slotsOf(value: unknown): Slot[] {
  const kinds = new Map<string, Slot>();
  const visit = (item: unknown, slot: Slot): void => {
    const kind = slot.filter((part) => typeof part === "string").join(".");
    if (slot.length > 0 && !kinds.has(kind)) kinds.set(kind, slot);
    if (Array.isArray(item)) for (const [index, inner] of item.entries()) visit(inner, [...slot, index]);
    else if (item !== null && typeof item === "object")
      for (const [key, inner] of Object.entries(item)) visit(inner, [...slot, key]);
  };
  visit(value, []);
  return [...kinds.values()];
}

function withValue(value: unknown, [first, ...rest]: Slot, replacement: unknown): unknown {
  if (first === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === first ? withValue(item, rest, replacement) : item));
  const fields = value as Record<string, unknown>;
  return { ...fields, [first]: withValue(fields[first], rest, replacement) };
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}
