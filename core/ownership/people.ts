import * as z from "zod";
import { evidenceSchema } from "../evidence.ts";

/** What the platform knows of the people around a pull request. Logins and team names compare without case. */
export const People = z.strictObject({
  /** Whether a login may push; one that is not listed is not known to. */
  writers: z.array(z.strictObject({ login: z.string(), canPush: z.boolean() })),
  /** Whether everybody who can push is among them, so that nobody else can; left out: there may be others. */
  everyWriter: z.boolean().optional(),
  /** Why nobody knows whether they are all, as the whole of a sentence; left out where that is known, or was not asked. */
  othersUnread: z.string().optional(),
  /** Teams as `org/team`; members include those of child teams and only active ones. Absent: could not be read, and why. */
  teams: z.array(
    z.strictObject({
      name: z.string(),
      /** Whether the team may push to the repository; null when that was not read. */
      canPush: z.boolean().nullable(),
      members: evidenceSchema(z.array(z.string())),
      /** The team does not exist, or is not visible: a mistake in the configuration, not a gap in the reading. */
      missing: z.boolean(),
    }),
  ),
  /**
   * Which account the e-mail of an author, committer or co-author belongs to; a null login is the answer that it belongs to
   * nobody. Of an address that is not listed nobody knows whose it is. Absent: the accounts were not read.
   */
  accounts: evidenceSchema(z.array(z.strictObject({ email: z.string(), login: z.string().nullable() }))),
  /** Open reviews that a login has been asked for, for suggestions: those with least to do come first. */
  load: z.array(z.strictObject({ login: z.string(), openReviews: z.int().nonnegative() })),
});
export type People = z.infer<typeof People>;
