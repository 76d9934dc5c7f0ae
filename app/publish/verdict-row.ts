import { createHash } from "node:crypto";
import * as z from "zod";
import type { VerdictRow } from "../../adapters/store/store.ts";
import {
  parseReview,
  publish,
  publishFault,
  publishVerdict,
  renderJson,
  type Publication,
  type Review,
} from "../../core/report/index.ts";
import { redactDeep } from "../../core/untrusted/index.ts";
import type { Evaluation, Stand } from "../evaluation.ts";
import { memoValue } from "../memo-value.ts";
import { subjectKey } from "../subject.ts";
import { inProgress } from "./open-work.ts";

/**
 * The decisions that a row can hold: those of the core, a fault, that it is being judged, and that nothing is to be judged
 * any more. Mildest first: what waits to be judged takes a green away, and nothing else.
 */
export const rowDecisions: readonly string[] = [
  ...["over", "pass", "warn", "pending", "needs-approval", "block", "undecided", "fault"],
];

type Judged = Extract<Evaluation, { state: "judged" }>;
type Fault = Extract<Evaluation, { state: "fault" }>;

/** What is kept of a verdict: the review as `report.json` holds it, so that it can be shown again without judging again. */
export function judgedRow({ subject, head, review }: Judged, at: string): VerdictRow {
  const { conclusion, title } = publishVerdict(review);
  const { evaluationId, state, policy, engine } = review.decision;
  return {
    ...place(subject, head),
    ...{ evaluation: evaluationId, decision: state, conclusion, title, policyDigest: policy.digest },
    ...{ engine: `${engine.name} ${engine.version}`, review: renderJson(review), at },
  };
}

/** The same of what could not be judged. The same fault on the same head is one. */
export function faultRow(
  { subject, what, fix }: Pick<Fault, "subject" | "what" | "fix">,
  head: string,
  at: string,
  isAlarm = false,
): VerdictRow {
  const { conclusion, title } = publishFault({ what, fix, isAlarm });
  const evaluation = `fault/${createHash("sha256")
    .update(JSON.stringify([head, what, fix]))
    .digest("hex")}`;
  return {
    ...place(subject, head),
    ...{ evaluation, decision: "fault", conclusion, title, policyDigest: "", engine: "" },
    ...{ review: JSON.stringify({ fault: { what, fix, isAlarm } }), at },
  };
}

/** That a subject came to a head, or to another base, and is not judged there yet. The same place twice is one. */
export function pendingRow(
  pull: Pick<VerdictRow, "subject" | "installation" | "repository" | "number">,
  { head, base }: Stand,
  at: string,
): VerdictRow {
  const told = { what: "It is being judged for its base branch.", fix: "Wait: the check completes by itself." };
  const { subject, installation, repository, number } = pull;
  const evaluation = `pending/${createHash("sha256")
    .update(JSON.stringify([subject, head, base]))
    .digest("hex")}`;
  return {
    ...{ subject, installation, repository, number, head, evaluation, at },
    ...{ decision: "pending", conclusion: inProgress, title: "Being judged", policyDigest: "", engine: "" },
    review: JSON.stringify({ fault: { ...told, isAlarm: false }, base: redactDeep(base) }),
  };
}

/** Whether a verdict may be shown for a pull request that is for this branch now: a failure may for each. */
export function holdsFor(row: Pick<VerdictRow, "review">, base: string): boolean {
  const judged = memoValue(WithBase, { value: row.review });
  if (judged === null) return false;
  const isFailure = judged.fault !== undefined && judged.base === undefined;
  return isFailure || (judged.base ?? judged.change?.base.name) === redactDeep(base);
}

const WithBase = z.looseObject({
  fault: z.unknown().optional(),
  base: z.string().optional(),
  change: z.looseObject({ base: z.looseObject({ name: z.string().nullable() }) }).optional(),
});

/** That a subject has no say on its head any more; the last verdict stays to be looked at. */
export function overRow(last: VerdictRow, at: string): VerdictRow {
  return { ...last, evaluation: `over/${at}`, decision: "over", conclusion: "", at };
}

/** What a row shows: a review, or why there is none. Throws a `Problem` for a row that another version wrote. */
export function readRow(row: Pick<VerdictRow, "subject" | "review">): Review | { fault: z.infer<typeof Told> } {
  if (row.review.startsWith('{"fault":')) return FaultText.parse(JSON.parse(row.review));
  return parseReview(row.review, row.subject);
}

/** What should be visible of a row, with a summary of at most so many bytes. */
export function publicationOf(row: Pick<VerdictRow, "subject" | "review">, maxBytes: number): Publication {
  const read = readRow(row);
  return "fault" in read ? publishFault(read.fault) : publish(read, maxBytes);
}

const Told = z.strictObject({ what: z.string(), fix: z.string(), isAlarm: z.boolean() });
const FaultText = z.strictObject({ fault: Told, base: z.string().optional() });

function place(subject: Judged["subject"], head: string) {
  return {
    subject: subjectKey(subject),
    installation: subject.installation,
    repository: "repository" in subject ? subject.repository : 0,
    head,
    number: subject.kind === "pull-request" ? subject.number : null,
  };
}
