import * as z from "zod";
import type { Move } from "./change/change.ts";
import { areInOrder, mostLines } from "./change/line-map.ts";
import { Facts, factsVersion } from "./facts.ts";
import { jsonText } from "./json-text.ts";
import { Problem } from "./problem.ts";
import { inertJson, inertText } from "./untrusted/index.ts";

/** Facts as the text of a `facts.json`: the fields in the order of the schema, harmless on a terminal, one newline at the end. */
export function writeFacts(facts: Facts): string {
  return inertJson(jsonText(facts));
}

/** Reads a `facts.json`. Throws a `Problem` that names the place of whatever does not fit. */
export function parseFacts(text: string, name: string): Facts {
  const value = parseJson(text, name);
  const version = z.looseObject({ version: z.unknown() }).safeParse(value).data?.version;
  if (version !== factsVersion) {
    throw new Problem(
      `${inertText(name)} is not a facts file of version ${factsVersion}.`,
      "Write one with `countersign check --save-facts facts.json` and the same version of Countersign.",
    );
  }
  const read = Facts.safeParse(value);
  if (!read.success) throw wrongPlaces(name, read.error.issues);
  const impossible = impossibleLines(read.data);
  if (impossible.length > 0) throw wrongPlaces(name, impossible);
  return read.data;
}

/** A place in a file, and what is wrong there. */
export interface WrongPlace {
  path: readonly PropertyKey[];
  message: string;
}

/** The `Problem` of a file that does not hold what it should, with its first places. */
export function wrongPlaces(
  name: string,
  wrong: readonly WrongPlace[],
  fix = "Write it anew with `countersign check --save-facts facts.json`.",
): Problem {
  const places = wrong
    .slice(0, 20)
    .map(({ path, message }) => `  ${inertText(path.map(String).join("."))}: ${inertText(message)}`);
  const more = wrong.length > places.length ? [`  … and ${wrong.length - places.length} more`] : [];
  return new Problem([`${inertText(name)} does not hold facts:`, ...places, ...more].join("\n"), fix);
}

/** Line numbers that no diff has: out of order, from 0, or beyond any file. Whoever wrote these made them up. */
function impossibleLines({ change, lineMaps }: Facts): WrongPlace[] {
  const maps = [
    ...change.files.map((file, index) => ({ hunks: file.hunks, path: ["change", "files", index] })),
    ...change.commits.flatMap(({ diffs }, commit) =>
      diffs.flatMap(({ files }, diff) =>
        files.map(({ hunks }, file) => ({ hunks, path: ["change", "commits", commit, "diffs", diff, "files", file] })),
      ),
    ),
    ...lineMaps.flatMap(({ files }, map) =>
      files.map(({ hunks }, file) => ({ hunks, path: ["lineMaps", map, "files", file] })),
    ),
  ];
  const outOfOrder = maps.filter(({ hunks }) => !areInOrder(hunks)).map(({ path }) => [...path, "hunks"]);
  const tooMany = change.files.flatMap(({ addedLines, deletedLines }, index) =>
    Math.max(addedLines, deletedLines) > mostLines ? [["change", "files", index, "addedLines"]] : [],
  );
  const moved = change.commits.flatMap(({ moves }, commit) =>
    impossibleMoves(moves).map((move) => ["change", "commits", commit, "moves", move]),
  );
  return [...outOfOrder, ...tooMany, ...moved].map((path) => ({ path, message: "these are not the lines of a diff" }));
}

/** The indexes of moves to lines beyond any file, or to lines that another move of the commit already has. */
function impossibleMoves(moves: readonly Move[]): number[] {
  const ends = new Map<string, number>();
  const inOrder = [...moves.entries()].sort(([, a], [, b]) => a.start - b.start);
  return inOrder.flatMap(([index, { path, start, lines, from }]) => {
    const isOver = start <= (ends.get(path) ?? 0);
    ends.set(path, start + lines - 1);
    return isOver || Math.max(start, from.start) + lines > mostLines ? [index] : [];
  });
}

/** Deeper JSON is refused: no file of ours is, and recursion over it would overflow. */
const deepestJson = 100;

/** JSON as plain data. Throws a `Problem` for what is none, or nests too deep. */
export function parseJson(text: string, name: string): unknown {
  if (depth(text) > deepestJson)
    throw new Problem(`${inertText(name)} nests deeper than ${deepestJson}.`, "Give a file that Countersign wrote.");
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The parser's own message quotes the text, and whose text that is nobody knows.
    const where = cause instanceof SyntaxError && text.trim() === "" ? "it is empty" : "it may be cut off";
    throw new Problem(`${inertText(name)} is not JSON: ${where}.`, "Give a file that Countersign wrote, whole.");
  }
}

/** How deep brackets nest outside strings, without parsing. */
function depth(text: string): number {
  let deepest = 0;
  let open = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (inString) {
      if (char === 0x5c) index += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x5b || char === 0x7b) deepest = Math.max(deepest, (open += 1));
    else if (char === 0x5d || char === 0x7d) open -= 1;
  }
  return deepest;
}
