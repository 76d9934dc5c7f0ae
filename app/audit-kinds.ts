import type { AuditEntry } from "../adapters/store/store.ts";

/** What the audit table can hold, beside what the store itself writes there. One word for each thing that happened. */
export const auditKinds = {
  "delivery-refused": "A delivery was signed by GitHub, and is of a shape that GitHub does not document.",
  "delivery-failed":
    "A delivery could not be worked through, many times over. It is kept, and tried a few times a day.",
  command: "A person gave a command in a comment, or by a button.",
  "command-by-another": "Somebody edited a command into another person's comment. It does not count.",
  "installation-gone": "An installation was removed; what waited in its name is forgotten.",
  verdict: "A pull request, a merge group or what landed was judged, with what the verdict rests on.",
  "landed-as-judged": "What stands on a branch now is what was judged and may stand there.",
  "landed-otherwise":
    "Alarm: what stands on a branch now is not what was judged, was merged past a verdict that held it up, or came without a pull request.",
  "verdict-late": "A verdict was due and did not come; a failure was published instead.",
} as const;
export type AuditKind = keyof typeof auditKinds;

/** What an entry says, without what all entries share. */
export interface Happened {
  kind: AuditKind;
  at: Date;
  /** Null: the App as a whole. */
  installation: number | null;
  /** Ids, digests, logins; no source text and no secret. */
  detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** One line for the audit table, to be kept for 400 days: a year, and a month in which somebody notices. */
export function auditEntry({ kind, at, installation, detail }: Happened): AuditEntry {
  return {
    at: at.toISOString(),
    tenant: installation === null ? "app" : `installation/${installation}`,
    kind,
    change: null,
    detail: JSON.stringify(detail),
    keepUntil: new Date(at.getTime() + keptForDays * 86_400_000).toISOString(),
  };
}

const keptForDays = 400;
