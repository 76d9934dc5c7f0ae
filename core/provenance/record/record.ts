import * as z from "zod";
import { Acceptance, Verdict } from "../../change/authorship.ts";
import { Repository, Sha } from "../../change/change.ts";
import { evidenceSchema } from "../../evidence.ts";
import { Severity } from "../../findings/finding.ts";
import { isMachineWord } from "../../untrusted/index.ts";
import { digits, isMadeOf } from "../signals/characters.ts";
import { isFingerprint } from "../trailers/grammars.ts";
import { Disagreement, Strength, ToolTotal } from "../provenance.ts";

/** The version of this shape. A reader refuses a version that it does not know. */
export const recordVersion = 1;

/** One word of a machine, or what stands for a text that is none: its length and digest. Never free text of the change. */
const Word = z.string().check((ctx) => {
  if (!isMachineWord(ctx.value) && !isStandIn(ctx.value))
    ctx.issues.push({ code: "custom", message: "expected one word of a machine", input: ctx.value });
});

/** Lines from 1 as ascending ranges without overlap: `3-5,9`. */
const LineRanges = z.string().check((ctx) => {
  if (!areLineRanges(ctx.value))
    ctx.issues.push({ code: "custom", message: "expected line ranges such as 3-5,9", input: ctx.value });
});

const Fingerprint = z.string().check((ctx) => {
  if (!isFingerprint(ctx.value) || ctx.value.includes(" "))
    ctx.issues.push({ code: "custom", message: "expected sha256:… or hmac-sha256:…", input: ctx.value });
});

const Count = z.int().nonnegative();
const Share = z.strictObject({ covered: Count, total: Count });

/** What the record keeps of one commit. */
export const RecordedCommit = z.strictObject({
  sha: Sha,
  verdict: Verdict,
  /** The verdict without the tools' records of lines: what counts for a line that no record names. */
  declared: Verdict,
  /** The best evidence for the verdict; null for a verdict without any (`undeclared`). */
  strength: Strength.nullable(),
  acceptance: Acceptance,
  agent: z.string().nullable(),
  model: z.string().nullable(),
  prompts: z.array(Fingerprint),
  sessions: z.array(Word),
  /** True when sources exclude each other. */
  conflict: z.boolean(),
  /** Added lines of the change that this commit brought. */
  lines: Count,
});
export type RecordedCommit = z.infer<typeof RecordedCommit>;

/** What the record keeps of one file: which of its added lines has which verdict. */
export const RecordedFile = z.strictObject({
  path: z.string(),
  addedLines: Count,
  deletedLines: Count,
  /** Lines of the file at head, by verdict; a verdict without lines is left out. */
  lines: z.partialRecord(Verdict, LineRanges),
});
export type RecordedFile = z.infer<typeof RecordedFile>;

/** The run of a workflow that made the record. */
export const CiRun = z.strictObject({
  provider: z.literal("github-actions"),
  url: Word,
  id: Word,
  attempt: Word.nullable(),
});
export type CiRun = z.infer<typeof CiRun>;

/**
 * What is known about one change, in small: who or what wrote it, what was checked and what was decided. It holds
 * closed words, numbers, paths, object ids and words of machines, and no other text of the change, so that it can be
 * published anywhere. docs/record.md says what each field means.
 */
