import * as z from "zod";
import { Acceptance, attributionSources, Verdict } from "../change/authorship.ts";
import { Sha } from "../change/change.ts";

/** One `Key: value` line of a commit message's last block, as git parses it. */
export const Trailer = z.strictObject({ key: z.string(), value: z.string() });
export type Trailer = z.infer<typeof Trailer>;

/**
 * What stands behind a signal, in the order in which the best evidence is told. `attested`: a tool noted it down in a ref
 * beside the history, signed by nobody: exact, and open to whoever can push. `platform`: the platform's own word, the only
 * one by which less is asked. `claim`: what the change says of itself.
 */
export const strengths = ["attested", "platform", "claim"] as const;
export const Strength = z.enum(strengths);
export type Strength = z.infer<typeof Strength>;

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
    "earlier",
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
    "note",
    "record",
    "remediation",
    "earlier",
  ]),
  /** The row of the table of known tools, or the rule of the vocabulary, that recognised it. */
  source: z.string(),
  agent: z.string().nullable(),
  model: z.string().nullable(),
  /**
   * `trailer`: in git's own trailer block, satisfies a requirement. `embedded`: elsewhere, only labels. `identity`: author,
   * committer or account. `note`: a record beside the commit, or an earlier reading of it.
   */
  class: z.enum(["trailer", "embedded", "identity", "note"]),
  strength: Strength,
  /** Of a bot's name where that bot opened the pull request: why the platform's word does not cover the commit, inert. */
  unproven: z.string().optional(),
  /** The verdict that this signal alone gives. */
  verdict: Verdict,
  place: SignalPlace,
  /** The mark as it stands there, cut to 200 characters: untrusted, and made repeatable before it is published. Empty for records. */
  raw: z.string(),
});
export type Signal = z.infer<typeof Signal>;

/** What an earlier reading of the same change showed: it is remembered across force-pushes, and only raises. */
export const EarlierVerdict = z.strictObject({
  /** The commit as it then was; one that is gone by now, and that no new one accounts for, raises the change as a whole. */
  commit: Sha,
  verdict: Verdict,
  agent: z.string().nullable(),
  model: z.string().nullable(),
  /** How strong a record says that its evidence was; left out where no record says it, and then it is a claim. */
  strength: Strength.optional(),
  /** The author's date, which a rebase and an amend keep; left out when it is not known. */
  authoredAt: z.string().optional(),
  /** The commit's added lines at the head of then; left out when they are not known. */
  addedLines: z.int().nonnegative().optional(),
});
export type EarlierVerdict = z.infer<typeof EarlierVerdict>;

/**
 * A recorded decision of a person who was authorised to make it, bound to one commit: the only thing that lowers a
 * verdict. Whoever records it has checked the authorisation; nothing in a change can make one.
 */
export const Ruling = z.strictObject({
  commit: Sha,
  verdict: Verdict,
  by: z.string(),
  reason: z.string(),
  /** ISO 8601. */
  at: z.string(),
});
export type Ruling = z.infer<typeof Ruling>;

/** A commit whose trailers and whose records say different things. */
export const Disagreement = z.strictObject({
  commit: Sha,
  /**
   * `attested-not-declared`: a record shows lines by a tool, and no trailer names it. `declared-not-attested`: a trailer
   * names a tool, and the record shows no line by one. `denied-but-attested`: `AI-Assisted: no`, and the record shows some.
   */
  kind: z.enum(["attested-not-declared", "declared-not-attested", "denied-but-attested"]),
  source: z.enum(attributionSources),
  /** Lines as the record counts them. */
  aiLines: z.int().nonnegative(),
  humanLines: z.int().nonnegative(),
  agent: z.string().nullable(),
  model: z.string().nullable(),
});
export type Disagreement = z.infer<typeof Disagreement>;

/** Commits and added lines of one tool with one model, whatever the verdict; null where the evidence names none. */
export const ToolTotal = z.strictObject({
  agent: z.string().nullable(),
  model: z.string().nullable(),
  commits: z.int().nonnegative(),
  lines: z.int().nonnegative(),
});
export type ToolTotal = z.infer<typeof ToolTotal>;

/** What the evidence says about one commit. */
export const CommitProvenance = z.strictObject({
  sha: Sha,
  verdict: Verdict,
  acceptance: Acceptance,
  agent: z.string().nullable(),
  model: z.string().nullable(),
  /** True when sources exclude each other: `AI-Assisted: no` beside an agent's mark. Policy judges it. */
  conflict: z.boolean(),
  trailers: z.array(Trailer),
  signals: z.array(Signal),
  /** Later commits of the change whose trailers speak for this one too (`AI-Declares: <sha>`), with those trailers. */
  remediations: z.array(z.strictObject({ commit: Sha, trailers: z.array(Trailer) })),
  /** Ids or addresses of the tools' sessions, from trailers and records, when they are one machine word. */
  sessions: z.array(z.string()),
  /** The decision that set the verdict, when one did. */
  ruling: Ruling.nullable(),
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
    /** Of commits and lines that a tool wrote, helped with or suggested; most lines first. */
    tools: z.array(ToolTotal),
  }),
  /** Declared versus attested, both ways; in the order of the commits. */
  disagreements: z.array(Disagreement),
  /** The strictest acceptance among commits that count as AI; `unstated` when none states it. */
  acceptance: Acceptance,
});
export type ChangeProvenance = z.infer<typeof ChangeProvenance>;

/** The change with every commit judged, before its lines are counted. */
export type JudgedChange = Omit<ChangeProvenance, "totals">;
