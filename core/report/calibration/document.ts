import { least, type Calibration } from "../../calibration/index.ts";
import { count, grouped } from "../numbers.ts";

/** A change of what the fields mean raises it; new fields do not. */
export const calibrationVersion = 1;

/** What was asked for, what was read of it, and what was not. */
export interface CalibrationReading {
  range: {
    /** The words of the request: `HEAD`, `v1.0..v2.0`. */
    asked: string;
    /** The newest commit, and the one whose history is left out. */
    head: string;
    excluded: string | null;
  };
  read: {
    /** Commits that were read, merges left out. */
    commits: number;
    /** Whether the range holds more, which are older. */
    isCut: boolean;
    first: string | null;
    last: string | null;
  };
  left: {
    /** Commits that add more than `mostAddedLines` lines of code. */
    large: number;
    /** The oldest commits of a shallow clone. */
    cut: number;
    /** Files of which some part was not looked at. */
    files: number;
  };
  mostAddedLines: number;
}

/** What `--json` prints and what the page is drawn from. */
export interface CalibrationDocument extends CalibrationReading, Calibration {
  version: typeof calibrationVersion;
  /** What is too little to compare. */
  least: typeof least;
  /** What a reader should know about these numbers, in sentences of ours. */
  notes: string[];
}

/** The document, with the notes that its own numbers call for behind those of the reader. */
export function calibrationDocument(
  calibration: Calibration,
  reading: CalibrationReading,
  notes: readonly string[],
): CalibrationDocument {
  return {
    version: calibrationVersion,
    ...reading,
    ...calibration,
    least,
    notes: [...notes, ...ownNotes(calibration, reading)],
  };
}

function ownNotes({ groups, rules }: Calibration, { left, mostAddedLines }: CalibrationReading): string[] {
  const tested = rules.filter(({ pValue }) => pValue !== null).length;
  const silence = groups.find(({ group }) => group === "undeclared");
  const of = (number: number, noun: string, why: string) => (number === 0 ? [] : [`${count(number, noun)} ${why}`]);
  return [
    ...of(left.large, "commit", `left out: more than ${grouped(mostAddedLines)} added lines of code.`),
    ...of(left.cut, "commit", "left out: the clone is shallow, and lacks what came before."),
    ...of(left.files, "file", "left out, lines and findings: some part of it was not looked at."),
    ...((silence?.lines ?? 0) > 0
      ? ["`undeclared` is silence: it holds what AI wrote without a trace, which draws the ratio towards 1."]
      : []),
    ...(tested > 1
      ? [
          `${count(tested, "rule")} compared at once: each is judged after Holm's correction; its interval is that of it alone.`,
        ]
      : []),
  ];
}
