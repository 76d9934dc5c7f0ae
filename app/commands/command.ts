import * as z from "zod";
import { Sha } from "../../core/change/change.ts";
import { Verdict } from "../../core/change/authorship.ts";
import { Instant } from "../../core/instant.ts";

/** What a person asked for by a comment, read by its grammar and by nothing else: nobody has looked yet whether they may. */
export const Command = z.discriminatedUnion("verb", [
  /** Say why the change may merge, or may not. */
  z.strictObject({ verb: z.literal("explain") }),
  /** Judge it again. */
  z.strictObject({ verb: z.literal("recheck") }),
  /** A commit was written with a tool, or by hand: without rewriting history. It raises a verdict and lowers none. */
  z.strictObject({
    verb: z.literal("declare"),
    commit: z.string(),
    verdict: Verdict,
    agent: z.string().nullable(),
    model: z.string().nullable(),
  }),
  /** A commit that carries marks of a tool was written by a person after all. */
  z.strictObject({ verb: z.literal("clear"), commit: z.string(), reason: z.string() }),
  /** Break-glass. */
  z.strictObject({ verb: z.literal("override"), reason: z.string() }),
  /** Meant for us, and not of the grammar: `says` tells what to write. */
  z.strictObject({ verb: z.literal("mistake"), says: z.string() }),
  /** The comment asks for nothing any more. */
  z.strictObject({ verb: z.literal("withdrawn") }),
]);
export type Command = z.infer<typeof Command>;

/** A command as it is remembered: a request, on which the next judgement decides by what is true of people then. */
export const CommandRequest = z.strictObject({
  command: Command,
  /** Who wrote it, as GitHub calls them. */
  by: z.string(),
  /** GitHub's id of the comment. */
  comment: z.int().positive(),
  /** When the comment came to say so. */
  at: Instant,
  /**
   * Whether GitHub called its author an owner, member or collaborator when it told of the comment. It authorises nobody: it
   * says only who is asked about and answered first, where not everybody can be.
   */
  isInsider: z.boolean().default(false),
});
export type CommandRequest = z.infer<typeof CommandRequest>;

/**
 * What a request came to when it was first decided. It stays so, whatever is pushed afterwards: a commit that was named by
 * its first digits is the one that had them then, and a refusal is not granted by somebody's later doing.
 */
export const Settled = z.strictObject({
  comment: z.int().positive(),
  /** Which version of that comment. */
  at: Instant,
  granted: z.boolean(),
  /** The whole id of the commit that it named; null for one that names none, and for a refusal. */
  commit: Sha.nullable(),
  /** What its author was told, as Markdown that is inert. */
  text: z.string(),
});
export type Settled = z.infer<typeof Settled>;
