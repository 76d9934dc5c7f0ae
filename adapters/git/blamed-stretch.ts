/** Lines `start` to `end` (inclusive, from 1) of a file, and the lines of an older tree that they came from unchanged. */
export interface BlamedStretch {
  start: number;
  end: number;
  commit: string;
  /** Their path in that commit's tree, and the first of the lines there. */
  path: string;
  line: number;
  /** The commit only ends what a shallow clone holds: older ones may have brought the lines. */
  cut: boolean;
}

/** Lines of a file at a commit; all of them where none is named. */
export interface BlameRequest {
  commit: string;
  path: string;
  lines: readonly { start: number; end: number }[];
}

/** Where a shallow clone ends; of a whole one, nowhere. */
export interface ShallowEdge {
  /** Commits whose parents the clone lacks. */
  commits: ReadonlySet<string>;
  environment: Record<string, string>;
}
