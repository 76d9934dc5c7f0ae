/** What a suite says of one of its cases: the lines where its rule reports, or how often it does. */
export type Label =
  { kind: "lines"; spans: readonly { start: number; end: number }[] } | { kind: "count"; count: number };

/** A piece of code and what the people of a suite say of it. */
export interface LabelledCase {
  /** The suite's name, as the folder with its checkout. */
  suite: string;
  /** The suite's own rule. */
  theirs: string;
  /** Where it stands in the suite, for people. */
  place: string;
  /** Usually one file; Go samples may be a package of several. */
  files: readonly { path: string; text: string }[];
  label: Label;
}

/** Reads the cases of those of a suite's rules that are asked for, from a checkout of it. */
export type ReadCases = (folder: string, rules: ReadonlySet<string>) => LabelledCase[] | Promise<LabelledCase[]>;

/** Each `(?<name>…)` of every match, in order. */
export function matchesOf(text: string, pattern: RegExp): Record<string, string>[] {
  return [...text.matchAll(pattern)].map((match) => ({ ...match.groups }));
}
