import { formatPath, type FoundProblem, type KeyPath, type YamlReading } from "../policy/index.ts";

/** Every problem of a case file that is not one of the file's shape, which has the policy's codes. A code keeps its meaning. */
export const caseProblemCodes = {
  CT001: { means: "`like` names a case that there is not", instead: "the name of a case, letter for letter" },
  CT002: { means: "cases go on from each other in a circle", instead: "a first case without `like`" },
  CT003: { means: "two cases have the same name", instead: "a name of its own for each case" },
  CT004: {
    means: "a case speaks of a commit, a push, a file, a person or a team that it does not have",
    instead: "what the message names",
  },
  CT005: { means: "numbers that no change can have", instead: "what the message says" },
  CT006: {
    means: "an expectation names a rule that the policy does not have, or a finding a lint rule that there is not",
    instead: "the name that the message suggests",
  },
  CT007: {
    means: "a file as no change can have it: twice in one list, renamed to itself, added with deleted lines …",
    instead: "what the message says",
  },
  CT008: {
    means: "a file that the cases name is not there, lies outside of the repository or cannot be used",
    instead: "a file of the repository, or the policy mended as the message says",
  },
} as const satisfies Record<string, { means: string; instead: string }>;

/** One thing that is wrong with a case file. All text is inert. */
export interface CaseProblem {
  file: string;
  /** From 1, as is the column, in UTF-16 code units. */
  line: number;
  column: number;
  /** `CS…` of a policy file's shape, or `CT…`. */
  code: string;
  /** The key that it is about: `cases[2].reviews[0].commit`. */
  path: string;
  what: string;
  fix: string;
}

/** A problem before its offset is turned into a line and a column. */
export type FoundCaseProblem = Omit<FoundProblem, "code"> & { code: string };

/** A problem of a case, with the keys that it is about. */
export interface CaseMistake {
  code: keyof typeof caseProblemCodes;
  at: KeyPath;
  /** Set where the key itself is wrong, not its value. */
  onKey?: true;
  what: string;
  fix: string;
}

/** ``gate.test.yml:12:7 CT001 cases[2].like: there is no case "…". Did you mean `…`?`` */
export function formatCaseProblem({ file, line, column, code, path, what, fix }: CaseProblem): string {
  return `${file}:${line}:${column} ${code}${path === "" ? "" : ` ${path}`}: ${what}. ${fix}`;
}

/** Problems with their places, in the order of the file. */
export function placeProblems(
  found: readonly FoundCaseProblem[],
  file: string,
  place: YamlReading["place"],
): CaseProblem[] {
  return found
    .map(({ offset, path, ...rest }) => ({ file, ...place(offset), path: formatPath(path), ...rest }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}
