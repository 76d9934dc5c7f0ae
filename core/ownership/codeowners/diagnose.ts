import { inertText } from "../../untrusted/index.ts";
import type { CodeownersFile, CodeownersLine } from "./codeowners.ts";
import { coversPattern } from "./covers.ts";
import { matchesPattern } from "./pattern.ts";

/** Where GitHub looks for the file, first to last: the first one that is there is the only one that is read. */
export const codeownersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

export const diagnosisKinds = [
  "too-large",
  "invalid-pattern",
  "invalid-owner",
  "other-place",
  "no-lines",
  "duplicate-pattern",
  "shadowed",
  "matches-nothing",
  "no-owners",
  "not-compared",
] as const;

/** One thing to know about a CODEOWNERS file. */
export interface Diagnosis {
  /** An error: GitHub skips the line or the file. A warning: it reads it, and probably otherwise than was meant. */
  level: "error" | "warning";
  kind: (typeof diagnosisKinds)[number];
  /** Counted from 1; null for the file as a whole. */
  line: number | null;
  column: number | null;
  /** Sentences for people; untrusted parts are inert. */
  says: string;
  fix: string | null;
}

/** What is around the file. */
export interface CodeownersSurroundings {
  /** Its own path in the repository; null for a file from elsewhere. */
  path: string | null;
  /** Which of `codeownersPlaces` hold a file. */
  present: readonly string[];
  /** The tracked files; null when they are not known. */
  tracked: readonly string[] | null;
}

/** Everything that is wrong or odd about a file, by line. */
export function diagnoseCodeowners(file: CodeownersFile, around: CodeownersSurroundings): Diagnosis[] {
  const found = [
    ...mistakes(file),
    ...otherPlaces(around),
    ...(file.loaded && file.lines.length === 0 && file.problems.length === 0 ? [noLines] : []),
    ...overridden(file.lines),
    ...matchingNothing(file.lines, around.tracked),
    ...file.lines.filter(({ owners }) => owners.length === 0).map(withoutOwners),
  ];
  return found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

const noLines: Diagnosis = {
  ...{ level: "warning", kind: "no-lines", line: null, column: null },
  says: "No line names an owner, so nothing has one.",
  fix: "Write a line such as `* @org/team`.",
};

const kinds = {
  "File too large": "too-large",
  "Invalid pattern": "invalid-pattern",
  "Invalid owner": "invalid-owner",
} as const;

function mistakes({ problems, loaded }: CodeownersFile): Diagnosis[] {
  return problems.map(({ line, column, kind, source, suggestion }) => ({
    level: "error",
    kind: kinds[kind],
    ...(loaded ? { line, column } : { line: null, column: null }),
    says: loaded
      ? `${kind}, so GitHub skips the line: ${inertText(source.trim(), { maxGraphemes: 120 })}`
      : "The file has 3 MB or more, so GitHub does not load it and nothing has an owner.",
    fix: suggestion === null ? null : inertText(suggestion, { maxGraphemes: 300 }),
  }));
}

function otherPlaces({ path, present }: CodeownersSurroundings): Diagnosis[] {
  const there = codeownersPlaces.filter((place) => present.includes(place));
  const [first, ...others] = there;
  if (first === undefined || path === null) return [];
  const unread = others.filter((place) => path === first || place === path);
  return unread.map((place) => ({
    ...{ level: "warning", kind: "other-place", line: null, column: null },
    says: `GitHub does not read ${place}: it finds ${first} first.`,
    fix: `Keep all lines in ${first}, and delete ${place}.`,
  }));
}

/** So many pairs of lines are compared; more take longer than anybody waits. */
const mostPairs = 2_000_000;

/** Lines that decide nothing, because a later line matches everything that they match. */
function overridden(lines: readonly CodeownersLine[]): Diagnosis[] {
  const last = new Map(lines.map((line) => [line.pattern, line]));
  let pairs = 0;
  const found = lines.flatMap((line, index): Diagnosis[] => {
    const again = last.get(line.pattern);
    if (again !== undefined && again !== line) return [duplicate(line, again)];
    for (const later of lines.slice(index + 1)) {
      pairs += 1;
      if (pairs > mostPairs) return [];
      if (coversPattern(later.matches, line.matches)) return [shadowed(line, later)];
    }
    return [];
  });
  if (pairs <= mostPairs) return found;
  const says = "The file has so many lines that not every one was compared with those below.";
  return [...found, { level: "warning", kind: "not-compared", line: null, column: null, says, fix: null }];
}

function duplicate({ line, pattern }: CodeownersLine, again: CodeownersLine): Diagnosis {
  return {
    ...{ level: "warning", kind: "duplicate-pattern", line, column: 1 },
    says: `The pattern ${shown(pattern)} stands in line ${again.line} again, and only the last one counts.`,
    fix: `Put all its owners in line ${again.line}.`,
  };
}

function shadowed({ line, pattern }: CodeownersLine, later: CodeownersLine): Diagnosis {
  return {
    ...{ level: "warning", kind: "shadowed", line, column: 1 },
    says: `Line ${later.line} (${shown(later.pattern)}) matches everything that ${shown(pattern)} matches, and the last match counts.`,
    fix: `Move this line below line ${later.line}, or delete it.`,
  };
}

function matchingNothing(lines: readonly CodeownersLine[], tracked: readonly string[] | null): Diagnosis[] {
  if (tracked === null) return [];
  const all = tracked.map((path) => path.split("/"));
  const byFirst = Map.groupBy(all, ([first]) => first);
  return lines.flatMap((line): Diagnosis[] => {
    const [first] = line.matches.segments;
    const candidates = typeof first === "string" ? (byFirst.get(first) ?? []) : all;
    if (candidates.some((names) => matchesPattern(line.matches, names))) return [];
    return [
      {
        ...{ level: "warning", kind: "matches-nothing", line: line.line, column: 1 },
        says: `${shown(line.pattern)} matches no file of the repository.`,
        fix: "Mend the pattern, which minds the case of letters, or delete the line.",
      },
    ];
  });
}

function withoutOwners({ line, pattern }: CodeownersLine): Diagnosis {
  return {
    ...{ level: "warning", kind: "no-owners", line, column: 1 },
    says: `${shown(pattern)} has no owner here: whatever it matches needs nobody's approval.`,
    fix: "If that is meant, leave it; else name the owners behind the pattern.",
  };
}

function shown(pattern: string): string {
  return inertText(pattern, { maxGraphemes: 120 });
}
