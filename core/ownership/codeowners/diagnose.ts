import { inertText } from "../../untrusted/index.ts";
import { codeownersNotAFile } from "../codeowners-reasons.ts";
import { noreplyLogin } from "../noreply.ts";
import type { CodeownersFile, CodeownersLine } from "./codeowners.ts";
import { matchingNothing, shadowedBy } from "./idle-lines.ts";

/** Where GitHub looks for the file, first to last: the first one that is there is the only one that is read. */
export const codeownersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** What can be wrong with a line of CODEOWNERS. */
export const diagnosisKinds = [
  "too-large",
  "not-a-file",
  "invalid-pattern",
  "invalid-owner",
  "other-place",
  "no-lines",
  "duplicate-pattern",
  "shadowed",
  "matches-nothing",
  "no-owners",
  "email-owner",
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
    ...idle(file.lines, around.tracked),
    ...file.lines.filter(({ owners }) => owners.length === 0).map(withoutOwners),
    ...file.lines.flatMap(emailOwners),
  ];
  return found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** What to know where something else than a file stands in the first place that GitHub looks in. */
export function diagnoseNotAFile(path: string): Diagnosis {
  return {
    ...{ level: "error", kind: "not-a-file", line: null, column: null },
    says: `${codeownersNotAFile(path)}.`,
    fix: "Put the owners' text there, or remove it.",
  };
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

/** Lines that decide nothing: a later one has the same pattern or matches all that they match, or no file is there. */
function idle(lines: readonly CodeownersLine[], tracked: readonly string[] | null): Diagnosis[] {
  const last = new Map(lines.map((line) => [line.pattern, line]));
  const isRepeated = (line: CodeownersLine) => last.get(line.pattern) !== line;
  const repeated = lines.filter(isRepeated).map((line) => duplicate(line, last.get(line.pattern) ?? line));
  const covered = shadowedBy(lines, isRepeated);
  const unmatched = tracked === null ? [] : matchingNothing(lines, tracked);
  return [
    ...repeated,
    ...(covered ?? []).map(([line, later]) => shadowed(line, later)),
    ...(unmatched ?? []).map(withoutFile),
    ...(covered === null || unmatched === null ? [notCompared] : []),
  ];
}

const notCompared: Diagnosis = {
  ...{ level: "warning", kind: "not-compared", line: null, column: null },
  says: "The file takes so much work that its lines were not all compared with each other and with the files.",
  fix: "Begin patterns with the folders that they are about, or write fewer wildcards.",
};

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

function withoutFile({ line, pattern }: CodeownersLine): Diagnosis {
  return {
    ...{ level: "warning", kind: "matches-nothing", line, column: 1 },
    says: `${shown(pattern)} matches no file of the repository.`,
    fix: "Mend the pattern, which minds the case of letters, or delete the line.",
  };
}

function withoutOwners({ line, pattern }: CodeownersLine): Diagnosis {
  return {
    ...{ level: "warning", kind: "no-owners", line, column: 1 },
    says: `${shown(pattern)} has no owner here: GitHub asks nobody for an approval of what it matches, but an area on it waits unless the policy names who may approve it.`,
    fix: "If both are meant, leave it; else name the owners behind the pattern, or the area's `owners` in the policy.",
  };
}

/** GitHub knows whose address it is and tells nobody; its own private addresses hold the login. */
function emailOwners({ line, owners }: CodeownersLine): Diagnosis[] {
  const unknown = owners.filter(({ kind, name }) => kind === "email" && noreplyLogin(name, null) === null);
  const [first, ...others] = unknown.map(({ name }) => shown(name));
  if (first === undefined) return [];
  const names = [first, ...others.slice(0, 4)].join(", ") + (others.length > 4 ? " and more" : "");
  const says =
    others.length === 0
      ? `${names} is an e-mail address, and GitHub tells nobody whose it is: the gate cannot count its owner's approval.`
      : `${names} are e-mail addresses, and GitHub tells nobody whose they are: the gate cannot count their owners' approvals.`;
  return [
    {
      ...{ level: "warning", kind: "email-owner", line, column: 1, says },
      fix: "Write the account or the team instead: `@login` or `@org/team`.",
    },
  ];
}

function shown(pattern: string): string {
  return inertText(pattern, { maxGraphemes: 120 });
}
