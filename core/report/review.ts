import * as z from "zod";
import { NotByVerdict } from "../change/ai-judgement.ts";
import { Verdict, WrittenLines } from "../change/authorship.ts";
import { ChangedFile, Identity, Ref, Repository, Sha } from "../change/change.ts";
import { CoverageReview } from "../coverage/coverage-review.ts";
import { Finding, NotAnalysed } from "../findings/finding.ts";
import { Decision } from "../policy/decision.ts";
import { ChangeProvenance } from "../provenance/provenance.ts";
import { RubricItem } from "./rubric-item.ts";

export const reviewVersion = 1;

/** What a report says about one commit, beside its provenance. */
export const ReviewedCommit = z.strictObject({
  sha: Sha,
  /** The first line of the message, as recorded: untrusted. */
  subject: z.string(),
  author: Identity,
  authoredAt: z.string(),
  /** Lines of the change that this commit brought. */
  addedLines: z.int().nonnegative(),
  /** Whether it counts as AI, where `countsAsAi` and its verdict do not say so. */
  ai: NotByVerdict.optional(),
});

/**
 * Lines and their writer, and whether they count as AI where `countsAsAi` and the writer's verdict do not say so:
 * `silence` and `claim` count, `left-out` does not.
 */
export const ReviewedLines = z.strictObject({ ...WrittenLines.shape, ai: NotByVerdict.optional() });
export type ReviewedLines = z.infer<typeof ReviewedLines>;

/** What a report says about one file. */
export const ReviewedFile = z.strictObject({
  ...ChangedFile.pick({
    path: true,
    previousPath: true,
    status: true,
    kind: true,
    addedLines: true,
    deletedLines: true,
  }).shape,
  /** Added lines by verdict; every verdict has a number. */
  linesByVerdict: z.record(Verdict, z.int().nonnegative()),
  /** Who wrote each added line: ascending, and together exactly the added lines of the file at head. */
  written: z.array(ReviewedLines),
  /** The policy's areas that it touches, sorted. */
  areas: z.array(z.string()),
});

/** One file with lines that count as AI and that nobody else has approved, as they stand at head. */
export const UnreviewedFile = z.strictObject({
  path: z.string(),
  lines: z.array(z.strictObject({ start: z.int().positive(), end: z.int().positive() })),
});
export type UnreviewedFile = z.infer<typeof UnreviewedFile>;

/**
 * Everything that was found about a change, as data: the result of `reviewChange` and the one input of every report.
 * `report.json` is this value. Strings that come from the change are untrusted; every report makes them inert itself.
 */
export const Review = z.strictObject({
  version: z.literal(reviewVersion),
  engine: z.strictObject({ name: z.literal("countersign"), version: z.string() }),
  change: z.strictObject({
    id: z.string(),
    event: z.enum(["local", "pull_request", "merge_group", "push"]),
    repository: Repository.nullable(),
    base: Ref,
    head: Ref,
    mergeBase: Sha,
    branch: z.string().nullable(),
    uncommitted: Sha.nullable(),
    commits: z.array(ReviewedCommit),
    files: z.array(ReviewedFile),
    addedLines: z.int().nonnegative(),
    deletedLines: z.int().nonnegative(),
    incomplete: z.array(z.string()),
  }),
  provenance: ChangeProvenance,
  /** The verdicts that the policy counts as AI, strongest first. A commit or line that is counted otherwise says so in `ai`. */
  countsAsAi: z.array(Verdict),
  coverage: CoverageReview,
  /** Most severe first, then by place. */
  findings: z.array(Finding),
  notAnalysed: z.array(NotAnalysed),
  decision: Decision,
  /** Things a reader should know that decide nothing: no policy file, no baseline, a proposed policy that differs. */
  notes: z.array(z.string()),
  /**
   * The files with lines that count as AI and that no approval of another person covers as they stand, with those lines; a
   * door that reads reviews adds it. Left out where nobody looked.
   */
  unreviewed: z.array(UnreviewedFile).optional(),
  /** The questions that every review of a change answers. A report makes it from the rest, and `report.json` holds it. */
  rubric: z.array(RubricItem).optional(),
});
export type Review = z.infer<typeof Review>;
