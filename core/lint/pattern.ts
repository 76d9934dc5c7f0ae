import type { LintRule } from "../findings/finding.ts";
import type { Comment, Language, SourceFile } from "../syntax/index.ts";
import type { CloneIndex } from "./clones.ts";

/** Where something was seen: offsets into the text, as nodes and comments have them, or lines from 1. */
export type Spot = { start: number; end: number } | { line: number; endLine: number };

/**
 * Takes what a pattern saw. The message says in one sentence what is there, without source text; the identity, when it is
 * given, is what stays the same while the code around changes: else it is the text at the spot, spaces aside.
 */
export type Report = (spot: Spot, message: string, identity?: string) => void;

/** The same of something that another file may use by its name. */
export type ReportUnlessUsed = (name: string, spot: Spot, message: string, identity: string) => void;

/** A text file of any kind. */
export interface TextFile {
  path: string;
  text: string;
  /** Null where no grammar reads it. */
  language: Language | null;
  /** Exact where a grammar reads the file; else what stands behind `#`, `//`, `--` or between `/*` and its end. */
  comments: readonly Comment[];
  lines: readonly string[];
}

/** A file before and after the change, where it is there on that side and could be read. */
export interface FilePair {
  base: SourceFile | null;
  head: SourceFile | null;
}

/**
 * One pattern of the catalogue: what people read of it, and how it is found. It sees text and trees alone, and says what is
 * there; whether the change brought it, who wrote it and what that weighs is decided elsewhere.
 */
export interface Pattern {
  rule: LintRule;
  /** The languages that `find` reads; its fixtures cover each. */
  languages: readonly Language[];
  /** Without a match for this in its text a file is not even parsed for the pattern. One linear pass, no flag `g`. */
  trigger: RegExp;
  /** What a file holds. */
  find?: (file: SourceFile, report: Report) => void;
  /** What a text of any kind holds. */
  findInText?: (file: TextFile, report: Report) => void;
  /** What the change took away or made weaker; spots are of the head, or file-wide where the head has no place for it. */
  compare?: (pair: FilePair, report: Report) => void;
  /** What a file declares and does not use: it counts where no other file of the repository has the name as a word. */
  findUnused?: (file: SourceFile, report: ReportUnlessUsed) => void;
  /** What a text repeats of the repository's files, its own among them. Needs no tree. */
  findCopies?: (file: Pick<TextFile, "path" | "text">, clones: CloneIndex, report: Report) => void;
}
