import * as z from "zod";
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
});
export type CommandRequest = z.infer<typeof CommandRequest>;