export const ProvenanceRecord = z.strictObject({
  version: z.literal(recordVersion),
  changeId: Word,
  evaluationId: Word,
  repository: Repository.nullable(),
  branch: Word.nullable(),
  base: z.strictObject({ name: Word.nullable(), sha: Sha }),
  head: z.strictObject({ name: Word.nullable(), sha: Sha }),
  mergeBase: Sha,
  /** False when the change could not be read whole. */
  complete: z.boolean(),
  /** Parents before children. */
  commits: z.array(RecordedCommit),
  /** Sorted by path. */
  files: z.array(RecordedFile),
  /** How many entries a compact form leaves out of these lists, because the place it stands in is too small. */
  leftOut: z.strictObject({ commits: Count, files: Count, prompts: Count }),
  totals: z.strictObject({
    commits: z.record(Verdict, Count),
    lines: z.record(Verdict, Count),
    /** The verdicts that the policy counts as AI, and the added lines that have them. */
    countsAsAi: z.array(Verdict),
    aiLines: Count,
  }),
  /** Most lines first. `version` is the version in the model's name. */
  tools: z.array(z.strictObject({ ...ToolTotal.shape, version: Word.nullable() })),
  /** Each fingerprint once, in the order of the commits. */
  prompts: z.array(z.strictObject({ fingerprint: Fingerprint, commits: z.int().positive() })),
  acceptance: Acceptance,
  /** `rate` is accepted / stated, from 0 to 1; null when no commit states how its AI lines were taken over. */
  acceptanceRate: z.strictObject({
    aiLines: Count,
    stated: Count,
    accepted: Count,
    rate: z.number().min(0).max(1).nullable(),
  }),
  disagreements: z.array(
    Disagreement.pick({ commit: true, kind: true, source: true, aiLines: true, humanLines: true }),
  ),
  diff: z.strictObject({
    files: Count,
    addedLines: Count,
    deletedLines: Count,
    /** The ten top folders with the most changed lines; `.` is the root. */
    folders: z.array(z.strictObject({ path: z.string(), files: Count, addedLines: Count, deletedLines: Count })),
  }),
  /** The words of the commits' `AI-Validated` trailers, sorted. They are claims. */
  validated: z.array(z.enum(["tests", "lint", "types", "manual", "security"])),
  /** The mailboxes of people in `Reviewed-by` trailers, sorted. They are claims. */
  reviewers: z.array(Word),
  ci: CiRun.nullable(),
  policy: z.strictObject({
    source: z.enum(["repository", "local", "default"]),
    mode: z.enum(["observe", "warn", "enforce"]),
    /** sha256 of the resolved policy. */
    digest: Word,
  }),
  decision: z.strictObject({
    state: z.enum(["pass", "warn", "needs-approval", "block", "undecided"]),
    enforced: z.enum(["pass", "warn", "needs-approval", "block", "undecided"]),
    rules: z.array(
      z.strictObject({
        id: Word,
        mode: z.enum(["observe", "warn", "enforce"]),
        state: z.enum([
          ...(["not-applicable", "satisfied", "warned", "unsatisfied", "waiting", "undecided"] as const),
          ...(["stale", "blocked", "unsatisfiable", "waived", "overridden"] as const),
        ]),
        /** `owner/name` of the floor that asks for it; left out for the repository's own policy. */
        floor: Word.optional(),
      }),
    ),
    /** The waivers in force that exempted something; left out when there were none. */
    waivers: z.array(z.strictObject({ id: Word, expires: Word })).optional(),
    /** Who merged without what the policy asks for, and until when that held; left out when nobody did. */
    override: z.strictObject({ by: Word, until: Word }).optional(),
  }),
  coverage: z.strictObject({
    /** Of the added lines, and of the branches on them. */
    patch: evidenceSchema(z.strictObject({ lines: Share, branches: Share })),
    /** Of the lines that count as AI; absent as `patch` is. */
    aiLines: evidenceSchema(Share),
  }),
  /** How many findings of each rule and severity, by rule, then severity. */
  findings: z.array(z.strictObject({ rule: Word, severity: Severity, count: z.int().positive() })),
  engine: z.strictObject({ name: z.literal("countersign"), version: Word }),
  /** The UTC instant at which the facts were read, ISO 8601. */
  createdAt: Word,
});
export type ProvenanceRecord = z.infer<typeof ProvenanceRecord>;

/** What `repeatableText` writes for a text that is no machine word. */
function isStandIn(text: string): boolean {
  return /^free text of \d{1,9} characters, sha256:[0-9a-f]{16}$/.test(text);
}

/** A line number beyond this stands in no file that git diffs. */
const longestNumber = 10;

function areLineRanges(text: string): boolean {
  let last = 0;
  return text.split(",").every((range) => {
    const [start = "", end = start, ...more] = range.split("-");
    const isRange = more.length === 0 && isLine(start) && isLine(end);
    const isLater = isRange && Number(start) > last && Number(end) >= Number(start);
    last = Number(end);
    return isLater;
  });
}

function isLine(text: string): boolean {
  return text.length <= longestNumber && isMadeOf(text, digits);
}
