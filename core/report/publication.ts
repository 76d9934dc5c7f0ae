/** One note on a place of the change, ready for GitHub: all text is inert. */
export interface Annotation {
  level: "error" | "warning" | "notice";
  /** Null for a note on the change as a whole. */
  path: string | null;
  startLine: number | null;
  endLine: number | null;
  /** At most 255 characters. */
  title: string;
  /** At most 64 kB. */
  message: string;
}

/** Everything that should be visible after an evaluation, as a value. Applying it twice changes nothing. */
export interface Publication {
  /** GitHub's words; never `neutral` or `skipped`, which would satisfy a required check. */
  conclusion: "success" | "failure" | "action_required";
  title: string;
  /** Markdown, within GitHub's limit for check runs. */
  summary: string;
  /** Most severe first; all of them: a door applies its own limit and says "10 of 37 shown". */
  annotations: Annotation[];
}
