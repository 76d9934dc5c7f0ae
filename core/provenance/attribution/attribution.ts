import * as z from "zod";
import { attributionSources, type Verdict } from "../../change/authorship.ts";
import { Sha } from "../../change/change.ts";

/** Lines `start` to `end` (inclusive, from 1) of a file in the attributed commit's tree, and who a record says wrote them. */
export const AttributedLines = z.strictObject({
  start: z.int().positive(),
  end: z.int().positive(),
  /** `mixed`: a tool wrote them and a person changed them, or the other way round. */
  by: z.enum(["ai", "mixed", "human"]),
  /** A known tool's id, and a known model's name: closed lists, never text of the record. */
  agent: z.string().nullable(),
  model: z.string().nullable(),
  /** The session's id or address when it is one machine word (see `repeatableText`), else null. */
  session: z.string().nullable(),
});
export type AttributedLines = z.infer<typeof AttributedLines>;

/** A record's words for who wrote a line, strongest first: where several speak of one, the strongest counts. */
export const recordWords: readonly AttributedLines["by"][] = ["ai", "mixed", "human"];

/** What a record's word for a line makes of that line. */
export const verdictOfRecord: Readonly<Record<AttributedLines["by"], Verdict>> = {
  ai: "agent-authored",
  mixed: "agent-assisted",
  human: "human",
};

/**
 * What one tool's record says of one commit, whatever its format. A commit may have several. Lines that no stretch
 * covers are untracked: that is not human. Prompts and messages in a record are never kept.
 */
export const Attribution = z.strictObject({
  commit: Sha,
  source: z.enum(attributionSources),
  /** Where it was read: a ref (`refs/notes/ai`) or a file's path in the head's tree. */
  place: z.string(),
  /** `attested`: a tool's record in a ref of the repository. `claim`: a file that the change itself can edit. */
  strength: z.enum(["claim", "attested"]),
  /** Sorted by path; each file's stretches ascending and not overlapping. */
  files: z.array(z.strictObject({ path: z.string(), lines: z.array(AttributedLines) })),
  /** What it says of the commit as a whole, where it counts lines without naming them. */
  totals: z
    .strictObject({
      aiLines: z.int().nonnegative(),
      humanLines: z.int().nonnegative(),
      agent: z.string().nullable(),
      model: z.string().nullable(),
      session: z.string().nullable(),
    })
    .nullable(),
  /** What could not be read, in our words; never text of the record. Empty when all was read. */
  unread: z.array(z.strictObject({ reason: z.string(), count: z.int().positive() })),
});
export type Attribution = z.infer<typeof Attribution>;
