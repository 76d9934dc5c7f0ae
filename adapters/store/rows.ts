import * as z from "zod";
import type { Memo, MemoKind, PublishedHead, SubjectMark } from "./store.ts";

/**
 * Rows as the statements name their columns, checked at the door: what another program wrote into the database, or a
 * restored backup of another version, is a fault and not a surprise further in.
 */
export const DeliveryRow = z.object({
  id: z.string(),
  event: z.string(),
  bodyHash: z.string(),
  body: z.string(),
  receivedAt: z.string(),
  attempts: z.int(),
});

const mark = {
  key: z.string(),
  installation: z.int(),
  repository: z.int(),
  about: z.string(),
  dueAt: z.string(),
};
export const MarkRow = z.object(mark) satisfies z.ZodType<SubjectMark>;
export const ClaimRow = z.object({ ...mark, generation: z.int(), attempts: z.int() });
export const StuckRow = z.object({ ...ClaimRow.shape, fault: z.string().nullable(), markedAt: z.string() });

export const WaitingRow = z.object({ count: z.int(), oldest: z.string().nullable() });

export const HeadRow = z.object({
  repository: z.int(),
  sha: z.string(),
  externalId: z.string(),
  checkRun: z.int(),
  conclusion: z.string(),
  at: z.string(),
}) satisfies z.ZodType<PublishedHead>;

export const HistoryRow = z.object({
  subject: z.string(),
  installation: z.int(),
  repository: z.int(),
  head: z.string(),
  number: z.int().nullable(),
  evaluation: z.string(),
  decision: z.string(),
  conclusion: z.string(),
  title: z.string(),
  policyDigest: z.string(),
  engine: z.string(),
  at: z.string(),
});
export const VerdictRow = z.object({ ...HistoryRow.shape, review: z.string() });

// An object, so that a kind that joins the contract and is missing here does not compile.
const memoKinds: { [Kind in MemoKind]: Kind } = {
  earlier: "earlier",
  declaration: "declaration",
  ruling: "ruling",
  override: "override",
  settled: "settled",
  queued: "queued",
  label: "label",
  asked: "asked",
  published: "published",
  command: "command",
  seen: "seen",
  repository: "repository",
};
export const MemoRow = z.object({
  subject: z.string(),
  kind: z.enum(memoKinds),
  id: z.string(),
  value: z.string(),
  at: z.string(),
}) satisfies z.ZodType<Memo>;

export const InstallationRow = z.object({
  id: z.int(),
  account: z.string(),
  suspendedAt: z.string().nullable(),
  sweptAt: z.string().nullable(),
});

export const AuditRow = z.object({
  serial: z.int(),
  at: z.string(),
  tenant: z.string(),
  kind: z.string(),
  change: z.string().nullable(),
  detail: z.string(),
  keepUntil: z.string(),
});

/** Rows of this shape. */
export function rowsOf<Row>(row: z.ZodType<Row>, rows: unknown[]): Row[] {
  // A schema of the list would be made anew for each.
  return rows.map((each) => row.parse(each));
}

/** The one row that an aggregate always answers with. */
export function onlyRow<Row>(row: z.ZodType<Row>, rows: unknown[]): Row {
  return row.parse(rows.length === 1 ? rows[0] : rows);
}

/** The row, or null when there is none. */
export function rowOrNull<Row>(row: z.ZodType<Row>, rows: unknown[]): Row | null {
  return rows.length === 0 ? null : onlyRow(row, rows);
}

/** As both engines compare text: by its UTF-8 bytes. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
