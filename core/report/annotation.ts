/** One note on a place of the change, ready for GitHub: all text is inert. */
export interface Annotation {
  level: "error" | "warning" | "notice";
  /** Null for a note on the change as a whole. */
  path: string | null;
  startLine: number | null;
  endLine: number | null;
  /** Counted from 1; left out where nobody knows it. */
  startColumn?: number;
  /** At most 255 characters. */
  title: string;
  /** At most 64 kB. */
  message: string;
}
