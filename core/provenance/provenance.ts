import { z } from "zod";
import { Acceptance, Verdict } from "../change/authorship.ts";
import { Sha } from "../change/change.ts";

/** One `Key: value` line of a commit message's last block, as git parses it. */
export const Trailer = z.strictObject({ key: z.string(), value: z.string() });
export type Trailer = z.infer<typeof Trailer>;

/** Where in the change a signal stands. */
export const SignalPlace = z.strictObject({
  /** Null when the signal is about the whole change (branch, pull request). */
  commit: Sha.nullable(),
  field: z.enum([
    "message",
    "author",
    "committer",
    "branch",
    "pull-request-body",
    "pull-request-author",
    "label",
    "note",
  ]),
  /** The line of the message or body, from 1. */
  line: z.int().positive().nullable(),
});
export type SignalPlace = z.infer<typeof SignalPlace>;

/** One mark that a tool or a person left. */
export const Signal = z.strictObject({
  /** What kind of mark: decides, with the tool, which verdict it gives. */
  kind: z.enum([
    "author",
    "committer",
    "co-author",
    "assisted-by",
    "generated-by",
    "session",
    "tool-trailer",
    "footer",
    "branch",
    "pull-request-body",
    "pull-request-author",
    "label",
    "suggestion",
    "automation",
    "declaration",
  ]),
  /** The row of the table of known tools, or the rule of the vocabulary, that recognised it. */
  source: z.string(),
  agent: z.string().nullable(),
  model: z.string().nullable(),
  /** `trailer`: in git's own trailer block, satisfies a requirement. `embedded`: elsewhere, only labels. `identity`: author, committer or account. */
  class: z.enum(["trailer", "embedded", "identity"]),
  /** claim < platform < attested. */
  strength: z.enum(["claim", "platform", "attested"]),
  /** The verdict that this signal alone gives. */
  verdict: Verdict,
  place: SignalPlace,
});
export type Signal = z.infer<typeof Signal>;

/** What the evidence says about one commit. */
export const CommitProvenance = z.strictObject({
  sha: Sha,
  verdict: Verdict,
  acceptance: Acceptance,
  agent: z.string().nullable(),
  model: z.string().nullable(),
  /** True when sources disagree: `AI-Assisted: no` beside an agent's mark. Policy judges it. */
  conflict: z.boolean(),
  trailers: z.array(Trailer),
  signals: z.array(Signal),
});
export type CommitProvenance = z.infer<typeof CommitProvenance>;

/** What the evidence says about the whole change. */
export const ChangeProvenance = z.strictObject({
  commits: z.array(CommitProvenance),
  /** Signals about the change as a whole; they raise every commit. */
  signals: z.array(Signal),
  /** Commits and added lines by verdict: every verdict has a number, 0 where there is none. */
  totals: z.strictObject({
    commits: z.record(Verdict, z.int().nonnegative()),
    lines: z.record(Verdict, z.int().nonnegative()),
  }),
  /** The strictest acceptance among commits that count as AI; `unstated` when none states it. */
  acceptance: Acceptance,
});
export type ChangeProvenance = z.infer<typeof ChangeProvenance>;
